/// How often each figure stood in each state, while it is counted. The array of ``BulkTally`` would ask at
/// every case whether it is shared.
final class StateCounts {
  private var counts: UnsafeMutablePointer<Int>
  private var count = 0

  static let states = StateName.allCases.count

  init() {
    counts = .allocate(capacity: 0)
  }

  deinit { counts.deallocate() }

  /// The counts, with room for `figures`.
  func counts(figures: Int) -> UnsafeMutablePointer<Int> {
    if figures * Self.states > count { grow(to: figures * Self.states) }
    return counts
  }

  private func grow(to size: Int) {
    let larger = UnsafeMutablePointer<Int>.allocate(capacity: size)
    larger.initialize(from: counts, count: count)
    (larger + count).initialize(repeating: 0, count: size - count)
    counts.deallocate()
    counts = larger
    count = size
  }

  /// How often one figure stood in one state.
  struct Met {
    let index: Int32
    let times: Int32
  }

  /// Adds what was counted elsewhere, with room for `figures`.
  func add(_ more: ArraySlice<Met>, figures: Int) {
    let counts = counts(figures: figures)
    for met in more { counts[Int(met.index)] &+= Int(met.times) }
  }

  /// Hands over those that were met and begins anew.
  func takeMet() -> [Met] {
    var met: [Met] = []
    for index in 0..<count where counts[index] != 0 {
      met.append(Met(index: Int32(index), times: Int32(truncatingIfNeeded: counts[index])))
      counts[index] = 0
    }
    return met
  }

  /// Hands over the counts and begins anew.
  func take() -> [Int] {
    defer { counts.update(repeating: 0, count: count) }
    return Array(UnsafeBufferPointer(start: counts, count: count))
  }
}
