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

extension Due {
  /// The due day, or the due instant in local time.
  package var local: CivilMoment {
    switch self {
    case .day(let date): CivilMoment(date)
    case .instant(_, let local): local
    }
  }
}

extension Due: CustomStringConvertible {
  /// `2023-06-01`, or `2023-06-01T09:30` for an instant.
  package var description: String { local.description }
}
