import Rules

/// Brings clocks into the order of lists: by department, the oldest due day first, then by case, rule and start.
struct ClockOrder {
  private let shelves: [ClockShelf]
  /// For each shelf the places of its departments among all.
  private let places: [[Int]]

  /// What two clocks are compared by.
  private struct Key {
    let department: Int32
    let due: Int32
    /// The time of day of a due instant, in seconds; -1 for a due day, which stands before it.
    let time: Int32
    /// The first sixteen bytes of the case number, which nearly always decide.
    let id: (UInt64, UInt64)
    let clock: ClockReference
  }

  /// Due days are spread over at most so many buckets, and only within one is compared.
  private static let mostBuckets = 1 << 15

  init(_ shelves: [ClockShelf], places: [[Int]]) {
    self.shelves = shelves
    self.places = places
  }

  /// The clocks in their order.
  func sorted(_ clocks: [ClockReference]) -> [ClockReference] {
    let keys = clocks.map(key)
    guard let first = keys.lazy.map(\.due).min(), let last = keys.lazy.map(\.due).max() else { return [] }
    let daysInBucket = (Int(last) - Int(first)) / Self.mostBuckets + 1
    let days = (Int(last) - Int(first)) / daysInBucket + 1
    let departments = (places.joined().max() ?? 0) + 1
    let buckets = distributed(keys, over: departments * days) {
      Int($0.department) * days + (Int($0.due) - Int(first)) / daysInBucket
    }
    var sorted = buckets.keys
    var start = 0
    for end in buckets.ends where end > start {
      if end - start > 1 { sorted[start..<end].sort(by: precedes) }
      start = end
    }
    return sorted.map(\.clock)
  }

  /// The keys by their bucket, each bucket in the order that it had, and where each ends.
  private func distributed(
    _ keys: [Key], over buckets: Int, _ bucket: (Key) -> Int
  ) -> (keys: [Key], ends: [Int]) {
    var ends = [Int](repeating: 0, count: buckets)
    for key in keys { ends[bucket(key)] += 1 }
    var sum = 0
    for index in ends.indices {
      sum += ends[index]
      ends[index] = sum - ends[index]
    }
    var distributed = keys
    for key in keys {
      let bucket = bucket(key)
      distributed[ends[bucket]] = key
      ends[bucket] += 1
    }
    return (distributed, ends)
  }

  // MARK: Comparing

  private func key(_ clock: ClockReference) -> Key {
    let shelf = shelves[Int(clock.shelf)]
    let entry = shelf.entries[Int(clock.index)]
    let id = shelf.ids.withUnsafeBytes { ids in
      (
        Self.word(ids.loadUnaligned(fromByteOffset: Int(entry.id), as: UInt64.self), Int(entry.idCount)),
        Self.word(
          ids.loadUnaligned(fromByteOffset: Int(entry.id) + 8, as: UInt64.self), Int(entry.idCount) - 8)
      )
    }
    return Key(
      department: Int32(places[Int(clock.shelf)][Int(entry.department)]), due: entry.due,
      time: entry.plan == ClockShelf.whole ? time(shelf.clocks[Int(entry.extra)]) : -1, id: id, clock: clock)
  }

  /// The first `count` of eight bytes as a number that orders them; zeros behind them.
  private static func word(_ bytes: UInt64, _ count: Int) -> UInt64 {
    count >= 8 ? bytes.bigEndian : bytes.bigEndian & ~(UInt64.max >> UInt64(max(0, count) * 8))
  }

  private func precedes(_ a: Key, _ b: Key) -> Bool {
    if a.due != b.due { return a.due < b.due }
    if a.time != b.time { return a.time < b.time }
    if a.id.0 != b.id.0 { return a.id.0 < b.id.0 }
    if a.id.1 != b.id.1 { return a.id.1 < b.id.1 }
    return precedesInFull(a.clock, b.clock)
  }

  private func time(_ clock: Clock) -> Int32 { clock.reckoning?.due.local.time?.seconds ?? -1 }

  private func precedesInFull(_ a: ClockReference, _ b: ClockReference) -> Bool {
    let (left, right) = (shelves[Int(a.shelf)], shelves[Int(b.shelf)])
    let (leftID, rightID) = (left.id(left.entries[Int(a.index)]), right.id(right.entries[Int(b.index)]))
    if leftID != rightID { return leftID.lexicographicallyPrecedes(rightID) }
    let (leftClock, rightClock) = (left.clock(Int(a.index)), right.clock(Int(b.index)))
    if leftClock.rule.id != rightClock.rule.id {
      return precedesInBytes(leftClock.rule.id, rightClock.rule.id)
    }
    return (leftClock.start?.localSeconds ?? 0) < (rightClock.start?.localSeconds ?? 0)
  }
}
