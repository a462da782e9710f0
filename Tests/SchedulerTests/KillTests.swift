import Glibc
import Notifier
import Rules
import Scheduler
import Synchronization
import TestSupport
import Testing

/// A tick with thirty due notices, stopped at every single write, fsync, rename, removal, new folder and
/// spawn, and run again: no notice is lost, at most the one in hand comes twice, with the same bytes, and
/// then it is listed.
@Suite final class KillTests {
  /// Ten cases for ten caseworkers, a leader and the adviser: thirty notices in twelve mails.
  private func world() -> TickWorld {
    var register = SmallWorld.header
    for number in 1...10 { register += "S-\(number);Jobcenter;sb\(number)@k.example;2024-03-04;\n" }
    let rule = Make.ruleFile("varsel = på dagen: sagsbehandler, leder, borgerrådgiver")
    let world = SmallWorld(register: register, rule: rule)
    return TickWorld(
      world,
      setup: setup.withLock { setup in
        setup = setup ?? TickWorld.setup(world)
        return setup
      })
  }

  /// Read once: it is the same in every world.
  private let setup = Mutex<Setup?>(nil)

  private struct Course {
    var stops = 0
    var doubled = 0
  }

  /// Stops a tick at `step` and lets healthy ones follow; false when there was nothing left to stop.
  private func stop(_ mishap: InMemoryFileSystem.Mishap, at step: Int, _ course: inout Course) -> Bool {
    let world = world()
    let transport = RecordingTransport(on: world.files)
    world.files.arrange(mishap, at: step)
    _ = world.tick("2024-03-13T09:00", transport)
    let wasReached = world.files.steps >= step
    world.files.restart()
    let second = world.tick("2024-03-13T09:15", transport)
    let third = world.tick("2024-03-13T09:30", transport)
    let place: Comment = "\(mishap) at step \(step)"
    #expect(second.success != nil && third.success != nil, place)

    let got = Dictionary(grouping: transport.accepted, by: \.identity)
    let recipients = Set(got.values.map { $0[0].recipient.localPart })
    #expect(recipients == Set((1...10).map { "sb\($0)" } + ["leder", "raad"]), place)
    let twice = got.values.filter { $0.count > 1 }
    #expect(twice.count <= 1 && twice.allSatisfy { $0.count == 2 && $0[0].bytes == $0[1].bytes }, place)
    // What came twice is listed, by name, in the next report.
    for mail in twice {
      let listed = second.success?.troubles.filter { $0.recipient == mail[0].recipient } ?? []
      #expect(listed.contains { if case .repeated = $0.standing { true } else { false } }, place)
    }
    #expect(transport.attempts == got.values.reduce(0) { $0 + $1.count }, place)
    #expect(third.success?.deliveries.isEmpty == true, place)
    // Every notice stands in one mail, and in no other.
    let keys = (try? world.world.journal())?.state.mails.flatMap(\.intent.keys) ?? []
    #expect(keys.count == 30 && Set(keys).count == 30, place)
    course.doubled += twice.count
    if wasReached { course.stops += 1 }
    return wasReached
  }

  @Test(arguments: [InMemoryFileSystem.Mishap.killed, .powerLost])
  func stoppedAnywhere(mishap: InMemoryFileSystem.Mishap) {
    var course = Course()
    var step = 1
    while stop(mishap, at: step, &course) { step += 1 }
    print(
      "\(mishap): \(course.stops) kill points, of them \(course.doubled) with a mail sent twice, none lost")
    #expect(course.stops > 120)
    // For each of the twelve mails the steps between its acceptance and the record of it: the spawn's end,
    // the write of the record and, without power, its fsync.
    #expect(course.doubled == (mishap == .killed ? 24 : 36))
  }

  /// A call that fails: what the tick says of it, and that the next tick makes it good.
  @Test(arguments: [EIO, ENOSPC, EINTR])
  func aCallThatFailsAnywhere(code: Int32) {
    var outcomes: [String: Int] = [:]
    var step = 0
    while true {
      step += 1
      let world = world()
      let transport = RecordingTransport()
      world.files.arrange(.fails(code), at: step)
      let first = world.tick("2024-03-13T09:00", transport)
      guard world.files.steps >= step else { break }
      world.files.restart()
      switch first {
      // What only tidies up may fail.
      case .success: outcomes["done", default: 0] += 1
      case .failure(.journal(.file(let fault))), .failure(.file(let fault)):
        #expect(fault.code == code)
        outcomes["stopped", default: 0] += 1
      case .failure(let fault): Issue.record("step \(step): \(fault)")
      }
      #expect(world.tick("2024-03-13T09:15", transport).success != nil, "step \(step)")
      let got = Dictionary(grouping: transport.accepted, by: \.identity)
      #expect(got.count == 12 && got.values.filter { $0.count > 1 }.count <= 1, "step \(step)")
      #expect(got.values.allSatisfy { Set($0.map(\.bytes)).count == 1 }, "step \(step)")
    }
    print("\(code): \(step - 1) calls, \(outcomes)")
    #expect(outcomes["stopped", default: 0] > 60 && outcomes["done", default: 0] >= 12)
  }

  /// After a stop in the middle of a recovery a person is asked: what may have come twice does not come a
  /// third time.
  @Test func aSecondKillInTheSameMailAsksAPerson() {
    var asked = 0
    for second in 1...40 {
      let world = world()
      let transport = RecordingTransport(on: world.files)
      // Killed between the first mail's acceptance and its record.
      world.files.arrange(.killed, at: firstAcceptance)
      _ = world.tick("2024-03-13T09:00", transport)
      world.files.restart()
      world.files.arrange(.killed, at: second)
      _ = world.tick("2024-03-13T09:15", transport)
      world.files.restart()
      let last = world.tick("2024-03-13T09:30", transport).success
      let got = Dictionary(grouping: transport.accepted, by: \.identity)
      #expect(got.values.allSatisfy { $0.count <= 2 }, "second kill at \(second)")
      if last?.troubles.contains(where: { if case .uncertain = $0.standing { true } else { false } }) == true
      {
        asked += 1
        // The adviser hears of it by mail as well.
        #expect(last?.messages.contains { $0.subject.contains("måske ikke nået frem") } == true)
      }
    }
    #expect(asked > 0)
  }

  /// The step just after the mail system took the first mail.
  private var firstAcceptance: Int {
    for step in 1... {
      let world = world()
      let transport = RecordingTransport(on: world.files)
      world.files.arrange(.killed, at: step)
      _ = world.tick("2024-03-13T09:00", transport)
      if transport.accepted.count == 1 { return step }
    }
    return 0
  }

  /// SIGTERM in the middle: the mail in hand is finished, the rest goes out next time.
  @Test func aStopFinishesTheMailInHand() {
    let world = world()
    let stop = StopSignal()
    let transport = RecordingTransport { _, attempt in
      if attempt == 3 { stop.raise() }
      return .accepted
    }
    #expect(world.tick(Make.moment("2024-03-13T09:00"), transport, stop: stop).fault == .interrupted)
    #expect(transport.accepted.count == 3)
    #expect(world.tick("2024-03-13T09:01", transport).success?.troubles.isEmpty == true)
    #expect(Set(transport.accepted.map(\.identity)).count == 12 && transport.accepted.count == 12)
  }
}
