import Glibc
import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

@Suite struct JournalTests {
  private static let now = Make.now("2024-12-16T08:00")

  private static let records: [JournalRecord.Event] = [
    .opened(version: 1),
    .intent(
      Intent(
        identity: "abc", attempt: 1, hash: "hh", recipient: Make.address("a%b@k.example"),
        keys: ["S-1|svar", "S-2|svar"])),
    // A combining accent, a no-break space and a line separator at the ends: no reader may take them for anything else.
    .intent(
      Intent(
        identity: "abd", attempt: 1, hash: "hh", recipient: Make.address("a@k.example"),
        keys: ["\u{301}1|svar", "\u{A0}2|svar\u{A0}", "\u{2028}3|svar"])),
    .result(identity: "abc", .accepted), .result(identity: "abc", .refused("550 nej; \"tak\" 100 %\n")),
    .result(identity: "abc", .uncertain("æ")), .pass(cases: 257),
  ]

  /// The check value that every description of CRC-32 gives.
  @Test func checksum() {
    #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(CRC32.checksum([]) == 0)
  }

  @Test(arguments: records)
  func aRecordComesBack(event: JournalRecord.Event) throws {
    let record = JournalRecord(time: Self.now.moment, event)
    #expect(record.line.last == "\n" && record.line.dropLast().allSatisfy { $0 != "\n" })
    #expect(JournalRecord(line: Array(record.line.utf8.dropLast())[...]) == record)
  }

  @Test func theFormIsAsDocumented() {
    let record = JournalRecord(time: Self.now.moment, Self.records[1])
    #expect(
      record.line.dropFirst(9) == "2024-12-16T08:00 intent abc 1 hh a%25b@k.example S-1|svar S-2|svar\n")
  }

  @Test func oneChangedByteIsNoticed() {
    let line = JournalRecord(time: Self.now.moment, Self.records[1]).line.dropLast()
    for index in line.utf8.indices {
      var bytes = Array(line.utf8)
      bytes[line.utf8.distance(from: line.startIndex, to: index)] ^= 1
      #expect(JournalRecord(line: bytes[...]) == nil)
    }
  }

  private func journal(_ files: InMemoryFileSystem) throws -> Journal {
    try Journal(path: "state/journal", files: files, now: Self.now)
  }

  private func filled() throws -> InMemoryFileSystem {
    let files = InMemoryFileSystem()
    var journal = try journal(files)
    for event in Self.records.dropFirst() { try journal.append(event, at: Self.now) }
    return files
  }

  @Test func whatWasWrittenIsRememberedByTheNext() throws {
    let state = try journal(filled()).state
    #expect(state.holds("S-1|svar") && state.holds("S-2|svar") && !state.holds("S-3|svar"))
    #expect(state.lastCases == 257)
    #expect(state.unfinished.map(\.intent.identity) == ["abd"])
  }

  /// Wherever a crash cuts the last record, it is cut off, the rest stands, and writing goes on.
  @Test func aTornEndIsCutOffWhereverItTears() throws {
    let whole = try #require(try filled().text("state/journal"))
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let last = lines.last.map { $0.utf8.count + 1 } ?? 0
    for cut in 1..<last {
      let files = InMemoryFileSystem()
      files.put(Array(whole.utf8.dropLast(cut)), at: "state/journal")
      var journal = try journal(files)
      #expect(journal.tornBytes == last - cut)
      #expect(journal.state.holds("S-1|svar"))
      try journal.append(.pass(cases: 3), at: Self.now)
      #expect(try self.journal(files).state.lastCases == 3)
    }
  }

  @Test func aTornFirstRecordBeginsAnew() throws {
    let files = InMemoryFileSystem(["state/journal": "12345"])
    #expect(try journal(files).tornBytes == 5)
    #expect(try journal(files).tornBytes == 0)
  }

  @Test func damageInTheMiddleIsRefused() throws {
    let whole = try #require(try filled().text("state/journal"))
    let files = InMemoryFileSystem(["state/journal": whole.replacing("intent abc", with: "intent abd")])
    let fault = #expect(throws: JournalFault.self) { try journal(files) }
    #expect(fault == .damaged(Place("state/journal", 2)))
    #expect(files.text("state/journal") == whole.replacing("intent abc", with: "intent abd"))
  }

  @Test func anotherVersionIsRefused() throws {
    let files = InMemoryFileSystem([
      "state/journal": JournalRecord(time: Self.now.moment, .opened(version: 2)).line
    ])
    #expect(throws: JournalFault.unknownVersion(2, Place("state/journal", 1))) { try journal(files) }
  }

  @Test func aFailedWriteIsTold() throws {
    let files = try filled()
    var journal = try journal(files)
    files.arrange(.fails(ENOSPC), at: 1)
    #expect(throws: JournalFault.file(FileFault("write", "state/journal", code: ENOSPC))) {
      try journal.append(.pass(cases: 1), at: Self.now)
    }
  }
}
