/// Which blocks of rows hold nothing that has to be seen, by their numbers; and the cases of those that are
/// known.
struct BlockCases {
  /// Of a block: the numbers of its known cases, all of which ask for nothing, and since when each has been
  /// remembered by the very bytes of its row. Nil where some row had to be seen.
  private var quiet: [Range<Int>?] = []
  private var numbers: [UInt32] = []
  private var stamps: [UInt32] = []
  /// The rows at hand whose cases may be known.
  private var candidates: [Int] = []
  /// The cases that were not known yet when the pass before began.
  private var newcomers = HashFilter(words: 1)
  private var known = KnownCases([])
  /// How many cases were known when the pass before began.
  private var knownBefore = 0

  /// Of 64 bits: so many that of a few hundred newcomers few are seen where they are not, and they stay near
  /// the processor.
  private static let filterWords = 1 << 15

  /// Begins a pass.
  ///
  /// - Parameter cases: those of the pass before, in their order, and then others.
  mutating func begin(_ cases: KnownCases) {
    newcomers = HashFilter(words: Self.filterWords)
    for hash in cases.hashes(from: knownBefore) { newcomers.insert(hash) }
    known = cases
  }

  /// Ends a pass: what is known of cases is held no longer.
  mutating func end() {
    knownBefore = known.ids.count
    known = KnownCases([])
  }

  /// The same of no block.
  var withoutBlocks: BlockCases {
    var cases = self
    (cases.quiet, cases.numbers, cases.stamps) = ([], [], [])
    return cases
  }

  /// Knows nothing of a block any more.
  mutating func forget(_ number: Int) { quiet[number] = nil }

  /// Adds a block of which nothing is known.
  mutating func add() { quiet.append(nil) }

  /// Adds a block of which in another list this is known.
  mutating func add(_ number: Int, of other: BlockCases) {
    let start = numbers.count
    if let places = other.quiet[number] {
      numbers += other.numbers[places]
      stamps += other.stamps[places]
      quiet.append(start..<numbers.count)
    } else {
      quiet.append(nil)
    }
  }

  /// True where no row of a block has to be seen.
  ///
  /// - Parameters:
  ///   - number: of the block, which the pass before has met.
  ///   - text: where it stands.
  mutating func areQuiet(
    _ number: Int, _ rows: Range<Int>, of parts: BlockParts, _ text: UnsafeRawPointer
  ) -> Bool {
    if let places = quiet[number], areAsTheyWere(places), !newcomers.mayHoldSome(of: parts.caseHashes[rows]) {
      return true
    }
    quiet[number] = learnt(rows, of: parts, text)
    return quiet[number] != nil
  }

  /// The known cases of a block that is quiet.
  func quiet(_ number: Int) -> ArraySlice<UInt32> { numbers[quiet[number] ?? 0..<0] }

  private func areAsTheyWere(_ places: Range<Int>) -> Bool {
    for index in places where known.stamp(of: numbers[index]) != stamps[index] { return false }
    return true
  }

  /// Looks at every row whose case is known.
  private mutating func learnt(
    _ rows: Range<Int>, of parts: BlockParts, _ text: UnsafeRawPointer
  ) -> Range<Int>? {
    guard listCandidates(rows, of: parts) else { return nil }
    let start = numbers.count
    for index in candidates {
      let row = parts.row(index)
      if let number = known.number(row.caseHash) {
        let bytes = UnsafeRawBufferPointer(start: text + row.bytes.lowerBound, count: row.bytes.count)
        if case .quiet = known.standing(number, row: bytes) {
          numbers.append(number)
          stamps.append(known.stamp(of: number))
          continue
        }
      } else if !row.isWatched {
        continue
      }
      numbers.removeLast(numbers.count - start)
      stamps.removeLast(stamps.count - start)
      return nil
    }
    return start..<numbers.count
  }

  /// Lists the rows whose cases may be known; false where the case of a row is not known that has a clock of
  /// which somebody is told.
  private mutating func listCandidates(_ rows: Range<Int>, of parts: BlockParts) -> Bool {
    candidates.removeAll(keepingCapacity: true)
    candidates.append(contentsOf: repeatElement(0, count: rows.count))
    // Written down in any case, and asked to the end, because whether a case is known nobody can guess.
    var (count, isNews) = (0, 0)
    for row in rows {
      let mayBeKnown = known.mayKnow(parts.caseHashes[row]) ? 1 : 0
      candidates[count] = row
      count &+= mayBeKnown
      isNews |= (parts.isWatched[row] ? 1 : 0) & ~mayBeKnown
    }
    candidates.removeLast(rows.count - count)
    return isNews == 0
  }
}
