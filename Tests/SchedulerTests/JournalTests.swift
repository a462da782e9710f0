import Glibc
import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

@Suite struct JournalTests {
  private static let now = Make.now("2024-12-16T08:00")

  private static func intent(_ identity: String, _ keys: [String], to recipient: String = "a@k.example")
    -> Intent
  {
    Intent(identity: identity, hash: "hh", recipient: Make.address(recipient), keys: keys)
  }

  private static let records: [JournalRecord.Event] = [
    .opened(version: JournalRecord.version, behind: JournalHead(number: 7, checksum: 0xABCD)),
    .intent(intent("abc", ["S-1|svar", "S-2|svar"], to: "a%b@k.example")),
    // A combining accent, a no-break space and a line separator at the ends: no reader may take them for
    // anything else.
    .intent(intent("abd", ["\u{301}1|svar", "\u{A0}2|svar\u{A0}", "\u{2028}3|svar"])),
    .result(identity: "abc", .accepted),
    .result(identity: "abc", .deferred(TransientFailure("450 senere; \"tak\" 100 %\n"))),
    .again(identity: "abc", attempt: 2, doubt: .none),
    .result(identity: "abc", .rejected(PermanentFailure("550 nej"))),
    .again(identity: "abc", attempt: 3, doubt: .unanswered), .result(identity: "abc", .uncertain("æ")),
    .commissioned, .leftOut(key: "digest%20Job|2024-12-16|job@k.example"), .stopped(.shrunken),
    .accepted(
      JournalGap(
        after: nil, told: ToldUntil(notices: Make.moment("2024-12-14"), reports: Make.moment("2024-12-15")))),
    .accepted(JournalGap(after: Make.moment("2024-12-15T08:00:01"), told: .nothing)),
    .told(keys: ["S-1|svar", "S-2|svar"]), .pass(JournalRecord.Pass(cases: 257, clocks: 98)),
  ]

  /// The check value that every description of CRC-32 gives.
  @Test func checksum() {
    #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(CRC32.checksum([]) == 0)
  }

  @Test(arguments: records)
  func aRecordComesBack(event: JournalRecord.Event) throws {
    let record = JournalRecord(time: Self.now.moment, event)
    #expect(record.line().last == "\n" && record.line().dropLast().allSatisfy { $0 != "\n" })
    #expect(JournalRecord(line: Array(record.line().utf8.dropLast())[...]) == record)
  }

  /// The lines of docs/journal.md, behind the checksum.
  @Test(
    arguments: zip(
      records,
      [
        "fristvagt-journal 4 7 0000abcd", "intent abc 1 hh a%25b@k.example S-1|svar S-2|svar",
        "intent abd 1 hh a@k.example \u{301}1|svar \u{A0}2|svar\u{A0} \u{2028}3|svar", "sent abc",
        "failed abc 450%20senere;%20\"tak\"%20100%20%25%0A", "again abc 2 refused",
        "rejected abc 550%20nej", "again abc 3 unanswered", "uncertain abc æ", "commissioned",
        "left-out digest%20Job|2024-12-16|job@k.example", "stopped shrunken",
        "accepted  2024-12-14 2024-12-15", "accepted 2024-12-15T08:00:01  ", "told S-1|svar S-2|svar",
        "pass 257 98",
      ]))
  func theFormIsAsDocumented(event: JournalRecord.Event, text: String) {
    let line = JournalRecord(time: Self.now.moment, event).line()
    #expect(line.utf8.dropFirst(9).elementsEqual("2024-12-16T08:00 \(text)\n".utf8), "\(line)")
  }

  @Test(arguments: [
    "", "x", "00000000 2024-12-16T08:00 sent abc", "2024-12-16T08:00 sent abc",
  ])
  func whatIsNoRecordIsNone(line: String) {
    #expect(JournalRecord(line: Array(line.utf8)[...]) == nil)
  }

  /// A good checksum over words that no version wrote.
  @Test(arguments: [
    "sent", "sent a b", "intent abc 1 hh", "intent abc x hh a@k.example k", "again abc 2",
    "again abc 2 maybe",
    "stopped tired", "pass", "pass x", "pass 1 2 3", "fristvagt-journal 4", "fristvagt-journal 4 1 abc",
    "fristvagt-journal 4 1 0000ABCD", "accepted", "accepted x  ", "accepted  x ", "accepted   x",
    "accepted 2024-12-15", "told", "commissioned now", "gone abc",
  ])
  func unknownWordsAreNoRecord(words: String) {
    let text = "2024-12-16T08:00 \(words)"
    let hex = String(CRC32.checksum(text.utf8), radix: 16)
    let line = String(repeating: "0", count: 8 - hex.count) + hex + " " + text
    #expect(JournalRecord(line: Array(line.utf8)[...]) == nil)
  }

  @Test func oneChangedByteIsNoticed() {
    let line = JournalRecord(time: Self.now.moment, Self.records[1]).line().dropLast()
    for index in line.utf8.indices {
      var bytes = Array(line.utf8)
      bytes[line.utf8.distance(from: line.startIndex, to: index)] ^= 1
      #expect(JournalRecord(line: bytes[...]) == nil)
    }
  }

  // MARK: Opening

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
    #expect(state.mail("abc")?.intent.keys == ["S-1|svar", "S-2|svar"] && state.mail("abe") == nil)
    #expect(state.lastPass?.pass == JournalRecord.Pass(cases: 257, clocks: 98) && state.passBefore == nil)
    #expect(state.unfinished(.standard).map(\.intent.identity) == ["abd"])
    // A finished pass ends a standstill.
    #expect(state.commissioned == Self.now.moment && state.stop == nil)
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
      #expect(journal.state.mail("abc") != nil)
      try journal.append(.pass(JournalRecord.Pass(cases: 3, clocks: 1)), at: Self.now)
      let again = try self.journal(files)
      #expect(again.tornBytes == 0 && again.state.lastPass?.pass.cases == 3)
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
    #expect(fault == .damaged(Place("state/journal", 2), since: Self.now.moment))
    #expect(files.text("state/journal") == whole.replacing("intent abc", with: "intent abd"))
  }

  @Test func twoBadLinesAtTheEndAreNoTornRecord() throws {
    let whole = try #require(try filled().text("state/journal"))
    let files = InMemoryFileSystem(["state/journal": whole + "halv\nhalv"])
    let lines = whole.split(separator: "\n").count
    #expect(throws: JournalFault.damaged(Place("state/journal", lines + 1), since: Self.now.moment)) {
      try journal(files)
    }
  }

  @Test func anotherVersionIsRefused() throws {
    let files = InMemoryFileSystem([
      "state/journal": JournalRecord(time: Self.now.moment, .opened(version: 5)).line()
    ])
    #expect(throws: JournalFault.unknownVersion(5, Place("state/journal", 1))) { try journal(files) }
  }

  @Test func versionOneIsReadAndWrittenAnew() throws {
    let old = [
      "fristvagt-journal 1", "intent abc 1 hh a@k.example S-1|svar", "failed abc 450",
      "intent abc 2 hh a@k.example S-1|svar", "sent abc", "pass 7",
    ]
    let lines = old.map { words in
      let text = "2024-12-16T08:00 \(words)"
      let hex = String(CRC32.checksum(text.utf8), radix: 16)
      return String(repeating: "0", count: 8 - hex.count) + "\(hex) \(text)\n"
    }
    let files = InMemoryFileSystem(["state/journal": lines.joined()])
    for _ in 0..<2 {
      let state = try journal(files).state
      // Who was served by version 1 has no opening any more.
      #expect(state.commissioned != nil && state.lastPass?.pass.cases == 7)
      #expect(state.mail("abc")?.attempts == 2 && state.unfinished(.standard).isEmpty)
    }
    #expect(files.text("state/journal")?.contains("fristvagt-journal 4 6 ") == true)
  }

  @Test func aFailedWriteIsTold() throws {
    let files = try filled()
    var journal = try journal(files)
    files.arrange(.fails(ENOSPC), at: 1)
    #expect(throws: JournalFault.file(FileFault("write", "state/journal", code: ENOSPC))) {
      try journal.append(.commissioned, at: Self.now)
    }
  }

  /// After a failed fsync the same file may pretend that all is on the disk; so it is written anew before it
  /// is used.
  @Test func aJournalThatWasNotEndedWellIsWrittenAnew() throws {
    let files = InMemoryFileSystem()
    var first = try journal(files)
    try first.append(.intent(Self.intent("abc", ["S-1|svar"])), at: Self.now)
    let before = files.stamp(of: "state/journal")
    let second = try journal(files)
    #expect(second.state == first.state)
    #expect(files.stamp(of: "state/journal") != before)
    #expect(files.paths(below: "state") == ["state/journal"])
  }

  @Test func oneThatWasEndedWellIsLeftAlone() throws {
    let files = try filled()
    let before = files.stamp(of: "state/journal")
    _ = try journal(files)
    #expect(files.stamp(of: "state/journal") == before)
  }
}

@Suite struct CompactionTests {
  /// Any course of events, folded, compacted and folded again, says the same.
  @Test(arguments: Seeds.all)
  func whatIsLeftOutSaidNothing(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let history = Self.history(&random)
      let state = history.reduce(into: JournalState()) { $0.apply($1) }
      let short = state.records(keeping: .everything)
      let again = short.reduce(into: JournalState()) { $0.apply($1) }
      #expect(again.mails == state.mails && again.commissioned == state.commissioned, "seed \(seed)")
      #expect(again.lastPass == state.lastPass && again.passBefore == state.passBefore, "seed \(seed)")
      #expect(again.stop == state.stop && again.newest == state.newest, "seed \(seed)")
      #expect(short.count == history.count - state.superfluous, "seed \(seed)")
      #expect(again.superfluous == 0)
    }
  }

  private static func history(_ random: inout SeededGenerator) -> [JournalRecord] {
    var time: Int64 = 1_700_000_000
    var known: [(identity: String, attempts: Int, isAnswered: Bool)] = []
    var events: [JournalRecord.Event] = [.opened(version: 2)]
    for step in 0..<Int.random(in: 1...40, using: &random) {
      let position = known.indices.randomElement(using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1:
        known.append(("m\(step)", 1, false))
        events.append(
          .intent(
            Intent(
              identity: "m\(step)", hash: "h", recipient: Make.address("a@k.example"), keys: ["k\(step)"])))
      case 2...4:
        guard let position, !known[position].isAnswered else { continue }
        let results: [DeliveryResult] = [
          .accepted, .deferred(TransientFailure("x")), .rejected(PermanentFailure("y")), .uncertain("z"),
        ]
        known[position].isAnswered = true
        events.append(
          .result(
            identity: known[position].identity, results.randomElement(using: &random) ?? .accepted))
      case 5:
        guard let position else { continue }
        known[position].attempts += 1
        let doubt: JournalRecord.Doubt = known[position].isAnswered ? .none : .unanswered
        known[position].isAnswered = false
        events.append(
          .again(identity: known[position].identity, attempt: known[position].attempts, doubt: doubt))
      case 6: events.append(.pass(JournalRecord.Pass(cases: step, clocks: 2 * step)))
      default: events.append(.stopped(StopReason.allCases.randomElement(using: &random) ?? .unusable))
      }
    }
    // A pass at the end, so that no record that is left out is the newest.
    return (events + [.pass(JournalRecord.Pass(cases: 1, clocks: 1))]).map { event in
      time += Int64.random(in: 0...3_600, using: &random)
      return JournalRecord(time: CivilMoment(localSeconds: time), event)
    }
  }

  private func state(_ files: InMemoryFileSystem) throws -> JournalState {
    try Journal(path: "state/journal", files: files, now: Make.now("2024-12-16T08:00")).state
  }

  private func longJournal() throws -> InMemoryFileSystem {
    let files = InMemoryFileSystem()
    var journal = try Journal(path: "state/journal", files: files, now: Make.now("2020-01-01T08:00"))
    func send(_ identity: String, _ key: String, on day: String) throws {
      try journal.append(
        .intent(
          Intent(identity: identity, hash: "h", recipient: Make.address("a@k.example"), keys: [key])),
        at: Make.now(day))
      try journal.append(.result(identity: identity, .accepted), at: Make.now(day))
    }
    try send("old", "S-1", on: "2020-01-01T08:00")
    try send("asked", "S-2", on: "2020-01-01T08:00")
    try send("new", "S-3", on: "2024-01-01T08:00")
    for day in 1...9 {
      try journal.append(
        .pass(JournalRecord.Pass(cases: day, clocks: day)), at: Make.now("2024-01-0\(day)T08:00"))
    }
    return files
  }

  @Test func whatNobodyAsksForAnyMoreIsForgottenAfterThreeYears() throws {
    let files = try longJournal()
    var journal = try Journal(path: "state/journal", files: files, now: Make.now("2024-01-10T08:00"))
    try journal.compact(keeping: .remembered(live: ["S-2"], .standard))
    #expect(journal.state.mails.map(\.intent.identity) == ["asked", "new"])
    #expect(try state(files) == journal.state)
    #expect(journal.state.lastPass?.pass.cases == 9 && journal.state.passBefore?.pass.cases == 8)
  }

  /// What was taken as told is kept as a mail is.
  @Test func whatWasTakenAsToldIsForgottenLikeAMail() throws {
    let files = InMemoryFileSystem()
    var journal = try Journal(path: "state/journal", files: files, now: Make.now("2020-01-01T08:00"))
    let told = [("2020-01-01", ["S-1", "S-2"]), ("2020-01-02", ["S-3", "S-4"]), ("2021-01-08", ["S-5"])]
    for (day, keys) in told { try journal.append(.told(keys: keys), at: Make.now(day)) }
    try journal.append(.pass(JournalRecord.Pass(cases: 1, clocks: 1)), at: Make.now("2024-01-11T08:00"))
    func kept() -> [String] {
      (files.text("state/journal") ?? "").split(separator: "\n").compactMap { line in
        line.firstRange(of: " told ").map { String(line[$0.upperBound...]) }
      }
    }
    try journal.compact(keeping: .everything)
    #expect(kept() == ["S-1 S-2", "S-3 S-4", "S-5"])
    // On 11 January 2024 the last of them is 1,098 days old, which is three years.
    try journal.compact(keeping: .remembered(live: ["S-2", "S-9"], .standard))
    #expect(kept() == ["S-1 S-2", "S-5"])
    try journal.append(.pass(JournalRecord.Pass(cases: 1, clocks: 1)), at: Make.now("2024-01-12T08:00"))
    try journal.compact(keeping: .remembered(live: [], .standard))
    #expect(kept() == [])
    #expect(try state(files) == journal.state)
  }

  /// Killed, out of space, or without power at any call: the old journal or the new one stands, and both say
  /// the same.
  @Test(arguments: [InMemoryFileSystem.Mishap.killed, .fails(ENOSPC), .fails(EIO), .powerLost])
  func aCompactionThatIsStoppedAnywhereLosesNothing(mishap: InMemoryFileSystem.Mishap) throws {
    for call in 1... {
      let files = try longJournal()
      var journal = try Journal(path: "state/journal", files: files, now: Make.now("2024-01-10T08:00"))
      let before = journal.state
      files.arrange(mishap, at: call)
      let isDone = (try? journal.compact(keeping: .everything)) != nil
      files.restart()
      let after = try state(files)
      #expect(after.mails == before.mails && after.lastPass == before.lastPass, "call \(call)")
      if isDone { break }
    }
  }
}
