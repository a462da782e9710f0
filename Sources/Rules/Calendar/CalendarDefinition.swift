/// A named calendar as a `[kalender NAVN]` section defines it: which days are no working days.
package struct CalendarDefinition: Hashable, Sendable {
  package let name: String
  package let holidays: HolidaySet
  package let closed: [ClosedDay]
  /// The start dates of the clocks that count on this version.
  package let validity: Validity

  package init(name: String, holidays: HolidaySet, closed: [ClosedDay], validity: Validity = .always) {
    self.name = name
    self.holidays = holidays
    self.closed = closed
    self.validity = validity
  }

  /// Every named non-working day of `year` in order of date; a day that two lines name keeps the first name.
  package func namedDays(in year: Int) -> [NamedDay] {
    var named: [NamedDay] = []
    for day in days(in: year) where !named.contains(where: { $0.date == day.date }) { named.append(day) }
    return named.sorted { $0.date < $1.date }
  }

  /// The same as the lines name them: in no order, and a day that two name twice.
  func days(in year: Int) -> [NamedDay] {
    var days = holidays == .danish ? DanishHolidays.days(in: year) : []
    for closing in closed { days += closing.days(in: year) }
    return days
  }
}

/// The value of `helligdage`.
package enum HolidaySet: String, Hashable, Sendable, CaseIterable {
  case danish = "danske"
  case none = "ingen"
}

/// One `lukket` line.
package enum ClosedDay: Hashable, Sendable {
  /// The same day every year (`06-05`).
  case yearly(month: Int, day: Int, name: String?)
  /// One day (`2024-05-10`) or a span (`2026-07-20 .. 2026-07-24`), both ends inclusive.
  case once(ClosedRange<CivilDate>, name: String?)

  /// The closed days of this line that fall in `year`.
  func days(in year: Int) -> [NamedDay] {
    switch self {
    case .yearly(let month, let day, let name):
      guard let date = CivilDate(year: year, month: month, day: day) else { return [] }
      return [NamedDay(date, name ?? Self.usualName(month: month, day: day))]
    case .once(let span, let name):
      guard let first = CivilDate(year: year, month: 1, day: 1),
        let last = CivilDate(year: year, month: 12, day: 31),
        span.overlaps(first...last)
      else { return [] }
      let common = span.clamped(to: first...last)
      return (0...(common.upperBound - common.lowerBound)).map {
        NamedDay(common.lowerBound + $0, name ?? Self.localName)
      }
    }
  }

  private static let localName = "kommunens lukkedag"

  private static func usualName(month: Int, day: Int) -> String {
    switch (month, day) {
    case (6, 5): "grundlovsdag"
    case (12, 24): "juleaftensdag"
    case (12, 31): "nytårsaftensdag"
    default: localName
    }
  }
}

extension CalendarDefinition {
  /// True when it closes days that no act knows.
  var hasLocalDays: Bool {
    closed.contains { day in
      guard case .yearly(let month, let dayOfMonth, _) = day else { return true }
      return ![(6, 5), (12, 24), (12, 31)].contains { $0 == (month, dayOfMonth) }
    }
  }
}
