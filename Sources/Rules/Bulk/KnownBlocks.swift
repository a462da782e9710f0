/// The blocks of rows that one reader met, by how they begin. For one thread.
final class KnownBlocks {
  /// Where it is counted what a block holds.
  let counts = StateCounts()
  /// Those of the pass before, and those of this one, which alone the next will know.
  private var known: [UInt64: Met] = [:]
  private var met: [UInt64: Met] = [:]
  /// The cases that were not known yet when the blocks of the pass before were met.
  private var newcomers = HashFilter(words: 1)
  /// How many cases were known when this pass began.
  private var cases = 0

  /// A block, and what is known of its rows.
  struct Met {
    let block: KnownBlock
    let rows: KnownBlockRows
  }

  /// Of 64 bits: so many that of a few hundred newcomers few are seen where they are not, and they stay near the processor.
  private static let filterWords = 1 << 13

  /// Begins a pass.
  ///
  /// - Parameter cases: those of the pass before, in their order, and then others.
  func begin(_ cases: KnownCases) {
    (known, met) = (met, [:])
    newcomers = HashFilter(words: Self.filterWords)
    for hash in cases.hashes(from: self.cases) { newcomers.insert(hash) }
    self.cases = cases.ids.count
  }

  /// The block that begins like the text from `bytes` on, which may go on otherwise; nil where none does.
  func likely(at bytes: UnsafeRawPointer) -> Met? { known[KnownBlock.beginning(at: bytes)] }

  /// What is known now of the rows of a block of the pass before; nil where some row has to be seen.
  ///
  /// - Parameter text: where the block stands.
  func quietRows(of met: Met, _ text: UnsafeRawPointer, _ cases: KnownCases) -> KnownBlockRows? {
    if met.rows.areQuiet(cases), !newcomers.mayHoldSome(of: met.block.hashes) { return met.rows }
    let rows = KnownBlockRows(met.block, text, cases)
    return rows.areQuiet(cases) ? rows : nil
  }

  /// Remembers a block for the next pass.
  func meet(_ block: Met) { met[block.block.beginning] = block }
}
