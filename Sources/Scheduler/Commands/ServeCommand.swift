import Notifier
package import Rules

/// The tick as a service on a timer.
package struct ServeCommand: Command {
  package static let name = "serve"
  package static let summary =
    "Runs as a service: a tick whenever the register, the configuration or the time asks for one. SIGHUP reads the configuration anew."
  package static let operands = ""
  package static var options: [CommandOption] { [configurationOption] }
  /// It runs until it is told to leave, so help shows none that a test could wait for.
  package static let examples: [String] = []

  private let choice: ConfigurationChoice

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    try arguments.refuseOperands()
  }

  package func run(in world: World) -> ExitCode {
    var problems = ProblemList()
    let setup = choice.load(in: world, problems: &problems)
    if let setup { Self.audit(setup, &problems) }
    guard let setup, problems.isEmpty else {
      world.report(problems)
      return .configuration
    }
    let stop = StopSignal()
    do throws(TickFault) {
      var service = try Service(setup, in: world, stop: stop)
      defer { service.release() }
      return run(&service, world.wakes(stop), in: world)
    } catch {
      return error.report(in: world)
    }
  }

  /// What a service cannot run with.
  static func audit(_ setup: Setup, _ problems: inout ProblemList) {
    if setup.configuration.fixedNow != nil {
      problems.add(
        Place(setup.configuration.file),
        "nu: a service needs a clock that goes; take the line out, or use tick")
    }
  }

  private func run(_ service: inout Service, _ wakes: any WakeSource, in world: World) -> ExitCode {
    var wake = Wake.timer
    world.manager.tell(["READY=1"])
    while true {
      if wake == .reload { world.manager.tell(["RELOADING=1"]) }
      if let code = cycle(&service, wake, in: world) { return code }
      service.rehearse()
      // Only a cycle that came to its end shows that the service is alive.
      world.manager.tell(wake == .reload ? ["READY=1", "WATCHDOG=1"] : ["WATCHDOG=1"])
      wake = wakes.wait(seconds: service.wait(after: world.clock.now()))
    }
  }

  /// One cycle of which nothing is held while the service waits for the next.
  ///
  /// - Returns: nil where the service goes on.
  private func cycle(_ service: inout Service, _ wake: Wake, in world: World) -> ExitCode? {
    switch service.cycle(at: world.clock.now(), wake) {
    case .idle: break
    case .ticked(let result): report(result, next: service.nextMoment, in: world)
    case .stopped(let fault):
      _ = fault.report(in: world)
      world.manager.tell(["STATUS=stopped; the log tells why"])
    case .finished(let fault):
      world.manager.tell(["STOPPING=1"])
      return fault.report(in: world)
    }
    return nil
  }

  /// One line for the log, and what somebody must look at on standard error.
  private func report(_ result: TickResult, next: CivilMoment?, in world: World) {
    let sent = result.deliveries.filter { $0.result == .accepted }.count
    let line =
      "\(plural(result.survey.cases, "case")), \(plural(result.survey.clocks, "clock")), \(plural(sent, "mail")) sent"
      + (next.map { "; next at \($0) at the latest" } ?? "")
    world.console.print("\(result.survey.now.moment): \(line)\n")
    if result.tornBytes > 0 {
      world.console.printError(
        "the journal's last record was torn and was cut off (\(result.tornBytes) bytes)\n")
    }
    if let acceptance = result.acceptance {
      world.console.printError(
        "the journal was accepted although it lacks records; taken as told, by its record told: "
          + "\(plural(acceptance.assumed, "key"))\n")
      for path in acceptance.unknownMails {
        world.console.printError(
          "\(path): no record names this mail any more; it was perhaps not delivered\n")
      }
    }
    if let fault = result.ledgerFault { world.report(fault.problem) }
    for delivery in result.deliveries { delivery.reportFailure(in: world) }
    _ = result.survey.reportDefects(in: world)
    world.manager.tell(["STATUS=\(line)"])
  }
}
