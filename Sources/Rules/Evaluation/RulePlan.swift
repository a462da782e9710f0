/// How far ahead a clock counts as ``StateName/soon``.
package enum Horizon {
  /// In working days of the rule's calendar, today not counted; the last one is inclusive.
  package static let workingDays = 5
}

/// One rule made ready for one schema and one now: every name an index. A class, because every case asks
/// every plan.
final class RulePlan: Sendable {
  let rule: Rule
  private let zone: ZoneTable
  private let now: Now
  private let start: Int?
  private let stops: [(name: String, index: Int)]
  private let closing: Int?
  private let reopening: Int?
  private let pause: (from: Int, until: Int)?
  private let notice: Int?
  private let newDate: Int?
  private let disclosures: [Int?]

  init(_ rule: Rule, schema: EventSchema, zone: ZoneTable, now: Now) {
    self.rule = rule
    self.zone = zone
    self.now = now
    start = schema.index(of: rule.start)
    stops = rule.stops.compactMap { name in schema.index(of: name).map { (name, $0) } }
    closing = schema.index(of: EventSchema.closing)
    reopening = schema.index(of: EventSchema.reopening)
    pause = rule.pausing.flatMap { pausing in
      guard let from = schema.index(of: pausing.from), let until = schema.index(of: pausing.until) else {
        return nil
      }
      return (from, until)
    }
    notice = rule.extending.flatMap { schema.index(of: $0.notice) }
    newDate = rule.extending.flatMap { schema.index(of: $0.newDate) }
    disclosures = rule.disclosures.map { schema.index(of: $0.event) }
  }

  /// What the rule finds on a case that it applies to.
  enum Finding {
    /// A clock for each round; none where every start lies outside the rule's validity.
    case clocks([Clocked], Stops)
    /// The start event has not happened.
    case notStarted

    /// What came of one round.
    struct Clocked {
      let course: Course
      let origin: Origin
      /// 1 for the first.
      let number: Int

      static func unclear(_ doubt: Doubt) -> Clocked {
        Clocked(course: .unclear(doubt), origin: .event, number: 1)
      }
    }

    /// The stops of a case as the rule sees them.
    struct Stops {
      /// Those before the first start, which stop nothing.
      var early: [StopEvent] = []
      var others: [StopEvent] = []
    }
  }

  /// The rounds of `row` under `terms`.
  func finding(on row: Case, _ terms: RuleTerms) -> Finding {
    do throws(Doubt) {
      guard let starts = try moments(start, rule.start, row), !starts.isEmpty else { return .notStarted }
      let events = RuleEvents(
        starts: starts, stops: try allStops(row),
        reopenings: try moments(reopening, EventSchema.reopening, row) ?? [],
        closings: try moments(closing, EventSchema.closing, row) ?? [])
      let pauses = try pauses(row)
      let rounds = try events.rounds(repeats: rule.repetition == .atEachStop)
      return .clocks(
        rounds.enumerated().filter { rule.validity.contains($0.element.start.date) }.map { index, round in
          Finding.Clocked(
            course: course(of: round, row, terms, pauses), origin: round.origin, number: index + 1)
        }, events.sortedStops)
    } catch {
      return .clocks([.unclear(error)], Finding.Stops())
    }
  }

  // MARK: Reading the case

  /// The happened occurrences of an event in order; nil where the schema does not have it.
  private func moments(_ index: Int?, _ name: String, _ row: Case) throws(Doubt) -> [CivilMoment]? {
    guard let index else { return nil }
    let moments = try allMoments(index, name, row).filter(now.hasSeen)
    return moments.count > 1 ? moments.sorted { $0.earliest < $1.earliest } : moments
  }

  /// The occurrences of an event, those that are still to come among them.
  private func allMoments(_ index: Int, _ name: String, _ row: Case) throws(Doubt) -> [CivilMoment] {
    var moments: [CivilMoment] = []
    for reading in row.readings(of: index) {
      switch reading {
      case .absent: continue
      case .at(let moment): moments.append(moment)
      case .unreadable(let text, let fault): throw .unreadable(event: name, text: text, fault)
      }
    }
    return moments
  }

  private func allStops(_ row: Case) throws(Doubt) -> [StopEvent] {
    var all: [StopEvent] = []
    for (name, index) in stops {
      for moment in try moments(index, name, row) ?? [] { all.append(StopEvent(name: name, at: moment)) }
    }
    return all.count > 1 ? all.sorted { $0.at.earliest < $1.at.earliest } : all
  }

  private func pauses(_ row: Case) throws(Doubt) -> Pauses {
    guard let pause, let names = rule.pausing else { return .none }
    let from = try allMoments(pause.from, names.from, row)
    let until = try allMoments(pause.until, names.until, row)
    if from.isEmpty, until.isEmpty { return .none }
    do throws(UnbegunPause) {
      return try Pauses(from: from, until: until, now: now)
    } catch {
      throw .pauseWithoutStart(event: names.until, end: error.end)
    }
  }

  // MARK: One round

  private func course(
    of round: Round, _ row: Case, _ terms: RuleTerms, _ pauses: Pauses
  ) -> Course {
    guard let length = terms.length else {
      return .unlimited(
        start: round.start, round.stop.map { .kept($0) } ?? round.closing.map { .lapsed($0) } ?? .running)
    }
    let reckoner = rule.reckoner(from: round.start.date, zone: zone)
    // What came after the end of a round, or before a later one, is no part of it: a finished round stays as
    // it was.
    let pauses = pauses.within(from: round.isFirst ? nil : round.start, until: round.end)
    do throws(Doubt) {
      var walk = try NoticeWalk(reckoner, from: round.start, length, terms.roll, pauses)
      for notice in try notices(in: round, row) { try walk.take(notice) }
      return .reckoned(
        Reckoning(
          start: round.start, originalDue: walk.original, due: walk.due, notices: walk.steps, pauses: pauses,
          countedPauses: walk.pauses, outcome: outcome(of: round, walk.due, pauses, reckoner),
          disclosed: disclosed(in: round, row)))
    } catch {
      return .unclear(error)
    }
  }

  private func outcome(
    of round: Round, _ due: Due, _ pauses: Pauses, _ reckoner: Reckoner
  ) -> Outcome {
    if let stop = round.stop { return reckoner.isInTime(stop, for: due) ? .kept(stop) : .late(stop) }
    if let closing = round.closing { return .lapsed(closing) }
    if let pause = pauses.open, reckoner.isInTime(pause.from, for: due) { return .paused(since: pause.from) }
    if reckoner.hasPassed(due, at: now) { return .exceeded }
    let horizon = reckoner.calendar.advance(now.today, by: Horizon.workingDays) ?? now.today
    return due.date <= horizon ? .soon : .running
  }

  /// The notices given in this round, in order of time.
  private func notices(in round: Round, _ row: Case) throws(Doubt) -> [NoticeWalk.Notice] {
    guard let extending = rule.extending, let notice, let newDate else { return [] }
    var given: [NoticeWalk.Notice] = []
    let column = Occurrence(date: row.dates[notice], newDate: row.dates[newDate])
    for occurrence in [column] + (row.further[notice] ?? []) {
      switch occurrence.date {
      case .absent: continue
      case .unreadable(let text, let fault): throw .unreadable(event: extending.notice, text: text, fault)
      case .at(let moment):
        if now.hasSeen(moment) {
          given.append(NoticeWalk.Notice(at: moment, newDate: occurrence.newDate, field: extending.newDate))
        }
      }
    }
    var own: [NoticeWalk.Notice] = []
    for notice in given.sorted(by: { $0.at.earliest < $1.at.earliest }) {
      if let next = round.nextStart, !notice.at.precedes(next) { continue }
      if let end = round.end, end.precedes(notice.at) { continue }
      if notice.at.date >= round.start.date {
        own.append(notice)
      } else if round.isFirst {
        throw .noticeBeforeStart(event: extending.notice, notice: notice.at, start: round.start)
      }
    }
    return own
  }

  /// A cell that cannot be read proves nothing; the row is reported anyway, and the due day does not hang on
  /// it. Nor does a day before the start of the clock.
  private func disclosed(in round: Round, _ row: Case) -> [CivilMoment?] {
    disclosures.map { index in
      guard let index else { return nil }
      for case .at(let moment) in row.readings(of: index)
      where now.hasSeen(moment) && !moment.precedes(round.start) {
        return moment
      }
      return nil
    }
  }
}
