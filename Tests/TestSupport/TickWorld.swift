package import Notifier
package import Rules
package import Scheduler

/// A small kommune whose configuration is read once: for tests that run thousands of ticks.
package final class TickWorld: Sendable {
  package let world: SmallWorld
  private let setup: Setup

  package var files: InMemoryFileSystem { world.files }

  /// - Parameter setup: another configuration and rule book over the same files.
  package init(_ world: SmallWorld, setup: Setup? = nil) {
    self.world = world
    self.setup = setup ?? Self.setup(world)
  }

  /// What the world's configuration and rules say; stops the test run when they are not sound.
  package static func setup(_ world: SmallWorld) -> Setup {
    var problems = ProblemList()
    let setup = Setup.load(
      world.configuration, files: world.files, clock: FixedClock(0), override: nil, problems: &problems)
    guard let setup, problems.isEmpty else {
      preconditionFailure(problems.inSourceOrder.map(\.description).joined(separator: "\n"))
    }
    return setup
  }

  package func setup(at now: CivilMoment) -> Setup { setup.at(Now(now)) }

  /// One tick as a process of its own: the lock is taken and given back.
  package func tick(
    _ now: CivilMoment, _ transport: any MailTransport, stop: StopSignal = StopSignal()
  ) -> Result<TickResult, TickFault> {
    var memory = TickMemory(rows: .forgotten)
    return tick(now, transport, stop: stop, remembering: &memory)
  }

  /// One tick of a service.
  package func tick(
    _ now: CivilMoment, _ transport: any MailTransport, stop: StopSignal = StopSignal(),
    remembering memory: inout TickMemory
  ) -> Result<TickResult, TickFault> {
    let setup = setup(at: now)
    do throws(TickFault) {
      let lock = try StateLock(setup.configuration, files: files, command: "tick", now: setup.now)
      defer { lock.release() }
      let tick = Tick(setup, files: files, transport: transport, stop: stop)
      return .success(try tick.run(holding: lock, remembering: &memory))
    } catch {
      return .failure(error)
    }
  }

  package func tick(_ now: String, _ transport: any MailTransport) -> Result<TickResult, TickFault> {
    tick(Make.moment(now), transport)
  }
}

extension Result where Failure == TickFault {
  /// What the tick did; nil where it stopped.
  package var success: Success? { try? get() }

  /// Why it stopped; nil where it did not.
  package var fault: TickFault? {
    if case .failure(let fault) = self { fault } else { nil }
  }
}
