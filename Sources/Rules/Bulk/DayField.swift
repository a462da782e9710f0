/// Reads the dates that nearly every export writes, ten bytes each, from the bytes to the number of the day.
///
/// Only `2024-12-31` and `31-12-2024` (also with `.` and `/`) are read here; whatever looks different is left to the reader
/// that knows every form and every fault.
struct DayField {
  /// No date that this reader knows.
  static let other = Int32.min

  /// One month: the number of its first day, and how many days it has; none in a month that no year has.
  private struct Month {
    let first: Int32
    let days: Int32
  }

  /// Sixteen for each supported year, so that the number of a month is its place.
  private let months: UnsafeMutablePointer<Month>
  private static let monthsInYear = 16

  init() {
    let years = CivilDate.supportedYears
    months = .allocate(capacity: years.count * Self.monthsInYear)
    months.initialize(repeating: Month(first: 0, days: 0), count: years.count * Self.monthsInYear)
    for year in years {
      for month in 1...12 {
        guard let first = CivilDate(year: year, month: month, day: 1) else { continue }
        months[(year - years.lowerBound) * Self.monthsInYear + month] = Month(
          first: first.day, days: Int32(CivilDate.daysInMonth(year: year, month: month)))
      }
    }
  }

  /// Its owner calls this once, after the last ``day(_:)``.
  func deallocate() { months.deallocate() }

  /// The day that the ten bytes from `bytes` on write; ``other`` where they write none.
  @inline(__always)
  func day(_ bytes: UnsafeRawPointer) -> Int32 {
    let head = bytes.loadUnaligned(as: UInt64.self)
    let tail = UInt64(bytes.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
    // Little-endian, so the first byte is the lowest: `yyyy-mm-`, then `dd`, which takes the places of the two hyphens.
    let iso = UInt64(littleEndian: head) ^ 0x2D30_302D_3030_3030
    let day = UInt64(littleEndian: tail) ^ 0x3030
    if iso & 0xFF00_00FF_0000_0000 == 0 {
      let digits = iso | (day & 0xFF) << 32 | (day & 0xFF00) << 48
      if Self.areDigits(digits) {
        let pairs = (iso &* 10) &+ (iso >> 8)
        return number(
          year: Int(pairs & 0xFF) &* 100 &+ Int(pairs >> 16 & 0xFF), month: Int(pairs >> 40 & 0xFF),
          day: Int32(truncatingIfNeeded: (day & 0xFF) &* 10 &+ (day >> 8)))
      }
    }
    return danishDay(head, tail)
  }

  /// `dd-mm-yy`, then `yy`.
  @inline(never)
  private func danishDay(_ head: UInt64, _ tail: UInt64) -> Int32 {
    let separator = head >> 16 & 0xFF
    guard separator == 0x2D || separator == 0x2E || separator == 0x2F, head >> 40 & 0xFF == separator else {
      return Self.other
    }
    let date = head ^ 0x3030_0030_3000_3030 ^ (separator << 16 | separator << 40)
    let year = tail ^ 0x3030
    guard Self.areDigits(date), Self.areDigits(year) else { return Self.other }
    return number(
      year: Self.two(date, 6) * 100 + Self.two(year, 0), month: Self.two(date, 3),
      day: Int32(Self.two(date, 0)))
  }

  /// True when every byte is 0 to 9.
  @inline(__always)
  private static func areDigits(_ bytes: UInt64) -> Bool {
    ((bytes &+ 0x0606_0606_0606_0606) | bytes) & 0xF0F0_F0F0_F0F0_F0F0 == 0
  }

  /// The number of two digits, the tens in byte `index`.
  @inline(__always)
  private static func two(_ bytes: UInt64, _ index: UInt64) -> Int {
    let pair = bytes >> (index * 8)
    return Int(pair & 0xF) * 10 + Int(pair >> 8 & 0xF)
  }

  @inline(__always)
  private func number(year: Int, month: Int, day: Int32) -> Int32 {
    let years = CivilDate.supportedYears
    guard year >= years.lowerBound, year <= years.upperBound, month < Self.monthsInYear else {
      return Self.other
    }
    let month = months[(year &- years.lowerBound) &* Self.monthsInYear &+ month]
    return day >= 1 && day <= month.days ? month.first &+ day &- 1 : Self.other
  }
}
