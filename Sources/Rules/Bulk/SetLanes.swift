/// For each set of eight lanes which they are, in order; so that nobody looks for one bit after another.
struct SetLanes {
  /// Those of one set.
  struct Lanes {
    fileprivate let start: UnsafePointer<UInt8>

    @inline(__always)
    var count: Int { Int(start[8]) }

    /// The lane with this index among those that are set; behind the last of them any, at most the eighth.
    @inline(__always)
    subscript(index: Int) -> Int { Int(start[index]) }
  }

  /// For each set eight lanes and how many of them count, in sixteen bytes.
  private let table: UnsafeMutablePointer<UInt8>

  init() {
    table = .allocate(capacity: 256 * 16)
    table.initialize(repeating: 0, count: 256 * 16)
    for set in 0..<256 {
      let lanes = (0..<8).filter { set & 1 << $0 != 0 }
      for (index, lane) in lanes.enumerated() { table[16 * set + index] = UInt8(lane) }
      table[16 * set + 8] = UInt8(lanes.count)
    }
  }

  /// Its owner calls this once, after the last look.
  func deallocate() { table.deallocate() }

  /// The lanes that are set in the lowest eight bits.
  @inline(__always)
  subscript(bits: UInt64) -> Lanes {
    Lanes(start: UnsafePointer(table + 16 &* Int(truncatingIfNeeded: bits & 0xFF)))
  }
}
