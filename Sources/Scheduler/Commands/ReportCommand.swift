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
        name: "--out", value: "DIR", help: "the folder; the configuration's where it is not given"),
      CommandOption(
        name: "--without-private", value: nil,
        help: "instead a page for others: without what only the adviser may hear"),
      CommandOption(
        name: "--for-department", value: "AFDELING",
        help: "instead a page for this department: what it may hear, and nothing of others"),
    ]
  }
  package static let examples = [
    "report --config examples/hedensted/fristvagt.conf --out /tmp/rapport",
    "report --config examples/hedensted/fristvagt.conf --out /tmp/rapport --without-private",
  ]

  /// What is written.
  private enum Edition {
    case whole
    case withoutPrivate
    case department(String)
  }

  private let choice: ConfigurationChoice
  private let directory: String?
  private let edition: Edition

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    try arguments.refuseOperands()
    directory = arguments.value("--out")
    switch (arguments.value("--for-department"), arguments.has("--without-private")) {
    case (_?, true):
      throw Remedy(
        "--for-department leaves out what only the adviser may hear anyway; remove --without-private")
    case (let department?, false): edition = .department(department)
    case (nil, true): edition = .withoutPrivate
    case (nil, false): edition = .whole
    }
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    if case .department(let name) = edition, !setup.knows(name, option: "--for-department", in: world) {
      return .usage
    }
    let past = Past(setup, in: world)
    var pass = QuietPass(past.ledger, setup)
    let survey: Survey
    do throws(RegisterFault) {
      let watch = past.ledger.map { Watch(.seen, KnownCases($0.caseIDs)) } ?? .nothing
      survey = try Gathering.survey(setup, files: world.files, watch: watch) { pass.take($0) }
    } catch {
      return error.report(in: world)
    }
    if case .department(let name) = edition, !survey.knows(name, in: world) { return .usage }
    let writer = ReportWriter(
      directory: directory ?? setup.configuration.reportDirectory, files: world.files)
    let reports = Reports(setup, survey, ledger: pass.finish(survey), past.state)
    do throws(FileFault) {
      let (text, html) = try write(survey, reports, setup, writer)
      world.console.print(text + "\nRapporten ligger i \(html)\n")
    } catch {
      world.console.printError("\(error)\n")
      return .ioError
    }
    let register = survey.reportDefects(in: world)
    return past.code == .ok ? register : past.code
  }

  /// - Returns: the report as text, and the path of its HTML.
  private func write(
    _ survey: Survey, _ reports: Reports, _ setup: Setup, _ writer: ReportWriter
  ) throws(FileFault) -> (text: String, html: String) {
    switch edition {
    case .whole: return (try writer.write(survey, reports), writer.htmlFile)
    case .withoutPrivate: return try writer.write(reports.openReport, named: "fristrapport-uden-private")
    case .department(let name):
      let department = setup.configuration.organisation.departments[name] ?? Department(name: name)
      let file = FileName.own(name, regained: FileName.spaced)
      return try writer.write(
        reports.digest(of: department).document, named: "fristrapport-afdeling-\(file)")
    }
  }
}

extension Survey {
  /// False after it was printed that neither configuration nor register has the department.
  fileprivate func knows(_ department: String, in world: World) -> Bool {
    if organisation.departments[department] != nil || departments.contains(department) { return true }
    world.console.printError(
      "--for-department: no case has the department \"\(shortened(department))\""
        + suggestion(for: department, among: departments.filter { !$0.isEmpty }) + "\n")
    return false
  }
}
