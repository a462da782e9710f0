/// A day of the proleptic Gregorian calendar, counted from 1970-01-01 (day 0).
///
/// It has no time of day and no time zone, so no clock change can move it. Differences and comparisons are
/// plain integer arithmetic.
package struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before.
  package let day: Int32

  /// The day `day` days after 1970-01-01.
  package init(day: Int32) {
    self.day = day
  }

  /// The date `year`-`month`-`day`, or nil when there is none (2023-02-30) or the year lies outside
  /// ``supportedYears``.
  package init?(year: Int, month: Int, day: Int) {
    guard Self.supportedYears.contains(year), (1...12).contains(month),
      (1...Self.daysInMonth(year: year, month: month)).contains(day)
    else { return nil }
    self.init(day: Self.dayNumber(year: year, month: month, day: day))
  }

  /// The years that dates may lie in. A register's year outside it is a slip of the pen, not a deadline.
  package static let supportedYears = 1900...2199

  /// The first and the last day of ``supportedYears``, both inclusive.
  package static let supportedDays =
    CivilDate(
      day: dayNumber(year: 1900, month: 1, day: 1))...CivilDate(
      day: dayNumber(year: 2199, month: 12, day: 31))

  package static func < (a: Self, b: Self) -> Bool { a.day < b.day }

  /// The date `days` days later (earlier when negative).
  package static func + (date: Self, days: Int) -> Self { Self(day: date.day + Int32(days)) }

  /// The date `days` days earlier.
  package static func - (date: Self, days: Int) -> Self { date + -days }

  /// The number of days from `b` to `a`.
  package static func - (a: Self, b: Self) -> Int { Int(a.day) - Int(b.day) }

  /// Year, month (1–12) and day of the month (1–31).
  package var components: (year: Int, month: Int, day: Int) {
    // Years are counted from 1 March, so that the leap day is the last of its year.
    let shifted = Int(day) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  package var year: Int { components.year }

  package var weekday: Weekday {
    // Day 0 was a Thursday.
    Weekday.allCases[((Int(day) + 3) % 7 + 7) % 7]
  }

  /// The same day of the month `months` months later (earlier when negative); in a shorter month its last
  /// day, never a day of the month after (forældelsesloven § 27, elsewhere by analogy).
  package func adding(months: Int) -> CivilDate {
    let (year, month, day) = components
    let index = year * 12 + (month - 1) + months
    let newYear = index >= 0 ? index / 12 : (index - 11) / 12
    let newMonth = index - newYear * 12 + 1
    let clipped = min(day, Self.daysInMonth(year: newYear, month: newMonth))
    return CivilDate(day: Self.dayNumber(year: newYear, month: newMonth, day: clipped))
  }

  /// The number of days in `month` (1–12) of `year`.
  package static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// True for a year with a 29 February.
  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The day number of a date that is known to exist.
  private static func dayNumber(year: Int, month: Int, day: Int) -> Int32 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }
}

/// A day of the week; Monday first, as in ISO 8601.
package enum Weekday: Int, CaseIterable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  package var isWeekend: Bool { self == .saturday || self == .sunday }
}
