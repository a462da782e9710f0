import Glibc
import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// The ledger on the disk.
@Suite struct LedgerFileTests {
  private func ledgerFile(_ world: SmallWorld) -> LedgerFile {
    LedgerFile(TickWorld.setup(world).configuration, files: world.files)
  }

  /// Of a journal that nothing has been written to since.
  private let standing = JournalStanding(
    JournalMark(
      head: JournalHead(number: 12, checksum: 0xABCD),
      told: ToldUntil(notices: nil, reports: Make.moment("2024-01-01"))), news: 11)

  private func moment(_ random: inout SeededGenerator) -> CivilMoment {
    let date = Make.date("2024-01-01") + Int.random(in: 0...400, using: &random)
    let time =
      Bool.random(using: &random) ? TimeOfDay(wrapping: Int64.random(in: 0..<86_400, using: &random)) : nil
    return CivilMoment(date, time)
  }

  private func ledger(_ random: inout SeededGenerator) -> Ledger {
    let words = ["S-1", "a|b", "%7C", "x y\n", "", "å\u{301}", "»«", "|", "\u{202E}", "changed"]
    func word() -> String { words.randomElement(using: &random) ?? "" }
    func reading() -> Reading {
      Reading(
        Reading.Standing.allCases.randomElement(using: &random) ?? .kept,
        due: Bool.random(using: &random) ? moment(&random) : nil,
        at: Bool.random(using: &random) ? moment(&random) : nil)
    }
    var clocks: [ClockIdentity: ToldClock] = [:]
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      let identity = ClockIdentity(
        caseID: word(), rule: word(), start: Bool.random(using: &random) ? moment(&random) : nil)
      let verdict: Verdict =
        switch Int.random(in: 0..<3, using: &random) {
        case 0: .pending
        case 1: .exceeded(since: moment(&random))
        default: .ended(reading(), seen: moment(&random), since: moment(&random))
        }
      clocks[identity] = ToldClock(
        identity: identity, name: word(), department: word(), mayReachDepartment: Bool.random(using: &random),
        shown: ShownDue(
          due: moment(&random), sequence: Int.random(in: 0...99, using: &random), since: moment(&random)),
        verdict: verdict,
        change: Bool.random(using: &random)
          ? VerdictChange(from: reading(), to: reading(), seen: moment(&random)) : nil)
    }
    return Ledger(
      begun: moment(&random), newest: moment(&random),
      cases: Dictionary(grouping: clocks.values, by: \.identity.caseID))
  }

  @Test(arguments: Seeds.all)
  func whatIsWrittenIsReadBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = SmallWorld()
    for _ in 0..<50 {
      let ledger = ledger(&random)
      _ = try ledgerFile(world).write(LedgerUpdate(ledger, changed: []), behind: nil, standing)
      #expect(try ledgerFile(world).read()?.ledger == ledger, "seed \(seed)")
    }
  }

  /// What passes add is read back, in however few lines it stands.
  @Test(arguments: Seeds.all)
  func whatIsAddedIsReadBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = SmallWorld()
    let file = ledgerFile(world)
    var stored: LedgerFile.Stored?
    var wholes = 0
    for step in 0..<150 {
      let update = changed(stored?.ledger ?? ledger(&random), &random)
      let before = world.files.text("k/state/ledger") ?? ""
      stored = try file.write(
        update, behind: Bool.random(using: &random) ? stored?.extent : try file.read()?.extent, standing)
      let text = world.files.text("k/state/ledger") ?? ""
      if before.isEmpty || !text.hasPrefix(before) { wholes += 1 }
      let found = try #require(try file.read())
      #expect(found.ledger.sorted == update.ledger.sorted, "seed \(seed), step \(step)")
      #expect(found.ledger.begun == update.ledger.begun)
    }
    #expect((2...20).contains(wholes), "seed \(seed): written as a whole \(wholes) times")
  }

  /// The same ledger after a pass that changed some of its cases.
  private func changed(_ before: Ledger, _ random: inout SeededGenerator) -> LedgerUpdate {
    var ledger = before
    let other = self.ledger(&random)
    var changed: [String] = []
    for caseID in Set(other.caseIDs).union(before.caseIDs).sorted() where Bool.random(using: &random) {
      if ledger.replace(caseID, with: other.clocks(of: caseID)) { changed.append(caseID) }
    }
    ledger.passed(at: CivilMoment(localSeconds: before.newest.localSeconds + 60))
    return LedgerUpdate(ledger, changed: changed)
  }

  /// Whatever a crash leaves of what a pass added, the ledger is that of a pass before or after, and it is
  /// whole again with the next pass.
  @Test(arguments: Seeds.all)
  func halfAnAdditionCountsForNothing(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = SmallWorld()
    let file = ledgerFile(world)
    var stored = try file.write(LedgerUpdate(ledger(&random), changed: []), behind: nil, standing)
    let update = changed(stored.ledger, &random)
    let before = try world.files.read("k/state/ledger")
    let whole = stored.ledger
    stored = try file.write(update, behind: stored.extent, standing)
    let after = try world.files.read("k/state/ledger")
    for end in before.count...after.count {
      try world.files.write(Array(after[..<end]), to: "k/state/ledger")
      let found = try #require(try file.read())
      let wanted = end == after.count ? update.ledger : whole
      #expect(found.ledger.sorted == wanted.sorted, "seed \(seed), \(end) bytes")
      guard end % 97 == 0 else { continue }
      let next = changed(found.ledger, &random)
      _ = try file.write(next, behind: found.extent, standing)
      #expect(try file.read()?.ledger.sorted == next.ledger.sorted, "seed \(seed), \(end) bytes")
    }
  }

  /// A line that is damaged has nothing behind it where a crash has done it.
  @Test(arguments: Seeds.all)
  func damageInAnAdditionIsSeen(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = SmallWorld()
    let file = ledgerFile(world)
    var stored = try file.write(LedgerUpdate(ledger(&random), changed: []), behind: nil, standing)
    let whole = try world.files.read("k/state/ledger").count
    var update = changed(stored.ledger, &random)
    while update.changed.count < 3 { update = changed(stored.ledger, &random) }
    stored = try file.write(update, behind: stored.extent, standing)
    let bytes = try world.files.read("k/state/ledger")
    let last = (bytes.dropLast().lastIndex(of: 0x0A) ?? 0) + 1
    for index in whole..<last where bytes[index] != 0x0A {
      var changed = bytes
      changed[index] ^= 1
      if changed[index] == 0x0A { continue }
      try world.files.write(changed, to: "k/state/ledger")
      #expect(throws: LedgerFault.self, "seed \(seed), byte \(index)") { try file.read() }
    }
  }

  /// Lines that an fsync may not have brought to the disk are not written behind.
  @Test(arguments: 1...2)
  func aFailedAdditionIsWrittenAnew(step: Int) throws {
    let world = SmallWorld()
    _ = world.tick("2024-03-13")
    let file = ledgerFile(world)
    let stored = try #require(try file.read())
    var ledger = stored.ledger
    let isReplaced = ledger.replace("S-1", with: [])
    #expect(isReplaced)
    world.files.arrange(.fails(EIO), at: step)
    _ = try file.write(LedgerUpdate(ledger, changed: ["S-1"]), behind: stored.extent, standing)
    #expect(try file.read()?.ledger.sorted == ledger.sorted)
    #expect(world.files.text("k/state/ledger")?.contains(" case ") == false)
  }

  /// Version 1 was written as a whole by every pass.
  @Test func anOlderFileIsReadAndWrittenAnew() throws {
    let world = SmallWorld()
    let lines = [
      "fristvagt-ledger 1 2024-03-14 2024-03-14",
      "S-1 svar 2024-03-04 Svar Jobcenter department 2024-03-13 0 2024-03-14 exceeded 2024-03-14",
    ]
    let text = lines.map { "\(checksum($0)) \($0)\n" }.joined()
    world.files.put(text, at: "k/state/ledger")
    let stored = try #require(try ledgerFile(world).read())
    #expect(stored.ledger.sorted.map(\.identity.description) == ["S-1|svar|2024-03-04"])
    #expect(stored.ledger.newest == Make.moment("2024-03-14"))
    _ = try ledgerFile(world).write(LedgerUpdate(stored.ledger, changed: []), behind: stored.extent, standing)
    #expect(
      world.files.text("k/state/ledger")?.contains("fristvagt-ledger 3 2024-03-14 2024-03-14\n") == true)
    world.files.put(text + "noget andet\n", at: "k/state/ledger")
    #expect(throws: LedgerFault.self) { try ledgerFile(world).read() }
    world.files.put(String(text.dropLast()), at: "k/state/ledger")
    #expect(throws: LedgerFault.self) { try ledgerFile(world).read() }
  }

  private func checksum(_ text: String) -> String {
    let hex = String(CRC32.checksum(text.utf8), radix: 16)
    return String(repeating: "0", count: 8 - hex.count) + hex
  }

  /// Any changed, missing or added byte is seen.
  @Test(arguments: Seeds.all)
  func noByteChangesUnseen(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = SmallWorld()
    _ = world.tick("2024-03-14")
    let bytes = try world.files.read("k/state/ledger")
    for _ in 0..<200 {
      var changed = bytes
      let index = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: changed[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: changed.removeSubrange(index...)
      default: changed.insert(UInt8.random(in: 33..<127, using: &random), at: index)
      }
      // What is cut off between two lines is a shorter ledger; it is replaced as a whole, so no crash can
      // leave one.
      if changed.last == 0x0A && bytes.starts(with: changed) && !changed.isEmpty { continue }
      try world.files.write(changed, to: "k/state/ledger")
      #expect(throws: LedgerFault.self, "seed \(seed), byte \(index)") { try ledgerFile(world).read() }
    }
  }

  @Test func aDamagedLedgerIsPutAsideAndTheMailsGoOut() throws {
    let world = SmallWorld()
    world.files.put("noget andet\n", at: "k/state/ledger")
    let result = world.tick("2024-03-13")
    #expect(result.code == .stateFile)
    #expect(
      result.error
        == "k/state/ledger: line 1 is no header of a ledger that this program reads; a tick puts it aside as "
        + "ledger.beskadiget and begins anew; restore it from a backup, or accept that the next report cannot say what changed\n"
    )
    #expect(world.mails.count == 3)
    #expect(world.files.text("k/state/ledger.beskadiget") == "noget andet\n")
    #expect(try ledgerFile(world).read() != nil)
    #expect(world.tick("2024-03-14").code == .ok)
  }

  /// What a stopped tick cannot replace it leaves, and whoever finishes a pass tells of it.
  @Test func aTickThatStopsLeavesADamagedLedgerToTheNext() {
    let world = SmallWorld(register: nil)
    world.files.put("noget andet\n", at: "k/state/ledger")
    #expect(world.tick("2024-03-13").code == .noInput)
    #expect(world.files.text("k/state/ledger") == "noget andet\n")
    world.files.put(SmallWorld.register, at: "k/register.csv")
    #expect(world.tick("2024-03-13").code == .stateFile)
    #expect(world.files.text("k/state/ledger.beskadiget") == "noget andet\n")
  }

  @Test(arguments: ["report", "preview"])
  func whoOnlyReadsADamagedLedgerTellsOfIt(command: String) {
    let world = SmallWorld()
    world.files.put("noget andet\n", at: "k/state/ledger")
    let result = world.run("\(command) --config k/fristvagt.conf --today 2024-03-13")
    #expect(result.code == .stateFile && result.error.hasPrefix("k/state/ledger: line 1"))
    #expect(world.files.text("k/state/ledger") == "noget andet\n")
  }

  @Test func anUnchangedLedgerIsNotWrittenAgain() throws {
    let world = SmallWorld()
    _ = world.tick("2024-03-14T07:00")
    let before = world.files.text("k/state/ledger")
    _ = world.tick("2024-03-14T08:00")
    #expect(world.files.text("k/state/ledger") == before)
    _ = world.tick("2024-03-15T08:00")
    #expect(world.files.text("k/state/ledger") != before)
  }

  /// The ledger and the reports come after the mails, so a disk that fills up then costs none.
  @Test func aFullDiskStopsNoMail() {
    let world = SmallWorld()
    world.files.arrange(.fails(ENOSPC), at: .max)
    _ = world.tick("2024-03-13", transport: RecordingTransport())
    let steps = world.files.steps
    #expect(world.files.text("k/state/ledger") != nil)
    for step in (steps - 16)...steps {
      let world = SmallWorld()
      let transport = RecordingTransport()
      world.files.arrange(.fails(ENOSPC), at: step)
      #expect(world.tick("2024-03-13", transport: transport).code == .ioError)
      #expect(transport.accepted.count == 3, "step \(step) of \(steps)")
    }
  }
}
