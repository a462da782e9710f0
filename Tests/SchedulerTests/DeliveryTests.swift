import Glibc
import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// What becomes of a mail that the mail system does not take: tried again with patience, given up in the end,
/// and always told.
@Suite struct DeliveryTests {
  private func recipients(_ envelopes: some Sequence<Envelope>) -> [String] {
    envelopes.map { String($0.recipient.localPart) }
  }

  @Test func aRefusedMailIsTriedAgainWithTheSameBytes() {
    let world = SmallWorld()
    let transport = RecordingTransport { envelope, attempt in
      envelope.recipient.localPart == "leder" && attempt <= 3
        ? .deferred(TransientFailure("450 senere")) : .accepted
    }
    let first = world.tick("2024-03-13T09:00", transport: transport)
    #expect(first.code == .temporary)
    #expect(first.error == "leder@k.example: not sent, attempt 1: 450 senere; it is tried again later\n")
    #expect(first.output.contains("ikke afleveret, forsøg 1 af 30, næste i dag 09:15: 450 senere"))
    // One refusal never stops the others.
    #expect(recipients(transport.accepted) == ["sb1", "sb2"])
    let early = world.tick("2024-03-13T09:14", transport: transport)
    #expect(early.code == .ok && transport.attempts == 3)
    #expect(early.output.contains("1 mail er måske ikke afleveret"))
    let second = world.tick("2024-03-13T09:15", transport: transport)
    #expect(second.code == .ok)
    // A refusal cannot have arrived, so nobody is told that it may have come twice.
    #expect(!second.output.contains("to gange"))
    #expect(recipients(transport.accepted) == ["sb1", "sb2", "leder"])
    #expect(world.files.paths(below: "k/state/spool").isEmpty)
  }

  @Test func aMailThatArrivesLateIsListedAsLate() {
    let world = SmallWorld()
    let refusing = RecordingTransport { _, _ in .deferred(TransientFailure("450")) }
    _ = world.tick("2024-03-13T09:00", transport: refusing)
    let late = world.tick("2024-03-13T10:01", transport: RecordingTransport())
    #expect(late.output.contains("afleveret forsinket i dag 10:01, i 2. forsøg"))
    #expect(world.tick("2024-03-14T09:00").output.contains("afleveret forsinket i går 10:01"))
    #expect(!world.tick("2024-04-13T09:00").output.contains("forsinket"))
  }

  /// However long the mail system is down, a notice is queued once; it waits longer and longer, and is given
  /// up at last.
  @Test func aMailThatIsAlwaysRefusedIsQueuedOnceAndGivenUpInTheEnd() throws {
    let world = SmallWorld()
    let refusing = RecordingTransport { envelope, _ in
      envelope.recipient.localPart == "leder" ? .deferred(TransientFailure("450 nej")) : .accepted
    }
    let start = Make.moment("2024-03-13T09:00").localSeconds
    var time = start
    var attempts: [Int64] = []
    var last = (code: ExitCode.ok, output: "", error: "")
    while time < Make.moment("2024-03-19T09:00").localSeconds {
      let before = refusing.attempts
      let now = CivilMoment(localSeconds: time)
      // The step of each day goes to others as well; only the first mail to the leader is followed.
      last = world.tick(now.description, transport: refusing)
      if refusing.attempts > before, now.date == Make.date("2024-03-13") || last.error.contains("leder") {
        attempts.append(time)
      }
      time += (time - start < 4 * 3_600 ? 15 : 60) * 60
    }
    let state = try world.journal().state
    let toLeader = state.mails.filter { $0.intent.recipient.localPart == "leder" }
    #expect(toLeader.map(\.attempts).max() == 30)
    #expect(Set(toLeader.map(\.intent.identity)).count == toLeader.count)
    let first = try #require(toLeader.first)
    #expect(first.standing(.standard) == .failed(attempt: 30, "450 nej"))
    // The adviser is told once, with what was in it.
    let alarms = refusing.accepted.filter {
      String(decoding: $0.bytes, as: UTF8.self).contains("ske_ikke_n")
    }
    #expect(recipients(alarms).allSatisfy { $0 == "raad" } && !alarms.isEmpty)
    let told = alarms.filter { String(decoding: $0.bytes, as: UTF8.self).contains("opgivet efter 30") }
    #expect(told.count == alarms.count)
    #expect(alarms.first.map { String(decoding: $0.bytes, as: UTF8.self) }?.contains("S-1") == true)
  }

  private static let deferred = DeliveryResult.deferred(TransientFailure("450"))
  private static let rejected = DeliveryResult.rejected(PermanentFailure("550"))

  @Test(
    arguments: [
      (1, deferred, 15, 30), (2, deferred, 30, 30), (3, deferred, 60, 30), (4, deferred, 120, 30),
      (5, deferred, 240, 30), (6, deferred, 240, 30), (29, deferred, 240, 30), (30, deferred, nil, 30),
      (1, rejected, 240, 6), (5, rejected, 240, 6), (6, rejected, nil, 6), (1, .accepted, nil, 0),
      (1, .uncertain("?"), nil, 0),
    ] as [(Int, DeliveryResult, Int64?, Int)])
  func theWaitDoublesUpToFourHours(attempts: Int, result: DeliveryResult, minutes: Int64?, most: Int) {
    let last = Make.moment("2024-03-13T09:00")
    let expected = minutes.map {
      RetryPolicy.Next.attempt(at: CivilMoment(localSeconds: last.localSeconds + $0 * 60), of: most)
    }
    #expect(RetryPolicy.standard.next(after: attempts, result, at: last) == expected ?? .none)
  }

  @Test func thirtyAttemptsLastOverALongWeekend() {
    var time = Make.moment("2024-03-28T16:00")
    var attempts = 1
    while case .attempt(let next, _) = RetryPolicy.standard.next(after: attempts, Self.deferred, at: time) {
      (time, attempts) = (next, attempts + 1)
    }
    #expect(attempts == 30 && time.date == Make.date("2024-04-01"))
    // A tick that knows only the day tries again on the next.
    #expect(
      RetryPolicy.standard.next(after: 1, Self.deferred, at: Make.moment("2024-03-28"))
        == .attempt(at: Make.moment("2024-03-29"), of: 30))
  }

  /// Refused for good: the adviser hears at once; and because servers say so by mistake too, it is tried a
  /// few times more.
  @Test func ofARejectedMailTheAdviserHearsAtOnce() {
    let world = SmallWorld()
    let transport = RecordingTransport { envelope, _ in
      envelope.recipient.localPart == "sb2" ? .rejected(PermanentFailure("no such user")) : .accepted
    }
    let first = world.tick("2024-03-13T09:00", transport: transport)
    #expect(first.code == .temporary)
    #expect(
      first.error
        == "sb2@k.example: refused, attempt 1: no such user; the adviser is told, and it is tried again later\n"
    )
    #expect(recipients(transport.accepted) == ["leder", "sb1", "raad"])
    #expect(first.output.contains("ikke afleveret, forsøg 1 af 6, næste i dag 13:00: no such user"))
    #expect(world.tick("2024-03-13T12:59", transport: transport).code == .ok && transport.attempts == 4)
    for time in ["13:00", "17:00", "21:00"] {
      #expect(world.tick("2024-03-13T\(time)", transport: transport).code == .temporary)
    }
    let mended = RecordingTransport()
    #expect(world.tick("2024-03-14T01:00", transport: mended).output.contains("i 5. forsøg"))
    #expect(recipients(mended.accepted).contains("sb2"))
    // Told once, whatever came of it later.
    #expect(recipients(transport.accepted).filter { $0 == "raad" }.count == 1)
  }

  @Test func anUncertainMailIsListedAndNotRepeated() {
    let world = SmallWorld()
    let transport = RecordingTransport { envelope, _ in
      envelope.recipient.localPart == "sb1" ? .uncertain("hang") : .accepted
    }
    let first = world.tick("2024-03-13T09:00", transport: transport)
    #expect(first.code == .temporary)
    #expect(first.error == "sb1@k.example: perhaps sent: hang; ask the recipient, it is not tried again\n")
    // The adviser is told in the same tick.
    #expect(recipients(transport.accepted) == ["leder", "sb2", "raad"])
    let second = world.tick("2024-03-13T10:00", transport: transport)
    #expect(second.code == .ok)
    #expect(second.output.contains("måske afleveret, spørg modtageren: hang"))
    #expect(second.output.contains("1 mail er måske ikke afleveret; rapporten siger hvilke"))
    #expect(!second.output.contains("Intet nyt"))
    #expect(transport.attempts == 4)
  }

  /// Three silences in a row: the mail system as a whole hangs, and each further mail would only become one
  /// more of which nobody knows.
  @Test func aMailSystemThatHangsIsLeftAlone() {
    var register = SmallWorld.header
    for number in 1...9 { register += "S-\(number);Jobcenter;sb\(number)@k.example;2024-03-04;\n" }
    let world = SmallWorld(register: register)
    let hanging = RecordingTransport { _, _ in .uncertain("hang") }
    #expect(world.tick("2024-03-13T09:00", transport: hanging).code == .temporary)
    #expect(hanging.attempts == 3)
    let transport = RecordingTransport()
    #expect(world.tick("2024-03-13T09:15", transport: transport).code == .ok)
    // Seven mails to the other caseworkers, and the adviser hears of the three.
    #expect(transport.accepted.count == 8)
    #expect(recipients(transport.accepted).filter { $0 == "raad" }.count == 1)
  }

  @Test func aSpoolFileThatChangedIsNotSent() {
    let world = SmallWorld()
    _ = world.tick("2024-03-13T09:00", transport: RecordingTransport { _, _ in Self.deferred })
    for path in world.files.paths(below: "k/state/spool") { world.files.put("andet", at: path) }
    let transport = RecordingTransport()
    let second = world.tick("2024-03-13T10:00", transport: transport)
    #expect(second.error.contains("is missing or changed"))
    #expect(second.output.contains("måske afleveret, spørg modtageren: the spool file"))
    // Not sent, but not lost: the adviser reads what it was about.
    #expect(recipients(transport.accepted) == ["raad"])
  }

  @Test func theSpoolHoldsOnlyWhatIsStillNeeded() {
    let world = SmallWorld()
    world.files.put("rest", at: "k/state/spool/aaaa.eml")
    _ = world.tick(
      "2024-03-13T09:00",
      transport: RecordingTransport { envelope, _ in
        envelope.recipient.localPart == "leder" ? .deferred(TransientFailure("450")) : .accepted
      })
    #expect(world.files.paths(below: "k/state/spool").count == 1)
    _ = world.tick("2024-03-13T10:00")
    #expect(world.files.paths(below: "k/state/spool").isEmpty)
  }

  /// The child of a killed tick may still read its spool file; asking again would double what it is about to
  /// hand over.
  @Test func aMailThatAChildStillHandsOverIsLeftAlone() throws {
    // Killed just after the mail system took the first mail.
    var step = 0
    var (world, attempts) = (SmallWorld(), 0)
    while attempts == 0 {
      step += 1
      world = SmallWorld()
      let transport = RecordingTransport(on: world.files)
      world.files.arrange(.killed, at: step)
      _ = world.tick("2024-03-13T09:00", transport: transport)
      attempts = transport.attempts
    }
    world.files.restart()
    let path = try #require(world.files.paths(below: "k/state/spool").first)
    let child = try #require(try world.files.lock(path))
    let others = RecordingTransport()
    #expect(
      world.tick("2024-03-13T09:15", transport: others).output.contains("programmet stoppede undervejs"))
    #expect(!others.accepted.contains { $0.spoolFile == path })
    child.release()
    let after = world.tick("2024-03-13T09:30", transport: others)
    #expect(after.output.contains("i 2. forsøg; kan være kommet to gange"))
    #expect(others.accepted.contains { $0.spoolFile == path })
  }
}
