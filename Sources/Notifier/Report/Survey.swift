package import Rules

/// What one pass over the register found: every clock counted, and those kept that somebody must hear of.
package struct Survey: Sendable {
  /// What `counts.csv` counts by.
  package struct Tally: Hashable, Sendable {
    package let department: String
    package let rule: String
    package let state: StateName
  }

  package let now: Now
  package let organisation: Organisation
  package private(set) var cases = 0
  package private(set) var counts: [Tally: Int] = [:]
  /// Exceeded, due within the horizon, standing still, or not to be computed; all there once the pass is
  /// finished.
  package private(set) var reported = ReportedClocks()
  /// Those exceeded and those due within the horizon, in the order of lists.
  private(set) var exceeded = ClockList(ReportedClocks(), [])
  private(set) var soon = ClockList(ReportedClocks(), [])
  /// What only the adviser may hear of, over all rows.
  package private(set) var concealment = Concealment()
  /// What the pictures show.
  package private(set) var trends: Trends
  /// Cases that no rule fits.
  package private(set) var unwatched = UnwatchedCases()
  /// Events of the events file that no rule reads.
  package private(set) var unreadEvents: [RegisterProblem] = []
  /// Rules that fit a case whose start event has not happened.
  package private(set) var waiting = 0
  /// What somebody must mend, at most ``keptProblems`` and then every unknown department.
  package private(set) var defects: [RegisterProblem] = []
  package var defectCount: Int { defectsByFile.values.reduce(0, +) }
  /// How many there are in each file.
  package private(set) var defectsByFile: [String: Int] = [:]
  /// Events that are still to come, at most ``keptProblems``.
  package private(set) var futures: [RegisterProblem] = []
  package private(set) var futureCount = 0
  private var unknownDepartments: [String: (place: Place, cases: Int)] = [:]
  private var unreadableConsents: [String: (place: Place, cases: Int)] = [:]
  /// The names under which cases are reported, by the numbers that shelf and pictures use.
  private var departmentNumbers = Numbering<String>()
  private var shelf: ShelfBuilder
  /// How case numbers are shown, and the lines of those that are masked.
  package private(set) var numbers: CaseNumbers
  private var shelves: [ClockShelf] = []
  /// The register's name in problems.
  private var file = ""

  /// Problems beyond these are counted, not kept: a register of a million bad rows has one cause.
  package static let keptProblems = 200

  package init(now: Now, organisation: Organisation, numbers: CaseNumbers = CaseNumbers()) {
    self.now = now
    self.numbers = numbers
    shelf = ShelfBuilder(numbers)
    self.organisation = organisation
    trends = Trends(today: now.today)
  }

  /// The calendar of the clocks that are due within the horizon, in the order of lists; nil where there is
  /// none.
  package func calendar(_ book: CalendarBook) -> [UInt8]? {
    soon.isEmpty ? nil : soon.calendar(book)
  }

  /// How many clocks a report lists.
  package var reportedCount: Int { reported.count }

  package var clocks: Int { counts.values.reduce(0, +) }

  /// Whether any deadline is watched, of all departments or of one.
  func watch(of department: String? = nil) -> WatchedDeadlines {
    guard !counts.isEmpty else { return waiting > 0 ? .noneYet : .none }
    let isWatched = department.map { name in counts.keys.contains { $0.department == name } } ?? true
    return isWatched ? .some : .noneHere
  }

  /// Every department that has a clock, in byte order.
  package var departments: [String] {
    Set(counts.keys.map(\.department)).sorted(by: precedesInBytes)
  }

  /// How many clocks are in `state`.
  package func count(_ state: StateName) -> Int {
    counts.reduce(0) { $0 + ($1.key.state == state ? $1.value : 0) }
  }

  /// Adds one case; `file` names the register in problems.
  package mutating func add(_ found: JudgedCase, file: String) {
    cases += 1
    self.file = file
    for (row, verdict) in found.rows { add(row, verdict) }
    if let last = found.rows.last?.row, found.rows.count > 1 {
      let lines = found.rows.map(\.row.line)
      add(RegisterProblem(Place(file, last.line), .differingRows(caseID: found.id, lines: lines)))
    }
    for clock in found.verdict.clocks {
      let department = organisation.reportedDepartment(of: clock)
      let number = departmentNumbers.number(of: department)
      let tally = Tally(department: department, rule: clock.rule.id, state: clock.state)
      counts[tally, default: 0] += 1
      if let point = TrendPoint(clock) { trends.take(point, department: number) }
      switch clock.state {
      case .exceeded, .soon, .unclear, .paused: shelf.take(clock, department: number)
      case .running, .kept, .late, .lapsed: break
      }
    }
    switch found.verdict.coverage {
    case .unmatched: if let row = found.rows.first?.row { unwatched.add(1, row.fields) }
    case .covered(let rules): waiting += rules
    }
  }

  /// Adds what is said of each row by itself.
  private mutating func add(_ row: Case, _ verdict: CaseVerdict) {
    numbers.note(row.id, line: row.line)
    concealment.take(row, verdict)
    let place = Place(file, row.line)
    for stop in verdict.earlyStops { add(RegisterProblem(place, .earlyStop(stop))) }
    for event in verdict.future { add(RegisterProblem(place, .future(event: event.event, at: event.at))) }
    if organisation.isUnknown(department: row.fields[.department]) {
      Self.add(row.fields[.department], place, cases: 1, to: &unknownDepartments)
    }
    if verdict.hasUnreadableConsent {
      Self.add(row.fields[.consent], place, cases: 1, to: &unreadableConsents)
    }
  }

  /// Adds something that somebody should mend, or that is still to come.
  package mutating func add(_ problem: RegisterProblem) {
    if case .unknownEvent = problem.kind {
      unreadEvents.append(problem)
    } else if problem.isDefect {
      defectsByFile[problem.place.file, default: 0] += 1
      if defects.count < Self.keptProblems { defects.append(problem) }
    } else {
      futureCount += 1
      if futures.count < Self.keptProblems { futures.append(problem) }
    }
  }

  /// Ends the pass: turns what was gathered by name into problems, and the clocks into lists.
  package mutating func finish() {
    closeShelf(ClockShelf.Vocabulary.none)
    reported = ReportedClocks(shelves, concealment, numbers: numbers)
    (exceeded, soon) = reported.lists(.exceeded, .soon)
    let unknown =
      unknownDepartments.map { name, found in
        RegisterProblem(found.place, .unknownDepartment(name: name, cases: found.cases))
      }
      + unreadableConsents.map { text, found in
        RegisterProblem(found.place, .unreadableConsent(text: text, cases: found.cases))
      }
      + foreignCaseworkers.problems(of: file)
    (unknownDepartments, unreadableConsents) = ([:], [:])
    for problem in unknown { defectsByFile[problem.place.file, default: 0] += 1 }
    defects = (defects + unknown).sorted { ($0.place.line ?? 0) < ($1.place.line ?? 0) }
  }

  /// Those of the reported clocks: of the others nobody hears today.
  private var foreignCaseworkers: ForeignCaseworkers {
    var found = ForeignCaseworkers(organisation)
    for shelf in shelves { shelf.collect(&found) }
    return found
  }

  /// Ends a stretch of which only ``merge(_:lines:_:)`` will be asked.
  package mutating func seal() { shelf.seal() }

  private mutating func closeShelf(_ vocabulary: ClockShelf.Vocabulary) {
    guard !shelf.isEmpty else { return }
    shelf.seal()
    shelves.append(shelf.shelf(departmentNumbers.values, vocabulary))
    shelf = ShelfBuilder(numbers)
  }
}

// MARK: A register in stretches

extension Survey {
  /// How many clocks were exceeded in each department at the end of the day seven weeks ago, … today.
  package var exceededByWeek: [String: [Int]] { trends.exceeded(departmentNumbers.values) }

  /// Takes a clock that the fast way found, for the pictures and, where a report lists it, for the shelf.
  ///
  /// - Parameters:
  ///   - text: where it was found; behind a case number ``ClockShelf/idPadding`` bytes are readable.
  ///   - department: ``number(of:)``.
  ///   - whole: the same clock, for when its case number cannot be listed as it stands.
  package mutating func add(
    _ clock: DayClock, _ disclosed: ArraySlice<Int32>, _ text: UnsafeRawBufferPointer, department: Int,
    whole: () -> Clock
  ) {
    trends.take(TrendPoint(clock), department: department)
    switch clock.state {
    case .exceeded, .soon: break
    case .running, .late, .lapsed, .kept, .paused, .unclear: return
    }
    let id = UnsafeRawBufferPointer(rebasing: text[clock.caseID])
    // As it stands.
    if PlainID.isPlain(id) {
      shelf.take(clock, id: id, department: department, disclosed: disclosed)
    } else {
      shelf.take(whole(), department: department)
    }
  }

  /// The number of a reported department in this survey.
  package mutating func number(of department: String) -> Int { departmentNumbers.number(of: department) }

  /// Takes what the fast way counted in one stretch, but for the states; `file` names the register in
  /// problems.
  package mutating func add(_ tally: BulkTally, _ combinations: Combinations, file: String) {
    cases += tally.cases
    self.file = file
    waiting += tally.waiting
    for (combination, cases) in tally.unmatched { unwatched.add(cases, combinations.fields[combination]) }
    for (combination, found) in tally.unknownDepartments {
      Self.add(
        combinations.fields[combination][.department], Place(file, found.line + 1), cases: found.cases,
        to: &unknownDepartments)
    }
  }

  /// Takes how often each figure stood in each state, see ``BulkTally/states``; once for all stretches of a
  /// worker, because names are looked up for it.
  package mutating func add(states: [Int], of figures: [Combinations.NamedFigure]) {
    for (index, count) in states.enumerated() where count > 0 {
      let (figure, state) = index.quotientAndRemainder(dividingBy: StateName.allCases.count)
      let tally = Tally(
        department: figures[figure].department, rule: figures[figure].rule, state: StateName.allCases[state])
      counts[tally, default: 0] += count
    }
  }

  /// Adds to what is told once for all rows that say the same, at the place of the first.
  private static func add(
    _ text: String, _ place: Place, cases: Int, to found: inout [String: (place: Place, cases: Int)]
  ) {
    let known = found[text] ?? (place, 0)
    let first = (known.place.line ?? 0) <= (place.line ?? 0) ? known.place : place
    found[text] = (first, known.cases + cases)
  }

  /// Takes the next stretch of the same register, which was surveyed apart.
  ///
  /// - Parameters:
  ///   - lines: how many line breaks stand before it.
  ///   - vocabulary: the words of its clocks.
  package mutating func merge(_ next: Survey, lines: Int, _ vocabulary: ClockShelf.Vocabulary) {
    var next = next
    next.closeShelf(vocabulary)
    shelves += next.shelves
    cases += next.cases
    file = next.file
    waiting += next.waiting
    unwatched.merge(next.unwatched)
    counts.merge(next.counts, uniquingKeysWith: +)
    trends.merge(next.trends, next.departmentNumbers.values.map { number(of: $0) })
    concealment.merge(next.concealment)
    numbers.merge(next.numbers, movedDown: lines)
    for problem in next.defects + next.futures { add(problem.movedDown(by: lines)) }
    // Those that were counted and not kept.
    let kept = Dictionary(grouping: next.defects, by: \.place.file).mapValues(\.count)
    for (file, count) in next.defectsByFile { defectsByFile[file, default: 0] += count - (kept[file] ?? 0) }
    futureCount += next.futureCount - next.futures.count
    for (name, found) in next.unknownDepartments {
      let place = Place(found.place.file, (found.place.line ?? 0) + lines)
      Self.add(name, place, cases: found.cases, to: &unknownDepartments)
    }
    for (text, found) in next.unreadableConsents {
      let place = Place(found.place.file, (found.place.line ?? 0) + lines)
      Self.add(text, place, cases: found.cases, to: &unreadableConsents)
    }
  }
}
