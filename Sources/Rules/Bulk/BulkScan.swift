/// The fast way through a register: from the bytes of a row to what is counted, without a text, a list or an
/// object for it.
///
/// It reads the rows that hold only days and plain texts, which are nearly all, and names the others
/// (``OddRow``). Each combination of texts is asked for its rules once, each start day for its due day once,
/// and a clock leaves numbers behind only where somebody may hear of it. For one thread.
package struct BulkScan {
  /// What the last ``read(_:_:limit:)`` found.
  package internal(set) var finds = ScanFinds()
  /// What was counted since the last ``takeTally()``.
  var tally = BulkTally()
  package let book: BulkBook

  /// What becomes of rows whose case number may look like a CPR number.
  package enum Lookalikes: Hashable, Sendable {
    /// They go the long way, which tells their lines.
    case odd
    case ordinary
  }

  /// An event that did not happen.
  package static let absent = DayPlan.absent

  /// How many bytes behind a text must be readable.
  package static let padding = FieldMarks.padding

  let rows: RowTable
  let hashes: RowHashes
  private let dates: DayColumns
  let texts: TextColumns
  let verdicts: DayVerdicts
  private(set) var watch = Watch.nothing
  let stateCounts = StateCounts()
  private let states = StateName.allCases
  let knownRows: KnownRows
  var blocks = KnownBlocks()
  private let lookalikes: Lookalikes
  /// False where no later pass will ask for them.
  let knowsBlocks: Bool

  /// - Parameters:
  ///   - recent: the first day on which the end of a clock is still of interest.
  ///   - borders: of the blocks of rows that later passes are to know again; nil where there will be none.
  ///   - reported: the name under which a department of the register is reported.
  package init(
    _ layout: BulkLayout, _ book: BulkBook, _ organisation: Organisation, recent: CivilDate,
    borders: BlockBorders?, lookalikes: Lookalikes = .ordinary, reported: @escaping (String) -> String
  ) {
    self.lookalikes = lookalikes
    rows = RowTable(layout, borders: borders)
    hashes = RowHashes(capacity: rows.capacity)
    knowsBlocks = borders != nil
    dates = DayColumns(layout, book, capacity: rows.capacity)
    texts = TextColumns(
      layout, Combinations(layout, book.rules, organisation, reported: reported), capacity: rows.capacity)
    verdicts = DayVerdicts(book, recent: recent.day, capacity: rows.capacity)
    knownRows = KnownRows(capacity: rows.capacity)
    self.book = book
  }

  /// Begins a pass; after the first, on the same day over a register with the same header.
  ///
  /// - Parameter watch: which rows are to be named as odd although they are not.
  package mutating func begin(_ watch: Watch) {
    self.watch = watch
    if knowsBlocks { blocks.begin(watch.cases) }
  }

  /// Ends a pass: what was watched is held no longer.
  package mutating func end() {
    watch = .nothing
    blocks.end()
  }

  /// Makes ready for the next pass, while nobody waits for one.
  package mutating func makeReady() { blocks.makeReady() }

  /// The names under which cases are reported, by the numbers of clocks.
  package var departments: [String] { texts.combinations.departments.values }

  /// The combinations of texts that were met, by the numbers of clocks and tallies.
  package var combinations: Combinations { texts.combinations }

  /// The caseworkers of the clocks that were found, by number; as the register writes them.
  package var caseworkers: [String] { texts.caseworkers }

  /// Reads the whole rows among the first `count` bytes of `text`, until one begins at `limit` or later.
  ///
  /// - Returns: where the first row begins that was not read.
  package mutating func read(_ text: UnsafeRawPointer, _ count: Int, limit: Int) -> Int {
    finds.clear()
    rows.begin()
    var hasMore = true
    while hasMore {
      if let met = likelyBlock(text, limit: limit) {
        // Of one that goes on behind the text more will be read.
        if rows.next + met.block.count > count { break }
        if take(met, text) { continue }
      }
      var (start, lines) = (rows.next, tally.lines)
      hasMore = rows.take(text, count, limit: limit, lines: &lines)
      judge(text)
      if takeAsBlock(text, from: start, lines: lines - tally.lines) { continue }
      tally.lines = lines
      recognise(text)
      let (kept, waiting) = verdicts.tally(rows, texts, in: stateCounts)
      tally.waiting += waiting
      keep(kept, text)
      close()
    }
    return rows.next
  }

  /// Where a row very likely begins: behind the first line break from which on the next rows have as many
  /// fields as the header. A line break inside quotes hardly ever looks like that.
  ///
  /// - Returns: nil where nothing looks like a row.
  package func likelyRow(_ text: UnsafeRawPointer, _ count: Int) -> Int? {
    for place in 0..<count where text.load(fromByteOffset: place, as: UInt8.self) == RecordWalk.lineBreak {
      if areLikelyRows(text, from: place + 1, count) { return place + 1 }
    }
    return nil
  }

  /// How many rows must look like rows, and within how many bytes each.
  private static let (likelyRows, likelyLength) = (16, 1 << 12)

  /// How many bytes tell where a row very likely begins.
  package static let likelySize = (likelyRows + 1) * likelyLength

  private func areLikelyRows(_ text: UnsafeRawPointer, from start: Int, _ count: Int) -> Bool {
    var place = start
    for _ in 0..<Self.likelyRows {
      let end = min(place + Self.likelyLength, count)
      // A row that the text does not hold whole proves nothing; the others before it do.
      guard let row = RecordWalk(text, from: place, end, separator: rows.layout.separator) else {
        return place > start
      }
      guard row.fields == rows.layout.width else { return false }
      place = row.end + 1
    }
    return true
  }

  /// Line breaks since the last ``takeTally()``.
  package var lines: Int { tally.lines }

  /// What was counted since the last call.
  package mutating func takeTally() -> BulkTally {
    var taken = tally
    taken.states = stateCounts.take()
    tally = BulkTally()
    return taken
  }

  // MARK: The rows at hand

  /// What the rules say of the rows. Odd are those that hold more than days and plain texts.
  private func judge(_ text: UnsafeRawPointer) {
    let (cells, isOdd, column) = (rows.cells, rows.isOdd, rows.layout.caseID)
    for row in 0..<rows.count where !needsNoTrimming(cells.bounds(row, column), text) { isOdd[row] = true }
    if lookalikes == .odd {
      for row in 0..<rows.count {
        let id = cells.bounds(row, column)
        let bytes = UnsafeRawBufferPointer(start: text + id.lowerBound, count: id.count)
        if PlainID.mayLookLikeCPR(bytes) { isOdd[row] = true }
      }
    }
    hashes.read(rows, text, watch.repeated)
    dates.read(rows, text)
    texts.number(rows, text)
    verdicts.list(rows, texts)
    verdicts.judge(rows, dates, texts)
    if watch.openClocks == .seen { verdicts.watch(rows, texts) }
  }

  /// Odd are, too, the rows that have to be seen.
  private func recognise(_ text: UnsafeRawPointer) {
    guard !watch.isNothing else { return }
    knownRows.recognise(rows, hashes, text, watch.cases)
    guard watch.openClocks == .seen else { return }
    let (isOdd, isWatched, knownRows) = (rows.isOdd, verdicts.isWatched, knownRows)
    for row in 0..<rows.count where isWatched[row] && knownRows.isUnknown(row) { isOdd[row] = true }
  }

  /// The longest number of a case that is kept as bytes.
  private static let longestID = 255

  /// True for a number of a case that needs no trimming.
  @inline(__always)
  private func needsNoTrimming(_ id: Range<Int>, _ text: UnsafeRawPointer) -> Bool {
    let length = id.upperBound &- id.lowerBound
    return length > 0 && length <= Self.longestID
      && text.load(fromByteOffset: id.lowerBound, as: UInt8.self) > 0x20
      && text.load(fromByteOffset: id.upperBound &- 1, as: UInt8.self) > 0x20
  }

  /// Leaves behind the clocks of these tasks.
  mutating func keep(_ tasks: UnsafeBufferPointer<Int32>, _ text: UnsafeRawPointer) {
    let (entries, combinations) = (texts.combinations.entries, texts.combinations.combinations)
    let (cells, column) = (rows.cells, rows.layout.caseID)
    texts.numberCaseworkers(
      tasks.lazy.filter { [verdicts] in verdicts.verdicts[Int($0)].judgement.isListed }
        .map { [verdicts] in Int(verdicts.tasks[Int($0)].row) },
      rows, text)
    for index in tasks {
      let (task, verdict) = (verdicts.tasks[Int(index)], verdicts.verdicts[Int(index)])
      let (row, plan) = (Int(task.row), entries[Int(task.entry)].plan)
      let (terms, days) = (UnsafePointer(book.plans + plan), UnsafePointer(dates.days + row &* dates.stride))
      let (number, state) = (Int(texts.numbers[row]), states[Int(verdict.judgement.rawValue)])
      let before = finds.disclosed.count
      if terms.pointee.hasDisclosures { finds.disclosed += terms.pointee.disclosed(days) }
      finds.clocks.append(
        DayClock(
          plan: plan, combination: number, department: combinations[number].department, state: state,
          start: days[terms.pointee.start], due: verdict.due, end: verdict.end,
          notice: terms.pointee.notice(days, end: verdict.end), disclosed: before..<finds.disclosed.count,
          startsAtBirth: terms.pointee.startsAtBirth, caseID: cells.bounds(row, column),
          caseworker: verdict.judgement.isListed ? texts.caseworker(row) : nil,
          row: cells.bytes(row).lowerBound))
    }
  }

  /// Counts the cases, and names those that go the long way.
  private mutating func close() {
    let (count, isOdd, isMatched) = (rows.count, rows.isOdd, verdicts.isMatched)
    var (irregular, odd, matched) = (rows.irregular[...], 0, 0)
    for row in 0..<count {
      // No odd row is matched.
      matched &+= isMatched[row] ? 1 : 0
      guard isOdd[row] else { continue }
      odd &+= 1
      let row = OddRow(bytes: rows.cells.bytes(row), line: rows.line(row))
      while let other = irregular.first, other.line < row.line {
        finds.oddRows.append(irregular.removeFirst())
      }
      finds.oddRows.append(row)
    }
    finds.oddRows += irregular
    tally.cases += count - odd
    hashes.add(to: &tally.caseHashes, rows)
    if matched < count - odd { countUnmatched(in: &tally.unmatched) }
    if texts.combinations.haveUnknownDepartments { countUnknownDepartments() }
    guard !watch.cases.isEmpty else { return }
    for row in 0..<count where !isOdd[row] {
      if let number = knownRows.quietCase(row) { finds.quiet.append(number) }
    }
  }

  /// Counts the rows at hand that are not odd and that no rule fits.
  func countUnmatched(in counts: inout [Int: Int]) {
    for row in 0..<rows.count where !verdicts.isMatched[row] && !rows.isOdd[row] {
      counts[Int(texts.numbers[row]), default: 0] += 1
    }
  }

  private mutating func countUnknownDepartments() {
    let combinations = texts.combinations.combinations
    for row in 0..<rows.count where !rows.isOdd[row] {
      let number = Int(texts.numbers[row])
      if combinations[number].isUnknownDepartment {
        tally.unknownDepartments[number, default: (0, rows.line(row))].cases += 1
      }
    }
  }

  /// Where the second record of `text` begins; nil where the first does not end in it.
  package static func endOfFirstRecord(_ text: UnsafeRawBufferPointer, separator: UInt8) -> Int? {
    text.baseAddress.flatMap { RecordWalk($0, from: 0, text.count, separator: separator) }
      .map { $0.end + 1 }
  }
}
