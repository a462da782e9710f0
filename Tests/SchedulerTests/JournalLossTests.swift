import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// A journal that lost records is never taken for a whole one.
@Suite struct JournalLossTests {
  private static let days = ["2024-03-08T09:00", "2024-03-12T09:00", "2024-03-13T09:00", "2024-03-14T09:00"]
  private static let next = "2024-03-15T09:00"

  private func worked() -> LossWorld {
    let world = LossWorld()
    for day in Self.days { #expect(world.tick(day).code == .ok) }
    return world
  }

  /// The damaged journal stops every command that goes by it; nothing is sent and nothing is touched.
  private func refuses(
    _ world: LossWorld, _ place: Comment, by commands: [String] = ["status", "explain S-1"]
  ) {
    let (sent, left) = (world.accepted, world.files.contents(below: "k/state"))
    let result = world.tick(Self.next)
    #expect(result.code == .stateFile && result.output == "", place)
    #expect(result.error.hasPrefix("k/state/journal"), place)
    #expect(result.error.contains("tick --accept-journal\n"), place)
    for command in commands {
      let result = world.world.run("\(command) --config k/fristvagt.conf --now \(Self.next)")
      #expect(result.code == .stateFile && result.error.hasPrefix("k/state/journal"), place)
    }
    #expect(world.accepted == sent, place)
    let now = world.files.contents(below: "k/state")
    #expect(now.filter { $0.key != "k/state/lock" } == left.filter { $0.key != "k/state/lock" }, place)
  }

  /// Accepted, it sends what falls due from then on and nothing that was told before, as if nothing had been
  /// lost.
  private func goesOn(_ world: LossWorld, like twin: LossWorld, _ place: Comment) {
    let result = world.tick(Self.next, "--accept-journal")
    // A mail whose result was lost is named as uncertain.
    #expect(result.code == (result.error == "" ? .ok : .temporary), place)
    #expect(result.error.split(separator: "\n").allSatisfy { $0.contains(": perhaps sent: ") }, place)
    #expect(result.output.contains("Journalen mangler poster "), place)
    #expect(world.tick("2024-03-18T09:00").code == .ok, place)
    #expect(world.accepted == twin.accepted, place)
  }

  @Test func everyDamageStopsTheTickAndIsAccepted() {
    let twin = worked()
    for day in [Self.next, "2024-03-18T09:00"] { twin.tick(day) }
    let whole = worked()
    let all = JournalDamage.all(whole.lines.count)
    #expect(all.count > 90 && twin.accepted.count > 9)
    for damage in all {
      let world = LossWorld(copying: whole)
      let before = world.files.text(LossWorld.path)
      damage.damage(world.files, LossWorld.path)
      let damaged = world.files.text(LossWorld.path)
      #expect(damaged != before)
      refuses(world, "\(damage)")
      goesOn(world, like: twin, "\(damage)")
      #expect(world.files.text("k/state/journal.beskadiget") == damaged, "\(damage)")
    }
  }

  /// An older journal is a sound one; only the ledger knows better.
  @Test(arguments: 0..<3)
  func aBackupOfAnotherDayIsSeen(day: Int) {
    let (world, twin) = (LossWorld(), worked())
    var backup = ""
    for (index, day_) in Self.days.enumerated() {
      world.tick(day_)
      if index == day { backup = world.journal }
    }
    for day in [Self.next, "2024-03-18T09:00"] { twin.tick(day) }
    world.files.put(backup, at: LossWorld.path)
    refuses(world, "day \(day)", by: ["status", "explain S-1", "report", "preview"])
    goesOn(world, like: twin, "day \(day)")
  }

  /// A journal of the same length that is not this one.
  @Test func theJournalOfAnotherFolderIsSeen() {
    let (world, other) = (worked(), LossWorld())
    for day in Self.days { other.tick(day.replacing("T09", with: "T10")) }
    world.files.put(other.journal, at: LossWorld.path)
    refuses(world, "another folder")
    let number = world.lines.count
    #expect(
      world.tick(Self.next).error
        == "k/state/journal: record \(number) is not the one that the ledger was written behind; notices may have been "
        + "told since 2024-03-08T09:00. Restore the journal that was written last, or accept what there is, once, with "
        + "tick --accept-journal\n")
  }

  // MARK: What it says

  private static let remedy =
    "Restore the journal that was written last, or accept what there is, once, with tick --accept-journal\n"

  @Test func itSaysWhatIsMissing() throws {
    let world = worked()
    let (text, count) = (world.journal, world.lines.count)
    world.files.delete(LossWorld.path)
    #expect(
      world.tick(Self.next).error
        == "k/state/journal: the journal is missing, and a ledger lies beside it; notices may have been told since "
        + "2024-03-08T09:00. \(Self.remedy)")
    world.files.put("", at: LossWorld.path)
    #expect(
      world.tick(Self.next).error
        == "k/state/journal: the journal holds no record, and a ledger lies beside it; notices may have been told since "
        + "2024-03-08T09:00. \(Self.remedy)")
    world.files.put(text, at: LossWorld.path)
    JournalDamage.cutBack(by: 1).damage(world.files, LossWorld.path)
    #expect(
      world.tick(Self.next).error
        == "k/state/journal: the journal ends with record \(count - 1), and the ledger was written behind record "
        + "\(count); notices may have been told since 2024-03-14T09:00. \(Self.remedy)")
    world.files.put(text, at: LossWorld.path)
    JournalDamage.lost(3).damage(world.files, LossWorld.path)
    #expect(
      world.tick(Self.next).error
        == "k/state/journal:4: the record is damaged, or one before it is missing; notices may have been told since "
        + "2020-01-01. Restore the journal from a backup, or accept what stands before this line, once, with tick "
        + "--accept-journal\n")
  }

  @Test func itSaysWhatWasAccepted() {
    let world = worked()
    JournalDamage.cutBack(by: world.lines.count - 2).damage(world.files, LossWorld.path)
    let output = world.tick("2024-03-14T10:00", "--accept-journal").output
    #expect(
      output.contains(
        """
        Journalen mangler poster efter onsdag 1. januar 2020 og er taget i brug, som den er: alt, der var forfaldet \
        torsdag 14. marts 2024 kl. 09:00, regnes for sendt
        7 varsler og rapporter regnes for sendt og er ikke sendt igen; de står i journalens post told

        """), "\(output.suffix(700))")
    #expect(
      world.journal.contains(" 2024-03-14T10:00 accepted 2020-01-01 2024-03-14T09:00 2024-03-14T09:00\n"))
    #expect(world.lines.filter { $0.contains(" told ") }.count == 1)
  }

  @Test func nothingIsAcceptedWhereNothingIsMissing() {
    let world = worked()
    let before = world.journal
    let result = world.tick(Self.next, "--accept-journal")
    #expect(result.code == .usage)
    #expect(
      result.error
        == "k/state/journal: nothing is missing from the journal; run tick without --accept-journal. Nothing was done\n"
    )
    #expect(world.journal == before)
  }

  // MARK: What is no loss

  /// A journal without a ledger, and one beside a ledger that cannot be read or knows of no journal, is taken
  /// as it is.
  @Test func whoDoesNotKnowTheJournalDoesNotStopIt() throws {
    let text = worked()
    let cut = text.lines.dropLast(3).joined()
    for ledger in [nil, "noget andet\n", Self.oldLedger] {
      let world = worked()
      world.files.put(cut, at: LossWorld.path)
      world.files.delete("k/state/ledger")
      if let ledger { world.files.put(ledger, at: "k/state/ledger") }
      #expect(world.tick(Self.next).code == (ledger == "noget andet\n" ? .stateFile : .ok))
      #expect(world.files.text("k/state/ledger")?.contains(" pass 2024-03-15T09:00 ") == true)
    }
  }

  /// One of version 2, which kept nothing of the journal.
  private static let oldLedger = [
    "fristvagt-ledger 2 2024-03-08T09:00 2024-03-14T09:00", "pass 2024-03-14T09:00",
  ]
  .map { "\(hexadecimal(CRC32.checksum($0.utf8))) \($0)\n" }.joined()

  private static func hexadecimal(_ checksum: UInt32) -> String {
    let hex = String(checksum, radix: 16)
    return String(repeating: "0", count: 8 - hex.count) + hex
  }

  /// A missing journal is seen whatever the ledger is.
  @Test(arguments: ["noget andet\n", Self.oldLedger])
  func aMissingJournalIsSeenBesideAnyLedger(ledger: String) {
    let world = worked()
    world.files.put(ledger, at: "k/state/ledger")
    world.files.delete(LossWorld.path)
    let result = world.tick(Self.next)
    #expect(result.code == .stateFile && result.error.contains("the journal is missing"))
  }

  /// The version before, whose records stood each for itself.
  static func asVersionThree(_ journal: String) -> String {
    journal.split(separator: "\n").map { line in
      var text = String(line.dropFirst(9))
      if let header = text.firstRange(of: "fristvagt-journal 4") {
        text = text[..<header.lowerBound] + "fristvagt-journal 3"
      }
      return "\(hexadecimal(CRC32.checksum(text.utf8))) \(text)\n"
    }.joined()
  }

  @Test func versionThreeIsReadAndWrittenAnew() throws {
    let (world, twin) = (worked(), worked())
    world.files.put(Self.asVersionThree(world.journal), at: LossWorld.path)
    world.files.put(Self.oldLedger, at: "k/state/ledger")
    let count = world.lines.count
    for world in [world, twin] { #expect(world.tick(Self.next).code == .ok) }
    #expect(world.accepted == twin.accepted)
    #expect(world.lines[0].contains(" fristvagt-journal 4 \(count) "))
    #expect(world.files.text("k/state/ledger")?.contains("fristvagt-ledger 3 ") == true)
    // From there on nothing may be lost.
    JournalDamage.cutBack(by: 1).damage(world.files, LossWorld.path)
    #expect(world.tick("2024-03-18T09:00").code == .stateFile)
  }

  /// One of version 3 that is laid beside a ledger of now is an old backup.
  @Test func versionThreeBesideANewLedgerIsABackup() {
    let world = worked()
    world.files.put(Self.asVersionThree(world.journal), at: LossWorld.path)
    #expect(world.tick(Self.next).error.contains("is not the one that the ledger was written behind"))
  }

  /// The chain as docs/journal.md tells an operator to check it.
  @Test func theChainIsAsDocumented() throws {
    var before: String?
    for line in worked().lines {
      let (checksum, text) = (String(line.prefix(8)), String(line.dropFirst(9).dropLast()))
      let covered = before.map { "\($0) \(text)" } ?? text
      #expect(Self.hexadecimal(CRC32.checksum(covered.utf8)) == checksum)
      before = checksum
    }
    #expect(before != nil)
  }

  /// A service notices it like a tick.
  @Test(arguments: [JournalDamage.removed, .cutBack(by: 1), .emptied])
  func aServiceDoesNotGoByItsMemory(damage: JournalDamage) {
    let world = TickWorld(SmallWorld())
    let transport = RecordingTransport()
    var memory = TickMemory(rows: .kept)
    for day in Self.days {
      #expect(world.tick(Make.moment(day), transport, remembering: &memory).success != nil)
    }
    damage.damage(world.files, LossWorld.path)
    guard case .journal(.lost) = world.tick(Make.moment(Self.next), transport, remembering: &memory).fault
    else {
      Issue.record("\(damage) went unseen")
      return
    }
  }

  /// The journal is as the service left it, and the ledger is one that knows of more.
  @Test func aServiceReadsTheJournalAnewBesideAnotherLedger() throws {
    let world = TickWorld(SmallWorld())
    let transport = RecordingTransport()
    var memory = TickMemory(rows: .kept)
    _ = world.tick(Make.moment(Self.days[0]), transport, remembering: &memory)
    let other = worked()
    world.files.put(try #require(other.files.text("k/state/ledger")), at: "k/state/ledger")
    let fault = world.tick(Make.moment(Self.next), transport, remembering: &memory).fault
    guard case .journal(.lost) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
  }
}
