/// Finds separators, line breaks and quotes 128 bytes at a time, so that no byte costs a branch of its own.
struct SeparatorBits {
  /// How many bytes one look takes in, and so how many must be readable behind the last one of interest.
  static let width = 128

  private let separator: SIMD16<UInt8>
  /// The line break and the quote are alike in all bits but two, which are out of this mask; so are an asterisk and one control
  /// character, which are marked for nothing.
  private let mask = SIMD16<UInt8>(repeating: 0xD7)
  private let masked = SIMD16<UInt8>(repeating: UInt8(ascii: "\n") & 0xD7)

  init(separator: UInt8) {
    self.separator = SIMD16(repeating: separator)
  }

  /// One bit for each of the 128 bytes from `bytes` on, the first the lowest: set where one of the three stands.
  ///
  /// Swift has no name for the instruction that gathers the bits of sixteen bytes. So each eight bytes of the text mark a bit
  /// of their own in the same eight bytes, which makes a square of bits, and the square is turned over; two squares at once.
  @inline(__always)
  func look(at bytes: UnsafeRawPointer) -> SIMD2<UInt64> {
    let marks = SIMD4(lowHalf: marks(bytes), highHalf: marks(bytes + 64))
    return Self.transposed(marks.evenHalf | marks.oddHalf)
  }

  /// For each eight of 64 bytes a bit of their own; those of even and of odd eights in different halves.
  @inline(__always)
  private func marks(_ bytes: UnsafeRawPointer) -> SIMD2<UInt64> {
    let marks = (marks(bytes, 0) | marks(bytes + 16, 1)) | (marks(bytes + 32, 2) | marks(bytes + 48, 3))
    return unsafeBitCast(marks, to: SIMD2<UInt64>.self)
  }

  /// For each of the sixteen bytes that counts bit `2 * pair`, or the next one for the later eight.
  @inline(__always)
  private func marks(_ bytes: UnsafeRawPointer, _ pair: UInt8) -> SIMD16<UInt8> {
    let block = bytes.loadUnaligned(as: SIMD16<UInt8>.self)
    let hits = (block .== separator) .| (block & mask .== masked)
    let bit = UInt8(1) &<< (2 &* pair)
    return unsafeBitCast(hits, to: SIMD16<UInt8>.self)
      & SIMD16(lowHalf: SIMD8(repeating: bit), highHalf: SIMD8(repeating: bit &<< 1))
  }

  /// Moves bit `i` of byte `k` of each square to bit `k` of byte `i`: squares of one bit, of two and of four change places over
  /// the diagonal.
  @inline(__always)
  private static func transposed(_ squares: SIMD2<UInt64>) -> SIMD2<UInt64> {
    var bits = squares
    exchange(&bits, 7, 0x00AA_00AA_00AA_00AA)
    exchange(&bits, 14, 0x0000_CCCC_0000_CCCC)
    exchange(&bits, 28, 0x0000_0000_F0F0_F0F0)
    return bits
  }

  /// Lets the bits under the mask change places with those so far from them.
  @inline(__always)
  private static func exchange(_ bits: inout SIMD2<UInt64>, _ distance: UInt64, _ mask: UInt64) {
    let distance = SIMD2(repeating: distance)
    let moved = (bits ^ bits &>> distance) & SIMD2(repeating: mask)
    bits ^= moved | moved &<< distance
  }
}
