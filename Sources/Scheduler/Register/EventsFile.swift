import Notifier
import Rules

/// Further occurrences of events, from a CSV beside the register: what a row with one cell for each event
/// cannot hold.
///
/// Its columns are `sagsnr`, `hændelse`, `dato` and, where notices announce new due dates, `ny_frist`.
struct EventsFile {
  private(set) var byCase: [String: [Int: [Occurrence]]] = [:]
  /// The line on which a case is first named, until a row of the register takes its events.
  private var waiting: [String: Int] = [:]
  /// The indices of all events that occur in it.
  private(set) var eventsTold: Set<Int> = []
  /// The indices of the events by the spellings that were met.
  private var events: [String: Int] = [:]
  /// Events that no rule reads: where the first row of each stands, and how many there are.
  private var unread: [String: (first: Place, rows: Int)] = [:]
  private let file: String

  static let none = EventsFile(file: "")

  private init(file: String) {
    self.file = file
  }

  /// Reads the file that `path` names.
  ///
  /// - Throws: ``RegisterFault`` when it cannot be read, lacks a column or is cut off. Rows that cannot be
  ///   read go to `sink` as problems, and the rest goes on.
  init(
    _ path: PlacedPath, _ layout: RegisterLayout, files: any FileSystem, sink: inout some RegisterSink
  ) throws(RegisterFault) {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try files.read(path.path)
    } catch {
      throw .unreadable(Problem(path.place, "hændelser: \(error); correct the path, or the right to read it"))
    }
    self.init(file: path.path)
    var reading = Reading(file: path.path, layout.schema, layout.dates)
    try read(bytes, &reading)
    let distrust = reading.distrust
    if !distrust.names.isEmpty {
      self.init(file: path.path)
      reading = Reading(file: path.path, layout.schema, layout.dates.distrusting(distrust.names))
      try read(bytes, &reading)
    }
    for problem in distrust.problems(in: path.path) + reading.problems { sink.take(problem) }
    for (name, rows) in unread.sorted(by: { ($0.value.first.line ?? 0) < ($1.value.first.line ?? 0) }) {
      let kind = RegisterProblem.Kind.unknownEvent(name: name, known: layout.schema.names, rows: rows.rows)
      sink.take(RegisterProblem(rows.first, kind))
    }
  }

  /// Reads the whole text.
  private mutating func read(_ bytes: [UInt8], _ reading: inout Reading) throws(RegisterFault) {
    var start = RegisterStart()
    let text = start.take(bytes[...]) ?? start.rest()
    var parser = start.parser
    var columns: Columns?
    var problems = ProblemList()
    let file = file
    let take = {
      (record: borrowing CSVRecord, events: inout EventsFile, reading: inout Reading, isLast: Bool) in
      if let columns {
        if isLast && record.count < columns.width {
          problems.add(
            Place(file, record.line), "the last row is cut off in the middle; export the events again")
          return
        }
        events.take(record, columns, &reading)
      } else if problems.isEmpty {
        columns = Columns(record, file: file, problems: &problems)
      }
    }
    parser.read(text) { take($0, &self, &reading, false) }
    if case .unclosedQuote(let line) = parser.finish({ take($0, &self, &reading, true) }) {
      problems.add(Place(file, line), "a quote opens here and never closes; close it, or export again")
    }
    guard problems.isEmpty else { throw .unusable(problems.inSourceOrder) }
    if columns?.newDate != nil, let index = reading.schema.index(of: "ny_frist") { eventsTold.insert(index) }
  }

  /// What one reading of the text goes by, and what it finds besides events.
  private struct Reading {
    let file: String
    let schema: EventSchema
    private let dates: ColumnDates
    private(set) var problems: [RegisterProblem] = []
    private var clues: [String: OrderClues] = [:]

    init(file: String, _ schema: EventSchema, _ dates: ColumnDates) {
      self.file = file
      self.schema = schema
      self.dates = dates
    }

    /// The columns that may be day first or month first, when all rows were read.
    var distrust: Distrust {
      let columns = ColumnDates.eventColumns.compactMap { clues[$0]?.distrusted($0) }
      return Distrust(names: Set(columns.map(\.name)), columns: columns)
    }

    mutating func tell(_ line: Int, _ kind: RegisterProblem.Kind) {
      problems.append(RegisterProblem(Place(file, line), kind))
    }

    /// - Parameter event: by whose name a problem calls the cell.
    mutating func date(
      _ cell: ArraySlice<UInt8>, _ column: String, of event: String, line: Int
    ) -> DateReading {
      if dates.isOpen(column), let clue = DateField.clue(cell) {
        clues[column, default: OrderClues()].take(clue, cell, line: line)
      }
      let reading = dates.field(column).reading(cell)
      if let problem = reading.problem(event: event, at: Place(file, line)) { problems.append(problem) }
      return reading
    }
  }

  /// The further events of a case, by their index in the schema.
  mutating func events(of id: String) -> [Int: [Occurrence]] {
    guard !byCase.isEmpty else { return [:] }
    waiting[id] = nil
    return byCase[id] ?? [:]
  }

  /// Cases that the register does not have, by the line that first names them.
  var unknownCases: [RegisterProblem] {
    waiting.values.sorted().map { RegisterProblem(Place(file, $0), .unknownCase) }
  }

  private struct Columns {
    let caseID: Int
    let event: Int
    let date: Int
    let newDate: Int?
    let width: Int

    init?(_ record: borrowing CSVRecord, file: String, problems: inout ProblemList) {
      let header = (0..<record.count).map { FieldText(RegisterText.decoded(record[$0])).key }
      for name in ["sagsnr", "hændelse", "dato"] where !header.contains(name) {
        problems.add(
          Place(file, record.line),
          "the column \"\(name)\" is missing; write a header sagsnr;hændelse;dato;ny_frist")
      }
      guard let caseID = header.firstIndex(of: "sagsnr"), let event = header.firstIndex(of: "hændelse"),
        let date = header.firstIndex(of: "dato")
      else { return nil }
      self.caseID = caseID
      self.event = event
      self.date = date
      newDate = header.firstIndex(of: "ny_frist")
      width = header.count
    }
  }

  private mutating func take(
    _ record: borrowing CSVRecord, _ columns: Columns, _ reading: inout Reading
  ) {
    let line = record.line
    let wanted = [columns.caseID, columns.event, columns.date, columns.newDate ?? 0].max() ?? 0
    guard record.count > wanted else {
      reading.tell(line, .fieldCount(found: record.count, wanted: wanted + 1))
      return
    }
    let name = RegisterText.decoded(record[columns.event])
    // A log may name one such event in every other row.
    guard unread[name] == nil, let index = events[name] ?? known(name, reading.schema) else {
      unread[name, default: (Place(file, line), 0)].rows += 1
      return
    }
    let id = RegisterText.decoded(record[columns.caseID])
    let date = reading.date(record[columns.date], "dato", of: name, line: line)
    guard date.isPresent else {
      reading.tell(line, .noDate(event: name, text: "", .form))
      return
    }
    let newDate =
      columns.newDate.map { reading.date(record[$0], "ny_frist", of: "ny_frist", line: line) } ?? .absent
    eventsTold.insert(index)
    byCase[id, default: [:]][index, default: []].append(Occurrence(date: date, newDate: newDate))
    if waiting[id] == nil { waiting[id] = line }
  }

  private mutating func known(_ name: String, _ schema: EventSchema) -> Int? {
    events[name] = schema.index(spelling: name)
    return events[name]
  }
}
