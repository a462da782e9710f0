import Notifier
package import Rules

/// The tick as a service: looks at every wake whether something is to be done, and does nothing when nothing
/// is.
package struct Service {
  /// What came of one cycle.
  package enum Cycle: Sendable {
    /// Nothing had changed, and nothing had come due.
    case idle
    case ticked(TickResult)
    /// Nothing was sent; it is tried again when the input changes, or in ``Service/retryMinutes``.
    case stopped(TickFault)
    /// The memory cannot be trusted any more, or the program was asked to leave.
    case finished(TickFault)
  }

  private let file: String
  private let world: World
  private let stop: StopSignal
  private let lock: StateLock
  private var setup: Setup
  private var watch: InputWatch
  /// What the latest tick left for the next.
  private var memory = TickMemory(rows: .kept)
  private var next: CivilMoment?
  private var last: CivilMoment?
  private var isUnsettled = false
  /// True for a tick that has to come for a reason which nothing shows any more.
  private var isOwed = false

  /// At most so many seconds pass between two looks.
  package static let longestWait = 60
  /// After so many minutes a pass that stopped is tried again, and a register is read anew that only a
  /// command can tell of.
  package static let retryMinutes = 15

  /// Takes over a configuration that was found sound, and its state folder.
  ///
  /// - Throws: ``TickFault`` when another process holds the folder.
  package init(_ setup: Setup, in world: World, stop: StopSignal) throws(TickFault) {
    file = setup.configuration.file
    self.setup = setup
    self.world = world
    self.stop = stop
    lock = try StateLock(setup.configuration, files: world.files, command: ServeCommand.name, now: setup.now)
    watch = InputWatch(files: world.files)
    watch.remember(sources: setup.sources)
  }

  package func release() { lock.release() }

  /// One look at one instant, and the tick where one is due.
  package mutating func cycle(at instant: Instant, _ wake: Wake) -> Cycle {
    if wake == .stop { return .finished(.interrupted) }
    let sources = wake == .reload ? .changed : watch.lookAtSources(instant)
    if sources == .changed, reload(instant) { isOwed = true }
    let now = Now(setup.zone.local(instant))
    let register = watch.look(at: setup.configuration.register, instant)
    isUnsettled = sources == .unsettled || register == .unsettled
    // A local clock that goes back, by hand or in autumn, may bring moments that were already passed.
    if let last, now.moment.localSeconds < last.localSeconds { isOwed = true }
    last = now.moment
    let isDue =
      isOwed || register == .changed || next.map { $0.localSeconds <= now.moment.localSeconds } ?? true
    let cycle = isDue && !isUnsettled ? tick(now) : .idle
    lock.sign()
    return cycle
  }

  /// Makes ready for the next cycle, before the wait for it.
  package mutating func rehearse() {
    if let last { memory.rehearse(setup.at(Now(last)), files: world.files) }
  }

  /// For how many seconds nothing needs to be looked at after `instant`.
  package func wait(after instant: Instant) -> Int {
    if isUnsettled { return Int(InputWatch.settlingSeconds) }
    guard let next else { return Self.longestWait }
    let left = next.localSeconds - setup.zone.local(instant).localSeconds
    return Int(max(1, min(left, Int64(Self.longestWait))))
  }

  /// When the next tick is due by itself.
  package var nextMoment: CivilMoment? { next }

  private mutating func tick(_ now: Now) -> Cycle {
    isOwed = false
    let current = setup.at(now)
    let transport = world.transport(current.configuration.outlet, world.files)
    watch.remember(registerOf: current.configuration.register)
    let retry = CivilMoment(localSeconds: now.moment.localSeconds + Int64(Self.retryMinutes) * 60)
    do throws(TickFault) {
      let result = try Tick(current, files: world.files, transport: transport, stop: stop).run(
        holding: lock, remembering: &memory)
      next = result.next
      if case .command = current.configuration.register.source, retry.localSeconds < result.next.localSeconds
      {
        next = retry
      }
      return .ticked(result)
    } catch {
      next = retry
      switch error {
      case .journal, .locked, .interrupted: return .finished(error)
      case .register, .shrunken, .clockBehind, .clockImplausible, .file: return .stopped(error)
      }
    }
  }

  /// Checks the configuration as it stands now and takes it over when it is sound; otherwise the old one goes
  /// on.
  private mutating func reload(_ instant: Instant) -> Bool {
    var problems = ProblemList()
    let now = Now(setup.zone.local(instant))
    let present = watch.presentSources
    let loaded = Setup.load(file, files: world.files, clock: world.clock, override: now, problems: &problems)
    if let loaded {
      ServeCommand.audit(loaded, &problems)
      if loaded.configuration.stateDirectory != setup.configuration.stateDirectory {
        problems.add(
          Place(file), "tilstandsmappe: a running service keeps its folder; restart it to change the folder")
      }
    }
    // Remembered either way: what is wrong is told once, not at every look.
    watch.remember(sources: loaded?.sources ?? present)
    guard let loaded, problems.isEmpty else {
      world.report(problems)
      world.console.printError("the configuration was not taken over; the service goes on with the old one\n")
      return false
    }
    setup = loaded
    memory = TickMemory(rows: .kept)
    return true
  }
}
