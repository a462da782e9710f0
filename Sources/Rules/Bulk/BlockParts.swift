/// What the rows of blocks hold, in lists that go on from one block to the next: whoever goes through a
/// register goes through them from front to back, and for a block nothing has to be allocated.
struct BlockParts {
  struct Row {
    /// Of the number of its case, as ``ByteHash`` reckons it.
    let caseHash: UInt64
    /// The bytes of the row from the beginning of the block, with the line break.
    let bytes: Range<Int>
    /// True where it has a clock of which somebody is told, or may be.
    let isWatched: Bool
  }

  private struct Place {
    let start: Int32
    let count: Int32
  }

  /// One for each row.
  private(set) var caseHashes: [UInt64] = []
  private var places: [Place] = []
  private(set) var isWatched: [Bool] = []
  private(set) var states: [StateCounts.Met] = []
  /// By places in their block.
  private(set) var clocks: [DayClock] = []
  /// See ``ScanFinds/disclosed``.
  private(set) var disclosed: [Int32] = []

  /// How many rows all blocks have.
  var count: Int { places.count }

  /// A row, by its number among those of all blocks.
  func row(_ number: Int) -> Row {
    let start = Int(places[number].start)
    return Row(
      caseHash: caseHashes[number], bytes: start..<start + Int(places[number].count),
      isWatched: isWatched[number])
  }

  /// Adds the parts of one more block.
  ///
  /// - Returns: where they stand.
  mutating func add(
    _ rows: some Sequence<Row>, _ states: some Sequence<StateCounts.Met>, _ clocks: some Sequence<DayClock>,
    _ disclosed: some Sequence<Int32>
  ) -> KnownBlock.Places {
    let start = (count, self.states.count, self.clocks.count, self.disclosed.count)
    for row in rows {
      caseHashes.append(row.caseHash)
      places.append(Place(start: Int32(row.bytes.lowerBound), count: Int32(row.bytes.count)))
      isWatched.append(row.isWatched)
    }
    self.states += states
    self.clocks += clocks
    self.disclosed += disclosed
    return places(from: start)
  }

  /// Adds the parts of a block that stand in another list.
  mutating func add(_ places: KnownBlock.Places, of other: BlockParts) -> KnownBlock.Places {
    let start = (count, states.count, clocks.count, disclosed.count)
    caseHashes += other.caseHashes[places.rows]
    self.places += other.places[places.rows]
    isWatched += other.isWatched[places.rows]
    states += other.states[places.states]
    clocks += other.clocks[places.clocks]
    disclosed += other.disclosed[places.disclosed]
    return self.places(from: start)
  }

  /// Makes room for more: who has to make it while a register is read moves what is here.
  mutating func makeRoom() {
    caseHashes.makeRoom()
    places.makeRoom()
    isWatched.makeRoom()
    states.makeRoom()
    clocks.makeRoom()
    disclosed.makeRoom()
  }

  private func places(
    from start: (rows: Int, states: Int, clocks: Int, disclosed: Int)
  ) -> KnownBlock.Places {
    KnownBlock.Places(
      rows: start.rows..<count, states: start.states..<states.count, clocks: start.clocks..<clocks.count,
      disclosed: start.disclosed..<disclosed.count)
  }
}

extension Array {
  /// Makes room for as many again where there is little, and meets its pages: the system lays out each where
  /// it is first written.
  fileprivate mutating func makeRoom() {
    guard let some = first, capacity < count + count / 4 else { return }
    reserveCapacity(2 * count)
    let before = count
    append(contentsOf: repeatElement(some, count: capacity - count))
    removeLast(count - before)
  }
}
