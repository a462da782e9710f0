/// Blocks of rows that an earlier pass has read: what was found in them is found again without reading them.
extension BulkScan {
  /// The block that may stand where the next row begins, as far as it ends before `limit`.
  func likelyBlock(_ text: UnsafeRawPointer, limit: Int) -> KnownBlocks.Met? {
    guard let blocks, rows.next < limit, let met = blocks.likely(at: text + rows.next),
      rows.next + met.block.count <= limit
    else { return nil }
    return met
  }

  /// Takes a block instead of the rows that begin with the next; false where other bytes stand there, or a row has to be seen.
  mutating func take(_ met: KnownBlocks.Met, _ text: UnsafeRawPointer) -> Bool {
    let (block, start) = (met.block, rows.next)
    guard let blocks, block.isWritten(in: UnsafeRawBufferPointer(start: text + start, count: block.count))
    else { return false }
    guard let rows = blocks.quietRows(of: met, text + start, watch.cases) else { return false }
    blocks.meet(KnownBlocks.Met(block: block, rows: rows))
    add(block, at: start, rows.quiet)
    tally.again += block.cases
    self.rows.skip(to: start + block.count)
    return true
  }

  /// Counts and finds what a block holds that begins at `start`.
  ///
  /// - Parameter quiet: the cases of its rows that ask for nothing.
  private mutating func add(_ block: KnownBlock, at start: Int, _ quiet: [UInt32]) {
    finds.quiet += quiet
    tally.lines += block.tally.lines
    tally.cases += block.cases
    tally.waiting += block.tally.waiting
    tally.unmatched += block.tally.unmatched
    stateCounts.add(block.tally.states, figures: texts.combinations.figures.count)
    let before = finds.disclosed.count
    finds.disclosed += block.disclosed
    finds.clocks += block.clocks.lazy.map { $0.moved(by: start, disclosed: before) }
  }

  /// Remembers the rows at hand as a block, and takes it where none of them has to be seen.
  ///
  /// - Parameters:
  ///   - start: where they begin.
  ///   - lines: how many line breaks they hold.
  /// - Returns: false where they still have to be taken.
  mutating func takeAsBlock(_ text: UnsafeRawPointer, from start: Int, lines: Int) -> Bool {
    guard let blocks, let block = block(text, from: start, lines: lines, blocks.counts) else { return false }
    let known = KnownBlockRows(block, text + start, watch.cases)
    blocks.meet(KnownBlocks.Met(block: block, rows: known))
    guard known.areQuiet(watch.cases) else { return false }
    add(block, at: start, known.quiet)
    return true
  }

  /// The rows at hand as a block, of which it does not matter whether they have to be seen; nil where some go the long way in any
  /// case.
  private mutating func block(
    _ text: UnsafeRawPointer, from start: Int, lines: Int, _ counts: StateCounts
  ) -> KnownBlock? {
    guard let blockRows = blockRows(text, from: start) else { return nil }
    let (kept, waiting) = verdicts.tally(rows, texts, in: counts)
    // What it finds is the block's, and not yet the look's.
    var found = ScanFinds()
    swap(&found, &finds)
    keep(kept, text)
    swap(&found, &finds)
    let (isWatched, isMatched) = (verdicts.isWatched, verdicts.isMatched)
    let all = blockRows.indices
    return KnownBlock(
      UnsafeRawBufferPointer(start: text + start, count: rows.next - start), blockRows,
      watched: watch.openClocks == .seen ? all.filter { isWatched[$0] }.map(Int32.init) : [],
      KnownBlock.Tally(
        lines: lines, waiting: waiting, unmatched: all.count { !isMatched[$0] }, states: counts.takeMet()),
      clocks: found.clocks.map { $0.moved(by: -start, disclosed: 0) }, disclosed: found.disclosed)
  }

  /// Nil where some row is odd, or names a department that the configuration does not know.
  private func blockRows(
    _ text: UnsafeRawPointer, from start: Int
  ) -> [(row: KnownBlock.Row, caseHash: UInt64)]? {
    guard rows.count > 0, rows.irregular.isEmpty else { return nil }
    let (cells, column) = (rows.cells, rows.layout.caseID)
    let combinations = texts.combinations.combinations
    var found: [(row: KnownBlock.Row, caseHash: UInt64)] = []
    found.reserveCapacity(rows.count)
    for row in 0..<rows.count {
      guard !rows.isOdd[row], !combinations[Int(texts.numbers[row])].isUnknownDepartment else { return nil }
      let id = cells.bounds(row, column)
      // What is not plain ASCII may be written in several ways.
      guard ByteHash.isASCII(text + id.lowerBound, id.count) else { return nil }
      let bytes = cells.bytes(row)
      found.append(
        (
          KnownBlock.Row(start: Int32(bytes.lowerBound - start), count: Int32(bytes.count)),
          ByteHash.hash(text + id.lowerBound, id.count)
        ))
    }
    return found
  }
}
