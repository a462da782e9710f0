/// Everything that an answer to "why this day, and where does it say so?" needs about one clock.
package struct Explanation: Sendable {
  /// How the due day came to be.
  package enum Count: Sendable {
    case days(Trace)
    /// Elapsed hours; `shift` is by how many seconds the clocks were put forward in between, negative when
    /// they were put back.
    case hours(Int, shift: Int64)
    /// The law sets no number of days.
    case unlimited
    /// Why there is none.
    case unclear(Doubt)
  }

  package let clock: Clock
  package let count: Count

  /// Explains `clock`, which was evaluated in `zone`.
  package init(_ clock: Clock, zone: ZoneTable) {
    self.clock = clock
    switch clock.course {
    case .unlimited: count = .unlimited
    case .unclear(let doubt): count = .unclear(doubt)
    case .reckoned(let reckoning):
      count = Self.count(reckoning, clock, zone) ?? .unclear(.beyondCalendar)
    }
  }

  private static func count(_ reckoning: Reckoning, _ clock: Clock, _ zone: ZoneTable) -> Count? {
    guard let length = clock.terms.length else { return nil }
    if case .instant(let due, _) = reckoning.originalDue {
      let begun = zone.instant(reckoning.start)
      return .hours(length.hours, shift: zone.offset(at: due) - zone.offset(at: begun))
    }
    return clock.rule.reckoner(from: reckoning.start.date, zone: zone)
      .trace(
        from: reckoning.start.date, length, roll: clock.terms.roll ?? .none, pauses: reckoning.countedPauses
      )
      .map { .days($0) }
  }
}
