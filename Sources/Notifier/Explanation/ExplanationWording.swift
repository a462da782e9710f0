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
      facts.append(fact("Forfald", [reckoning.due.danish]))
      facts += noticeFacts(reckoning) + disclosureFacts(reckoning)
    }
    if !sent.isEmpty { facts.append(fact("Varslet", sent.map(\.danish))) }
    if let ending { facts.append(fact("Stoppet", [ending])) }
    if let missing { facts.append(fact("Mangler", [missing])) }
    return ExplanationDocument.Part(title: clock.terms.name, standing: standing, facts: facts, keys: keys)
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
      case .promise: "et løfte om service"
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

  private var startFacts: [ExplanationDocument.Fact] {
    guard let start else { return [] }
    let origin =
      switch clock.origin {
      case .event:
        clock.rule.startsAtBirth
          ? "borgerens fødselsdag" : "\(EventWording.words(clock.rule.start)) \(start.danish)"
      case .reopening: "sagen genåbnet \(start.danish); fristen løber forfra i sin fulde længde"
      case .repetition: "forrige stop \(start.danish); fristen gentages"
      }
    let isInHours = clock.terms.length?.isInHours ?? false
    let convention =
      isInHours
      ? (start.time == nil ? "klokkeslæt mangler, så dagens begyndelse er brugt" : nil)
      : "dagen tæller ikke med"
    return [fact("Fra", [origin + (convention.map { " (\($0))" } ?? "")])]
  }

  private var start: CivilMoment? {
    switch clock.course {
    case .reckoned(let reckoning): reckoning.start
    case .unlimited(let start, _): start
    case .unclear: nil
    }
  }

  private var countFacts: [ExplanationDocument.Fact] {
    switch explanation.count {
    case .unlimited:
      return [fact("Længde", ["hurtigst muligt; loven sætter intet tal, så fristen kan ikke overskrides"])]
    case .unclear(let doubt): return [fact("Uafklaret", [doubt.danish])]
    case .hours(let hours, _, let shift):
      let change = shift == 0 ? "" : "; uret blev stillet \(shift > 0 ? "frem" : "tilbage") undervejs"
      return [fact("Længde", ["\(LengthTerm(hours, .hours)), talt som forløbne timer\(change)"])] + pauseFacts
    case .days(let trace):
      return [fact("Længde", [length])] + skippedFacts(trace) + pauseFacts + rollFacts(trace)
    }
  }

  private var length: String {
    guard let length = clock.terms.length else { return "" }
    let counted = length.terms.contains { !$0.unit.endsOnAnyDay }
    guard counted else { return length.description }
    return "\(length) (\(CalendarWording.workingDays(clock.calendar, clock.rule.weekdays)))"
  }

  private func skippedFacts(_ trace: Trace) -> [ExplanationDocument.Fact] {
    let skipped = trace.steps.flatMap(\.skipped)
    guard !skipped.isEmpty else { return [] }
    var lines = CalendarWording.named(skipped, around: trace.start)
    let weekends = Set(
      skipped.filter(\.isOnWeekend).map {
        CivilDate(day: $0.date.day - Int32($0.date.weekday.rawValue))
      }
    ).count
    if weekends > 0 {
      lines.append((lines.isEmpty ? "" : "og ") + counted(weekends, "weekend", "weekender"))
    }
    return [fact("Sprunget over", lines)]
  }

  private var pauseFacts: [ExplanationDocument.Fact] {
    guard let reckoning = clock.reckoning, !reckoning.pauses.isEmpty else { return [] }
    let lines = reckoning.pauses.all.map { pause in
      guard let until = pause.until else { return "i bero fra \(pause.from.danish), stadig" }
      return "i bero fra \(pause.from.danish) til \(until.danish), den dag fristen løber igen"
    }
    return [fact("Pause", lines)]
  }

  private func rollFacts(_ trace: Trace) -> [ExplanationDocument.Fact] {
    guard let last = trace.rolled.first else { return [] }
    let days = trace.rolled.map(CalendarWording.reason)
    let direction = trace.due > trace.counted ? "næste" : "forrige"
    return [
      fact(
        "Rykket",
        [
          "talt ender fristen \(last.date.danish), som er \(days[0]); \(direction) arbejdsdag gælder"
            + (days.count > 1 ? " (\(enumerated(Array(days.dropFirst()))) er det heller ikke)" : "")
        ])
    ]
  }

  // MARK: What was told

  private func noticeFacts(_ reckoning: Reckoning) -> [ExplanationDocument.Fact] {
    guard clock.rule.extending != nil else { return [] }
    guard !reckoning.notices.isEmpty else {
      let words =
        reckoning.outcome.isOpen || reckoning.outcome.state == .late
        ? "ingen; fristen er ikke flyttet" : "ingen"
      return [fact("Underretning", [words])]
    }
    return [fact("Underretning", reckoning.notices.map(\.danish))]
  }

  private func disclosureFacts(_ reckoning: Reckoning) -> [ExplanationDocument.Fact] {
    guard !clock.rule.disclosures.isEmpty else { return [] }
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
    switch reckoning.outcome {
    case .exceeded:
      let late = clock.calendar.count(from: reckoning.due.date, to: now.today) ?? 0
      return late > 0 ? "\(state), \(counted(late, "arbejdsdag", "arbejdsdage"))" : state
    case .running, .soon:
      let left = clock.calendar.count(from: now.today, to: reckoning.due.date) ?? 0
      return left > 0 ? "\(state), \(counted(left, "arbejdsdag", "arbejdsdage")) tilbage" : "\(state), i dag"
    case .paused, .kept, .late, .lapsed: return state
    }
  }

  private var outcome: Outcome? {
    switch clock.course {
    case .reckoned(let reckoning): reckoning.outcome
    case .unlimited(_, let outcome): outcome
    case .unclear: nil
    }
  }

  private var ending: String? {
    switch outcome {
    case .kept(let stop): "\(stop.danish), i tide"
    case .late(let stop): "\(stop.danish), efter fristen"
    case .lapsed(let closed):
      "sagen lukket \(closed.danish) uden \(enumerated(clock.rule.stops.map(EventWording.noun)))"
    case .running, .soon, .exceeded, .paused, nil: nil
    }
  }

  private var missing: String? {
    guard let outcome, outcome.isOpen || outcome.state == .paused else { return nil }
    return EventWording.missing(clock.rule)
  }

  private var keys: [ExplanationDocument.Key] {
    let start = clock.rule.startsAtBirth ? "" : self.start?.description ?? ""
    return [
      .init(name: "regel", value: clock.rule.id), .init(name: "start", value: start),
      .init(name: "forfald", value: clock.reckoning?.due.description ?? ""),
      .init(name: "tilstand", value: clock.state.rawValue),
    ]
  }
}
