/// The case numbers of all rows of a register, each as a hash of six bytes: enough to find those that stand
/// in more than one row. Two of a million are alike by chance once in five hundred registers.
package struct CaseHashes: Sendable {
  /// The lower four bytes of each hash and the two above them: most looks need no more than the lower ones.
  private struct Chunk {
    private(set) var lows: [UInt32] = []
    private var highs: [UInt16] = []

    /// How many hashes it has room for.
    static let size = 1 << 14

    init() {
      lows.reserveCapacity(Self.size)
      highs.reserveCapacity(Self.size)
    }

    mutating func append(_ hash: UInt64) {
      lows.append(UInt32(truncatingIfNeeded: hash))
      highs.append(UInt16(truncatingIfNeeded: hash >> 32))
    }

    func hash(_ index: Int) -> UInt64 { UInt64(highs[index]) << 32 | UInt64(lows[index]) }
  }

  /// Small ones, so that none has to be copied to grow.
  private var chunks: [Chunk] = []
  package private(set) var count = 0

  package init() {}

  /// The part of a hash that is kept.
  @inline(__always)
  static func kept(_ hash: UInt64) -> UInt64 { hash & (1 << 48 - 1) }

  mutating func append(_ hash: UInt64) {
    if chunks.isEmpty || chunks[chunks.count - 1].lows.count == Chunk.size { chunks.append(Chunk()) }
    chunks[chunks.count - 1].append(hash)
    count += 1
  }

  /// Takes the case number of a row.
  package mutating func append(_ caseID: String) { append(ByteHash.hash(caseID)) }

  /// Takes those of a later part of the register.
  package mutating func merge(_ later: CaseHashes) {
    chunks += later.chunks
    count += later.count
  }

  /// One of several shares of all hashes, which can be looked through at once.
  package struct Share: Sendable {
    let index: Int
    let count: Int

    package init(_ index: Int, of count: Int) { (self.index, self.count) = (index, count) }

    @inline(__always)
    func holds(_ low: UInt32) -> Bool {
      // By the upper bits, because filters go by the lower ones.
      (UInt64(low) &* UInt64(truncatingIfNeeded: count)) &>> 32 == UInt64(truncatingIfNeeded: index)
    }
  }

  /// In how many rows the case numbers of a share stand that stand in several.
  ///
  /// Two looks at each hash. The first finds those that perhaps came before, by a filter of sixteen bits a
  /// case; the second counts these alone.
  package func repeated(_ share: Share) -> [UInt64: Int] {
    let candidates = candidates(share)
    if candidates.isEmpty { return [:] }
    var filter = HashFilter(words: Self.words(for: candidates.count, bits: 64))
    var rows = [UInt64: Int](minimumCapacity: candidates.count)
    for hash in candidates {
      filter.insert(hash)
      rows[hash] = 0
    }
    for chunk in chunks {
      for (index, low) in chunk.lows.enumerated() where share.holds(low) && filter.mayHold(UInt64(low)) {
        let hash = chunk.hash(index)
        if let count = rows[hash] { rows[hash] = count + 1 }
      }
    }
    return rows.filter { $0.value > 1 }
  }

  private func candidates(_ share: Share) -> [UInt64] {
    var filter = HashFilter(words: Self.words(for: count / share.count, bits: 16))
    var candidates: [UInt64] = []
    for chunk in chunks {
      for (index, low) in chunk.lows.enumerated() where share.holds(low) && !filter.marks(low) {
        candidates.append(chunk.hash(index))
      }
    }
    return candidates
  }

  /// A power of two: at least so many bits for each of `count` hashes, but no more than the lower bytes of
  /// one can choose from.
  private static func words(for count: Int, bits: Int) -> Int {
    var words = 1
    while words * 64 < count * bits && words < 1 << 26 { words *= 2 }
    return words
  }

  /// The case numbers that stand in several rows.
  package func repeated() -> RepeatedCases { RepeatedCases(repeated(Share(0, of: 1))) }
}
