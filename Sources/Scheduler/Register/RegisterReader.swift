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
  /// Takes a row that could be read, in the order of the register.
  mutating func take(_ row: Case)
  /// Takes what is wrong with a row, whether it was left out or read all the same.
  mutating func take(_ problem: RegisterProblem)
}

/// Streams the cases of a CSV register: a row that cannot be read is named and the rest goes on.
package struct RegisterReader: Sendable {
  private let layout: RegisterLayout
  private let settings: RegisterSettings
  private let files: any FileSystem

  private static let chunkSize = 1 << 18

  package init(_ settings: RegisterSettings, layout: RegisterLayout, files: any FileSystem) {
    self.settings = settings
    self.layout = layout
    self.files = files
  }

  /// The name by which messages call the register.
  package var name: String { settings.source.name }

  /// Hands every readable row and every problem to `sink`, in the register's order.
  ///
  /// - Throws: ``RegisterFault`` when there is no register to speak of: missing, empty, without a needed column,
  ///   with a quote that never closes, or written while it was read. Rows may have been handed over before.
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
      try EventsFile(path, schema: layout.schema, files: files, sink: &sink)
    }
    var rows = RegisterRows(layout: layout, events: events ?? .none, file: name)
    var start = RegisterStart()
    var parser: CSVParser?
    try readBytes { chunk in
      if parser != nil {
        parser?.read(chunk) { rows.accept($0, &sink) }
      } else if let text = start.take(chunk) {
        parser = start.parser
        parser?.read(text) { rows.accept($0, &sink) }
      }
      return rows.isUsable
    }
    if parser == nil {
      let text = start.rest()
      parser = start.parser
      parser?.read(text) { rows.accept($0, &sink) }
    }
    let fault = rows.isUsable ? parser?.finish { rows.acceptLast($0, &sink) } : nil
    let problems = rows.finish(fault)
    guard problems.isEmpty else { throw .unusable(problems.inSourceOrder) }
    for problem in rows.unknownCases { sink.take(problem) }
  }

  func unreadable(_ fault: FileFault) -> RegisterFault {
    .unreadable(Problem(settings.place, "kilde: \(fault); correct the path, or the right to read it"))
  }

  /// Hands over the bytes of the register; `body` returns false to stop early.
  private func readBytes(_ body: (ArraySlice<UInt8>) -> Bool) throws(RegisterFault) {
    switch settings.source {
    case .file(let path):
      do throws(FileFault) {
        try files.readChunks(of: path, size: Self.chunkSize, body)
      } catch {
        throw unreadable(error)
      }
    case .command(let command):
      let fault: String
      switch files.readOutput(of: command, body) {
      case .exited(0, _): return
      case .exited(let code, let words): fault = "exited with \(code)" + (words.isEmpty ? "" : ": \(words)")
      case .killed(let signal): fault = "was killed by signal \(signal)"
      case .timedOut(let words):
        fault = "did not finish in time and was stopped" + (words.isEmpty ? "" : ": \(words)")
      case .notStarted(let reason): fault = reason.description
      }
      throw .unreadable(
        Problem(
          settings.place, "kommando: \"\(shortened(command))\" \(fault); run it by hand as the same user"))
    }
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
