/// When a clock is due: the last day, or the last instant, at which it can stop in time.
package enum Due: Hashable, Sendable {
  /// The whole of this day is in time, to 23:59:59.
  case day(CivilDate)
  /// In time up to and including this instant; `local` is the same in the configured zone.
  case instant(Instant, local: CivilMoment)

  /// The civil day on which the clock falls due.
  package var date: CivilDate {
    switch self {
    case .day(let date): date
    case .instant(_, let local): local.date
    }
  }
}

extension Due: CustomStringConvertible {
  /// `2023-06-01`, or `2023-06-01T09:30` for an instant.
  package var description: String {
    switch self {
    case .day(let date): date.description
    case .instant(_, let local): local.description
    }
  }
}

/// Counts a length from a start on one calendar; the only place where a due date is made.
package struct Reckoner: Sendable {
  package let calendar: WorkingDays
  package let zone: ZoneTable

  package init(calendar: WorkingDays, zone: ZoneTable) {
    self.calendar = calendar
    self.zone = zone
  }

  /// The due day of `length` from `start`; nil when it leaves the years that calendars cover.
  ///
  /// The start day is not counted. Terms apply in their written order; months and years clip to the end of a
  /// shorter month; `roll` moves a due day that is no working day, once, at the end.
  package func dueDay(from start: CivilDate, _ length: Length, roll: Roll) -> CivilDate? {
    var date = start
    for term in length.terms {
      switch term.unit {
      case .hours: return nil
      case .days: date = date + term.count
      case .weeks: date = date + 7 * term.count
      case .months: date = date.adding(months: term.count)
      case .years: date = date.adding(months: 12 * term.count)
      case .weekdays, .workingDays:
        guard let counted = calendar.advance(date, by: term.count) else { return nil }
        date = counted
      }
      guard CivilDate.supportedDays.contains(date) else { return nil }
    }
    return calendar.roll(date, roll)
  }

  /// The due day or instant of `length` from `start`; nil when it leaves the years that calendars cover.
  ///
  /// Hours are elapsed hours, unaffected by clock changes and never rolled. Without a time of day the start is
  /// read at 00:00, the earliest that it can have been.
  package func due(from start: CivilMoment, _ length: Length, roll: Roll) -> Due? {
    guard length.isInHours else { return dueDay(from: start.date, length, roll: roll).map { .day($0) } }
    let begun = zone.instant(start.earliest.0, start.earliest.1)
    let due = Instant(seconds: begun.seconds + Int64(length.hours) * 3_600)
    let local = zone.local(due)
    return CivilDate.supportedDays.contains(local.date) ? .instant(due, local: local) : nil
  }

  /// True when something that happened at `moment` was in time for `due`.
  package func isInTime(_ moment: CivilMoment, for due: Due) -> Bool {
    switch due {
    case .day(let date): moment.date <= date
    case .instant(let instant, _): zone.instant(moment.earliest.0, moment.earliest.1) <= instant
    }
  }

  /// True when `due` lies wholly before `now`.
  package func hasPassed(_ due: Due, at now: Now) -> Bool {
    switch due {
    case .day(let date): date < now.today
    case .instant(let instant, _): instant < zone.instant(now.latest.0, now.latest.1)
    }
  }
}
