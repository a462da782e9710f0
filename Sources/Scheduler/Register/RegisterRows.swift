import Rules

/// Turns the records of one register into cases: the first is the header, every other one a row.
struct RegisterRows {
  /// What is read of a row.
  enum Purpose {
    case cases
    /// Only what the rows say together: which case numbers are repeated and, where that is asked for, what
    /// the dates say of their order.
    case lookAhead(ofDates: Bool)
  }

  private let layout: RegisterLayout
  private let file: String
  /// Nil until the header was read.
  private(set) var bound: BoundLayout?
  private var problems = ProblemList()
  private var rows = 0
  private var events: EventsFile
  /// The cases of which a row is still to come.
  private(set) var joiner: RowJoiner
  /// The case numbers of the rows that were read.
  private(set) var caseHashes = CaseHashes()
  /// Of each event of the schema how its dates are read, and whether they may say something of their order.
  private let dates: [(field: DateField, isOpen: Bool)]
  /// What they say of it.
  private var clues: [OrderClues]
  private var purpose = Purpose.cases

  /// - Parameter repeated: the cases that stand in several rows.
  init(layout: RegisterLayout, events: EventsFile, file: String, repeated: RepeatedCases = .none) {
    joiner = RowJoiner(repeated)
    self.layout = layout
    self.events = events
    self.file = file
    dates = layout.schema.names.map { (layout.dates.field($0), layout.dates.isOpen($0)) }
    clues = Array(repeating: OrderClues(), count: dates.count)
  }

  /// False once the header has turned out to lack something.
  var isUsable: Bool { problems.isEmpty }

  mutating func accept(_ record: borrowing CSVRecord, _ sink: inout some RegisterSink) {
    let place = Place(file, record.line)
    guard let bound else {
      if isUsable {
        let header = (0..<record.count).map { RegisterText.decoded(record[$0]) }
        bound = BoundLayout(layout, header: header, events: events.eventsTold, at: place, problems: &problems)
      }
      return
    }
    rows += 1
    if let fault = record.fault {
      sink.take(RegisterProblem(place, .malformed(fault)))
    } else if record.count != bound.width {
      sink.take(RegisterProblem(place, .fieldCount(found: record.count, wanted: bound.width)))
    } else {
      switch purpose {
      case .cases: read(record, bound, place, &sink)
      case .lookAhead(let ofDates): look(at: record, bound, ofDates: ofDates)
      }
    }
  }

  /// The record behind the last line break, where there is one.
  ///
  /// Exports may leave out the last line break, but never half of the last row: that is a file cut off, or
  /// one that is being written.
  mutating func acceptLast(_ record: borrowing CSVRecord, _ sink: inout some RegisterSink) {
    guard let bound, record.count < bound.width || record.fault != nil else {
      accept(record, &sink)
      return
    }
    problems.add(
      Place(file, record.line),
      "the last row has \(record.count) of \(bound.width) fields and no line break, so the register is cut off; export it again"
    )
  }

  /// What makes the register as a whole unusable.
  ///
  /// - Parameter fault: how the text ended, where it ended badly.
  mutating func finish(_ fault: CSVFault?) -> ProblemList {
    if case .unclosedQuote(let line) = fault {
      problems.add(
        Place(file, line),
        "a quote opens here and never closes, so the register may be cut off; close it, or export again")
    } else if isUsable && bound == nil {
      problems.add(Place(file), "the register is empty; export it again, with a header and its cases")
    } else if isUsable && rows == 0 {
      problems.add(Place(file), "the register has a header but no case; export it again with its cases")
    }
    return problems
  }

  /// Rows of the events file that belong to no row of the register.
  var unknownCases: [RegisterProblem] { events.unknownCases }

  /// The events of the schema some date of which can only be month first.
  var suspects: Set<Int> { Set(clues.indices.filter { clues[$0].hasMonthFirst }) }

  /// True where each of these events has a date that can only be day first.
  func areDayFirst(_ events: Set<Int>) -> Bool { events.allSatisfy { clues[$0].hasDayFirst } }

  /// The columns that may be day first or month first, when all rows were read.
  var distrust: Distrust {
    guard let bound else { return .none }
    var (names, columns, seen) = (Set<String>(), [DistrustedColumn](), Set<Int?>())
    for (index, name) in layout.schema.names.enumerated() {
      guard let column = clues[index].distrusted(name) else { continue }
      names.insert(name)
      if seen.insert(bound.events[index]).inserted { columns.append(column) }
    }
    return Distrust(names: names, columns: columns.sorted { $0.line < $1.line })
  }

  private mutating func look(at record: borrowing CSVRecord, _ bound: BoundLayout, ofDates: Bool) {
    guard let column = bound.fields.first(where: { $0.field == .caseID })?.column else { return }
    let caseID = layout.organisation.value(of: .caseID, in: record[column])
    guard !caseID.isEmpty else { return }
    caseHashes.append(caseID)
    guard ofDates else { return }
    for (index, column) in bound.events.enumerated() {
      if let column { takeClue(record[column], of: index, line: record.line) }
    }
  }

  /// Takes what a date says of the order in its column: one that can only be day first settles it.
  private mutating func takeClue(_ cell: ArraySlice<UInt8>, of event: Int, line: Int) {
    if dates[event].isOpen, !clues[event].hasDayFirst, let clue = DateField.clue(cell) {
      clues[event].take(clue, cell, line: line)
    }
  }

  private mutating func read(
    _ record: borrowing CSVRecord, _ bound: BoundLayout, _ place: Place, _ sink: inout some RegisterSink
  ) {
    var fields = FieldValues()
    for (field, column) in bound.fields {
      fields[field] = layout.organisation.value(of: field, in: record[column])
    }
    guard !fields[.caseID].isEmpty else {
      sink.take(RegisterProblem(place, .missingCaseID))
      return
    }
    var readings: [DateReading] = []
    readings.reserveCapacity(bound.events.count)
    for (index, column) in bound.events.enumerated() {
      guard let column else {
        readings.append(.absent)
        continue
      }
      let cell = record[column]
      takeClue(cell, of: index, line: record.line)
      let reading = dates[index].field.reading(cell)
      if let problem = reading.problem(event: layout.schema.names[index], at: place) { sink.take(problem) }
      readings.append(reading)
    }
    caseHashes.append(fields[.caseID])
    let row = Case(
      fields: fields, dates: readings, further: events.events(of: fields[.caseID]), line: record.line)
    for rows in joiner.take(row) { sink.take(rows) }
  }

  /// The same, before any row was read.
  ///
  /// - Parameter repeated: the cases that stand in several rows.
  func joining(_ repeated: RepeatedCases) -> RegisterRows {
    var rows = self
    rows.joiner = RowJoiner(repeated)
    return rows
  }

  /// The same, before any row was read, for another purpose.
  func reading(_ purpose: Purpose) -> RegisterRows {
    var rows = self
    rows.purpose = purpose
    return rows
  }
}

extension DateReading {
  /// What is wrong with it in its own row; nothing where the whole column is told instead.
  func problem(event: String, at place: Place) -> RegisterProblem? {
    guard case .unreadable(let text, let fault) = self, fault != .order else { return nil }
    return RegisterProblem(place, .noDate(event: event, text: text, fault))
  }
}

/// Takes nothing.
struct Nobody: RegisterSink {
  func take(_ rows: CaseRows) {}
  func take(_ problem: RegisterProblem) {}
}
