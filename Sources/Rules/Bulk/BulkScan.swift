/// The fast way through a register: from the bytes of a row to what is counted, without a text, a list or an object for it.
///
/// It reads the rows that hold only days and plain texts, which are nearly all, and names the others (``OddRow``). Each
/// combination of texts is asked for its rules once, each start day for its due day once, and a clock leaves numbers behind
/// only where somebody may hear of it. For one thread.
package struct BulkScan {
  /// What the last ``read(_:_:limit:)`` found.
  package private(set) var finds = ScanFinds()
  /// What was counted since the last ``takeTally()``.
  private var tally = BulkTally()
  /// The combinations of texts that were met, by the numbers of clocks and tallies.
  package private(set) var combinations: Combinations

  /// The caseworkers of the clocks that were found, by number; as the register writes them.
  package private(set) var caseworkers: [String] = []

  /// An event that did not happen.
  package static let absent = DayPlan.absent

  /// How many bytes behind a text must be readable.
  package static let padding = RecordScanner.padding

  private let columns: RowColumns
  package let book: BulkBook
  private let plans: UnsafePointer<DayPlan>
  private let recent: Int32
  private let watch: Watch
  private var table = AttributeTable()
  private var caseworkerTable = AttributeTable()
  private let stateCounts = StateCounts()
  /// Those of ``stateCounts``.
  private var states: UnsafeMutablePointer<Int>
  /// The columns of the attributes where they stand side by side.
  private let adjacent: ClosedRange<Int>?
  private var key: [UInt8] = []

  /// Combinations beyond these are not remembered: a text that is another in every row is none that rules are chosen by.
  private static let mostCombinations = 1 << 16

  /// - Parameters:
  ///   - watch: which rows are to be named as odd although they are not.
  ///   - recent: the first day on which the end of a clock is still of interest.
  ///   - reported: the name under which a department of the register is reported.
  package init(
    _ layout: BulkLayout, _ book: BulkBook, _ organisation: Organisation, _ watch: Watch,
    recent: CivilDate, reported: @escaping (String) -> String
  ) {
    columns = RowColumns(layout, book)
    adjacent = layout.adjacentAttributes
    combinations = Combinations(layout, book.rules, organisation, reported: reported)
    self.book = book
    plans = UnsafePointer(book.plans)
    self.recent = recent.day
    self.watch = watch
    states = stateCounts.counts
  }

  /// Reads the whole rows among the first `count` bytes of `text`, until one begins at `limit` or later.
  ///
  /// - Returns: where the first row begins that was not read.
  package mutating func read(_ text: UnsafeRawPointer, _ count: Int, limit: Int) -> Int {
    finds.clocks.removeAll(keepingCapacity: true)
    finds.oddRows.removeAll(keepingCapacity: true)
    finds.disclosed.removeAll(keepingCapacity: true)
    finds.quiet.removeAll(keepingCapacity: true)
    let columns = columns
    return columns.scanner.scan(text, count, limit: limit) { record in
      take(record, text)
      tally.lines &+= record.breaks &+ 1
    }
  }

  /// Where a row very likely begins: behind the first line break from which on the next rows have as many fields as the
  /// header. A line break inside quotes hardly ever looks like that.
  ///
  /// - Returns: nil where nothing looks like a row.
  package func likelyRow(_ text: UnsafeRawPointer, _ count: Int) -> Int? {
    for place in 0..<count where text.load(fromByteOffset: place, as: UInt8.self) == UInt8(ascii: "\n") {
      if areLikelyRows(text, from: place + 1, count) { return place + 1 }
    }
    return nil
  }

  /// How many rows must look like rows, and within how many bytes each.
  private static let (likelyRows, likelyLength) = (16, 1 << 12)

  private func areLikelyRows(_ text: UnsafeRawPointer, from start: Int, _ count: Int) -> Bool {
    var place = start
    for _ in 0..<Self.likelyRows {
      var isLikely = false
      let window = min(Self.likelyLength, count - place)
      let next = columns.scanner.scan(text + place, window, limit: 1) { record in
        isLikely = record.fields == columns.layout.width
      }
      // A row that the text does not hold whole proves nothing; the others before it do.
      if next == 0 { return place > start }
      guard isLikely else { return false }
      place += next
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

  // MARK: One row

  @inline(__always)
  private mutating func take(_ record: RecordScanner.Record, _ text: UnsafeRawPointer) {
    if columns.isWhole(record, text) {
      let standing = columns.isNumbered(text) ? standing(record, text) : .seen
      if !standing.isSeen, columns.readDays(text), let number = combination(text),
        judge(number, standing, record, text)
      {
        if case .quiet(let number) = standing { finds.quiet.append(number) }
        return
      }
    } else if columns.isBlank(record, text) {
      return
    }
    finds.oddRows.append(OddRow(bytes: record.start..<record.end + 1, line: tally.lines))
  }

  /// What is known of the row from an earlier pass.
  @inline(__always)
  private func standing(_ record: RecordScanner.Record, _ text: UnsafeRawPointer) -> KnownCases.Standing {
    guard !watch.cases.isEmpty else { return .unknown }
    let id = columns.bounds(columns.layout.caseID)
    return watch.cases.standing(
      of: UnsafeRawBufferPointer(start: text + id.lowerBound, count: id.count),
      row: UnsafeRawBufferPointer(start: text + record.start, count: record.end + 1 - record.start))
  }

  // MARK: Texts → rules

  /// The number of the row's combination; nil where there are too many of them.
  @inline(__always)
  private mutating func combination(_ text: UnsafeRawPointer) -> Int? {
    // Side by side they are read where they stand.
    if let span = adjacent {
      let start = columns.bounds(span.lowerBound).lowerBound
      return number(text + start, columns.bounds(span.upperBound).upperBound &- start)
    }
    return gatheredCombination(text)
  }

  @inline(never)
  private mutating func gatheredCombination(_ text: UnsafeRawPointer) -> Int? {
    key.removeAll(keepingCapacity: true)
    for column in columns.layout.attributes {
      if !key.isEmpty || column != columns.layout.attributes[0] { key.append(columns.layout.separator) }
      let cell = columns.bounds(column)
      key.append(contentsOf: UnsafeRawBufferPointer(start: text + cell.lowerBound, count: cell.count))
    }
    let count = key.count
    for _ in 0..<8 { key.append(0) }
    return key.withUnsafeBytes { $0.baseAddress.flatMap { number($0, count) } }
  }

  @inline(__always)
  private mutating func number(_ bytes: UnsafeRawPointer, _ count: Int) -> Int? {
    let hash = AttributeTable.hash(bytes, count)
    return table.number(of: bytes, count, hash: hash) ?? added(bytes, count, hash)
  }

  @inline(never)
  private mutating func added(_ bytes: UnsafeRawPointer, _ count: Int, _ hash: UInt64) -> Int? {
    guard table.count < Self.mostCombinations else { return nil }
    table.add(UnsafeRawBufferPointer(start: bytes, count: count), hash: hash)
    let known = combinations.figures.count
    combinations.add(table[table.count - 1])
    if combinations.figures.count > known {
      stateCounts.grow(to: combinations.figures.count)
      states = stateCounts.counts
    }
    return table.count - 1
  }

  // MARK: Rules → clocks

  /// Counts the clocks of the row at hand; false where a rule needs to see more than days, and then nothing is counted.
  @inline(__always)
  private mutating func judge(
    _ number: Int, _ standing: KnownCases.Standing, _ record: RecordScanner.Record, _ text: UnsafeRawPointer
  ) -> Bool {
    let combination = combinations.combinations[number]
    guard !combination.isOdd else { return false }
    let kept = finds.clocks.count
    var (running, waiting, bit): (Int, UInt64, UInt64) = (0, 0, 1)
    for index in combination.entries {
      let entry = combinations.entries[index]
      switch (plans + entry.plan).judgement(columns.days) {
      case .odd:
        takeBack(combination.entries, before: index, kept, waiting)
        return false
      case .notStarted:
        if !plans[entry.plan].isOver, waiting & entry.sameRule == 0 {
          waiting |= bit
          tally.waiting &+= 1
        }
      case .notValid: break
      case .clock(let state, let due, let end):
        if watch.openClocks == .seen, standing.isUnknown, isSeen(state, due, entry.plan) {
          takeBack(combination.entries, before: index, kept, waiting)
          return false
        }
        running &+= 1
        states[entry.figure &* StateCounts.states &+ state.position] &+= 1
        if isOfInterest(state, due, end) { keep(entry, number, state, due, end, record.start, text) }
      }
      bit &<<= 1
    }
    tally.cases &+= 1
    if running == 0, waiting == 0 { tally.unmatched += 1 }
    if combination.isUnknownDepartment {
      tally.unknownDepartments[number, default: (0, tally.lines)].cases += 1
    }
    return true
  }

  /// Undoes what the entries before `index` counted.
  @inline(never)
  private mutating func takeBack(
    _ entries: Range<Int>, before index: Int, _ kept: Int, _ waiting: UInt64
  ) {
    for entry in combinations.entries[entries.lowerBound..<index] {
      if case .clock(let state, _, _) = (plans + entry.plan).judgement(columns.days) {
        states[entry.figure * StateCounts.states + state.position] -= 1
      }
    }
    tally.waiting -= waiting.nonzeroBitCount
    finds.clocks.removeSubrange(kept...)
  }

  /// True for a clock that somebody is told of, or may be.
  private func isSeen(_ state: StateName, _ due: Int32, _ plan: Int) -> Bool {
    switch state {
    case .exceeded, .soon: true
    case .running: due <= plans[plan].lastTold
    case .kept, .late, .lapsed, .paused, .unclear: false
    }
  }

  /// By bits and not by cases, because which it is no processor can guess.
  @inline(__always)
  private func isOfInterest(_ state: StateName, _ due: Int32, _ end: Int32) -> Bool {
    let missed = end > recent ? Self.bit(.late) | Self.bit(.lapsed) : 0
    let interesting = Self.bit(.running) | Self.bit(.soon) | Self.bit(.exceeded) | missed
    return Self.bit(state) & interesting != 0 && due != Self.absent
  }

  @inline(__always)
  private static func bit(_ state: StateName) -> Int { 1 &<< state.position }

  @inline(never)
  private mutating func keep(
    _ entry: Combinations.Entry, _ number: Int, _ state: StateName, _ due: Int32, _ end: Int32, _ row: Int,
    _ text: UnsafeRawPointer
  ) {
    let plan = plans + entry.plan
    let before = finds.disclosed.count
    if plan.pointee.hasDisclosures { finds.disclosed += plan.pointee.disclosed(columns.days) }
    finds.clocks.append(
      DayClock(
        plan: entry.plan, combination: number,
        department: combinations.combinations[number].department, state: state,
        start: columns.days[plan.pointee.start],
        due: due,
        end: end, notice: plan.pointee.notice(columns.days, end: end),
        disclosed: before..<finds.disclosed.count, startsAtBirth: plan.pointee.startsAtBirth,
        caseID: columns.bounds(columns.layout.caseID), caseworker: caseworker(state, text), row: row))
  }

  /// The number of the row's caseworker, for the clocks that a report lists.
  private mutating func caseworker(_ state: StateName, _ text: UnsafeRawPointer) -> Int? {
    guard let column = columns.layout.caseworker, state == .exceeded || state == .soon else { return nil }
    let cell = columns.bounds(column)
    let bytes = UnsafeRawBufferPointer(start: text + cell.lowerBound, count: cell.count)
    let hash = AttributeTable.hash(text + cell.lowerBound, cell.count)
    if let number = caseworkerTable.number(of: text + cell.lowerBound, cell.count, hash: hash) {
      return number
    }
    caseworkerTable.add(bytes, hash: hash)
    caseworkers.append(RegisterText.decoded(Array(bytes)[...]))
    return caseworkers.count - 1
  }
}
