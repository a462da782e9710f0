/// How long most texts of a table are: so long that their two ends are all of them, which are hashed and
/// compared without a loop.
protocol UsualLength {
  /// How many bytes an end has: 16 or 32.
  static var end: Int { get }
}

/// As combinations of several texts.
enum LongTexts: UsualLength {
  @inline(__always)
  static var end: Int { 32 }
}

/// As mail addresses and names.
enum ShortTexts: UsualLength {
  @inline(__always)
  static var end: Int { 16 }
}

extension UsualLength {
  @inline(__always)
  fileprivate static func contains(_ count: Int) -> Bool { count >= end && count <= 2 &* end }
}

/// Numbers the combinations of texts that rows hold, so that what follows from them is worked out once for
/// each combination and not once for each case.
///
/// A hash finds the number and the bytes themselves prove it: two combinations never share one.
struct AttributeTable<Usual: UsualLength> {
  private struct Slot {
    /// Of a text of a usual length, which is all of it.
    var ends = ByteHash.Ends.none
    var hash: UInt64 = 0
    /// A copy, with as many bytes behind it as must be readable; nil in a free slot.
    var bytes: UnsafeMutableRawPointer?
    var count: Int32 = 0
    var number: Int32 = 0
  }

  private(set) var count = 0
  private var slots: UnsafeMutablePointer<Slot>
  /// One less than there are slots, a power of two.
  private var bits: Int

  /// - Parameter size: a power of two; many more than there are texts, so that hardly two want the same slot.
  init(size: Int = 2_048) {
    bits = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: Slot(), count: size)
  }

  /// Its owner calls this once, after the last look.
  func deallocate() {
    for slot in 0...bits { slots[slot].bytes?.deallocate() }
    slots.deallocate()
  }

  /// The number of the combination with these bytes; nil for one that was never added.
  ///
  /// The eight bytes behind them are readable.
  @inline(__always)
  func number(of bytes: UnsafeRawPointer, _ count: Int) -> Int? {
    guard Usual.contains(count) else { return number(ByteHash.hash(bytes, count), bytes, count) }
    let ends = ByteHash.Ends(bytes, count, each: Usual.end)
    let slot = slots + (Int(truncatingIfNeeded: ends.hash) & bits)
    if Int(slot.pointee.count) == count, slot.pointee.ends == ends { return Int(slot.pointee.number) }
    return number(ends.hash, bytes, count)
  }

  @inline(never)
  private func number(_ hash: UInt64, _ bytes: UnsafeRawPointer, _ count: Int) -> Int? {
    var index = Int(truncatingIfNeeded: hash) & bits
    while let own = slots[index].bytes {
      let slot = slots[index]
      if slot.hash == hash, Int(slot.count) == count, ByteHash.areSame(own, bytes, count) {
        return Int(slot.number)
      }
      index = (index + 1) & bits
    }
    return nil
  }

  /// Gives a combination that has no number yet the next one.
  @inline(never)
  mutating func add(_ bytes: UnsafeRawPointer, _ count: Int) {
    if (self.count + 1) * 2 > bits { grow() }
    let copy = UnsafeMutableRawPointer.allocate(byteCount: count + 8, alignment: 8)
    copy.initializeMemory(as: UInt8.self, repeating: 0, count: count + 8)
    copy.copyMemory(from: bytes, byteCount: count)
    let ends = Usual.contains(count) ? ByteHash.Ends(bytes, count, each: Usual.end) : nil
    place(
      Slot(
        ends: ends ?? .none, hash: ends?.hash ?? ByteHash.hash(bytes, count), bytes: copy,
        count: Int32(count), number: Int32(self.count)))
    self.count += 1
  }

  private mutating func grow() {
    let old = self
    self = AttributeTable(size: (bits + 1) * 2)
    count = old.count
    for slot in 0...old.bits where old.slots[slot].bytes != nil { place(old.slots[slot]) }
    old.slots.deallocate()
  }

  private func place(_ slot: Slot) {
    var index = Int(truncatingIfNeeded: slot.hash) & bits
    while slots[index].bytes != nil { index = (index + 1) & bits }
    slots[index] = slot
  }
}
