import Notifier
package import Rules

/// One pass: evaluate, notify, report; what cron runs.
package struct TickCommand: Command {
  package static let name = "tick"
  package static let summary =
    "One pass: evaluates the register, writes the fristrapport, sends what has fallen due. Run again, it sends nothing again."
  package static let operands = ""
  package static var options: [CommandOption] {
    commonOptions + [
      CommandOption(
        name: "--accept-journal", value: nil, help: "go on once with a journal that lost records")
    ]
  }
  package static let examples = ["tick --config examples/hedensted/fristvagt.conf"]

  private let choice: ConfigurationChoice
  private let trust: Journal.Trust

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    try arguments.refuseOperands()
    trust = arguments.has("--accept-journal") ? .accepted : .whole
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    let transport = world.transport(setup.configuration.outlet, world.files)
    do throws(TickFault) {
      let lock = try StateLock(setup.configuration, files: world.files, command: Self.name, now: setup.now)
      defer { lock.release() }
      let result = try Tick(setup, files: world.files, transport: transport, journal: trust).run(
        holding: lock)
      world.console.print(
        result.report + "\n" + closing(result, setup, transport.destination))
      let failed = result.deliveries.contains { $0.result != .accepted }
      for delivery in result.deliveries { delivery.reportFailure(in: world) }
      let register = result.survey.reportDefects(in: world)
      if let fault = result.ledgerFault { world.report(fault.problem) }
      if failed { return .temporary }
      return result.ledgerFault == nil ? register : .stateFile
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
    } else if result.deliveries.isEmpty && result.waiting == 0 && result.troubles.isEmpty {
      lines.append("Intet nyt at sende: alle varsler til og med i dag er sendt")
    }
    let doubled = result.troubles.filter(\.mayHaveComeTwice).count
    if result.troubles.count > doubled {
      let number = counted(result.troubles.count - doubled, "mail", "mails")
      lines.append("\(number) er måske ikke afleveret; rapporten siger hvilke")
    }
    if doubled > 0 {
      lines.append("\(counted(doubled, "mail", "mails")) kan være kommet to gange; rapporten siger hvilke")
    }
    if result.waiting > 0 {
      lines.append(
        "\(counted(result.waiting, "varsel", "varsler")) venter, til det igen er tid til at sende varsler")
    }
    if result.postponed > 0 {
      lines.append(
        "\(counted(result.postponed, "mail", "mails")) venter til næste gang, fordi mailsystemet ikke svarer")
    }
    if result.tornBytes > 0 {
      lines.append("Journalens sidste post var ufuldstændig og er skåret af (\(result.tornBytes) byte)")
    }
    if let acceptance = result.acceptance { lines += self.lines(acceptance) }
    if choice.now == nil, setup.configuration.fixedNow != nil {
      lines.append("Uret er stillet til \(setup.now.moment.danish) (nu i \(setup.configuration.file))")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(_ acceptance: TickResult.Acceptance) -> [String] {
    let told =
      acceptance.gap.told.notices.map { "alt, der var forfaldet \($0.danish), regnes for sendt" }
      ?? "det vides ikke, hvad der var sendt"
    let since = acceptance.gap.after.map { "efter \($0.danish)" } ?? "fra begyndelsen"
    return [
      "Journalen mangler poster \(since) og er taget i brug, som den er: \(told)",
      counted(acceptance.assumed, "varsel eller rapport", "varsler og rapporter")
        + " regnes for sendt og er ikke sendt igen; de står i journalens post told",
    ]
      + acceptance.unknownMails.map {
        "\($0): journalen kender ikke længere denne mail; den er måske ikke afleveret"
      }
  }
}

extension Delivery {
  func reportFailure(in world: World) {
    let what: String
    switch result {
    case .accepted: return
    case .deferred(let failure): what = "not sent, attempt \(attempt): \(failure.reason); \(sequel)"
    case .rejected(let failure):
      what = "refused, attempt \(attempt): \(failure.reason); the adviser is told, and \(sequel)"
    case .uncertain(let reason): what = "perhaps sent: \(reason); ask the recipient, it is not tried again"
    }
    world.console.printError("\(recipient): \(what)\n")
  }

  private var sequel: String {
    let next = RetryPolicy.standard.next(after: attempt, result, at: CivilMoment(CivilDate(day: 0)))
    return next == .none ? "it is given up, and the report names it" : "it is tried again later"
  }
}
