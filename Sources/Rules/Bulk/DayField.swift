/// Reads the dates that nearly every export writes, ten bytes each, from the bytes to the number of the day.
///
/// Only `2024-12-31` and `31-12-2024` (also with `.` and `/`) are read here; whatever looks different is left
/// to ``DateField``. That one is asked for every month once.
struct DayField {
  /// In each of the two forms by themselves: the bytes of the one may stand in the place of the other, where
  /// they are no month.
  private let isoMonths = MonthTable()
  private let danishMonths = MonthTable()

  /// Its owner calls this once, after the last day was asked for.
  func deallocate() {
    isoMonths.deallocate()
    danishMonths.deallocate()
  }

  /// The day that the ten bytes from `bytes` on write, as nearly every date does: `2024-12-31`, in a month
  /// that was met; nil where ``day(_:)`` has to say it.
  @inline(__always)
  func usualDay(_ bytes: UnsafeRawPointer) -> Int32? {
    isoMonths.usualDay(digits: bytes + 8, ofMonth: bytes)
  }

  /// The day that the ten bytes from `bytes` on write; nil where they write none, and where it is left to
  /// ``DateField``.
  ///
  /// - Parameter order: of a date whose year stands last.
  @inline(never)
  func day(_ bytes: UnsafeRawPointer, _ order: DateOrder? = .dayFirst) -> Int32? {
    if Self.isDanish(bytes) {
      guard order == .dayFirst else { return nil }
      return Self.day(digits: bytes, ofMonth: bytes + 2, danishMonths) {
        Self.first + UnsafeRawBufferPointer(start: bytes + 2, count: 8)
      }
    }
    guard Self.isISO(bytes) else { return nil }
    return Self.day(digits: bytes + 8, ofMonth: bytes, isoMonths) {
      UnsafeRawBufferPointer(start: bytes, count: 8) + Self.first
    }
  }

  private static func isISO(_ bytes: UnsafeRawPointer) -> Bool {
    bytes.load(fromByteOffset: 4, as: UInt8.self) == UInt8(ascii: "-")
  }

  /// The separators stand before all digits. With a blank at its end the year may have two digits, which not
  /// every column reads alike.
  private static func isDanish(_ bytes: UnsafeRawPointer) -> Bool {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return bytes.load(fromByteOffset: 2, as: UInt8.self) < digits.lowerBound
      && digits.contains(bytes.load(fromByteOffset: 9, as: UInt8.self))
  }

  private static let first = Array("01".utf8)

  /// - Parameter firstDay: the text of the first day of the month.
  private static func day(
    digits: UnsafeRawPointer, ofMonth bytes: UnsafeRawPointer, _ months: MonthTable, firstDay: () -> [UInt8]
  ) -> Int32? {
    if let known = months.day(digits: digits, ofMonth: bytes) { return known }
    guard case .at(let moment) = DateField.danish.reading(firstDay()[...]), moment.time == nil else {
      return nil
    }
    months.learn(bytes, first: moment.date)
    return months.day(digits: digits, ofMonth: bytes)
  }
}
