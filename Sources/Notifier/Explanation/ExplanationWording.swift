package import Rules

/// Puts an explanation into words, in the order in which a jurist would reckon it.
package struct ExplanationWording: Sendable {
  private let explanation: Explanation
  private let sent: [SentNotice]
  private let now: Now
  private var clock: Clock { explanation.clock }

  /// - Parameter sent: what the journal says was sent about this clock, in order.
  package init(_ explanation: Explanation, sent: [SentNotice], now: Now) {
    self.explanation = explanation
    self.sent = sent
    self.now = now
  }

  package var part: ExplanationDocument.Part {
    var facts = [fact("Hjemmel", basis), fact("Regel", rule)]
    facts += startFacts + countFacts
    if let reckoning = clock.reckoning {
      facts += dueFacts(reckoning) + promiseFacts(reckoning) + disclosureFacts(reckoning)
    }
    if !sent.isEmpty { facts.append(fact("Varslet", sent.map { $0.danish(asSeenFrom: now.today) })) }
    if let ending { facts.append(fact(clock.state == .lapsed ? "Lukket" : "Stoppet", [ending])) }
    if let missing { facts.append(fact("Mangler", [missing])) }
    return ExplanationDocument.Part(title: title, standing: standing, facts: facts, keys: keys)
  }

  private func fact(_ label: String, _ lines: [String]) -> ExplanationDocument.Fact {
    ExplanationDocument.Fact(label: label, lines: lines)
  }

  // MARK: Where it says so

  private var basis: [String] {
    let kind =
      switch clock.rule.kind {
      case .statutory: "lovbestemt frist"
      case .municipal: "kommunens egen frist"
      case .promise: "et løfte"
      }
    let published = clock.terms.published.map { publication in
      "offentliggjort \(publication.date.danish)"
        + (publication.place.isEmpty ? "" : ", \(publication.place)")
    }
    return [clock.terms.basis, [kind, published].compactMap(\.self).joined(separator: ", ")]
      + [clock.terms.source].compactMap(\.self).map { "Kilde: \($0)" }
  }

  private var rule: [String] {
    let validity = clock.rule.validity
    let period: String? =
      switch (validity.from, validity.through) {
      case (nil, nil): nil
      case (let from?, nil): "for sager fra \(from.danish)"
      case (nil, let through?): "for sager til og med \(through.danish)"
      case (let from?, let through?): "for sager fra \(from.danish) til og med \(through.danish)"
      }
    return [
      [clock.rule.id, period, clock.rule.place.description].compactMap(\.self).joined(separator: " · ")
    ]
  }

  // MARK: From where, how long

  /// A second or later round says so: a case that is remanded again should not look like the first time.
  private var title: String {
    clock.round > 1 ? "\(clock.terms.name) · \(clock.round). forløb" : clock.terms.name
  }

  private var startFacts: [ExplanationDocument.Fact] {
    guard let start = clock.start else { return [] }
    switch clock.origin {
    case .event where clock.rule.startsAtBirth: return [fact("Fra", ["borgerens fødselsdag"])]
    case .event:
      let beginning = EventWording.beginning(clock.rule.start)
      return [fact("Fra", ["\(beginning) \(start.danish)\(convention(start))"])]
    case .reopening:
      return [
        fact(
          "Fra",
          ["sagen genåbnet \(start.danish)\(convention(start)); hele fristen løber forfra"])
      ]
    case .repetition:
      let event = enumerated(clock.rule.stops.map(EventWording.noun))
      return [fact("Fra", ["\(event) \(start.danish)\(convention(start)); fristen gentages"])]
    }
  }

  /// How the start is counted, where it is.
  private func convention(_ start: CivilMoment) -> String {
    guard let length = clock.terms.length else { return "" }
    guard length.isInHours else { return " (dagen tæller ikke med)" }
    return start.time == nil ? " (klokkeslæt mangler, så dagens begyndelse er brugt)" : ""
  }

  private var countFacts: [ExplanationDocument.Fact] {
    switch explanation.count {
    case .unlimited:
      return [fact("Længde", ["hurtigst muligt; der er ikke sat noget tal, så fristen kan ikke overskrides"])]
    case .unclear(let doubt): return [fact("Uafklaret", [doubt.danish])]
    case .hours(let hours, let shift):
      let change = shift == 0 ? "" : "; uret blev stillet \(shift > 0 ? "frem" : "tilbage") undervejs"
      return [fact("Længde", ["\(LengthTerm(hours, .hours)), talt som forløbne timer\(change)"])] + pauseFacts
    case .days(let trace):
      return [fact("Længde", [length] + clipped(trace))] + skippedFacts(trace) + pauseFacts + rollFacts(trace)
    }
  }

  private var length: String {
    guard let length = clock.terms.length else { return "" }
    let words = length.description.split(separator: " ").map { $0 == "-" ? "minus" : $0 == "+" ? "plus" : $0 }
      .joined(separator: " ")
    let counted = length.terms.contains { !$0.unit.endsOnAnyDay }
    guard counted else { return words }
    return "\(words) (\(CalendarWording.workingDays(clock.calendar, clock.rule.weekdays)))"
  }

  private func skippedFacts(_ trace: Trace) -> [ExplanationDocument.Fact] {
    let skipped = trace.steps.flatMap(\.skipped)
    guard !skipped.isEmpty else { return [] }
    var lines = CalendarWording.named(skipped, around: trace.start)
    let onWeekend = skipped.filter(\.isOnWeekend)
    // Where Saturdays count, only the Sunday of a weekend is passed over.
    let free =
      clock.rule.weekdays == .mondayToSaturday && onWeekend.allSatisfy { $0.date.weekday == .sunday }
      ? counted(onWeekend.count, "søndag", "søndage")
      : counted(Set(onWeekend.map { $0.date - $0.date.weekday.rawValue }).count, "weekend", "weekender")
    if !onWeekend.isEmpty { lines.append((lines.isEmpty ? "" : "og ") + free) }
    return [fact("Sprunget over", lines)]
  }

  /// A month that lacks the day is shorter than the eye expects.
  private func clipped(_ trace: Trace) -> [String] {
    trace.steps.compactMap { step in
      let (wanted, found) = (step.from.components.day, step.through.components)
      guard step.term.unit == .months || step.term.unit == .years, found.day < wanted else { return nil }
      return "\(CivilDate.danishMonth(found.month)) har ingen \(wanted)., så månedens sidste dag gælder"
    }
  }

  private var pauseFacts: [ExplanationDocument.Fact] {
    guard let reckoning = clock.reckoning, !reckoning.pauses.isEmpty else { return [] }
    let lines = reckoning.pauses.all.map { pause in
      let effect =
        reckoning.countedPauses.all.contains(pause) ? "" : "; den rykker ikke en dato, der er meddelt"
      guard let until = pause.until else { return "i bero siden \(pause.from.danish)\(effect)" }
      let days = max(0, until.date - max(pause.from.date, reckoning.start.date + 1))
      return
        "i bero fra \(pause.from.danish) til \(until.danish), den dag, fristen løber igen (\(counted(days, "dag", "dage")))\(effect)"
    }
    return [fact("Pause", lines)]
  }

  private func rollFacts(_ trace: Trace) -> [ExplanationDocument.Fact] {
    guard !trace.rolled.isEmpty else {
      guard let day = trace.restsOn else { return [] }
      let what = day.reason == .weekend ? "ikke en arbejdsdag" : CalendarWording.name(day)
      return [fact("Rykkes ikke", ["\(trace.due.danish) er \(what), men fristen bliver stående på dagen"])]
    }
    let days = trace.rolled.sorted { $0.date < $1.date }
    let names = enumerated(days.map(CalendarWording.name))
    let kind = days.count == 1 ? "ikke en arbejdsdag" : "ikke arbejdsdage"
    let direction = trace.due > trace.counted ? "næste" : "forrige"
    return [
      fact(
        "Rykket",
        [
          "fristen ville udløbe \(trace.counted.danish),",
          "men \(names) er \(kind), så \(direction) arbejdsdag gælder",
        ])
    ]
  }

  // MARK: What was told

  /// The due day; where notices moved it, first what was counted, then the notices, then the day that counts.
  private func dueFacts(_ reckoning: Reckoning) -> [ExplanationDocument.Fact] {
    let isPaused = reckoning.outcome.state == .paused
    let due = fact("Forfald", [(isPaused ? "tidligst " : "") + reckoning.due.danish])
    guard clock.rule.extending != nil else { return [due] }
    if reckoning.notices.isEmpty {
      let words =
        reckoning.outcome.isOpen || reckoning.outcome.state == .late
        ? "ingen; fristen er ikke flyttet" : "ingen"
      return [due, fact("Underretning", [words])]
    }
    let notices = fact("Underretning", reckoning.notices.map(\.danish))
    if reckoning.due == reckoning.originalDue { return [due, notices] }
    return [fact("Optalt frist", [reckoning.originalDue.danish]), notices, due]
  }

  /// The date that the citizen was promised after the deadline, and what became of it.
  private func promiseFacts(_ reckoning: Reckoning) -> [ExplanationDocument.Fact] {
    guard let promise = reckoning.promise else { return [] }
    let standing =
      switch reckoning.outcome {
      case .kept, .lapsed: ""
      case .late(let stop): stop.date <= promise.date ? ", holdt" : ", lovet igen og ikke holdt"
      case .running, .soon, .exceeded, .paused:
        promise.isBroken(on: now.today) ? ", lovet igen og ikke holdt" : ""
      }
    return [fact("Lovet", [promise.date.danish + standing])]
  }

  /// Who heard of a delay; of a clock that was kept nobody had to.
  private func disclosureFacts(_ reckoning: Reckoning) -> [ExplanationDocument.Fact] {
    let isDelayed = reckoning.outcome.state == .exceeded || reckoning.outcome.state == .late
    guard isDelayed, !clock.rule.disclosures.isEmpty else { return [] }
    return [
      fact(
        "Orienteret",
        zip(clock.rule.disclosures, reckoning.disclosed).map { disclosure, made in
          "\(disclosure.party): " + (made.map { $0.danish } ?? "nej")
        })
    ]
  }

  // MARK: Where it stands

  private var standing: String {
    let state = clock.state.danish
    guard let reckoning = clock.reckoning else { return state }
    let (due, today) = (reckoning.due.date, now.today)
    switch reckoning.outcome {
    case .exceeded:
      let hold = reckoning.onHoldSince.map { "; i bero siden \($0.date.danish)" } ?? ""
      return due < today
        ? "\(state), \(reckoning.over(on: clock.calendar, today: today))\(hold)" : state + hold
    case .running, .soon:
      return due > today
        ? "\(state), \(clock.calendar.distance(from: today, to: due)) tilbage" : "forfalder i dag"
    case .paused, .kept, .late, .lapsed: return state
    }
  }

  private var ending: String? {
    switch clock.outcome {
    case .kept(let stop): "\(stop.danish), i tide"
    case .late(let stop): "\(stop.danish), efter fristen"
    case .lapsed(let closed):
      "sagen lukket \(closed.danish) uden \(EventWording.stops(clock.rule))"
    case .running, .soon, .exceeded, .paused, nil: nil
    }
  }

  private var missing: String? {
    guard let outcome = clock.outcome, outcome.isOpen || outcome.state == .paused else { return nil }
    return EventWording.missing(clock)
  }

  private var keys: [ExplanationDocument.Key] {
    [
      .init(name: "regel", value: clock.rule.id), .init(name: "start", value: clock.shownStart),
      .init(name: "forfald", value: clock.reckoning?.due.description ?? ""),
      .init(name: "lovet", value: clock.reckoning?.promise?.date.description ?? ""),
      .init(name: "tilstand", value: clock.state.rawValue),
    ]
  }
}
