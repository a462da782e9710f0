import Glibc
import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// Nothing lost, nothing twice: what happens when mail is refused, when the program is killed, when the disk fails.
@Suite struct DeliveryTests {
  @Test func aRefusedMailIsTriedAgainWithTheSameBytes() {
    let world = SmallWorld()
    let transport = RecordingTransport { envelope, attempt in
      envelope.recipient.localPart == "leder" && attempt <= 3 ? .refused("450 senere") : .accepted
    }
    let first = world.tick("2024-03-13", transport: transport)
    #expect(first.code == .temporary)
    #expect(
      first.error
        == "leder@k.example: not sent, attempt 1: 450 senere; it is tried again at the next tick\n")
    // One refusal never stops the others.
    #expect(transport.accepted.map(\.recipient.localPart) == ["sb1", "sb2"])
    let second = world.tick("2024-03-13", transport: transport)
    #expect(second.code == .ok)
    // A refusal cannot have arrived, so nobody is told that it may have come twice.
    #expect(!second.output.contains("to gange"))
    #expect(transport.accepted.map(\.recipient.localPart) == ["sb1", "sb2", "leder"])
    #expect(world.files.paths(below: "k/state/spool").isEmpty)
  }

  @Test func aMailThatIsAlwaysRefusedIsQueuedOnceAndStaysListed() {
    let world = SmallWorld()
    let refusing = RecordingTransport { _, _ in .refused("550 nej") }
    for attempt in 1...9 {
      let result = world.tick("2024-03-13", transport: refusing)
      #expect(result.code == .temporary)
      #expect(result.output.contains("ikke afleveret i \(attempt). forsøg, prøves igen: 550 nej"))
    }
    #expect(refusing.attempts == 27)
    #expect(world.files.paths(below: "k/state/spool").count == 3)
    let transport = RecordingTransport()
    #expect(world.tick("2024-03-13", transport: transport).code == .ok)
    #expect(transport.accepted.count == 3)
  }

  @Test func anUncertainMailIsListedAndNotRepeated() {
    let world = SmallWorld()
    let transport = RecordingTransport { _, _ in .uncertain("hang") }
    let first = world.tick("2024-03-13", transport: transport)
    #expect(first.code == .temporary)
    #expect(
      first.error.contains("sb1@k.example: perhaps sent: hang; ask the recipient, it is not tried again"))
    let second = world.tick("2024-03-13", transport: transport)
    #expect(second.code == .ok)
    #expect(second.output.contains("måske afleveret, spørg modtageren: hang"))
    #expect(second.output.contains("3 mails er ikke sikkert afleveret; rapporten siger hvilke"))
    #expect(!second.output.contains("Intet nyt"))
    #expect(transport.attempts == 3)
  }

  /// Stops the tick at every single change of the disk, runs it again, and counts what each person got.
  @Test func aKillAtAnyWriteLosesNothingAndDoublesAtMostTheMailInHand() {
    var kills = 0
    var doubled = 0
    for call in 1... {
      let world = SmallWorld()
      let transport = RecordingTransport()
      world.files.arrange(.killed, at: call)
      let first = world.tick("2024-03-13", transport: transport)
      let wasKilled = first.code != .ok
      world.files.restart()
      let second = world.tick("2024-03-13", transport: transport)
      #expect(second.code == .ok, "killed at change \(call): \(second.error)")
      let got = Dictionary(grouping: transport.accepted, by: \.identity)
      #expect(
        Set(got.values.map { $0[0].recipient.localPart }) == ["leder", "sb1", "sb2"],
        "killed at change \(call)")
      #expect(got.count == 3, "killed at change \(call)")
      let twice = got.values.filter { $0.count > 1 }
      #expect(
        twice.count <= 1 && twice.allSatisfy { $0.count == 2 && $0[0].bytes == $0[1].bytes },
        "killed at change \(call)")
      doubled += twice.count
      #expect(
        world.tick("2024-03-13", transport: transport).output.contains("Intet nyt"),
        "killed at change \(call)")
      guard wasKilled else { break }
      kills += 1
    }
    print("kill points: \(kills), of them with a mail sent twice: \(doubled)")
    #expect(kills > 20)
    // Once for each mail: between its acceptance and the record of it.
    #expect(doubled == 3)
  }

  @Test(arguments: [EIO, ENOSPC])
  func aDiskThatFailsAtAnyWriteStopsBeforeAnythingIsLost(code: Int32) {
    for call in 1... {
      let world = SmallWorld()
      let transport = RecordingTransport()
      world.files.arrange(.fails(code), at: call)
      let first = world.tick("2024-03-13", transport: transport)
      world.files.restart()
      _ = world.tick("2024-03-13", transport: transport)
      _ = world.tick("2024-03-13", transport: transport)
      let got = Dictionary(grouping: transport.accepted, by: \.identity)
      #expect(
        Set(got.values.map { $0[0].recipient.localPart }) == ["leder", "sb1", "sb2"],
        "failed at change \(call)")
      #expect(got.values.filter { $0.count > 1 }.count <= 1, "failed at change \(call)")
      if first.code == .ok { break }
    }
  }

  @Test func aSpoolFileThatChangedIsNotSent() {
    let world = SmallWorld()
    let refusing = RecordingTransport { _, _ in .refused("450") }
    _ = world.tick("2024-03-13", transport: refusing)
    for path in world.files.paths(below: "k/state/spool") { world.files.put("andet", at: path) }
    let transport = RecordingTransport()
    let second = world.tick("2024-03-13", transport: transport)
    #expect(transport.accepted.isEmpty)
    #expect(second.error.contains("is missing or changed"))
  }
}
