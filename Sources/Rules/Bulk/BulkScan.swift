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

  private let layout: BulkLayout
  private let scanner: RecordScanner
  private let field = DayField()
  private let dates: UnsafeMutableBufferPointer<DateColumn>
  package let book: BulkBook
  private let plans: UnsafePointer<DayPlan>
  private let recent: Int32
  private var table = AttributeTable()
  private var caseworkerTable = AttributeTable()
  /// One day for each event of the schema, and ``absent`` behind them.
  private let days: UnsafeMutablePointer<Int32>
  /// ``BulkTally/states`` while they are counted.
  private var states: UnsafeMutablePointer<Int>
  /// Frees what the pointers point to with the last copy of the scan.
  private let memory: ScanMemory
  /// The columns of the attributes where they stand side by side.
  private let adjacent: ClosedRange<Int>?
  private var key: [UInt8] = []

  fileprivate struct DateColumn {
    let column: Int
    let event: Int
    /// The last day that is no surprise: a date that a notice announces may lie in the future.
    let latest: Int32
  }

  /// Combinations beyond these are not remembered: a text that is another in every row is none that rules are chosen by.
  private static let mostCombinations = 1 << 16

  private static let states = StateName.allCases.count

  /// The longest number of a case that is kept as bytes.
  package static let longestID = 255

  /// - Parameters:
  ///   - recent: the first day on which the end of a clock is still of interest.
  ///   - reported: the name under which a department of the register is reported.
  package init(
    _ layout: BulkLayout, _ book: BulkBook, _ organisation: Organisation, recent: CivilDate,
    reported: @escaping (String) -> String
  ) {
    self.layout = layout
    adjacent = layout.adjacentAttributes
    scanner = RecordScanner(separator: layout.separator, wanted: layout.wanted)
    combinations = Combinations(layout, book.rules, organisation, reported: reported)
    self.book = book
    plans = UnsafePointer(book.plans)
    self.recent = recent.day
    dates = .allocate(capacity: layout.dates.count)
    _ = dates.initialize(
      from: layout.dates.map { column, event in
        DateColumn(
          column: column, event: event,
          latest: book.announced.contains(event) ? Self.absent - 1 : book.now.today.day)
      })
    days = .allocate(capacity: book.events + 1)
    days.initialize(repeating: Self.absent, count: book.events + 1)
    states = .allocate(capacity: 0)
    memory = ScanMemory(scanner: scanner, field: field, dates: dates, days: days, states: states)
  }

  /// Reads the whole rows among the first `count` bytes of `text`, until one begins at `limit` or later.
  ///
  /// - Returns: where the first row begins that was not read.
  package mutating func read(_ text: UnsafeRawPointer, _ count: Int, limit: Int) -> Int {
    finds.clocks.removeAll(keepingCapacity: true)
    finds.oddRows.removeAll(keepingCapacity: true)
    finds.disclosed.removeAll(keepingCapacity: true)
    let scanner = scanner
    return scanner.scan(text, count, limit: limit) { record in
      take(record, text)
      tally.lines &+= record.breaks &+ 1
    }
  }

  /// Where a row very likely begins: behind the first line break from which on the next rows have as many fields as the
  /// header. A line break inside quotes hardly ever looks like that.
  ///
  /// - Returns: `count` where there is no line break.
  package func likelyRow(_ text: UnsafeRawPointer, _ count: Int) -> Int {
    var first: Int?
    var place = 0
    while place < count {
      guard text.load(fromByteOffset: place, as: UInt8.self) == UInt8(ascii: "\n") else {
        place += 1
        continue
      }
      place += 1
      first = first ?? place
      var (rows, isLikely) = (0, true)
      _ = scanner.scan(text + place, count - place, limit: min(Self.likelyLength, count - place)) { record in
        rows += 1
        if record.fields != layout.width { isLikely = false }
      }
      if isLikely, rows > 0 { return place }
    }
    return first ?? count
  }

  /// How many bytes of rows are looked at to see that they are rows.
  private static let likelyLength = 1 << 12

  /// Line breaks since the last ``takeTally()``.
  package var lines: Int { tally.lines }

  /// What was counted since the last call.
  package mutating func takeTally() -> BulkTally {
    var taken = tally
    let count = combinations.figures.count * Self.states
    taken.states = Array(UnsafeBufferPointer(start: states, count: count))
    states.update(repeating: 0, count: count)
    tally = BulkTally()
    return taken
  }

  // MARK: One row

  @inline(__always)
  private mutating func take(_ record: RecordScanner.Record, _ text: UnsafeRawPointer) {
    if record.fields == layout.width, !record.needsParser {
      // A line break of two bytes belongs to no field.
      if record.end > record.start, text.load(fromByteOffset: record.end &- 1, as: UInt8.self) == 0x0D {
        scanner.bounds[layout.width] = record.end - 1
      }
      if isNumbered(text), readDays(text), let number = combination(text), judge(number, record, text) {
        return
      }
    } else if record.fields == 1, !record.needsParser, isBlank(record, text) {
      return
    }
    finds.oddRows.append(OddRow(bytes: record.start..<record.end + 1, line: tally.lines))
  }

  private func isBlank(_ record: RecordScanner.Record, _ text: UnsafeRawPointer) -> Bool {
    record.start == record.end
      || (record.end - record.start == 1 && text.load(fromByteOffset: record.start, as: UInt8.self) == 0x0D)
  }

  /// The bytes of a column of the row at hand.
  @inline(__always)
  private func bounds(_ column: Int) -> Range<Int> {
    Range(uncheckedBounds: (scanner.bounds[column] &+ 1, scanner.bounds[column &+ 1]))
  }

  /// True for a number of a case that needs no trimming.
  @inline(__always)
  private func isNumbered(_ text: UnsafeRawPointer) -> Bool {
    let id = bounds(layout.caseID)
    let length = id.upperBound &- id.lowerBound
    return length > 0 && length <= Self.longestID
      && text.load(fromByteOffset: id.lowerBound, as: UInt8.self) > 0x20
      && text.load(fromByteOffset: id.upperBound &- 1, as: UInt8.self) > 0x20
  }

  /// False where a date is missing altogether, is still to come, or is none that counts as a day.
  @inline(__always)
  private mutating func readDays(_ text: UnsafeRawPointer) -> Bool {
    var earliest = Self.absent
    for date in dates {
      let cell = bounds(date.column)
      let length = cell.upperBound &- cell.lowerBound
      guard length != 0 else {
        days[date.event] = Self.absent
        continue
      }
      var day = length == 10 ? field.day(text + cell.lowerBound) : DayField.other
      if day == DayField.other { day = otherDay(text, cell) }
      guard day != DayField.other, day <= date.latest else { return false }
      days[date.event] = day
      earliest = min(earliest, day)
    }
    return earliest != Self.absent
  }

  /// A date in one of the rarer forms; ``DayField/other`` where it has a time of day, or cannot be read.
  @inline(never)
  private func otherDay(_ text: UnsafeRawPointer, _ cell: Range<Int>) -> Int32 {
    switch DateField.reading(
      Array(UnsafeRawBufferPointer(start: text + cell.lowerBound, count: cell.count))[...])
    {
    case .absent: Self.absent
    case .at(let moment): moment.time == nil ? moment.date.day : DayField.other
    case .unreadable: DayField.other
    }
  }

  // MARK: Texts → rules

  /// The number of the row's combination; nil where there are too many of them.
  @inline(__always)
  private mutating func combination(_ text: UnsafeRawPointer) -> Int? {
    // Side by side they are read where they stand.
    if let span = adjacent {
      let start = bounds(span.lowerBound).lowerBound
      return number(text + start, bounds(span.upperBound).upperBound &- start)
    }
    return gatheredCombination(text)
  }

  @inline(never)
  private mutating func gatheredCombination(_ text: UnsafeRawPointer) -> Int? {
    key.removeAll(keepingCapacity: true)
    for column in layout.attributes {
      if !key.isEmpty || column != layout.attributes[0] { key.append(layout.separator) }
      let cell = bounds(column)
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
    if combinations.figures.count > known { makeRoom(behind: known) }
    return table.count - 1
  }

  /// Room for the states of every figure, those of the first `known` as they are.
  private mutating func makeRoom(behind known: Int) {
    let (old, count) = (known * Self.states, combinations.figures.count * Self.states)
    let larger = UnsafeMutablePointer<Int>.allocate(capacity: count)
    larger.initialize(from: states, count: old)
    (larger + old).initialize(repeating: 0, count: count - old)
    memory.replaceStates(with: larger)
    states = larger
  }

  // MARK: Rules → clocks

  /// Counts the clocks of the row at hand; false where a rule needs to see more than days, and then nothing is counted.
  @inline(__always)
  private mutating func judge(_ number: Int, _ record: RecordScanner.Record, _ text: UnsafeRawPointer) -> Bool
  {
    let combination = combinations.combinations[number]
    guard !combination.isOdd else { return false }
    let kept = finds.clocks.count
    var (running, waiting, bit): (Int, UInt64, UInt64) = (0, 0, 1)
    for index in combination.entries {
      let entry = combinations.entries[index]
      switch (plans + entry.plan).judgement(days) {
      case .odd:
        takeBack(combination.entries, before: index, kept)
        tally.waiting -= waiting.nonzeroBitCount
        return false
      case .notStarted:
        if !plans[entry.plan].isOver, waiting & entry.sameRule == 0 {
          waiting |= bit
          tally.waiting &+= 1
        }
      case .notValid: break
      case .clock(let state, let due, let end):
        running &+= 1
        states[entry.figure &* Self.states &+ state.position] &+= 1
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
  private mutating func takeBack(_ entries: Range<Int>, before index: Int, _ kept: Int) {
    for entry in combinations.entries[entries.lowerBound..<index] {
      if case .clock(let state, _, _) = (plans + entry.plan).judgement(days) {
        states[entry.figure * Self.states + state.position] -= 1
      }
    }
    finds.clocks.removeSubrange(kept...)
  }

  @inline(__always)
  private func isOfInterest(_ state: StateName, _ due: Int32, _ end: Int32) -> Bool {
    switch state {
    case .exceeded, .soon: true
    case .running: due != Self.absent
    case .late, .lapsed: end > recent && due != Self.absent
    case .kept, .paused, .unclear: false
    }
  }

  @inline(never)
  private mutating func keep(
    _ entry: Combinations.Entry, _ number: Int, _ state: StateName, _ due: Int32, _ end: Int32, _ row: Int,
    _ text: UnsafeRawPointer
  ) {
    let plan = plans + entry.plan
    let before = finds.disclosed.count
    if plan.pointee.hasDisclosures { finds.disclosed += plan.pointee.disclosed(days) }
    finds.clocks.append(
      DayClock(
        plan: entry.plan, combination: number,
        department: combinations.combinations[number].department, state: state,
        start: days[plan.pointee.start],
        due: due,
        end: end, notice: plan.pointee.notice(days, end: end),
        disclosed: before..<finds.disclosed.count, startsAtBirth: plan.pointee.startsAtBirth,
        caseID: bounds(layout.caseID), caseworker: caseworker(state, text), row: row))
  }

  /// The number of the row's caseworker, for the clocks that a report lists.
  private mutating func caseworker(_ state: StateName, _ text: UnsafeRawPointer) -> Int? {
    guard let column = layout.caseworker, state == .exceeded || state == .soon else { return nil }
    let cell = bounds(column)
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

/// Owns the memory of one scan.
private final class ScanMemory {
  private let scanner: RecordScanner
  private let field: DayField
  private let dates: UnsafeMutableBufferPointer<BulkScan.DateColumn>
  private let days: UnsafeMutablePointer<Int32>
  private var states: UnsafeMutablePointer<Int>

  init(
    scanner: RecordScanner, field: DayField, dates: UnsafeMutableBufferPointer<BulkScan.DateColumn>,
    days: UnsafeMutablePointer<Int32>, states: UnsafeMutablePointer<Int>
  ) {
    self.scanner = scanner
    self.field = field
    self.dates = dates
    self.days = days
    self.states = states
  }

  func replaceStates(with larger: UnsafeMutablePointer<Int>) {
    states.deallocate()
    states = larger
  }

  deinit {
    scanner.deallocate()
    field.deallocate()
    dates.deallocate()
    days.deallocate()
    states.deallocate()
  }
}
