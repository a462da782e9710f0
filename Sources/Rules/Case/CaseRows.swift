/// A case as the register has it: nearly always one row. Rows that say the same are one.
package struct CaseRows: Sendable {
  package private(set) var first: Case
  /// The rows that say something else than each row before them, in the order of the register.
  package private(set) var others: [Case] = []

  package init(_ row: Case) { first = row }

  /// All of them, in the order of the register.
  package var all: [Case] { others.isEmpty ? [first] : [first] + others }

  package var id: String { first.id }

  /// Takes the next row of the case.
  package mutating func add(_ row: Case) {
    if !all.contains(where: row.saysTheSame) { others.append(row) }
  }

  /// The same rows, `lines` further down the register.
  fileprivate func movedDown(by lines: Int) -> CaseRows {
    var rows = self
    rows.first = first.movedDown(by: lines)
    rows.others = others.map { $0.movedDown(by: lines) }
    return rows
  }
}

extension Case {
  /// True where both rows hold the same facts: spellings that are read as one are the same.
  fileprivate func saysTheSame(as other: Case) -> Bool {
    dates == other.dates && further == other.further
      && Field.allCases.allSatisfy { fields.text($0).key == other.fields.text($0).key }
  }

  /// The same row, `lines` further down the register.
  fileprivate func movedDown(by lines: Int) -> Case {
    Case(fields: fields, dates: dates, further: further, line: line + lines)
  }
}

/// The case numbers that stand in more than one row of a register, by hash, with the number of their rows.
package struct RepeatedCases: Hashable, Sendable {
  private let rows: [UInt64: Int]
  /// Says of nearly every other case number that it is not repeated.
  private let filter: HashFilter

  package static let none = RepeatedCases([:])

  package init(_ rows: [UInt64: Int]) {
    self.rows = rows
    var filter = HashFilter(words: 1 << 10)
    for hash in rows.keys { filter.insert(hash) }
    self.filter = filter
  }

  package static func == (a: Self, b: Self) -> Bool { a.rows == b.rows }

  package func hash(into hasher: inout Hasher) { hasher.combine(rows) }

  package var isEmpty: Bool { rows.isEmpty }

  /// In how many rows a case number with this hash stands; 1 for one that is not repeated.
  @inline(__always)
  package func count(_ hash: UInt64) -> Int {
    filter.mayHold(hash) ? rows[CaseHashes.kept(hash)] ?? 1 : 1
  }

  /// True where one of these hashes is that of a repeated case number.
  func holdSome(of hashes: ArraySlice<UInt64>) -> Bool {
    !isEmpty && filter.mayHoldSome(of: hashes) && hashes.contains { count($0) > 1 }
  }
}

/// Puts the rows of each case together while a register is read. It holds only cases of which a row is still
/// to come.
package struct RowJoiner: Sendable {
  /// The cases whose numbers have one hash: nearly always one.
  private struct Unfinished {
    /// How many rows were met, those that say the same included.
    var met = 0
    var cases: [CaseRows] = []

    mutating func add(_ rows: CaseRows) {
      guard let index = cases.firstIndex(where: { $0.id == rows.id }) else { return cases.append(rows) }
      for row in rows.all { cases[index].add(row) }
    }
  }

  private let repeated: RepeatedCases
  private var unfinished: [UInt64: Unfinished] = [:]

  package init(_ repeated: RepeatedCases) { self.repeated = repeated }

  /// The cases of which `row` is the last row; none where one is still to come.
  package mutating func take(_ row: Case) -> [CaseRows] {
    let hash = ByteHash.hash(row.id)
    if repeated.count(hash) == 1 { return [CaseRows(row)] }
    return take(Unfinished(met: 1, cases: [CaseRows(row)]), hash)
  }

  private mutating func take(_ found: Unfinished, _ hash: UInt64) -> [CaseRows] {
    var all = unfinished.removeValue(forKey: hash) ?? Unfinished()
    all.met += found.met
    for rows in found.cases { all.add(rows) }
    if all.met >= repeated.count(hash) { return all.cases }
    unfinished[hash] = all
    return []
  }

  /// Takes what a later part of the register, `lines` further down, could not put together alone.
  ///
  /// - Returns: the cases of which the last row was among it, by the line of their first one.
  package mutating func merge(_ later: RowJoiner, movedDown lines: Int) -> [CaseRows] {
    var whole: [CaseRows] = []
    for (hash, found) in later.unfinished {
      let cases = found.cases.map { $0.movedDown(by: lines) }
      whole += take(Unfinished(met: found.met, cases: cases), hash)
    }
    return whole.sorted { $0.first.line < $1.first.line }
  }

  /// True where a row is still to come.
  package var isUnfinished: Bool { !unfinished.isEmpty }
}
