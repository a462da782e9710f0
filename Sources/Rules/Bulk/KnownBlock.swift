/// Some rows of a register, side by side, and what the fast way finds in them as long as none of them has to
/// be seen: that follows from their bytes, the rules and the day alone, so where the same bytes stand on the
/// same day it need not be found again.
struct KnownBlock {
  /// Bytes.
  let count: Int
  private let hash: UInt64
  /// See ``beginning(at:)``.
  let beginning: UInt64
  let tally: Tally
  /// Where its parts stand in ``BlockParts``.
  let places: Places

  /// What was counted in the rows.
  struct Tally {
    /// Line breaks.
    let lines: Int
    /// Rules that fit a case whose start event has not happened.
    let waiting: Int
    /// Cases that no rule fits, by combination.
    let unmatched: [Int: Int]
  }

  struct Places {
    /// One for each row, each of a case.
    let rows: Range<Int>
    let states: Range<Int>
    let clocks: Range<Int>
    let disclosed: Range<Int>
  }

  /// - Parameter bytes: of all rows, one behind the other; behind them as many are readable as behind every
  ///   text.
  init(_ bytes: UnsafeRawBufferPointer, _ tally: Tally, _ places: Places) {
    count = bytes.count
    hash = Self.hash(bytes)
    beginning = bytes.baseAddress.map(Self.beginning) ?? 0
    self.tally = tally
    self.places = places
  }

  /// The same block where its parts stand elsewhere.
  init(_ block: KnownBlock, _ places: Places) {
    (count, hash, beginning, tally) = (block.count, block.hash, block.beginning, block.tally)
    self.places = places
  }

  /// True where these are the bytes of the block.
  func isWritten(in bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count == count && Self.hash(bytes) == hash
  }

  /// The hash of so many bytes that no two blocks begin alike but by accident, and all of them readable
  /// behind a text.
  static func beginning(at bytes: UnsafeRawPointer) -> UInt64 { ByteHash.longHash(bytes, 64) }

  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    bytes.baseAddress.map { ByteHash.longHash($0, bytes.count) } ?? 0
  }
}
