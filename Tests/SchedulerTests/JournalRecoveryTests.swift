import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// No crash is taken for a loss, and what was accepted goes on whatever stops it.
@Suite struct JournalRecoveryTests {
  /// What a folder holds before the tick that is stopped.
  enum Beginning: CaseIterable, Sendable {
    /// A journal of version 3 and a ledger of version 2.
    case older
    /// So many superfluous records that the tick writes the journal anew.
    case long
    /// A last record that a crash tore.
    case torn
    /// A pass that was not finished.
    case unfinished
  }

  private static func world(_ beginning: Beginning, _ transport: RecordingTransport) -> TickWorld {
    let world = TickWorld(SmallWorld())
    for day in ["2024-03-08T09:00", "2024-03-12T09:00"] { _ = world.tick(day, transport) }
    let files = world.files
    let text = files.text(LossWorld.path) ?? ""
    switch beginning {
    case .older:
      files.put(JournalLossTests.asVersionThree(text), at: LossWorld.path)
      let ledger = (files.text("k/state/ledger") ?? "").split(separator: "\n").map { line in
        let words = line.dropFirst(9).split(separator: " ", omittingEmptySubsequences: false)
        if words[0] == "fristvagt-ledger" {
          return ChecksumLine.text((["fristvagt-ledger", "2"] + words.dropFirst(2)).joined(separator: " "))
        }
        return words[0] == "pass" ? ChecksumLine.text(words.prefix(2).joined(separator: " ")) : "\(line)\n"
      }
      files.put(ledger.joined(), at: "k/state/ledger")
    case .long:
      var journal = try? Journal(
        path: LossWorld.path, files: files, now: Make.now("2024-03-12T10:00"))
      for _ in 0..<1_010 {
        try? journal?.append(
          .pass(JournalRecord.Pass(cases: 3, clocks: 3)), at: Make.now("2024-03-12T10:00"))
      }
    case .torn: files.put(text + "0123abcd 2024-03-12T10:0", at: LossWorld.path)
    case .unfinished:
      files.arrange(.killed, at: 9)
      _ = world.tick("2024-03-13T08:00", transport)
      files.restart()
    }
    return world
  }

  @Test(
    arguments: Beginning.allCases, [InMemoryFileSystem.Mishap.killed, .powerLost])
  func everyStopIsRecoveredByItself(beginning: Beginning, mishap: InMemoryFileSystem.Mishap) {
    var step = 0
    while true {
      step += 1
      let transport = RecordingTransport()
      let world = Self.world(beginning, transport)
      world.files.arrange(mishap, at: step)
      _ = world.tick("2024-03-13T09:00", transport)
      let wasReached = world.files.steps >= step
      world.files.restart()
      for now in ["2024-03-13T09:15", "2024-03-13T10:00", "2024-03-14T09:00"] {
        let result = world.tick(now, transport)
        #expect(
          result.success != nil, "\(beginning), \(mishap) at \(step): \(String(describing: result.fault))")
      }
      guard wasReached else { break }
    }
    #expect(step > 20)
  }

  /// Whatever stops the tick that accepts, the next one needs to be told at most once more that it is
  /// accepted; nothing that was told before is told again, and nothing that falls due is lost.
  @Test(arguments: [InMemoryFileSystem.Mishap.killed, .powerLost])
  func anAcceptanceIsStoppedAnywhere(mishap: InMemoryFileSystem.Mishap) {
    let twin = LossWorld()
    let days = ["2024-03-08T09:00", "2024-03-13T09:00"]
    for day in days + ["2024-03-14T09:00", "2024-03-14T11:00"] { twin.tick(day) }
    for step in 1... {
      let world = LossWorld()
      for day in days { world.tick(day) }
      JournalDamage.cutBack(by: world.lines.count - 3).damage(world.files, LossWorld.path)
      world.files.arrange(mishap, at: step)
      world.tick("2024-03-14T09:00", "--accept-journal")
      let wasReached = world.files.steps >= step
      world.files.restart()
      for now in ["2024-03-14T10:00", "2024-03-14T11:00"] where world.tick(now).code == .stateFile {
        #expect(world.tick(now, "--accept-journal").code == .ok, "\(mishap) at \(step)")
      }
      #expect(Set(world.accepted) == Set(twin.accepted), "\(mishap) at \(step)")
      // The mail in hand, as in any other tick.
      #expect(world.accepted.count <= twin.accepted.count + 1, "\(mishap) at \(step)")
      guard wasReached else {
        #expect(step > 40)
        break
      }
    }
  }

  /// Any days of work, any damage at any time, with a window that may be closed: every notice that a twin
  /// tells is told, and none twice.
  @Test(arguments: Seeds.all)
  func nobodyIsToldTwiceAndNobodyIsForgotten(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var accepted = 0
    for round in 0..<60 {
      let window = Bool.random(using: &random) ? "[varsler]\nvindue = arbejdsdage 08:00 .. 16:00\n" : ""
      let (world, twin) = (LossWorld(window), LossWorld(window))
      var now = Make.moment("2024-03-07T09:00").localSeconds
      func tick(_ option: String = "") -> ExitCode {
        let moment = CivilMoment(localSeconds: now).description
        twin.tick(moment)
        return world.tick(moment, option).code
      }
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        #expect(tick() == .ok, "seed \(seed), round \(round)")
        now += Int64.random(in: 1...30, using: &random) * 3_600
      }
      let before = world.told
      let damage = JournalDamage.all(world.lines.count).randomElement(using: &random) ?? .removed
      damage.damage(world.files, LossWorld.path)
      let place: Comment = "seed \(seed), round \(round), \(damage)"
      if tick() == .stateFile {
        let code = world.tick(CivilMoment(localSeconds: now).description, "--accept-journal").code
        #expect(code == .ok || code == .temporary, place)
        accepted += 1
      } else if case .cutBack = damage {
        // Passes that told nothing, and of which the ledger keeps nothing.
      } else {
        Issue.record(place)
      }
      for _ in 0..<3 {
        now += Int64.random(in: 1...30, using: &random) * 3_600
        let code = tick()
        // A mail whose result was lost waits for the window before it is named as uncertain.
        #expect(code == .ok || code == .temporary, place)
      }
      #expect(before.union(world.told) == twin.told, place)
      #expect(world.accepted == Set(world.accepted).sorted(), place)
      #expect(world.accepted.count == twin.accepted.count, place)
    }
    #expect(accepted > 50)
  }
}

/// A line of a state file as the versions before wrote it.
private enum ChecksumLine {
  static func text(_ text: String) -> String {
    let hex = String(CRC32.checksum(text.utf8), radix: 16)
    return String(repeating: "0", count: 8 - hex.count) + "\(hex) \(text)\n"
  }
}
