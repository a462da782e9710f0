/// The cases that are known from an earlier pass, and of some of them the very bytes of their row, which
/// asked for nothing: where those stand unchanged in the register, on the same day and under the same rules,
/// they ask for nothing again.
package struct KnownCases: Sendable {
  private struct Slot {
    /// The upper half of the hash; the lower one has found the slot.
    var hash: UInt32 = 0
    /// One more than the number; 0 in a free slot.
    var mark: UInt32 = 0
  }

  /// Where a row stands in ``bytes``; none of no bytes.
  private struct Place {
    var start: UInt32 = 0
    var count: UInt32 = 0
  }

  /// By number.
  package private(set) var ids: [String] = []
  private var hashes: [UInt64] = []
  /// The header under which the rows stood.
  package let header: [UInt8]
  private var places: [Place] = []
  /// For each case when it was settled, which is another number each time; 0 where it is not.
  private var stamps: [UInt32] = []
  private var lastStamp: UInt32 = 0
  private var bytes: [UInt8] = []
  /// How many of ``bytes`` a row still stands in.
  private var used = 0
  private var slots: [Slot]
  /// One bit for each of the lowest bits of a hash: most cases of a register are not known, and one look says
  /// so.
  private var filter: HashFilter

  /// - Parameters:
  ///   - ids: the numbers of the cases, each once.
  ///   - header: of the register whose rows are going to be known.
  package init(_ ids: some Collection<String>, header: [UInt8] = []) {
    self.header = header
    slots = [Slot](repeating: Slot(), count: Self.size(for: ids.count))
    filter = Self.emptyFilter(slots: slots.count)
    for id in ids { _ = number(adding: id) }
  }

  /// A power of two, at least twice as large as it must be.
  private static func size(for count: Int) -> Int {
    var size = 64
    while size < count * 2 { size *= 2 }
    return size
  }

  /// Four bits for each slot: more would seldom err, and lie so far from the processor that each look is
  /// waited for.
  private static func emptyFilter(slots: Int) -> HashFilter { HashFilter(words: slots / 16) }

  package var isEmpty: Bool { ids.isEmpty }

  /// True where no row is known, so that a pass sees every case.
  package var isWithoutRows: Bool { used == 0 }

  // MARK: While a register is read

  /// What is known of the case of one row.
  enum Standing {
    case unknown
    /// The row has to be seen.
    case seen
    /// It stands as it stood, and asks for nothing; the number of its case.
    case quiet(UInt32)

    @inline(__always)
    var isSeen: Bool { if case .seen = self { true } else { false } }

    @inline(__always)
    var isUnknown: Bool { if case .unknown = self { true } else { false } }
  }

  /// False where no case is known whose number has this hash.
  @inline(__always)
  func mayKnow(_ hash: UInt64) -> Bool { filter.mayHold(hash) }

  /// Of the numbers of the cases from `first` on the hashes: of those that became known last.
  func hashes(from first: Int) -> ArraySlice<UInt64> { hashes[first...] }

  /// The number of the case whose number has this hash, which another case may have as well.
  @inline(__always)
  func number(_ hash: UInt64) -> UInt32? { number(hash: hash) { _ in true }.map { UInt32($0) } }

  /// Another number each time that the case with this one was settled; 0 where it has to be seen.
  @inline(__always)
  func stamp(of number: UInt32) -> UInt32 { stamps[Int(number)] }

  /// What is known of a case, by its number.
  ///
  /// - Parameter row: the whole row with its line break.
  @inline(__always)
  func standing(_ number: UInt32, row: UnsafeRawBufferPointer) -> Standing {
    // The row holds the number of its case, so where it is the same the case is.
    let place = places[Int(number)]
    guard Int(place.count) == row.count, place.count >= 8, let start = row.baseAddress else { return .seen }
    let isSame = bytes.withUnsafeBytes { bytes in
      bytes.baseAddress.map { ByteHash.areSame($0 + Int(place.start), start, row.count) } ?? false
    }
    return isSame ? .quiet(number) : .seen
  }

  // MARK: Between two passes

  /// The number of a case; nil for one that is not known.
  package func number(of id: String) -> Int? { number(hash: ByteHash.hash(id)) { ids[$0] == id } }

  /// The row of a case, by its number; no bytes where it is not known.
  package func row(_ number: Int) -> [UInt8] {
    let place = places[number]
    return Array(bytes[Int(place.start)..<Int(place.start) + Int(place.count)])
  }

  /// The cases whose rows are known, by number.
  package var quiet: [Int] { places.indices.filter { places[$0].count > 0 } }

  /// Remembers that the row of a case asks for nothing.
  package mutating func settle(_ id: String, row: [UInt8]) {
    unsettle(id)
    if bytes.count > 2 * used + Self.spared { closeGaps() }
    guard bytes.count < Self.mostBytes, row.count < Self.mostBytes else { return }
    let number = number(adding: id)
    places[number] = Place(start: UInt32(bytes.count), count: UInt32(row.count))
    lastStamp += 1
    stamps[number] = lastStamp
    bytes += row
    used += row.count
  }

  /// Remembers a case, and that its rows have to be seen.
  package mutating func unsettle(_ id: String) {
    let number = number(adding: id)
    used -= Int(places[number].count)
    places[number] = Place()
    stamps[number] = 0
  }

  /// So many bytes of rows that are known no more are not worth moving the others.
  private static let spared = 1 << 20

  /// Rows beyond so many bytes are not remembered.
  private static let mostBytes = 1 << 31

  private mutating func closeGaps() {
    var kept: [UInt8] = []
    kept.reserveCapacity(used)
    for number in quiet {
      let row = row(number)
      places[number].start = UInt32(kept.count)
      kept += row
    }
    bytes = kept
  }

  /// The same cases without any row.
  package func withoutRows(under header: [UInt8]) -> KnownCases {
    var cases = KnownCases(ids, header: header)
    cases.lastStamp = lastStamp
    return cases
  }

  private mutating func number(adding id: String) -> Int {
    let hash = ByteHash.hash(id)
    if let number = number(hash: hash, where: { ids[$0] == id }) { return number }
    if (ids.count + 1) * 2 > slots.count { grow() }
    ids.append(id)
    hashes.append(hash)
    places.append(Place())
    stamps.append(0)
    place(UInt32(ids.count), hash: hash)
    return ids.count - 1
  }

  @inline(__always)
  private func number(hash: UInt64, where isIt: (Int) -> Bool) -> Int? {
    var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[index].mark != 0 {
      let number = Int(slots[index].mark) - 1
      if slots[index].hash == UInt32(truncatingIfNeeded: hash >> 32), isIt(number) { return number }
      index = (index + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func place(_ mark: UInt32, hash: UInt64) {
    var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[index].mark != 0 { index = (index + 1) & (slots.count - 1) }
    slots[index] = Slot(hash: UInt32(truncatingIfNeeded: hash >> 32), mark: mark)
    filter.insert(hash)
  }

  private mutating func grow() {
    slots = [Slot](repeating: Slot(), count: slots.count * 2)
    filter = Self.emptyFilter(slots: slots.count)
    for (number, hash) in hashes.enumerated() { place(UInt32(number + 1), hash: hash) }
  }
}
