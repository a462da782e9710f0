/// How often each figure stood in each state, while it is counted. The array of ``BulkTally`` would ask at every case whether it
/// is shared.
final class StateCounts {
  private(set) var counts: UnsafeMutablePointer<Int>
  private var count = 0

  static let states = StateName.allCases.count

  init() {
    counts = .allocate(capacity: 0)
  }

  deinit { counts.deallocate() }

  /// Makes room for `figures`; the counts of those that were there stay.
  func grow(to figures: Int) {
    let larger = UnsafeMutablePointer<Int>.allocate(capacity: figures * Self.states)
    larger.initialize(from: counts, count: count)
    (larger + count).initialize(repeating: 0, count: figures * Self.states - count)
    counts.deallocate()
    counts = larger
    count = figures * Self.states
  }

  /// Hands over the counts and begins anew.
  func take() -> [Int] {
    defer { counts.update(repeating: 0, count: count) }
    return Array(UnsafeBufferPointer(start: counts, count: count))
  }
}
