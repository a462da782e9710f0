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
    return Ledger(begun: moment(&random), newest: moment(&random), clocks: clocks)
  }

  @Test(arguments: Seeds.all)
  func whatIsWrittenIsReadBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = SmallWorld()
    for _ in 0..<50 {
      let ledger = ledger(&random)
      try ledgerFile(world).write(ledger, replacing: nil)
      #expect(try ledgerFile(world).read() == ledger, "seed \(seed)")
    }
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
      // What is cut off between two lines is a shorter ledger; it is replaced as a whole, so no crash can leave one.
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
