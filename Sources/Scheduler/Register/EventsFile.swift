import Notifier
import Rules

/// Further occurrences of events, from a CSV beside the register: what a row with one cell for each event cannot hold.
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
  /// - Throws: ``RegisterFault`` when it cannot be read, lacks a column or is cut off. Rows that cannot be read go to
  ///   `sink` as problems, and the rest goes on.
  init(
    _ path: PlacedPath, schema: EventSchema, files: any FileSystem, sink: inout some RegisterSink
  ) throws(RegisterFault) {
    self.init(file: path.path)
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try files.read(path.path)
    } catch {
      throw .unreadable(Problem(path.place, "hændelser: \(error); correct the path, or the right to read it"))
    }
    var start = RegisterStart()
    let text = start.take(bytes[...]) ?? start.rest()
    var parser = start.parser
    var columns: Columns?
    var problems = ProblemList()
    var found: [RegisterProblem] = []
    let take = { (record: borrowing CSVRecord, events: inout EventsFile, isLast: Bool) in
      if let columns {
        if isLast && record.count < columns.width {
          problems.add(
            Place(path.path, record.line), "the last row is cut off in the middle; export the events again")
          return
        }
        events.take(record, columns, schema, &found)
      } else if problems.isEmpty {
        columns = Columns(record, file: path.path, problems: &problems)
      }
    }
    parser.read(text) { take($0, &self, false) }
    if case .unclosedQuote(let line) = parser.finish({ take($0, &self, true) }) {
      problems.add(Place(path.path, line), "a quote opens here and never closes; close it, or export again")
    }
    guard problems.isEmpty else { throw .unusable(problems.inSourceOrder) }
    if columns?.newDate != nil, let index = schema.index(of: "ny_frist") { eventsTold.insert(index) }
    for problem in found { sink.take(problem) }
    for (name, rows) in unread.sorted(by: { ($0.value.first.line ?? 0) < ($1.value.first.line ?? 0) }) {
      sink.take(
        RegisterProblem(rows.first, .unknownEvent(name: name, known: schema.names, rows: rows.rows)))
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
    _ record: borrowing CSVRecord, _ columns: Columns, _ schema: EventSchema,
    _ problems: inout [RegisterProblem]
  ) {
    let place = Place(file, record.line)
    let wanted = [columns.caseID, columns.event, columns.date, columns.newDate ?? 0].max() ?? 0
    guard record.count > wanted else {
      problems.append(RegisterProblem(place, .fieldCount(found: record.count, wanted: wanted + 1)))
      return
    }
    let name = RegisterText.decoded(record[columns.event])
    guard let index = events[name] ?? known(name, schema) else {
      unread[name, default: (place, 0)].rows += 1
      return
    }
    let id = RegisterText.decoded(record[columns.caseID])
    let date = reading(record[columns.date], name, place, &problems)
    guard date.isPresent else {
      problems.append(RegisterProblem(place, .noDate(event: name, text: "", .form)))
      return
    }
    let newDate = columns.newDate.map { reading(record[$0], "ny_frist", place, &problems) } ?? .absent
    eventsTold.insert(index)
    byCase[id, default: [:]][index, default: []].append(Occurrence(date: date, newDate: newDate))
    if waiting[id] == nil { waiting[id] = record.line }
  }

  private mutating func known(_ name: String, _ schema: EventSchema) -> Int? {
    events[name] = schema.index(spelling: name)
    return events[name]
  }

  private func reading(
    _ bytes: ArraySlice<UInt8>, _ event: String, _ place: Place, _ problems: inout [RegisterProblem]
  ) -> DateReading {
    let reading = DateField.reading(bytes)
    if case .unreadable(let text, let fault) = reading {
      problems.append(RegisterProblem(place, .noDate(event: event, text: text, fault)))
    }
    return reading
  }
}
