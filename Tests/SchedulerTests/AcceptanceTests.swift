import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// What an accepted journal leaves to somebody: the mails that no record names, and those that nobody took.
@Suite struct AcceptanceTests {
  private static let spool = "k/state/spool"
  private static let aside = "k/state/spool.ukendt"

  /// A world without a journal, whose three mails of 13 March were refused for now.
  private func refused() -> SmallWorld {
    let world = SmallWorld()
    let refusing = RecordingTransport { _, _ in .deferred(TransientFailure("450")) }
    #expect(world.tick("2024-03-08T09:00", transport: RecordingTransport()).code == .ok)
    #expect(world.tick("2024-03-13T09:00", transport: refusing).code == .temporary)
    world.files.delete(LossWorld.path)
    return world
  }

  private func accept(
    _ world: SmallWorld, _ now: String, _ transport: RecordingTransport
  ) -> (code: ExitCode, output: String, error: String) {
    world.run("tick --config k/fristvagt.conf --now \(now) --accept-journal", transport: transport)
  }

  /// The files that a tick names.
  private func named(in output: String) -> [String] {
    let words = ": journalen kender ikke længere denne mail; den er måske ikke afleveret"
    return output.split(separator: "\n").filter { $0.hasSuffix(words) }.map {
      String($0.dropLast(words.count))
    }
  }

  /// The files that were put aside and of which no record tells.
  private func unknown(_ world: SmallWorld) -> [String] {
    let journal = world.files.text(LossWorld.path) ?? ""
    return world.files.paths(below: Self.aside).filter { path in
      !journal.contains(" intent \(path.dropFirst(Self.aside.count + 1).dropLast(4)) ")
    }
  }

  // MARK: Mails that no record names

  /// Two that the next day's notices take the place of are named; one that is composed anew as it was is not.
  @Test func aMailThatNoRecordNamesIsKeptAndNamed() {
    let world = refused()
    let spooled = world.files.paths(below: Self.spool)
    #expect(spooled.count == 3)
    let transport = RecordingTransport()
    let result = accept(world, "2024-03-14T09:00", transport)
    #expect(result.code == .ok && result.error == "", "\(result.error)")
    let kept = world.files.paths(below: Self.aside)
    #expect(kept == spooled.map { $0.replacing("/spool/", with: "/spool.ukendt/") })
    #expect(named(in: result.output) == unknown(world))
    let sentAnew = kept.filter { path in transport.accepted.contains { path.contains($0.identity) } }
    #expect(sentAnew.count == 1 && named(in: result.output) == kept.filter { !sentAnew.contains($0) })
  }

  /// The tick that moved them came to nothing; the one that closes the gap names them, and no later one does.
  @Test func whatATickMovedThatStoppedIsNamedByTheNext() {
    let world = refused()
    world.files.delete("k/register.csv")
    for _ in 0..<2 {
      let stopped =
        world.files.text(LossWorld.path) == nil
        ? accept(world, "2024-03-14T09:00", RecordingTransport())
        : world.tick("2024-03-14T09:15", transport: RecordingTransport())
      #expect(stopped.code == .noInput && named(in: stopped.output) == [])
      #expect(world.files.paths(below: Self.aside).count == 3)
    }
    world.files.put(SmallWorld.register, at: "k/register.csv")
    let good = world.tick("2024-03-14T09:30", transport: RecordingTransport())
    #expect(good.code == .ok && good.output.contains("Journalen mangler poster fra begyndelsen"))
    #expect(named(in: good.output) == unknown(world) && unknown(world).count == 2, "\(good.output)")
    let later = world.tick("2024-03-14T10:00", transport: RecordingTransport())
    #expect(later.code == .ok && named(in: later.output) == [])
  }

  /// Killed anywhere before the pass is finished: the next tick names them.
  @Test func aKilledTickHidesNoMail() throws {
    var unfinished = 0
    for step in 1... {
      let world = refused()
      world.files.arrange(.killed, at: step)
      _ = accept(world, "2024-03-14T09:00", RecordingTransport(on: world.files))
      let wasReached = world.files.steps >= step
      world.files.restart()
      let isFinished = try world.files.text(LossWorld.path) != nil && world.journal().state.openGap == nil
      let now = "2024-03-14T09:30"
      var result = world.tick(now, transport: RecordingTransport())
      if result.code == .stateFile { result = accept(world, now, RecordingTransport()) }
      #expect(unknown(world).count == 2, "step \(step)")
      if !isFinished {
        #expect(named(in: result.output) == unknown(world), "step \(step): \(result)")
        unfinished += 1
      }
      guard wasReached else { break }
    }
    #expect(unfinished > 20)
  }

  /// What cannot be listed is not taken for nothing.
  @Test func aSpoolThatIsNoFolderStopsTheTick() {
    let world = refused()
    for path in world.files.paths(below: Self.spool) { world.files.delete(path) }
    world.files.put("", at: Self.aside)
    let result = accept(world, "2024-03-14T09:00", RecordingTransport())
    #expect(
      result.code == .ioError && result.error.hasPrefix("\(Self.aside): cannot list: "), "\(result.error)")
    #expect(world.files.text(LossWorld.path)?.contains(" accepted ") == true)
    #expect(world.files.text(LossWorld.path)?.contains(" pass ") == false)
  }

  // MARK: Mails that nobody took

  /// Journal and spool are gone together, as on a machine that is set up anew beside a kept ledger.
  @Test func whatWasRefusedDoesNotCountAsTold() {
    let world = refused()
    #expect(told(world) == "2024-03-08T09:00 2024-03-13T09:00")
    let spooled = world.files.paths(below: Self.spool)
    for path in spooled { world.files.delete(path) }
    let transport = RecordingTransport()
    let result = accept(world, "2024-03-13T09:30", transport)
    #expect(result.code == .ok)
    #expect(transport.accepted.map { "\(Self.spool)/\($0.identity).eml" }.sorted() == spooled)
    #expect(told(world) == "2024-03-13T09:30 2024-03-13T09:30")
  }

  /// When it was taken in the end, all is told.
  @Test(arguments: [
    (DeliveryResult.accepted, "2024-03-13T09:30"), (.deferred(TransientFailure("451")), "2024-03-08T09:00"),
    (.rejected(PermanentFailure("550")), "2024-03-08T09:00"),
  ])
  func noticesAreToldWhenNoMailIsUnfinished(result: DeliveryResult, notices: String) {
    let world = SmallWorld()
    let refusing = RecordingTransport { _, _ in .deferred(TransientFailure("450")) }
    _ = world.tick("2024-03-08T09:00", transport: RecordingTransport())
    _ = world.tick("2024-03-13T09:00", transport: refusing)
    _ = world.tick("2024-03-13T09:30", transport: RecordingTransport { _, _ in result })
    #expect(told(world).hasPrefix("\(notices) "), "\(told(world))")
  }

  /// NOTICES and REPORTS of the latest pass that the ledger keeps.
  private func told(_ world: SmallWorld) -> String {
    let line = (world.files.text("k/state/ledger") ?? "").split(separator: "\n").last ?? ""
    return line.split(separator: " ", omittingEmptySubsequences: false).suffix(2).joined(separator: " ")
  }
}
