/// Some rows of a register, side by side, and what the fast way finds in them as long as none of them has to be seen: that follows
/// from their bytes, the rules and the day alone, so where the same bytes stand on the same day it need not be found again.
final class KnownBlock: Sendable {
  /// Bytes.
  let count: Int
  private let hash: UInt64
  /// See ``beginning(at:)``.
  let beginning: UInt64
  /// Of the number of each row's case, as ``ByteHash`` reckons it.
  let hashes: [UInt64]
  /// The rows with a clock of which somebody is told, or may be.
  let watched: [Int32]
  let tally: Tally
  /// By places in the block.
  let clocks: [DayClock]
  /// See ``ScanFinds/disclosed``.
  let disclosed: [Int32]
  private let rows: [Row]

  /// The bytes of a row from the beginning of the block, with the line break.
  struct Row {
    let start: Int32
    let count: Int32
  }

  /// What was counted in the rows.
  struct Tally {
    /// Line breaks.
    let lines: Int
    /// Rules that fit a case whose start event has not happened.
    let waiting: Int
    /// Cases that no rule fits.
    let unmatched: Int
    let states: [StateCounts.Met]
  }

  /// - Parameters:
  ///   - bytes: of all rows, one behind the other; behind them as many are readable as behind every text.
  ///   - rows: each with the hash of the number of its case.
  init(
    _ bytes: UnsafeRawBufferPointer, _ rows: [(row: Row, caseHash: UInt64)], watched: [Int32], _ tally: Tally,
    clocks: [DayClock], disclosed: [Int32]
  ) {
    count = bytes.count
    hash = Self.hash(bytes)
    beginning = bytes.baseAddress.map(Self.beginning) ?? 0
    self.rows = rows.map(\.row)
    hashes = rows.map(\.caseHash)
    self.watched = watched
    self.tally = tally
    self.clocks = clocks
    self.disclosed = disclosed
  }

  /// How many rows, each of a case.
  var cases: Int { rows.count }

  /// Of a row, by its number.
  func bytes(ofRow row: Int) -> Range<Int> {
    let start = Int(rows[row].start)
    return start..<start + Int(rows[row].count)
  }

  /// True where these are the bytes of the block.
  func isWritten(in bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count == count && Self.hash(bytes) == hash
  }

  /// The hash of so many bytes that no two blocks begin alike but by accident, and all of them readable behind a text.
  static func beginning(at bytes: UnsafeRawPointer) -> UInt64 { ByteHash.longHash(bytes, 64) }

  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    bytes.baseAddress.map { ByteHash.longHash($0, bytes.count) } ?? 0
  }
}

/// What is known of the rows of a block: the numbers of those of their cases that are known.
struct KnownBlockRows: Sendable {
  /// The cases of all rows that ask for nothing, and since when each has been remembered by the very bytes of its row.
  let quiet: [UInt32]
  private let stamps: [UInt32]
  /// True where some row had to be seen.
  private let holdsNews: Bool

  /// - Parameter text: where the block stands.
  init(_ block: KnownBlock, _ text: UnsafeRawPointer, _ cases: KnownCases) {
    var (quiet, stamps, holdsNews) = ([UInt32](), [UInt32](), false)
    var watched = block.watched[...]
    for (index, hash) in block.hashes.enumerated() {
      let isWatched = watched.first == Int32(index)
      if isWatched { watched.removeFirst() }
      guard cases.mayKnow(hash), let number = cases.number(hash) else {
        holdsNews = holdsNews || isWatched
        continue
      }
      let bytes = block.bytes(ofRow: index)
      let row = UnsafeRawBufferPointer(start: text + bytes.lowerBound, count: bytes.count)
      guard case .quiet = cases.standing(number, row: row) else {
        holdsNews = true
        continue
      }
      quiet.append(number)
      stamps.append(cases.stamp(of: number))
    }
    (self.quiet, self.stamps, self.holdsNews) = (quiet, stamps, holdsNews)
  }

  /// True where no row has to be seen, as long as no other case has become known since.
  func areQuiet(_ cases: KnownCases) -> Bool {
    guard !holdsNews else { return false }
    for index in quiet.indices where cases.stamp(of: quiet[index]) != stamps[index] { return false }
    return true
  }
}

/// Where one block of rows ends and the next begins: at rows that are chosen by their own bytes, so that a row that comes or goes
/// moves the borders near it and no other.
package struct BlockBorders: Sendable {
  /// No block has fewer rows, but at the end of what one reader reads.
  let least: Int
  /// The bits of a hash that no row at a border has.
  let mask: UInt64
  /// No block has more rows.
  let most: Int

  /// - Parameter spacing: about how many rows there are to a border; a power of two.
  package init(least: Int, spacing: Int, most: Int) {
    self.least = least
    mask = UInt64(spacing - 1)
    self.most = most
  }

  /// Some fifty rows: larger ones are changed more often, of smaller ones there are more to ask for. The list of places that
  /// ``FieldMarks`` fills at once holds the largest of them of a usual register.
  package static let standard = BlockBorders(least: 24, spacing: 32, most: 96)

  /// True where a block of so many rows ends before the row that begins at `bytes`.
  @inline(__always)
  func isOne(_ bytes: UnsafeRawPointer, behind rows: Int) -> Bool {
    rows >= least && (rows >= most || ByteHash.start(bytes) & mask == 0)
  }
}
