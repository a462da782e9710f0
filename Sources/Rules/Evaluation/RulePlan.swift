/// How far ahead a clock counts as ``StateName/soon``.
package enum Horizon {
  /// In working days of the rule's calendar, today not counted; the last one is inclusive.
  package static let workingDays = 5
}

/// One rule made ready for one schema and one now: every name an index, the horizon a date.
struct RulePlan: Sendable {
  let rule: Rule
  let reckoner: Reckoner
  let now: Now
  private let start: Int?
  private let stops: [(name: String, index: Int)]
  private let closing: Int?
  private let notice: Int?
  private let newDate: Int?
  private let disclosures: [Int?]
  private let horizon: CivilDate

  init(_ rule: Rule, schema: EventSchema, zone: ZoneTable, now: Now) {
    self.rule = rule
    self.now = now
    reckoner = Reckoner(calendar: rule.calendar, zone: zone)
    start = schema.index(of: rule.start)
    stops = rule.stops.compactMap { name in schema.index(of: name).map { (name, $0) } }
    closing = schema.index(of: EventSchema.closing)
    notice = rule.extending.flatMap { schema.index(of: $0.notice) }
    newDate = rule.extending.flatMap { schema.index(of: $0.newDate) }
    disclosures = rule.disclosures.map { schema.index(of: $0.event) }
    horizon = rule.calendar.advance(now.today, by: Horizon.workingDays) ?? now.today
  }

  /// What the register says of the start event; a start after now has not happened.
  func startReading(in dates: [DateReading]) -> DateReading {
    happened(start, dates)
  }

  /// The course of the clock that starts at `begun`; `dates` are the case's readings in the schema's order.
  func course(from begun: CivilMoment, _ terms: RuleTerms, _ dates: [DateReading]) -> Course {
    do throws(Doubt) {
      guard let original = reckoner.due(from: begun, terms.length, roll: terms.roll ?? .none) else {
        throw Doubt.beyondCalendar
      }
      let standing = try standing(of: original, since: begun, dates)
      let due = try due(after: standing, original, terms.roll ?? .forward)
      return .reckoned(
        Reckoning(
          start: begun, originalDue: original, due: due, notice: standing,
          outcome: try outcome(of: due, since: begun, dates), disclosed: disclosed(dates)))
    } catch {
      return .unclear(error)
    }
  }

  /// The reading of an event, with everything after now taken as not happened.
  private func happened(_ index: Int?, _ dates: [DateReading]) -> DateReading {
    guard let index else { return .absent }
    if case .at(let moment) = dates[index], !now.hasSeen(moment) { return .absent }
    return dates[index]
  }

  private func moment(_ index: Int?, _ name: String, _ dates: [DateReading]) throws(Doubt) -> CivilMoment? {
    switch happened(index, dates) {
    case .absent: return nil
    case .at(let moment): return moment
    case .unreadable(let text, let fault): throw .unreadable(event: name, text: text, fault)
    }
  }

  private func standing(
    of original: Due, since begun: CivilMoment, _ dates: [DateReading]
  ) throws(Doubt) -> NoticeStanding {
    guard let extending = rule.extending,
      let given = try moment(notice, extending.notice, dates)
    else { return .none }
    if given.date < begun.date {
      throw .noticeBeforeStart(event: extending.notice, notice: given, start: begun)
    }
    guard reckoner.isInTime(given, for: original) else { return .late(on: given) }
    guard let newDate else { return .withoutDate(on: given) }
    // The new date lies in the future by its nature, so it is read as it stands.
    switch dates[newDate] {
    case .absent: return .withoutDate(on: given)
    case .at(let moment): return .timely(on: given, newDate: moment.date)
    case .unreadable(let text, let fault): throw .unreadable(event: extending.newDate, text: text, fault)
    }
  }

  private func due(after standing: NoticeStanding, _ original: Due, _ roll: Roll) throws(Doubt) -> Due {
    guard case .timely(_, let newDate) = standing, case .day(let originalDay) = original else {
      return original
    }
    guard let rolled = rule.calendar.roll(newDate, roll) else { throw .beyondCalendar }
    return .day(max(originalDay, rolled))
  }

  private func outcome(of due: Due, since begun: CivilMoment, _ dates: [DateReading]) throws(Doubt) -> Outcome
  {
    var earliest: (name: String, moment: CivilMoment)?
    for (name, index) in stops {
      guard let moment = try moment(index, name, dates) else { continue }
      if earliest.map({ moment.earliest < $0.moment.earliest }) ?? true { earliest = (name, moment) }
    }
    if let (name, stop) = earliest {
      if precedes(stop, begun) { throw .stopBeforeStart(event: name, stop: stop, start: begun) }
      return reckoner.isInTime(stop, for: due) ? .kept(stop) : .late(stop)
    }
    if let closed = try moment(closing, EventSchema.closing, dates) { return .lapsed(closed) }
    if reckoner.hasPassed(due, at: now) { return .exceeded }
    return due.date <= horizon ? .soon : .running
  }

  /// True when `stop` lies before `start` beyond doubt: on an earlier day, or earlier that day where both have a time.
  private func precedes(_ stop: CivilMoment, _ start: CivilMoment) -> Bool {
    guard stop.date == start.date, let stopTime = stop.time, let startTime = start.time else {
      return stop.date < start.date
    }
    return stopTime < startTime
  }

  /// A cell that cannot be read proves nothing; the row is reported anyway, and the due day does not hang on it.
  private func disclosed(_ dates: [DateReading]) -> [CivilMoment?] {
    disclosures.map { index in
      guard case .at(let moment) = happened(index, dates) else { return nil }
      return moment
    }
  }
}
