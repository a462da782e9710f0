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
  ///
  /// Swift has no name for the instruction that gathers the bits of sixteen bytes. So each eight bytes of the text mark a bit
  /// of their own in the same eight bytes, which makes a square of bits, and the square is turned over.
  @inline(__always)
  func mask(at bytes: UnsafeRawPointer) -> UInt64 {
    let marks = (marks(bytes, 0) | marks(bytes + 16, 1)) | (marks(bytes + 32, 2) | marks(bytes + 48, 3))
    let halves = unsafeBitCast(marks, to: SIMD2<UInt64>.self)
    return Self.transposed(halves[0] | halves[1])
  }

  /// For each of the sixteen bytes that ends something bit `2 * pair`, or the next one for the later eight.
  @inline(__always)
  private func marks(_ bytes: UnsafeRawPointer, _ pair: UInt8) -> SIMD16<UInt8> {
    let block = bytes.loadUnaligned(as: SIMD16<UInt8>.self)
    let hits = (block .== separator) .| (block .== lineBreak) .| (block .== quote)
    let bit = UInt8(1) &<< (2 &* pair)
    return unsafeBitCast(hits, to: SIMD16<UInt8>.self)
      & SIMD16(lowHalf: SIMD8(repeating: bit), highHalf: SIMD8(repeating: bit &<< 1))
  }

  /// Moves bit `i` of byte `k` to bit `k` of byte `i`: squares of one bit, of two and of four change places over the
  /// diagonal.
  @inline(__always)
  private static func transposed(_ square: UInt64) -> UInt64 {
    var bits = square
    var moved = (bits ^ bits >> 7) & 0x00AA_00AA_00AA_00AA
    bits ^= moved | moved << 7
    moved = (bits ^ bits >> 14) & 0x0000_CCCC_0000_CCCC
    bits ^= moved | moved << 14
    moved = (bits ^ bits >> 28) & 0x0000_0000_F0F0_F0F0
    return bits ^ (moved | moved << 28)
  }
}
