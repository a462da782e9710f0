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
    for set in 1..<256 {
      // Before its last lane the same as the set without it.
      let (last, lanes) = (set.bitWidth - 1 - set.leadingZeroBitCount, table + 16 * set)
      lanes.update(from: table + 16 * (set & ~(1 << last)), count: 9)
      lanes[Int(lanes[8])] = UInt8(last)
      lanes[8] += 1
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
