import Rules

/// Brings clocks into the order of lists: by department, the oldest due day first, then by case, rule and start.
struct ClockOrder {
  private let shelves: [ClockShelf]
  /// For each shelf the places of its departments among all.
  private let places: [[Int]]

  /// What two clocks of one department are compared by. Made for the clocks of some days at a time, because it takes more room
  /// than what is kept of a clock.
  private struct Key {
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
    let departments = (places.joined().max() ?? 0) + 1
    var (sorted, ends) = distributed(clocks[...], over: departments) {
      places[Int($0.shelf)][Int(shelves[Int($0.shelf)].entries[Int($0.index)].department)]
    }
    var start = 0
    for end in ends where end > start {
      sortByDay(&sorted, start..<end)
      start = end
    }
    return sorted
  }

  /// Sorts the clocks of one department.
  private func sortByDay(_ clocks: inout [ClockReference], _ range: Range<Int>) {
    var (first, last) = (Int.max, Int.min)
    for clock in clocks[range] {
      let due = due(clock)
      (first, last) = (min(first, due), max(last, due))
    }
    let daysInBucket = (last - first) / Self.mostBuckets + 1
    let byDay = distributed(clocks[range], over: (last - first) / daysInBucket + 1) {
      (due($0) - first) / daysInBucket
    }
    var keys: [Key] = []
    var start = 0
    for end in byDay.ends where end > start {
      keys.removeAll(keepingCapacity: true)
      for clock in byDay.clocks[start..<end] { keys.append(key(clock)) }
      if keys.count > 1 { keys.sort(by: precedes) }
      for (offset, key) in keys.enumerated() { clocks[range.lowerBound + start + offset] = key.clock }
      start = end
    }
  }

  /// The clocks by their bucket, each bucket in the order that it had, and where each ends.
  private func distributed(
    _ clocks: ArraySlice<ClockReference>, over buckets: Int, _ bucket: (ClockReference) -> Int
  ) -> (clocks: [ClockReference], ends: [Int]) {
    var ends = [Int](repeating: 0, count: buckets)
    for clock in clocks { ends[bucket(clock)] += 1 }
    var sum = 0
    for index in ends.indices {
      sum += ends[index]
      ends[index] = sum - ends[index]
    }
    var distributed = Array(clocks)
    for clock in clocks {
      let bucket = bucket(clock)
      distributed[ends[bucket]] = clock
      ends[bucket] += 1
    }
    return (distributed, ends)
  }

  // MARK: Comparing

  private func due(_ clock: ClockReference) -> Int {
    Int(shelves[Int(clock.shelf)].entries[Int(clock.index)].due)
  }

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
      due: entry.due,
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
