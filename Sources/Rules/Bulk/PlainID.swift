/// Tells of the number of a case whether it may stand in a list and in CSV as it is; of nearly all, and
/// without a look at each byte.
package enum PlainID {
  /// True for visible ASCII and spaces that ``SafeText/masked(_:)`` leaves as they are and CSV need not
  /// quote, nor keep from being reckoned: no run of digits is as long as a CPR number or its first part. A
  /// longer number than ``longest`` is never plain.
  ///
  /// - Parameter id: behind it fifteen bytes are readable.
  @inline(__always)
  package static func isPlain(_ id: UnsafeRawBufferPointer) -> Bool {
    guard let start = id.baseAddress, id.count <= longest else { return false }
    var (digits, others): (UInt64, UInt64) = (0, 0)
    for place in stride(from: 0, to: id.count, by: 16) {
      let block = start.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
      digits |= LaneBits.bits(isDigit(block)) &<< place
      others |= LaneBits.bits(isOther(block)) &<< place
    }
    let inside: UInt64 = (1 &<< id.count) &- 1
    return others & inside == 0 && !hasRun(digits & inside)
      && (id.count == 0 || !isFormulaStart(start.load(as: UInt8.self)))
  }

  /// False for a number that surely holds no CPR number: it is plain, or has too few digits. What is beyond
  /// ASCII may be one.
  ///
  /// - Parameter id: behind it fifteen bytes are readable.
  @inline(__always)
  static func mayLookLikeCPR(_ id: UnsafeRawBufferPointer) -> Bool {
    if isPlain(id) { return false }
    return id.reduce(0) { $0 + ($1 &- 0x30 <= 9 || $1 >= 0x80 ? 1 : 0) } >= 10
  }

  /// In bytes.
  private static var longest: Int { 63 }

  private typealias Block = SIMD16<UInt8>

  /// The ten bytes that have 3 as their upper half and still have it when six is added.
  @inline(__always)
  private static func isDigit(_ block: Block) -> Block {
    let (half, three) = (Block(repeating: 0xF0), Block(repeating: 0x30))
    return lanes(block & half .== three) & lanes((block &+ 6) & half .== three)
  }

  /// Control characters, separators and quotes, and whatever is beyond ASCII.
  @inline(__always)
  private static func isOther(_ block: Block) -> Block {
    let highest = Block(repeating: 0x80)
    return lanes(block & 0xE0 .== .zero) | lanes(block & highest .== highest)
      | lanes(block .== Block(repeating: 0x7F)) | lanes(block .== Block(repeating: UInt8(ascii: ";")))
      | lanes(block .== Block(repeating: UInt8(ascii: "\"")))
  }

  @inline(__always)
  private static func lanes(_ mask: SIMDMask<SIMD16<Int8>>) -> Block { unsafeBitCast(mask, to: Block.self) }

  /// True where six or ten bits stand side by side, and no more.
  @inline(__always)
  private static func hasRun(_ bits: UInt64) -> Bool {
    // From here on two, four, eight bits are set.
    let two = bits & bits &>> 1
    let four = two & two &>> 2
    let eight = four & four &>> 4
    let six = four & two &>> 4 & ~(bits &>> 6)
    let ten = eight & two &>> 8 & ~(bits &>> 10)
    return (six | ten) & ~(bits &<< 1) != 0
  }
}
