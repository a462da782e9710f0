package import Notifier
package import Rules

/// Why a register cannot be used at all. No mail is sent from half a register.
package enum RegisterFault: Error, Hashable, Sendable {
  /// It cannot be opened or read.
  case unreadable(Problem)
  /// It lacks what rules and configuration need, holds nothing, or ends in the middle.
  case unusable([Problem])
  /// It changed while it was read, so what was read may be half of the old and half of the new.
  case changing(Problem)

  /// What is wrong, in source order.
  package var problems: [Problem] {
    switch self {
    case .unreadable(let problem), .changing(let problem): [problem]
    case .unusable(let problems): problems
    }
  }
}

/// Takes what a register holds, row by row.
package protocol RegisterSink {
  /// Takes a case all rows of which could be read, when the last of them has come.
  mutating func take(_ rows: CaseRows)
  /// Takes what is wrong with a row, whether it was left out or read all the same.
  mutating func take(_ problem: RegisterProblem)
}

/// Streams the cases of a CSV register: a row that cannot be read is named and the rest goes on.
package struct RegisterReader: Sendable {
  private let layout: RegisterLayout
  private let settings: RegisterSettings
  private let files: any FileSystem

  package init(_ settings: RegisterSettings, layout: RegisterLayout, files: any FileSystem) {
    self.settings = settings
    self.layout = layout
    self.files = files
  }

  /// The name by which messages call the register.
  package var name: String { settings.source.name }

  /// Hands every readable row and every problem to `sink`, in the register's order.
  ///
  /// - Throws: ``RegisterFault`` when there is no register to speak of: missing, empty, without a needed
  ///   column, with a quote that never closes, or written while it was read. Rows may have been handed over
  ///   before.
  package func read(into sink: inout some RegisterSink) throws(RegisterFault) {
    try unchanged { () throws(RegisterFault) in try readOnce(into: &sink) }
  }

  /// What `read` makes of the register, if nobody writes it meanwhile.
  func unchanged<Found>(_ read: () throws(RegisterFault) -> Found) throws(RegisterFault) -> Found {
    let before = stamps
    let found = try read()
    // A text that was cut off by its writer is told as that, not as half a file.
    guard stamps == before else {
      throw .changing(
        Problem(
          settings.place,
          "\(name) was written while it was read; let the export write another file and rename it when it is whole"
        ))
    }
    return found
  }

  /// How the register and its events lie there now.
  private var stamps: [FileStamp?] { settings.files.map { files.stamp(of: $0) } }

  private func readOnce(into sink: inout some RegisterSink) throws(RegisterFault) {
    let events = try settings.events.map { path throws(RegisterFault) in
      try EventsFile(path, layout, files: files, sink: &sink)
    }
    var rows = RegisterRows(layout: layout, events: events ?? .none, file: name)
    let bytes = try RegisterBytes(settings, files: files, head: rows)
    let ahead = try lookAhead(bytes, rows, ofDates: bytes.mayBeMonthFirst()) { _ in false }
    let distrust = ahead.distrust
    for problem in distrust.problems(in: name) { sink.take(problem) }
    rows = RegisterRows(
      layout: layout.distrusting(distrust.names), events: events ?? .none, file: name,
      repeated: ahead.caseHashes.repeated())
    let fault = try read(bytes, &rows, &sink) { _ in false }
    let problems = rows.finish(fault)
    guard problems.isEmpty else { throw .unusable(problems.inSourceOrder) }
    for problem in rows.unknownCases { sink.take(problem) }
  }

  /// Looks at the dates of all rows: which columns may be day first or month first.
  ///
  /// - Parameters:
  ///   - suspects: the events of the schema some date of which can only be month first.
  ///   - path: of the register, beside which there is no events file.
  func distrust(of suspects: Set<Int>, in path: String) throws(RegisterFault) -> Distrust {
    let rows = RegisterRows(layout: layout, events: .none, file: name)
    let bytes = RegisterBytes(path, settings, files: files)
    return try lookAhead(bytes, rows, ofDates: true) { $0.areDayFirst(suspects) }.distrust
  }

  /// Reads what the rows say together.
  ///
  /// - Parameter isSettled: true once there is nothing left to be found.
  private func lookAhead(
    _ bytes: RegisterBytes, _ rows: RegisterRows, ofDates: Bool, isSettled: (RegisterRows) -> Bool
  ) throws(RegisterFault) -> RegisterRows {
    var (rows, nobody) = (rows.reading(.lookAhead(ofDates: ofDates)), Nobody())
    _ = try read(bytes, &rows, &nobody, isEnough: isSettled)
    return rows
  }

  /// Reads header and rows.
  ///
  /// - Parameter isEnough: true where the rest need not be read.
  /// - Returns: how the text ended, where it ended badly.
  private func read(
    _ bytes: RegisterBytes, _ rows: inout RegisterRows, _ sink: inout some RegisterSink,
    isEnough: (RegisterRows) -> Bool
  ) throws(RegisterFault) -> CSVFault? {
    var start = RegisterStart()
    var parser: CSVParser?
    try bytes.read { chunk in
      if parser != nil {
        parser?.read(chunk) { rows.accept($0, &sink) }
      } else if let text = start.take(chunk) {
        parser = start.parser
        parser?.read(text) { rows.accept($0, &sink) }
      }
      return rows.isUsable && !isEnough(rows)
    }
    if parser == nil {
      let text = start.rest()
      parser = start.parser
      parser?.read(text) { rows.accept($0, &sink) }
    }
    return rows.isUsable && !isEnough(rows) ? parser?.finish { rows.acceptLast($0, &sink) } : nil
  }
}

/// Gathers the first line of a register, from which the separator is read.
struct RegisterStart {
  private var gathered: [UInt8] = []

  /// What was gathered, without a byte order mark, once it holds a line break.
  mutating func take(_ chunk: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    gathered += chunk
    return gathered.contains(0x0A) ? rest() : nil
  }

  func rest() -> ArraySlice<UInt8> {
    withoutByteOrderMark(gathered)
  }

  var parser: CSVParser { CSVParser(separator: separator) }

  /// The one of `;`, `,` and tab that the first line holds most of, outside quotes.
  var separator: UInt8 {
    var counts = [UInt8: Int]()
    var isQuoted = false
    for byte in rest().prefix(while: { $0 != 0x0A }) {
      if byte == 0x22 { isQuoted.toggle() } else if !isQuoted { counts[byte, default: 0] += 1 }
    }
    var separator = UInt8(ascii: ";")
    for candidate in [UInt8(ascii: ","), UInt8(ascii: "\t")]
    where counts[candidate, default: 0] > counts[separator, default: 0] {
      separator = candidate
    }
    return separator
  }
}
