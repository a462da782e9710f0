import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// The first run on an old register: one digest for each department in place of a flood.
@Suite struct OpeningTests {
  private func text(_ envelope: Envelope) -> String { String(decoding: envelope.bytes, as: UTF8.self) }

  /// Forty old cases, of two departments and of none that anybody knows.
  private func oldRegister() -> String {
    var register = SmallWorld.header
    for number in 1...30 {
      register += "S-\(number);Jobcenter;sb\(number % 5)@k.example;2023-1\(number % 3)-04;\n"
    }
    for number in 31...38 { register += "S-\(number);Skole;sb9@k.example;2024-01-04;\n" }
    register += "S-39;Nowhere;sb9@k.example;2024-01-04;\nS-40;Jobcenter;sb1@k.example;2024-03-04;\n"
    return register
  }

  private func world() -> SmallWorld {
    SmallWorld(register: oldRegister(), past: .unused)
      .configured("[mail]", "[afdeling Skole]\nleder = skole@k.example\n\n[mail]")
  }

  @Test func thePastIsSummedUpOnce() throws {
    let world = world()
    let transport = RecordingTransport()
    // Repetitions fall every five working days; on this Tuesday only those of S-40 fall.
    let first = world.tick("2024-03-13T09:00", transport: transport)
    #expect(first.code == .data, "an unknown department")
    let openings = transport.accepted.filter { text($0).contains("=C3=85bningsoversigt") }
    #expect(
      openings.map(\.recipient.description).sorted() == [
        "job@k.example", "raad@k.example", "skole@k.example",
      ])
    let others = transport.accepted.filter { !text($0).contains("=C3=85bningsoversigt") }
    #expect(
      others.map(\.recipient.description).sorted() == ["leder@k.example", "sb1@k.example"])
    // Each department reads of its own cases, and nobody but the adviser of the one that nobody knows.
    for opening in openings where opening.recipient.localPart != "raad" {
      let isSchool = opening.recipient.localPart == "skole"
      #expect(text(opening).contains("S-31") == isSchool && text(opening).contains("S-30") == !isSchool)
      #expect(!text(opening).contains("S-39"))
    }
    #expect(openings.contains { $0.recipient.localPart == "raad" && text($0).contains("S-39") })
    let again = world.tick("2024-03-13T09:15", transport: transport)
    #expect(again.output.contains("Intet nyt at sende"))
    // From here on each step is told by itself.
    let before = transport.accepted.count
    _ = world.tick("2024-03-20T09:00", transport: transport)
    #expect(transport.accepted.count > before)
    #expect(!transport.accepted.dropFirst(before).contains { text($0).contains("=C3=85bningsoversigt") })
  }

  @Test func aRegisterWithoutAPastHasNoOpening() {
    let world = SmallWorld(past: .unused)
    let transport = RecordingTransport()
    #expect(world.tick("2024-03-05T09:00", transport: transport).code == .ok)
    #expect(transport.accepted.isEmpty)
    #expect(world.tick("2024-03-08T09:00", transport: transport).output.contains("Sendt 1 mail med 1 varsel"))
  }

  @Test func outsideTheWindowThePastWaitsToo() throws {
    let world = world().configured("[mail]", "[varsler]\nvindue = arbejdsdage 07:00 .. 17:00\n[mail]")
    let transport = RecordingTransport()
    _ = world.tick("2024-03-09T09:00", transport: transport)
    #expect(transport.attempts == 0)
    #expect(try world.journal().state.commissioned == nil)
    _ = world.tick("2024-03-11T07:00", transport: transport)
    #expect(transport.accepted.filter { text($0).contains("=C3=85bningsoversigt") }.count == 3)
    #expect(try world.journal().state.commissioned != nil)
  }

  /// Stopped anywhere in its first tick, and started again on the next day: whatever lay in the past stands
  /// in a digest, and nobody gets it in pieces.
  @Test(arguments: [InMemoryFileSystem.Mishap.killed, .powerLost])
  func aFirstRunThatIsStoppedAnywhereLosesNothing(mishap: InMemoryFileSystem.Mishap) throws {
    var step = 0
    while true {
      step += 1
      let world = TickWorld(self.world())
      let transport = RecordingTransport(on: world.files)
      world.files.arrange(mishap, at: step)
      _ = world.tick("2024-03-13T09:00", transport)
      let wasReached = world.files.steps >= step
      world.files.restart()
      #expect(world.tick("2024-03-13T09:15", transport).success != nil)
      let journal = try world.world.journal().state
      let keys = journal.mails.flatMap(\.intent.keys)
      #expect(Set(keys).count == keys.count, "step \(step)")
      let cases = Set(journal.mails.flatMap(\.intent.notices).map(\.caseID))
      #expect(cases == Set((1...40).map { "S-\($0)" }), "step \(step)")
      let openings = Dictionary(
        grouping: transport.accepted.filter { text($0).contains("=C3=85bningsoversigt") }, by: \.recipient)
      #expect(openings.count == 3 && openings.values.filter { $0.count > 1 }.count <= 1, "step \(step)")
      guard wasReached, step < 200 else { break }
    }
    #expect(step > 60)
  }

  /// What a digest sums up is told nowhere else, so none of it is left out.
  @Test func aLongOpeningIsWhole() {
    var register = SmallWorld.header
    for number in 1...120 { register += "S-\(1_000 + number);Jobcenter;sb1@k.example;2023-10-04;\n" }
    let world = SmallWorld(register: register, past: .unused)
    let transport = RecordingTransport()
    _ = world.tick("2024-03-13T09:00", transport: transport)
    let opening = transport.accepted.first { $0.recipient.localPart == "job" }
    for number in 1...120 { #expect(opening.map { text($0).contains("S-\(1_000 + number)") } == true) }
  }
}
