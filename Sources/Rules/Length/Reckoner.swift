/// Counts a length from a start on one calendar; the only place where a due date is made.
package struct Reckoner: Sendable {
  package let calendar: WorkingDays
  /// What `hverdage` count on; the calendar itself unless the rule takes Saturdays in.
  package let weekdays: WorkingDays
  package let zone: ZoneTable

  package init(calendar: WorkingDays, weekdays: WorkingDays? = nil, zone: ZoneTable) {
    self.calendar = calendar
    self.weekdays = weekdays ?? calendar
    self.zone = zone
  }

  /// The due day of `length` from `start`; nil when it leaves the years that calendars cover.
  ///
  /// The start day is not counted. Terms apply in their written order; months and years clip to the end of a
  /// shorter month; `roll` moves a due day that is no working day, once, at the end.
  package func dueDay(from start: CivilDate, _ length: Length, roll: Roll) -> CivilDate? {
    unrolled(from: start, length).flatMap { calendar.roll($0, roll) }
  }

  /// The same with pauses: no paused day counts, in either form of unit.
  ///
  /// A due day in dage, uger, måneder or år moves by one day for each paused day before it; working days are
  /// counted on past the paused ones. The length is of one form of unit; an open pause holds every day to
  /// come, so the due day is then the earliest that it can be: as if the pause ended tomorrow.
  package func dueDay(
    from start: CivilDate, _ length: Length, roll: Roll, pauses: Pauses
  ) -> CivilDate? {
    guard !pauses.isEmpty, let table = countingTable(of: length) else {
      return dueDay(from: start, length, roll: roll)
    }
    guard let base = unrolled(from: start, length) else { return nil }
    var due = base
    while true {
      let held = pauses.days(after: start, through: due)
      let next: CivilDate?
      switch table {
      case .everyDay: next = base + held.count
      case .table(let days, let count):
        next = days.advance(start, by: count + held.filter { days.isWorkingDay($0) == true }.count)
      }
      guard let next, CivilDate.supportedDays.contains(next) else { return nil }
      if next == due { return calendar.roll(due, roll) }
      due = next
    }
  }

  /// The due day or instant of `length` from `start`; nil when it leaves the years that calendars cover.
  ///
  /// Hours are elapsed hours, unaffected by clock changes and never rolled. Without a time of day the start
  /// is read at 00:00, the earliest that it can have been.
  package func due(from start: CivilMoment, _ length: Length, roll: Roll, pauses: Pauses = .none) -> Due? {
    guard length.isInHours else {
      return dueDay(from: start.date, length, roll: roll, pauses: pauses).map { .day($0) }
    }
    let begun = instant(start)
    var due = begun.seconds + Int64(length.hours) * 3_600
    for pause in pauses.all {
      let from = max(instant(pause.from).seconds, begun.seconds)
      guard from < due else { break }
      due += max(0, instant(pauses.end(of: pause)).seconds - from)
    }
    let local = zone.local(Instant(seconds: due))
    return CivilDate.supportedDays.contains(local.date) ? .instant(Instant(seconds: due), local: local) : nil
  }

  /// True when something that happened at `moment` was in time for `due`.
  package func isInTime(_ moment: CivilMoment, for due: Due) -> Bool {
    switch due {
    case .day(let date): moment.date <= date
    case .instant(let instant, _): self.instant(moment) <= instant
    }
  }

  /// True when `due` lies wholly before `now`.
  package func hasPassed(_ due: Due, at now: Now) -> Bool {
    switch due {
    case .day(let date): date < now.today
    case .instant(let instant, _): instant < zone.instant(now.latest.0, now.latest.1)
    }
  }

  private func instant(_ moment: CivilMoment) -> Instant { zone.instant(moment) }

  private func unrolled(from start: CivilDate, _ length: Length) -> CivilDate? {
    var date = start
    for term in length.terms {
      guard let next = step(from: date, term), CivilDate.supportedDays.contains(next) else { return nil }
      date = next
    }
    return date
  }

  /// Where one term leads from `date`; nil for hours, and outside the calendar.
  package func step(from date: CivilDate, _ term: LengthTerm) -> CivilDate? {
    switch term.unit {
    case .hours: nil
    case .days: date + term.count
    case .weeks: date + 7 * term.count
    case .months: date.adding(months: term.count)
    case .years: date.adding(months: 12 * term.count)
    case .weekdays, .workingDays: table(of: term.unit).advance(date, by: term.count)
    }
  }

  /// What a unit of working days is counted on.
  func table(of unit: LengthUnit) -> WorkingDays { unit == .weekdays ? weekdays : calendar }

  private enum CountingTable {
    case everyDay
    case table(WorkingDays, count: Int)
  }

  /// What the days of a paused length are counted on; nil for a mixed length, which a rule may not pause.
  private func countingTable(of length: Length) -> CountingTable? {
    if length.terms.allSatisfy({ $0.unit.endsOnAnyDay }) { return .everyDay }
    guard length.terms.count == 1 else { return nil }
    let term = length.terms[0]
    return .table(table(of: term.unit), count: term.count)
  }
}
