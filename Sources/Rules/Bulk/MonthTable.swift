/// The months in which dates were met, by the eight bytes that write them: `2024-12-` or `-12-2024`. A
/// register holds a few hundred, and in a month that is known two digits are left to read.
struct MonthTable {
  /// None of no days in a free slot.
  private struct Month {
    var bytes: UInt64 = 0
    /// The number of the day before its first.
    var before: Int32 = 0
    var days: UInt32 = 0
  }

  /// Each month stands in the first free slot from the one that its bytes point to.
  private let months: UnsafeMutablePointer<Month>
  private let count: UnsafeMutablePointer<Int>

  /// How many of the highest bits of a product number a slot.
  private static var bits: UInt64 { 12 }
  private static var slots: Int { 1 << Int(bits) }
  /// More months, of a century and a half, are not remembered.
  private static var most: Int { slots / 2 }

  init() {
    months = .allocate(capacity: Self.slots)
    months.initialize(repeating: Month(), count: Self.slots)
    count = .allocate(capacity: 1)
    count.initialize(to: 0)
  }

  /// Its owner calls this once, after the last look.
  func deallocate() {
    months.deallocate()
    count.deallocate()
  }

  /// The day that two digits write in the month that eight bytes write; nil for none, and for a month that
  /// does not stand in its own slot, as a few do not.
  @inline(__always)
  func usualDay(digits: UnsafeRawPointer, ofMonth bytes: UnsafeRawPointer) -> Int32? {
    let written = Self.word(bytes)
    return Self.day(digits, of: months[Self.slot(written)], written)
  }

  /// The same for every month that is known.
  func day(digits: UnsafeRawPointer, ofMonth bytes: UnsafeRawPointer) -> Int32? {
    let written = Self.word(bytes)
    return Self.day(digits, of: months[place(written)], written)
  }

  @inline(__always)
  private static func day(_ digits: UnsafeRawPointer, of month: Month, _ written: UInt64) -> Int32? {
    // The first byte is the lower one.
    let pair = UInt32(UInt16(littleEndian: digits.loadUnaligned(as: UInt16.self)) ^ 0x3030)
    let day = (pair & 0xFF) &* 10 &+ (pair >> 8)
    // No month has more than 31 days, so the tens are a digit where this holds.
    guard month.bytes == written, pair >> 8 < 10, day &- 1 < month.days else { return nil }
    return month.before &+ Int32(truncatingIfNeeded: day)
  }

  /// Takes the month that eight bytes write, where the table has room.
  ///
  /// - Parameter first: its first day.
  func learn(_ bytes: UnsafeRawPointer, first: CivilDate) {
    let written = Self.word(bytes)
    let slot = place(written)
    guard months[slot].days == 0, count.pointee < Self.most else { return }
    let (year, number, _) = first.components
    months[slot] = Month(
      bytes: written, before: first.day - 1, days: UInt32(CivilDate.daysInMonth(year: year, month: number)))
    count.pointee += 1
  }

  /// Where the month stands, or would.
  private func place(_ written: UInt64) -> Int {
    var slot = Self.slot(written)
    while months[slot].bytes != written, months[slot].days != 0 { slot = (slot + 1) % Self.slots }
    return slot
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawPointer) -> UInt64 { bytes.loadUnaligned(as: UInt64.self) }

  @inline(__always)
  private static func slot(_ written: UInt64) -> Int {
    Int(truncatingIfNeeded: (written &* 0x9E37_79B9_7F4A_7C15) &>> (64 &- bits))
  }
}
