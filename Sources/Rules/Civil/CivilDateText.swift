/// Why a text is no date; the words behind "is no date".
package enum DateFault: Error, Hashable, Sendable {
  /// Not of the form that was asked for.
  case form
  /// A month that no year has.
  case month(Int)
  /// A day that the month lacks.
  case dayOfMonth(year: Int, month: Int, has: Int)
  /// A year outside ``CivilDate/supportedYears``.
  case year(Int)
  /// A time of day that no day has (25:00).
  case time
  /// An offset from UTC that no zone has, or of another form.
  case offset
  /// Whether the day or the month stands first nobody knows.
  case order
}

extension CivilDate: CustomStringConvertible {
  /// ISO 8601: `2023-06-01`.
  package var description: String {
    let (year, month, day) = components
    return String(unsafeUninitializedCapacity: 10) { bytes in
      for (place, pair) in [(0, year / 100), (2, year % 100), (5, month), (8, day)] {
        bytes[place] = UInt8(ascii: "0") + UInt8(pair / 10)
        bytes[place + 1] = UInt8(ascii: "0") + UInt8(pair % 10)
      }
      bytes[4] = UInt8(ascii: "-")
      bytes[7] = UInt8(ascii: "-")
      return 10
    }
  }

  /// The date that `text` writes as `2023-06-01`.
  ///
  /// - Throws: ``DateFault`` when the form is another or the date does not exist.
  package init(iso text: some StringProtocol) throws(DateFault) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = digits(bytes[..<4]), let month = digits(bytes[5..<7]), let day = digits(bytes[8...])
    else { throw .form }
    try self.init(checkedYear: year, month: month, day: day)
  }

  /// The date of three numbers, or the reason that there is none.
  package init(checkedYear year: Int, month: Int, day: Int) throws(DateFault) {
    guard Self.supportedYears.contains(year) else { throw .year(year) }
    guard (1...12).contains(month) else { throw .month(month) }
    guard let date = CivilDate(year: year, month: month, day: day) else {
      throw .dayOfMonth(year: year, month: month, has: Self.daysInMonth(year: year, month: month))
    }
    self = date
  }
}

extension DateFault {
  /// The fault in English, for diagnostics; it follows `"…" is no date: `.
  package var explanation: String {
    switch self {
    case .form: "write for example 2024-12-31 or 31-12-2024"
    case .month(let month): "there is no month \(month)"
    case .dayOfMonth(let year, let month, let days): "\(Self.monthNames[month - 1]) \(year) has \(days) days"
    case .year(let year):
      "the year \(year) lies outside \(CivilDate.supportedYears.lowerBound)–\(CivilDate.supportedYears.upperBound)"
    case .time: "a time of day is written 00:00 to 23:59"
    case .offset: "an offset from UTC is written Z, +01 or +01:00"
    case .order: "nobody knows whether its day or its month stands first"
    }
  }

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
}
