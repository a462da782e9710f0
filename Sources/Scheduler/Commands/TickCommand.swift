import Notifier
package import Rules

/// One pass: evaluate, notify, report; what cron runs.
package struct TickCommand: Command {
  package static let name = "tick"
  package static let summary =
    "One pass: evaluates the register, writes the fristrapport, sends what has fallen due. Run again, it sends nothing again."
  package static let operands = ""
  package static var options: [CommandOption] { commonOptions }
  package static let examples = ["tick --config examples/hedensted/fristvagt.conf"]

  private let choice: ConfigurationChoice

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    try arguments.refuseOperands()
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    let transport = world.transport(setup.configuration.outlet, world.files)
    do throws(TickFault) {
      let result = try Tick(setup, files: world.files, transport: transport).run()
      world.console.print(
        ReportText.render(result.report) + "\n" + closing(result, setup, transport.destination))
      let failed = result.deliveries.contains { $0.result != .accepted }
      for delivery in result.deliveries { delivery.reportFailure(in: world) }
      let register = result.survey.reportDefects(in: world)
      return failed ? .temporary : register
    } catch {
      return error.report(in: world)
    }
  }

  private func closing(_ result: TickResult, _ setup: Setup, _ destination: String) -> String {
    var lines = ["Rapporten ligger i \(result.htmlFile)"]
    let sent = result.deliveries.filter { $0.result == .accepted }
    if !sent.isEmpty {
      let notices = sent.reduce(0) { $0 + $1.notices }
      let content = notices > 0 ? " med \(counted(notices, "varsel", "varsler"))" : ""
      lines.append("Sendt \(counted(sent.count, "mail", "mails"))\(content) til \(destination)")
    } else if result.deliveries.isEmpty && result.waiting == 0 && result.remarks.isEmpty {
      lines.append("Intet nyt at sende: alle varsler til og med i dag er sendt")
    }
    if !result.remarks.isEmpty {
      lines.append(
        "\(counted(result.remarks.count, "mail", "mails")) er ikke sikkert afleveret; rapporten siger hvilke")
    }
    if result.waiting > 0 {
      lines.append("\(counted(result.waiting, "varsel", "varsler")) venter, til vinduet for varsler åbner")
    }
    if result.tornBytes > 0 {
      lines.append("Journalens sidste post var ufuldstændig og er skåret af (\(result.tornBytes) byte)")
    }
    if choice.now == nil, setup.configuration.fixedNow != nil {
      lines.append("Uret er stillet til \(setup.now.moment.danish) (nu i \(setup.configuration.file))")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension Delivery {
  fileprivate func reportFailure(in world: World) {
    switch result {
    case .accepted: break
    case .refused(let reason):
      world.console.printError(
        "\(recipient): not sent, attempt \(attempt): \(reason); it is tried again at the next tick\n")
    case .uncertain(let reason):
      world.console.printError(
        "\(recipient): perhaps sent: \(reason); ask the recipient, it is not tried again\n")
    }
  }
}

extension TickFault {
  /// Prints why the tick stopped.
  func report(in world: World) -> ExitCode {
    switch self {
    case .register(let fault): return fault.report(in: world)
    case .shrunken(let problem):
      world.report(problem)
      return .data
    case .clockBehind(let problem):
      world.report(problem)
      return .temporary
    case .journal(let fault):
      world.report(fault.problem)
      if case .file = fault { return .ioError }
      return .stateFile
    case .file(let fault):
      world.console.printError("\(fault)\n")
      return .ioError
    case .locked(let path):
      world.console.printError("\(path): another fristvagt is at work on this folder; nothing was done\n")
      return .temporary
    }
  }
}
