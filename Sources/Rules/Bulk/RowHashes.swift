/// The hashes of the case numbers of the rows at hand.
final class RowHashes {
  private let hashes: UnsafeMutablePointer<UInt64>

  init(capacity: Int) {
    hashes = .allocate(capacity: capacity)
    hashes.initialize(repeating: 0, count: capacity)
  }

  deinit { hashes.deallocate() }

  /// That of a row which was not odd when ``read(_:_:_:)`` was called.
  @inline(__always)
  subscript(row: Int) -> UInt64 { hashes[row] }

  /// Reads those of the rows that are not odd. Odd are then, too, the rows of cases that stand in several.
  func read(_ rows: RowTable, _ text: UnsafeRawPointer, _ repeated: RepeatedCases) {
    let (cells, isOdd, column) = (rows.cells, rows.isOdd, rows.layout.caseID)
    for row in 0..<rows.count where !isOdd[row] {
      let id = cells.bounds(row, column)
      hashes[row] = Self.hash(text + id.lowerBound, id.count)
    }
    guard !repeated.isEmpty else { return }
    for row in 0..<rows.count where !isOdd[row] && repeated.count(hashes[row]) > 1 { isOdd[row] = true }
  }

  @inline(__always)
  private static func hash(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    guard count >= 8, count <= 16, let hash = ByteHash.hashOfASCII(bytes, count) else {
      return ByteHash.isASCII(bytes, count) ? ByteHash.hash(bytes, count) : hashDecoded(bytes, count)
    }
    return hash
  }

  /// What is not plain ASCII may be written in several ways.
  @inline(never)
  private static func hashDecoded(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    ByteHash.hash(RegisterText.decoded(Array(UnsafeRawBufferPointer(start: bytes, count: count))[...]))
  }

  /// Adds those of the rows that are not odd to `all`.
  func add(to all: inout CaseHashes, _ rows: RowTable) {
    let isOdd = rows.isOdd
    for row in 0..<rows.count where !isOdd[row] { all.append(hashes[row]) }
  }
}
