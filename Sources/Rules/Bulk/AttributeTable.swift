/// Numbers the combinations of texts that rows hold, so that what follows from them is worked out once for each
/// combination and not once for each case.
///
/// A hash finds the number and the bytes themselves prove it: two combinations never share one.
struct AttributeTable {
  private struct Slot {
    var hash: UInt64 = 0
    /// One more than the number; 0 in a free slot.
    var mark: UInt32 = 0
  }

  /// The bytes of all combinations, each followed by zeros up to the next whole word.
  private var words: [UInt64] = []
  /// Where each combination begins in ``words``, and how many bytes it has.
  private var places: [(start: Int, count: Int)] = []
  private var slots: [Slot]

  init() {
    slots = [Slot](repeating: Slot(), count: 1_024)
  }

  var count: Int { places.count }

  /// The bytes of combination `number`.
  subscript(number: Int) -> [UInt8] {
    let place = places[number]
    return words.withUnsafeBytes { Array($0[(place.start * 8)..<(place.start * 8 + place.count)]) }
  }

  /// The number of the combination with these bytes; nil for one that was never added.
  ///
  /// - Parameter hash: ``hash(_:_:)`` of the same bytes. The eight bytes behind them are readable.
  @inline(__always)
  func number(of bytes: UnsafeRawPointer, _ count: Int, hash: UInt64) -> Int? {
    let bits = UInt64(slots.count - 1)
    var index = hash & bits
    while true {
      let slot = slots[Int(truncatingIfNeeded: index)]
      if slot.mark == 0 { return nil }
      let number = Int(slot.mark) - 1
      if slot.hash == hash, isSame(bytes, count, as: number) { return number }
      index = (index + 1) & bits
    }
  }

  @inline(__always)
  private func isSame(_ bytes: UnsafeRawPointer, _ count: Int, as number: Int) -> Bool {
    let place = places[number]
    guard place.count == count else { return false }
    // Of no bytes nothing is kept that could be looked at.
    guard count > 0 else { return true }
    return words.withUnsafeBytes { own in
      guard let base = own.baseAddress else { return false }
      let own = base + place.start &* 8
      return Self.isUsual(count) ? Eight(own, count) == Eight(bytes, count) : Self.areSame(own, bytes, count)
    }
  }

  /// Compares eight bytes at a time, the last of which may be some of those before; where there are fewer, eight bytes are
  /// readable in each place.
  @inline(never)
  static func areSame(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
    guard count >= 8 else { return rest(a, count) == rest(b, count) }
    for index in stride(from: 0, to: count &- 8, by: 8) {
      if a.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        != b.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      {
        return false
      }
    }
    return a.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      == b.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
  }

  /// True for as many bytes as eight words can cover, which combinations usually have: there no loop is needed, whose end a
  /// processor would have to guess.
  @inline(__always)
  private static func isUsual(_ count: Int) -> Bool { count >= 32 && count <= 64 }

  /// All of 32 to 64 bytes: the first 32, and the last 32, some of which are the same.
  private struct Eight {
    let first: SIMD4<UInt64>
    let last: SIMD4<UInt64>

    @inline(__always)
    init(_ bytes: UnsafeRawPointer, _ count: Int) {
      first = bytes.loadUnaligned(as: SIMD4<UInt64>.self)
      last = bytes.loadUnaligned(fromByteOffset: count &- 32, as: SIMD4<UInt64>.self)
    }

    @inline(__always)
    static func == (a: Eight, b: Eight) -> Bool {
      let difference = (a.first ^ b.first) | (a.last ^ b.last)
      return difference[0] | difference[1] | difference[2] | difference[3] == 0
    }

    /// Four products that do not wait for one another.
    @inline(__always)
    var mixture: UInt64 {
      let (a, b) = (first ^ AttributeTable.fourSecrets, last ^ AttributeTable.fourSecrets)
      let early = AttributeTable.mixed(a[0], a[1]) &+ AttributeTable.mixed(a[2], b[3])
      let late = AttributeTable.mixed(b[0], b[2]) &+ AttributeTable.mixed(b[1], a[3])
      return early ^ (late << 23 | late >> 41)
    }
  }

  /// The `count` bytes, at most seven, as a word with zeros behind them.
  @inline(__always)
  private static func rest(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    let word = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    return (word & ~(UInt64.max << UInt64(count &* 8))).littleEndian
  }

  /// Gives a combination that has no number yet the next one.
  mutating func add(_ combination: UnsafeRawBufferPointer, hash: UInt64) {
    if (count + 1) * 2 > slots.count { grow() }
    let start = words.count
    places.append((start, combination.count))
    words += [UInt64](repeating: 0, count: (combination.count + 7) / 8)
    words.withUnsafeMutableBytes { own in
      UnsafeMutableRawBufferPointer(rebasing: own[(start * 8)...]).copyBytes(from: combination)
    }
    place(Slot(hash: hash, mark: UInt32(count)))
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.mark != 0 { place(slot) }
  }

  private mutating func place(_ slot: Slot) {
    var index = Int(truncatingIfNeeded: slot.hash & UInt64(slots.count - 1))
    while slots[index].mark != 0 { index = (index + 1) & (slots.count - 1) }
    slots[index] = slot
  }

  /// True for bytes that are all below 128; the eight bytes behind them are readable.
  @inline(__always)
  static func isASCII(_ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
    var (index, all) = (0, UInt64(0))
    while index &+ 8 <= count {
      all |= bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index &+= 8
    }
    if index < count { all |= rest(bytes + index, count &- index) }
    return all & 0x8080_8080_8080_8080 == 0
  }

  /// The hash of `count` bytes; the eight bytes behind them are readable.
  ///
  /// Two words at a time, whose products do not wait for one another.
  @inline(__always)
  static func hash(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    if isUsual(count) { return Eight(bytes, count).mixture ^ UInt64(truncatingIfNeeded: count) }
    var hash = UInt64(truncatingIfNeeded: count) &* secrets.0
    var index = 0
    while index &+ 16 <= count {
      let first = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let second = bytes.loadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self)
      hash = (hash << 23 | hash >> 41) ^ mixed(first ^ secrets.0, second ^ secrets.1)
      index &+= 16
    }
    if index &+ 8 <= count {
      hash ^= mixed(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ secrets.1, secrets.0)
      index &+= 8
    }
    if index < count { hash ^= mixed(rest(bytes + index, count &- index) ^ hash, secrets.1) }
    return hash ^ hash >> 32
  }

  /// Two odd numbers without a pattern, so that no word is multiplied by nothing much.
  @inline(__always)
  private static var secrets: (UInt64, UInt64) { (0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93) }

  @inline(__always)
  private static var fourSecrets: SIMD4<UInt64> {
    SIMD4(secrets.0, secrets.1, 0xA24B_AED4_963E_E407, 0x9FB2_1C65_1E98_DF25)
  }

  @inline(__always)
  private static func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}
