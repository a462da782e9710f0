/// Finds separators, line breaks and quotes 64 bytes at a time, so that no byte costs a branch of its own.
struct SeparatorBits {
  /// How many bytes one look takes in, and so how many must be readable behind the last one of interest.
  static let width = 64

  private let separator: SIMD16<UInt8>
  /// The line break and the quote are alike in all bits but two, which are out of this mask; so are an
  /// asterisk and one control character, which are marked for nothing.
  private let mask = SIMD16<UInt8>(repeating: 0xD7)
  private let masked = SIMD16<UInt8>(repeating: UInt8(ascii: "\n") & 0xD7)

  init(separator: UInt8) {
    self.separator = SIMD16(repeating: separator)
  }

  /// What one look saw; bits for bytes, the first the lowest.
  struct Marks {
    /// Set where one of the three stands.
    let bits: UInt64
    /// How many of these are set.
    let count: Int
    /// Set where it is no separator.
    let special: UInt64
  }

  /// Looks at the 64 bytes from `bytes` on.
  @inline(__always)
  func look(at bytes: UnsafeRawPointer) -> Marks {
    let (a, b, c, d) = (hits(bytes), hits(bytes + 16), hits(bytes + 32), hits(bytes + 48))
    return Marks(
      bits: Self.joined(a.all, b.all, c.all, d.all),
      // A hit is minus one.
      count: LaneBits.sum(.zero &- a.all &- b.all &- c.all &- d.all),
      special: Self.joined(a.special, b.special, c.special, d.special))
  }

  private typealias Lanes = SIMD16<UInt8>

  @inline(__always)
  private static func joined(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) -> UInt64 {
    LaneBits.bits(a) | LaneBits.bits(b) &<< 16 | (LaneBits.bits(c) | LaneBits.bits(d) &<< 16) &<< 32
  }

  /// All bits of the bytes that count, among sixteen.
  @inline(__always)
  private func hits(_ bytes: UnsafeRawPointer) -> (all: Lanes, special: Lanes) {
    let block = bytes.loadUnaligned(as: Lanes.self)
    let special = unsafeBitCast(block & mask .== masked, to: Lanes.self)
    return (special | unsafeBitCast(block .== separator, to: Lanes.self), special)
  }
}
