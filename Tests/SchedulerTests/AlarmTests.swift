import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// Half a register, a clock that is wrong: nothing is sent but one alarm a day to the adviser.
@Suite struct AlarmTests {
  private func text(_ envelope: Envelope) -> String {
    String(decoding: envelope.bytes, as: UTF8.self).replacing("=\n", with: "")
  }

  private static let big =
    SmallWorld.header + (1...40).map { "S-\($0);Jobcenter;sb1@k.example;2024-03-04;\n" }.joined()

  /// What may be wrong with a register, the code of the tick, and what the adviser reads of it.
  @Test(
    arguments: [
      (nil, ExitCode.noInput, "registeret kan ikke l=C3=A6ses"),
      ("", .data, "registeret er ufuldst=C3=A6ndigt"),
      (SmallWorld.header, .data, "registeret er ufuldst=C3=A6ndigt"),
      (String(big.dropLast(20)), .data, "registeret er ufuldst=C3=A6ndigt"),
      (big.replacing(";besvaret", with: ""), .data, "registeret er ufuldst=C3=A6ndigt"),
      (big + "S-99;\"Jobcenter;sb1@k.example;2024-03-04;\n", .data, "registeret er ufuldst=C3=A6ndigt"),
      (SmallWorld.register, .data, "registeret er skrumpet"),
    ] as [(String?, ExitCode, String)])
  func aRegisterThatCannotBeUsed(register: String?, code: ExitCode, words: String) throws {
    let world = SmallWorld(register: Self.big)
    let transport = RecordingTransport()
    _ = world.tick("2024-03-12T09:00", transport: transport)
    let before = transport.accepted.count
    let report = world.files.text("k/out/fristrapport.html")
    if let register {
      world.files.put(register, at: "k/register.csv")
    } else {
      world.files.delete("k/register.csv")
    }
    for time in ["09:00", "09:15", "16:00"] {
      #expect(world.tick("2024-03-13T\(time)", transport: transport).code == code)
    }
    let sent = transport.accepted.dropFirst(before)
    #expect(sent.map(\.recipient.description) == ["raad@k.example"])
    let alarm = try #require(sent.first.map(text))
    #expect(alarm.contains("<title>Fristvagten sender ikke: \(words)</title>"), "\(alarm)")
    #expect(alarm.contains("Den seneste hele gennemgang var tirsdag 12. marts 2024 kl. 09:00"))
    #expect(world.files.text("k/out/fristrapport.html") == report)
    // It lasts: told again on the next day. It is mended: the notices of both days go out.
    _ = world.tick("2024-03-14T09:00", transport: transport)
    #expect(transport.accepted.count == before + 2)
    world.files.put(Self.big, at: "k/register.csv")
    #expect(try world.journal().state.stop?.reason != nil)
    #expect(world.tick("2024-03-14T09:15", transport: transport).code == .ok)
    #expect(try world.journal().state.stop == nil)
    #expect(transport.accepted.count > before + 2)
  }

  /// The alarm says what is wrong in general; what a wrong register holds may be anything.
  @Test func anAlarmHoldsNothingOfTheRegister() {
    let world = SmallWorld(register: "010190-1234 Hans Hansen;afdelng\nhemmelig;tekst\n")
    let transport = RecordingTransport()
    _ = world.tick("2024-03-13T09:00", transport: transport)
    #expect(transport.accepted.count == 1)
    for secret in ["Hansen", "0101", "hemmelig", "afdelng"] {
      #expect(!text(transport.accepted[0]).contains(secret))
    }
  }

  @Test func aSmallRegisterMayShrinkWhereNobodySaidOtherwise() {
    let world = SmallWorld()
    _ = world.tick("2024-03-12T09:00")
    world.files.put(SmallWorld.header + "S-1;Jobcenter;sb1@k.example;2024-03-04;\n", at: "k/register.csv")
    #expect(world.tick("2024-03-13T09:00").code == .ok)
  }

  @Test func aRegisterThatIsWrittenWhileItIsReadIsLeft() throws {
    let world = SmallWorld()
    let transport = RecordingTransport()
    let files = RewritingFileSystem(world.files, path: "k/register.csv", text: Self.big)
    let setup = TickWorld.setup(world).at(Make.now("2024-03-13T09:00"))
    let lock = try StateLock(setup.configuration, files: files, command: "tick", now: setup.now)
    let fault = #expect(throws: TickFault.self) {
      try Tick(setup, files: files, transport: transport).run(holding: lock)
    }
    lock.release()
    guard case .register(.changing(let problem)) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(
      problem.message
        == "k/register.csv was written while it was read; let the export write another file and rename it when it is whole"
    )
    #expect(transport.accepted.map(\.recipient.localPart) == ["raad"])
  }

  @Test func aClockThatWasSetBackIsToldOnce() {
    let world = SmallWorld()
    let transport = RecordingTransport()
    _ = world.tick("2024-03-13T09:00", transport: transport)
    let before = transport.accepted.count
    for time in ["2024-03-12T09:00", "2024-03-12T10:00", "2024-03-11T09:00"] {
      #expect(world.tick(time, transport: transport).code == .temporary)
    }
    #expect(transport.accepted.dropFirst(before).map(\.recipient.localPart) == ["raad"])
    #expect(text(transport.accepted[before]).contains("Fristvagten sender ikke: uret g=C3=A5r forkert"))
    #expect(world.tick("2024-03-13T09:01", transport: transport).code == .ok)
  }

  /// No mail either: its date would be as wrong, and the journal would believe it.
  @Test(arguments: ["1970-01-01T00:10", "1999-12-31T23:59", "2100-01-01T00:00"])
  func aYearThatNoClockSays(now: String) {
    let world = SmallWorld(past: .unused)
    let transport = RecordingTransport()
    let result = world.tick(now, transport: transport)
    #expect(result.code == .temporary)
    #expect(
      result.error
        == "k/fristvagt.conf: the clock says \(now), which no working clock does; set it right. Nothing was done\n"
    )
    #expect(transport.attempts == 0)
    #expect(world.tick("2024-03-13T09:00", transport: transport).code == .ok)
  }
}

/// A file system in which one file is replaced while it is read.
private struct RewritingFileSystem: FileSystem {
  private let base: InMemoryFileSystem
  private let path: String
  private let text: String

  init(_ base: InMemoryFileSystem, path: String, text: String) {
    (self.base, self.path, self.text) = (base, path, text)
  }

  var writerID: String { base.writerID }

  func readChunks(of path: String, size: Int, _ body: (ArraySlice<UInt8>) -> Bool) throws(FileFault) {
    try base.readChunks(of: path, size: size, body)
    if path == self.path { base.put(text, at: path) }
  }

  func open(_ path: String) throws(FileFault) -> any SharedFile {
    defer { if path == self.path { base.put(text, at: path) } }
    return try base.open(path)
  }

  func read(_ path: String) throws(FileFault) -> [UInt8] { try base.read(path) }
  func readOutput(of command: String, _ body: (ArraySlice<UInt8>) -> Bool) -> ChildProcess.Ending {
    base.readOutput(of: command, body)
  }
  func names(in directory: String) throws(FileFault) -> [String] { try base.names(in: directory) }
  func kind(of path: String) -> FileKind? { base.kind(of: path) }
  func stamp(of path: String) -> FileStamp? { base.stamp(of: path) }
  func createDirectory(_ path: String) throws(FileFault) { try base.createDirectory(path) }
  func put(_ bytes: [UInt8], into path: String) throws(FileFault) { try base.put(bytes, into: path) }
  func sync(_ path: String) throws(FileFault) { try base.sync(path) }
  func write(_ bytes: [UInt8], to path: String) throws(FileFault) { try base.write(bytes, to: path) }
  func append(_ bytes: [UInt8], to path: String) throws(FileFault) { try base.append(bytes, to: path) }
  func truncate(_ path: String, to size: Int) throws(FileFault) { try base.truncate(path, to: size) }
  func rename(_ path: String, to newPath: String) throws(FileFault) { try base.rename(path, to: newPath) }
  func remove(_ path: String) throws(FileFault) { try base.remove(path) }
  func syncDirectory(_ path: String) throws(FileFault) { try base.syncDirectory(path) }
  func lock(_ path: String) throws(FileFault) -> (any FileLock)? { try base.lock(path) }
  func isLocked(_ path: String) -> Bool { base.isLocked(path) }
}
