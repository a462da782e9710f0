import Notifier
package import Rules

/// The real tick on a simulated clock.
package struct SimulateCommand: Command {
  package static let name = "simulate"
  package static let summary =
    "Runs the real tick on a simulated clock, day by day with an empty memory, and prints what would be sent."
  package static let operands = ""
  package static var options: [CommandOption] {
    [
      configurationOption,
      CommandOption(name: "--from", value: "DATE", help: "the first day"),
      CommandOption(name: "--to", value: "DATE", help: "the last day, inclusive"),
    ]
  }
  package static let examples = [
    "simulate --config examples/hedensted/fristvagt.conf --from 2024-12-02 --to 2024-12-13"
  ]

  private let choice: ConfigurationChoice
  private let span: ClosedRange<CivilDate>

  /// A longer span than this is a slip of the pen.
  private static let mostDays = 3_700

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    try arguments.refuseOperands()
    span = try arguments.span()
    guard span.upperBound - span.lowerBound < Self.mostDays else {
      throw Remedy("the span is longer than ten years; choose a shorter one")
    }
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    var totals = (days: 0, mails: 0, changes: 0)
    do throws(TickFault) {
      try Simulation(setup, files: world.files).run(span) { day in
        totals = (totals.days + 1, totals.mails + day.messages.count, totals.changes + day.changes.count)
        world.console.print(Self.render(day))
      }
    } catch {
      return error.report(in: world)
    }
    world.console.print(
      "\(counted(span.upperBound - span.lowerBound + 1, "dag", "dage")): \(counted(totals.mails, "mail", "mails")) og "
        + "\(danish(totals.changes)) tilstandsskift, fordelt på \(counted(totals.days, "dag", "dage"))\n"
    )
    return .ok
  }

  private static func render(_ day: Simulation.Day) -> String {
    let lines = day.messages.map { "mail til \($0.recipient): \($0.subject)" } + day.changes
    return "\(day.date.danish)\n" + lines.map { "  \($0)\n" }.joined()
  }
}
