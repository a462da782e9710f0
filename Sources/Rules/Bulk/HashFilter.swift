/// Tells of most hashes that they are not in a set, by one bit.
struct HashFilter: Sendable {
  private var bits: [UInt64]

  /// - Parameter words: of 64 bits each; a power of two.
  init(words: Int) {
    bits = [UInt64](repeating: 0, count: words)
  }

  mutating func insert(_ hash: UInt64) {
    let bit = bit(of: hash)
    bits[Int(bit >> 6)] |= 1 << (bit & 63)
  }

  /// Marks the hash by two bits of one word, so that one look tells more; for a filter in which nothing is
  /// inserted otherwise.
  ///
  /// - Returns: false where it was perhaps marked before.
  @inline(__always)
  mutating func marks(_ hash: UInt32) -> Bool {
    let mixed = UInt64(hash) &* 0x9E37_79B9_7F4A_7C15
    let word = Int(truncatingIfNeeded: mixed >> 24) & (bits.count &- 1)
    let mask = Self.bit(mixed &>> 52) | Self.bit(mixed &>> 58)
    let before = bits[word]
    bits[word] = before | mask
    return before & mask != mask
  }

  /// False where the hash was not inserted.
  @inline(__always)
  func mayHold(_ hash: UInt64) -> Bool {
    let bit = bit(of: hash)
    return bits[Int(bit >> 6)] & (1 << (bit & 63)) != 0
  }

  /// False where none of the hashes was inserted; all are asked, because a loop that may end early is a guess
  /// at each.
  func mayHoldSome(of hashes: ArraySlice<UInt64>) -> Bool {
    let last = UInt64(bits.count &* 64 &- 1)
    let found = bits.withUnsafeBufferPointer { bits in
      hashes.reduce(0 as UInt64) { $0 | bits[Int((($1 & last) >> 6))] &>> ($1 & 63) }
    }
    return found & 1 != 0
  }

  @inline(__always)
  private static func bit(_ number: UInt64) -> UInt64 { 1 &<< number }

  @inline(__always)
  private func bit(of hash: UInt64) -> UInt64 { hash & UInt64(bits.count &* 64 &- 1) }
}
