/// The start dates for which a rule holds, both ends inclusive; an end may be open. The value of `gyldig`.
package struct Validity: Hashable, Sendable {
  package let from: CivilDate?
  package let through: CivilDate?

  /// Nil when the end comes before the beginning.
  package init?(from: CivilDate?, through: CivilDate?) {
    if let from, let through, through < from { return nil }
    self.from = from
    self.through = through
  }

  private init() {
    from = nil
    through = nil
  }

  package static let always = Validity()

  /// True when a clock that starts on `date` falls under it.
  package func contains(_ date: CivilDate) -> Bool {
    (from.map { $0 <= date } ?? true) && (through.map { date <= $0 } ?? true)
  }

  /// True when some start date falls under both.
  package func overlaps(_ other: Validity) -> Bool {
    let startsInTime = from.map { start in other.through.map { start <= $0 } ?? true } ?? true
    let otherStartsInTime = other.from.map { start in through.map { start <= $0 } ?? true } ?? true
    return startsInTime && otherStartsInTime
  }
}
