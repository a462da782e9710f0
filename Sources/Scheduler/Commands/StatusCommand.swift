import Notifier
package import Rules

/// How fristvagt itself is: last and next pass, mail, journal, register; for people and for monitoring.
package struct StatusCommand: Command {
  package static let name = "status"
  package static let summary =
    "Tells how fristvagt itself is: last and next pass, what waits, what failed, what is uncertain. The exit code is for monitoring."
  package static let operands = ""
  package static var options: [CommandOption] {
    commonOptions + [CommandOption(name: "--format", value: "FORMAT", help: "text, json or prometheus")]
  }
  package static let examples: [String] = []

  private let choice: ConfigurationChoice
  private let format: String

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    try arguments.refuseOperands()
    format = try arguments.choice("--format", ["text", "json", "prometheus"])
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    do throws(JournalFault) {
      let replay = try JournalReplay(setup.configuration, files: world.files)
      let health = Health(setup, replay, files: world.files)
      switch format {
      case "json": world.console.print(health.json)
      case "prometheus": world.console.print(health.prometheus)
      default: world.console.print(health.text)
      }
      return health.exitCode
    } catch {
      return TickFault.journal(error).report(in: world)
    }
  }
}
