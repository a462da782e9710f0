/// Reads the dates that nearly every export writes, ten bytes each, from the bytes to the number of the day.
///
/// Only `2024-12-31` and `31-12-2024` (also with `.` and `/`) are read here; whatever looks different is left to
/// ``DateField``. That one is asked for every month once: a register holds a few hundred of them, and a month that is known
/// by the eight bytes that write it leaves two digits to read.
struct DayField {
  /// No date that this reader knows.
  static let other = Int32.min

  /// A month by the bytes that write it, `2024-12-` or `-12-2024`; none of no days in a free slot.
  private struct Month {
    var bytes: UInt64 = 0
    /// The number of the day before its first.
    var before: Int32 = 0
    var days: UInt32 = 0
  }

  /// The months that were met, each in the first free slot from the one that its bytes point to.
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

  /// Its owner calls this once, after the last ``day(_:)``.
  func deallocate() {
    months.deallocate()
    count.deallocate()
  }

  /// A month of no days where it was not met yet.
  @inline(__always)
  private func month(_ bytes: UInt64) -> Month {
    let first = months[Self.slot(bytes)]
    return first.bytes == bytes ? first : later(bytes)
  }

  @inline(never)
  private func later(_ bytes: UInt64) -> Month { months[place(bytes)] }

  /// Where the month stands, or would.
  private func place(_ bytes: UInt64) -> Int {
    var slot = Self.slot(bytes)
    while months[slot].bytes != bytes, months[slot].days != 0 { slot = (slot + 1) % Self.slots }
    return slot
  }

  @inline(__always)
  private static func slot(_ bytes: UInt64) -> Int {
    Int(truncatingIfNeeded: (bytes &* 0x9E37_79B9_7F4A_7C15) &>> (64 &- bits))
  }

  /// The day that the ten bytes from `bytes` on write; ``other`` where they write none.
  @inline(__always)
  func day(_ bytes: UnsafeRawPointer) -> Int32 {
    let day = isISO(bytes) ? day(digits: bytes + 8, ofMonth: bytes) : Self.other
    return day == Self.other ? rarerDay(bytes) : day
  }

  /// Where a month of the one form stands in the place of the other, it is none.
  @inline(__always)
  private func isISO(_ bytes: UnsafeRawPointer) -> Bool {
    bytes.load(fromByteOffset: 4, as: UInt8.self) == UInt8(ascii: "-")
  }

  /// The separators stand before all digits.
  private func isDanish(_ bytes: UnsafeRawPointer) -> Bool {
    bytes.load(fromByteOffset: 2, as: UInt8.self) < UInt8(ascii: "0")
  }

  /// The day that two digits write in the month that eight bytes write; ``other`` for a month that was not met yet.
  @inline(__always)
  private func day(digits: UnsafeRawPointer, ofMonth bytes: UnsafeRawPointer) -> Int32 {
    let month = month(bytes.loadUnaligned(as: UInt64.self))
    // The first byte is the lower one.
    let pair = UInt32(UInt16(littleEndian: digits.loadUnaligned(as: UInt16.self)) ^ 0x3030)
    let day = (pair & 0xFF) &* 10 &+ (pair >> 8)
    // No month has more than 31 days, so the tens are a digit where this holds.
    guard pair >> 8 < 10, day &- 1 < month.days else { return Self.other }
    return month.before &+ Int32(truncatingIfNeeded: day)
  }

  /// A Danish date, or one in a month that is met for the first time.
  @inline(never)
  private func rarerDay(_ bytes: UnsafeRawPointer) -> Int32 {
    if isDanish(bytes) {
      let known = day(digits: bytes, ofMonth: bytes + 2)
      if known != Self.other { return known }
      learn(bytes + 2, firstDay: Self.first + UnsafeRawBufferPointer(start: bytes + 2, count: 8))
      return day(digits: bytes, ofMonth: bytes + 2)
    }
    guard isISO(bytes) else { return Self.other }
    learn(bytes, firstDay: Array(UnsafeRawBufferPointer(start: bytes, count: 8)) + Self.first)
    return day(digits: bytes + 8, ofMonth: bytes)
  }

  private static let first = Array("01".utf8)

  /// Takes the month that the eight bytes from `bytes` on write, where `text`, its first day, is one.
  private func learn(_ bytes: UnsafeRawPointer, firstDay text: [UInt8]) {
    let written = bytes.loadUnaligned(as: UInt64.self)
    guard month(written).days == 0, count.pointee < Self.most,
      case .at(let moment) = DateField.reading(text[...]),
      moment.time == nil
    else { return }
    let (year, number, _) = moment.date.components
    months[place(written)] = Month(
      bytes: written, before: moment.date.day - 1,
      days: UInt32(CivilDate.daysInMonth(year: year, month: number)))
    count.pointee += 1
  }
}
