import Notifier
package import Rules

/// The figures of a period, for the adviser's yearly report.
package struct StatsCommand: Command {
  package static let name = "stats"
  package static let summary =
    "Counts the deadlines that ran out in a period: kept, moved in time or exceeded, with and without a word to the citizen, and how long cases took."
  package static let operands = ""
  package static var options: [CommandOption] {
    commonOptions + [
      CommandOption(name: "--from", value: "DATE", help: "the first day"),
      CommandOption(name: "--to", value: "DATE", help: "the last day, inclusive; not later than today"),
      CommandOption(name: "--department", value: "AFDELING", help: "as the register writes it"),
      CommandOption(name: "--format", value: "FORMAT", help: "text, html or csv"),
      excelOption,
    ]
  }
  package static let examples = [
    "stats --config examples/gentofte/fristvagt.conf --from 2023-01-01 --to 2023-11-30",
    "stats --config examples/gentofte/fristvagt.conf --from 2023-01-01 --to 2023-11-30 --format csv",
  ]

  private let choice: ConfigurationChoice
  private let period: ClosedRange<CivilDate>
  private let department: String?
  private let format: String
  private let csvStyle: CSVStyle

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    try arguments.refuseOperands()
    period = try arguments.span()
    department = arguments.value("--department")
    format = try arguments.choice("--format", ["text", "html", "csv"])
    csvStyle = try arguments.csvStyle(format)
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    guard setup.knows(department, in: world) else { return .usage }
    // Of a day to come nobody knows yet whether its deadlines are kept.
    guard period.upperBound <= setup.now.today else {
      world.console.printError(
        "--to: \(period.upperBound) is still to come; write --to \(setup.now.today), or an earlier day\n")
      return .usage
    }
    do throws(RegisterFault) {
      let (statistics, survey) = try count(setup, in: world)
      let report = StatisticsReport(
        statistics, setup.configuration.letterhead, department: department, today: setup.now.today)
      world.console.print(render(report))
      return survey.reportDefects(in: world)
    } catch {
      return error.report(in: world)
    }
  }

  /// A department's figures hold nothing of which it must not hear, and that may stand in any row of a case.
  private func count(_ setup: Setup, in world: World) throws(RegisterFault) -> (Statistics, Survey) {
    var statistics = Statistics(of: setup.book, period)
    var held: [Clock] = []
    let survey = try Gathering.survey(setup, files: world.files) { found in
      let clocks = found.verdict.clocks
      if department == nil {
        for clock in clocks { statistics.add(clock) }
      } else {
        held += clocks.filter { $0.fields[.department] == department && $0.mayReachDepartment }
      }
    }
    for clock in held where !survey.concealment.hides(clock) { statistics.add(clock) }
    return (statistics, survey)
  }

  private func render(_ report: StatisticsReport) -> String {
    switch format {
    case "html": ReportHTML.render(report.document)
    case "csv": csvStyle.text(report.rows)
    default: ReportText.render(report.document)
    }
  }
}
