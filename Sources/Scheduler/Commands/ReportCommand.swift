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
    let past = Past(setup, in: world)
    var pass = QuietPass(past.ledger, setup)
    let survey: Survey
    do throws(RegisterFault) {
      let watch = past.ledger.map { Watch(.seen, KnownCases($0.caseIDs)) } ?? .nothing
      survey = try Gathering.survey(setup, files: world.files, watch: watch) { pass.take($0) }
    } catch {
      return error.report(in: world)
    }
    let writer = ReportWriter(
      directory: directory ?? setup.configuration.reportDirectory, files: world.files)
    let reports = Reports(setup, survey, ledger: pass.finish(survey), past.state)
    do throws(FileFault) {
      let text = try writer.write(survey, reports)
      world.console.print(text + "\nRapporten ligger i \(writer.htmlFile)\n")
    } catch {
      world.console.printError("\(error)\n")
      return .ioError
    }
    let register = survey.reportDefects(in: world)
    return past.code == .ok ? register : past.code
  }
}
