/// Which of the rows at hand belong to cases that are known from an earlier pass, and stand as they stood.
///
/// What is known is much, so each look at it waits for memory. Here one kind of look is done for all rows
/// before the next, and none of them waits for another.
final class KnownRows {
  /// For each row at hand what is known of its case.
  private let standings: UnsafeMutablePointer<KnownCases.Standing>
  /// The rows of cases that may be known.
  private let candidates: UnsafeMutablePointer<Candidate>
  private let numbers: UnsafeMutablePointer<UInt32>

  private struct Candidate {
    let hash: UInt64
    let row: Int
  }

  init(capacity: Int) {
    standings = .allocate(capacity: capacity)
    standings.initialize(repeating: .unknown, count: capacity)
    candidates = .allocate(capacity: capacity + 1)
    numbers = .allocate(capacity: capacity)
  }

  deinit {
    standings.deallocate()
    candidates.deallocate()
    numbers.deallocate()
  }

  @inline(__always)
  func isUnknown(_ row: Int) -> Bool { standings[row].isUnknown }

  /// The case of a row that asks for nothing; nil for every other row.
  @inline(__always)
  func quietCase(_ row: Int) -> UInt32? {
    if case .quiet(let number) = standings[row] { number } else { nil }
  }

  /// Looks at the rows that are not odd. Odd are those that have to be seen.
  func recognise(
    _ table: RowTable, _ hashes: RowHashes, _ text: UnsafeRawPointer, _ cases: KnownCases
  ) {
    guard !cases.isEmpty else { return standings.update(repeating: .unknown, count: table.count) }
    let count = listCandidates(table, hashes, cases)
    for index in 0..<count { numbers[index] = cases.number(candidates[index].hash) ?? Self.none }
    for index in 0..<count where numbers[index] != Self.none {
      let row = candidates[index].row
      let bytes = table.cells.bytes(row)
      standings[row] = cases.standing(
        numbers[index], row: UnsafeRawBufferPointer(start: text + bytes.lowerBound, count: bytes.count))
      table.isOdd[row] = standings[row].isSeen
    }
  }

  private static let none = UInt32.max

  private func listCandidates(_ table: RowTable, _ hashes: RowHashes, _ cases: KnownCases) -> Int {
    let isOdd = table.isOdd
    var next = candidates
    for row in 0..<table.count where !isOdd[row] {
      standings[row] = .unknown
      // Written down in any case, because nobody can guess whether it is known.
      let hash = hashes[row]
      next.pointee = Candidate(hash: hash, row: row)
      next += cases.mayKnow(hash) ? 1 : 0
    }
    return next - candidates
  }
}
