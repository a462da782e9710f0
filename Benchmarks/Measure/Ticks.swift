import Glibc
import Notifier
import Rules
import Scheduler

/// What the ticks of a service cost: the first, and those on a register of which a thousandth was changed;
/// beside each of these a report on a register that was written anew in the same way.
struct Ticks {
  private let setup: Setup
  private let files = DiskFileSystem()
  private let register: String

  init(_ setup: Setup) {
    self.setup = setup
    register =
      if case .file(let path) = setup.configuration.register.source { path } else { "" }
  }

  /// - Parameter rounds: how many ticks on a changed register are measured. The register is the worse for it.
  func measure(rounds: Int) throws {
    let lock = try StateLock(setup.configuration, files: files, command: "measure", now: setup.now)
    defer { lock.release() }
    var memory = TickMemory(rows: .kept)
    func tick() throws -> Int {
      try microseconds {
        _ = try Tick(setup, files: files, transport: World.realTransport(setup.configuration.outlet, files))
          .run(holding: lock, remembering: &memory)
      }
    }
    print("first tick: \(try tick()) µs")
    memory.rehearse(setup, files: files)
    for round in 0..<rounds {
      try change(every: 1_000, from: round)
      let time = try tick()
      memory.rehearse(setup, files: files)
      // Of a file that was read a moment ago more lies near the processor.
      try write(files.read(register))
      print("tick: \(time) µs, report: \(try microseconds { try report() }) µs")
    }
  }

  private func report() throws {
    let survey = try Gathering.survey(setup, files: files)
    let writer = ReportWriter(
      directory: Path.join(setup.configuration.stateDirectory, "report"), files: files)
    let reports = Reports(setup, survey, ledger: Ledger(begun: setup.now.moment), JournalState())
    _ = try writer.write(survey, reports)
  }

  /// Writes the register anew, with one row of so many changed: a case that was decided is open, and an open
  /// one is decided.
  private func change(every count: Int, from first: Int) throws {
    let (bytes, lineBreak, separator) = (try files.read(register), UInt8(ascii: "\n"), UInt8(ascii: ";"))
    func cells(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
      line.split(separator: separator, omittingEmptySubsequences: false)
    }
    let lines = bytes.split(separator: lineBreak, omittingEmptySubsequences: false)
    let header = cells(lines[0])
    guard let column = header.firstIndex(where: { $0.elementsEqual("afgjort".utf8) }) else { return }
    var changed: [UInt8] = []
    changed.reserveCapacity(bytes.count + lines.count)
    for (row, line) in lines.enumerated() {
      if row > 0 { changed.append(lineBreak) }
      var cells = row > 0 && row % count == first % count ? cells(line) : []
      // A row that a line break in quotes has cut in two is left as it is.
      guard cells.count == header.count, !line.contains(UInt8(ascii: "\"")) else {
        changed += line
        continue
      }
      cells[column] = cells[column].isEmpty ? ArraySlice("2026-11-18".utf8) : []
      changed += cells.joined(separator: [separator])
    }
    try write(changed)
  }

  private func write(_ bytes: [UInt8]) throws {
    try files.replace(register, with: bytes)
    // The disk is busy for a while with the file that was replaced.
    sleep(2)
  }
}
