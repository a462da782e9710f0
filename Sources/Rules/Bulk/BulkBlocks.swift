/// Blocks of rows that an earlier pass has read: what was found in them is found again without reading them.
extension BulkScan {
  /// The block that may stand where the next row begins, as far as it ends before `limit`.
  mutating func likelyBlock(_ text: UnsafeRawPointer, limit: Int) -> KnownBlocks.Met? {
    guard knowsBlocks, rows.next < limit, let met = blocks.likely(at: text + rows.next),
      rows.next + met.block.count <= limit
    else { return nil }
    return met
  }

  /// Takes a block instead of the rows that begin with the next; false where other bytes stand there, or a
  /// row has to be seen.
  mutating func take(_ met: KnownBlocks.Met, _ text: UnsafeRawPointer) -> Bool {
    let (block, start) = (met.block, rows.next)
    guard !watch.repeated.holdSome(of: blocks.caseHashes(of: met)),
      block.isWritten(in: UnsafeRawBufferPointer(start: text + start, count: block.count)),
      blocks.areQuiet(met, text + start)
    else { return false }
    blocks.meet(met)
    blocks.find(met, at: start, &finds)
    count(met)
    tally.again += block.places.rows.count
    rows.skip(to: start + block.count)
    return true
  }

  /// Counts what a quiet block holds.
  private mutating func count(_ met: KnownBlocks.Met) {
    let block = met.block
    tally.lines += block.tally.lines
    tally.cases += block.places.rows.count
    for hash in blocks.caseHashes(of: met) { tally.caseHashes.append(hash) }
    tally.waiting += block.tally.waiting
    tally.unmatched.merge(block.tally.unmatched, uniquingKeysWith: +)
    blocks.count(met, &finds, in: stateCounts, figures: texts.combinations.figures.count)
  }

  /// Remembers the rows at hand as a block, and takes it where none of them has to be seen.
  ///
  /// - Parameters:
  ///   - start: where they begin.
  ///   - lines: how many line breaks they hold.
  /// - Returns: false where they still have to be taken.
  mutating func takeAsBlock(_ text: UnsafeRawPointer, from start: Int, lines: Int) -> Bool {
    guard knowsBlocks, canBeBlock(text) else { return false }
    let before = (clocks: finds.clocks.count, disclosed: finds.disclosed.count)
    let (kept, waiting) = verdicts.tally(rows, texts, in: blocks.counts)
    keep(kept, text)
    let met = blocks.add(
      UnsafeRawBufferPointer(start: text + start, count: rows.next - start),
      KnownBlock.Tally(lines: lines, waiting: waiting, unmatched: unmatched),
      blockRows(text, from: start),
      finds.clocks[before.clocks...].lazy.map { $0.moved(by: -start, disclosed: -before.disclosed) },
      disclosed: finds.disclosed[before.disclosed...])
    blocks.meet(met)
    if blocks.areQuiet(met, text + start) {
      count(met)
      return true
    }
    // Those of rows that are seen are found in another way.
    finds.clocks.removeSubrange(before.clocks...)
    finds.disclosed.removeSubrange(before.disclosed...)
    return false
  }

  private var unmatched: [Int: Int] {
    var unmatched: [Int: Int] = [:]
    countUnmatched(in: &unmatched)
    return unmatched
  }

  /// False where some row goes the long way in any case, or names a department that the configuration does
  /// not know.
  private func canBeBlock(_ text: UnsafeRawPointer) -> Bool {
    guard rows.count > 0, rows.irregular.isEmpty else { return false }
    let (cells, column, isOdd) = (rows.cells, rows.layout.caseID, rows.isOdd)
    let combinations = texts.combinations.combinations
    return (0..<rows.count).allSatisfy { row in
      let id = cells.bounds(row, column)
      // What is not plain ASCII may be written in several ways.
      return !isOdd[row] && !combinations[Int(texts.numbers[row])].isUnknownDepartment
        && ByteHash.isASCII(text + id.lowerBound, id.count)
    }
  }

  private func blockRows(
    _ text: UnsafeRawPointer, from start: Int
  ) -> some Sequence<BlockParts.Row> {
    let (cells, hashes, isWatched) = (rows.cells, hashes, verdicts.isWatched)
    let watches = watch.openClocks == .seen
    return (0..<rows.count).lazy.map { row in
      let bytes = cells.bytes(row)
      return BlockParts.Row(
        caseHash: hashes[row],
        bytes: bytes.lowerBound - start..<bytes.upperBound - start, isWatched: watches && isWatched[row])
    }
  }
}
