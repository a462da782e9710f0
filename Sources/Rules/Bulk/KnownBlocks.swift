/// The blocks of rows that one reader met: in its order, and by how they begin. For one thread.
struct KnownBlocks {
  /// Where it is counted what a block holds.
  let counts = StateCounts()
  private var parts = BlockParts()
  private var blocks: [KnownBlock] = []
  private var cases = BlockCases()
  /// By ``KnownBlock/beginning``, of those that begin alike the last.
  private var numbers: [UInt64: Int] = [:]
  /// The blocks that the last pass has met, and those that the present one has met.
  private var before: [Int] = []
  private var met: [Int] = []
  /// For each block at which place it stood among those of the last pass that met it.
  private var turns: [Int] = []
  /// Which of the pass before is likely the next.
  private var turn = 0

  /// A block, by its number.
  struct Met {
    let number: Int
    let block: KnownBlock
  }

  /// Begins a pass.
  ///
  /// - Parameter cases: those of the pass before, in their order, and then others.
  mutating func begin(_ cases: KnownCases) { self.cases.begin(cases) }

  /// Ends a pass.
  mutating func end() {
    cases.end()
    swap(&before, &met)
    met.removeAll(keepingCapacity: true)
    turn = 0
  }

  /// Makes ready for the next pass, in its own time: closes the gaps where they are half of all, and makes
  /// room for new blocks.
  mutating func makeReady() {
    let rows = before.reduce(0) { $0 + blocks[$1].places.rows.count }
    if parts.count > 2 * rows { forgetOthers() }
    parts.makeRoom()
  }

  /// Forgets the blocks that the last pass has not met.
  private mutating func forgetOthers() {
    let (blocks, parts, cases) = (blocks, parts, cases)
    (self.blocks, self.parts, self.cases) = ([], BlockParts(), cases.withoutBlocks)
    (turns, numbers) = ([], [:])
    for number in before {
      let places = self.parts.add(blocks[number].places, of: parts)
      self.cases.add(number, of: cases)
      append(KnownBlock(blocks[number], places))
    }
    before = Array(before.indices)
  }

  private mutating func append(_ block: KnownBlock) {
    numbers[block.beginning] = blocks.count
    turns.append(blocks.count)
    blocks.append(block)
  }

  /// The block that begins like the text from `bytes` on, which may go on otherwise; nil where none does.
  mutating func likely(at bytes: UnsafeRawPointer) -> Met? {
    let beginning = KnownBlock.beginning(at: bytes)
    if turn < before.count, blocks[before[turn]].beginning == beginning { return block(before[turn]) }
    guard let number = numbers[beginning], !isAmong(met, number) else { return nil }
    if isAmong(before, number) {
      turn = turns[number]
    } else {
      // Whether cases of its became known meanwhile nobody has asked.
      cases.forget(number)
    }
    return block(number)
  }

  private func isAmong(_ blocks: [Int], _ number: Int) -> Bool {
    turns[number] < blocks.count && blocks[turns[number]] == number
  }

  private func block(_ number: Int) -> Met { Met(number: number, block: blocks[number]) }

  /// Makes a block of rows that were read and counted in ``counts``.
  ///
  /// - Parameters:
  ///   - bytes: of all rows, one behind the other.
  ///   - clocks: by places in the block.
  mutating func add(
    _ bytes: UnsafeRawBufferPointer, _ tally: KnownBlock.Tally, _ rows: some Sequence<BlockParts.Row>,
    _ clocks: some Sequence<DayClock>, disclosed: ArraySlice<Int32>
  ) -> Met {
    cases.add()
    append(KnownBlock(bytes, tally, parts.add(rows, counts.takeMet(), clocks, disclosed)))
    return block(blocks.count - 1)
  }

  /// True where no row of a block has to be seen.
  ///
  /// - Parameter text: where it begins.
  mutating func areQuiet(_ block: Met, _ text: UnsafeRawPointer) -> Bool {
    cases.areQuiet(block.number, block.block.places.rows, of: parts, text)
  }

  /// Of the rows of a block the hashes of their case numbers.
  func caseHashes(of block: Met) -> ArraySlice<UInt64> { parts.caseHashes[block.block.places.rows] }

  /// Adds what a quiet block that begins at `start` holds to what was found.
  func find(_ block: Met, at start: Int, _ finds: inout ScanFinds) {
    let places = block.block.places
    let before = finds.disclosed.count
    finds.disclosed += parts.disclosed[places.disclosed]
    for index in places.clocks {
      finds.clocks.append(parts.clocks[index].moved(by: start, disclosed: before))
    }
  }

  /// Counts what a quiet block holds, with room for `figures`, and adds its known cases to what was found.
  func count(_ block: Met, _ finds: inout ScanFinds, in counts: StateCounts, figures: Int) {
    finds.quiet += cases.quiet(block.number)
    counts.add(parts.states[block.block.places.states], figures: figures)
  }

  /// Remembers a block for the next pass.
  mutating func meet(_ block: Met) {
    turns[block.number] = met.count
    met.append(block.number)
    turn += 1
  }
}
