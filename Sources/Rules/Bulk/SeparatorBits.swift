/// Finds separators, line breaks and quotes sixty-four bytes at a time, so that no byte costs a branch of its own.
struct SeparatorBits {
  /// How many bytes one look takes in, and so how many must be readable behind the last one of interest.
  static let width = 64

  private let separator: SIMD16<UInt8>
  private let lineBreak = SIMD16<UInt8>(repeating: UInt8(ascii: "\n"))
  private let quote = SIMD16<UInt8>(repeating: UInt8(ascii: "\""))

  init(separator: UInt8) {
    self.separator = SIMD16(repeating: separator)
  }

  func isSeparator(_ byte: UInt8) -> Bool { separator[0] == byte }

  /// One bit for each of the 64 bytes from `bytes` on, the first the lowest: set where something ends or a quote stands.
  @inline(__always)
  func mask(at bytes: UnsafeRawPointer) -> UInt64 {
    mask16(bytes) | mask16(bytes + 16) << 16 | mask16(bytes + 32) << 32 | mask16(bytes + 48) << 48
  }

  @inline(__always)
  private func mask16(_ bytes: UnsafeRawPointer) -> UInt64 {
    let block = bytes.loadUnaligned(as: SIMD16<UInt8>.self)
    let hits = (block .== separator) .| (block .== lineBreak) .| (block .== quote)
    let halves = unsafeBitCast(hits, to: SIMD2<UInt64>.self)
    return gathered(halves[0]) | gathered(halves[1]) << 8
  }

  /// The lowest bit of each of the eight bytes, side by side: Swift has no name for the instruction that does it, and this
  /// product moves bit `8k` to bit `56 + k`, each sum in a place of its own.
  @inline(__always)
  private func gathered(_ flags: UInt64) -> UInt64 {
    ((flags & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) >> 56
  }
}
