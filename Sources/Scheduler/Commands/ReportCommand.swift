import Notifier
package import Rules

/// Writes the daily fristrapport; no state is touched.
package struct ReportCommand: Command {
  package static let name = "report"
  package static let summary =
    "Writes the daily fristrapport into a folder; touches no state and sends nothing."
  package static let operands = ""
  package static var options: [CommandOption] {
    commonOptions + [
      CommandOption(
        name: "--out", value: "DIR", help: "the folder; the configuration's where it is not given")
    ]
  }
  package static let examples = ["report --config examples/hedensted/fristvagt.conf --out /tmp/rapport"]

  private let choice: ConfigurationChoice
  private let directory: String?

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    try arguments.refuseOperands()
    directory = arguments.value("--out")
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    let survey: Survey
    do throws(RegisterFault) {
      survey = try Gathering.survey(setup, files: world.files)
    } catch {
      return error.report(in: world)
    }
    let writer = ReportWriter(
      directory: directory ?? setup.configuration.reportDirectory, files: world.files)
    let (proofs, memory) = proofs(setup, in: world)
    let product = ReportProduct(survey, setup, proofs: proofs)
    do throws(FileFault) {
      try writer.write(survey, product.document, product.calendar)
    } catch {
      world.console.printError("\(error)\n")
      return .ioError
    }
    world.console.print(ReportText.render(product.document) + "\nRapporten ligger i \(writer.htmlFile)\n")
    let register = survey.reportDefects(in: world)
    return memory == .ok ? register : memory
  }

  /// What the journal proves; where it cannot be read that is told, and the rest of the report is written all the same.
  private func proofs(_ setup: Setup, in world: World) -> ([DeliveryProof], ExitCode) {
    do throws(JournalFault) {
      let state = try JournalReplay(setup.configuration, files: world.files).state
      return (Proofs(setup, .standard).listed(state), .ok)
    } catch {
      return ([], TickFault.journal(error).report(in: world))
    }
  }
}
