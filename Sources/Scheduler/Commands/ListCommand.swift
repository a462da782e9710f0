import Notifier
package import Rules

/// Lists clocks, filtered.
package struct ListCommand: Command {
  package static let name = "list"
  package static let summary = "Lists clocks by due day, filtered by state, department, rule or case."
  package static let operands = ""
  package static var options: [CommandOption] {
    commonOptions + [
      CommandOption(
        name: "--state", value: "TILSTAND", help: StateName.allCases.map(\.rawValue).joined(separator: ", ")),
      CommandOption(name: "--department", value: "AFDELING", help: "as the register writes it"),
      CommandOption(name: "--rule", value: "FRIST", help: "the id of a rule"),
      CommandOption(name: "--case", value: "SAG", help: "a case number"),
      CommandOption(
        name: "--without-private", value: nil, help: "leaves out what only the adviser may hear"),
      CommandOption(name: "--format", value: "FORMAT", help: "text, csv or json"),
      excelOption,
    ]
  }
  package static let examples = [
    "list --config examples/hedensted/fristvagt.conf --state overskredet",
    "list --config examples/hedensted/fristvagt.conf --case H-2024-0211 --format json",
  ]

  private let choice: ConfigurationChoice
  private let state: StateName?
  private let department: String?
  private let rule: String?
  private let caseID: String?
  private let readers: ReportDocument.Readers
  private let format: String
  private let csvStyle: CSVStyle

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    try arguments.refuseOperands()
    do throws(Remedy) {
      state = if let text = arguments.value("--state") { try RuleValue.word(text) } else { nil }
    } catch {
      throw Remedy("--state: \(error.message)")
    }
    department = arguments.value("--department")
    rule = arguments.value("--rule")
    caseID = arguments.value("--case")
    readers = arguments.has("--without-private") ? .everybody : .adviserAlone
    format = try arguments.choice("--format", ["text", "csv", "json"])
    csvStyle = try arguments.csvStyle(format)
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    if let rule, !setup.book.rules.contains(where: { $0.id == rule }) {
      world.console.printError(
        "--rule: no rule \"\(rule)\"" + suggestion(for: rule, among: setup.book.rules.map(\.id)) + "\n")
      return .usage
    }
    var found: [Clock] = []
    let organisation = setup.configuration.organisation
    do throws(RegisterFault) {
      let survey = try Gathering.survey(setup, files: world.files) { judged in
        found += judged.verdict.clocks.filter(matches)
      }
      // Another row of the case may keep a clock from the department.
      let shown = found.filter {
        readers == .adviserAlone || survey.concealment.concealed($0).mayReachDepartment
      }
      world.console.print(render(shown.map { ClockLine($0, organisation, survey.numbers) }.sorted()))
      return survey.reportDefects(in: world)
    } catch {
      return error.report(in: world)
    }
  }

  private func matches(_ clock: Clock) -> Bool {
    (state.map { $0 == clock.state } ?? true) && (department.map { $0 == clock.fields[.department] } ?? true)
      && (rule.map { $0 == clock.rule.id } ?? true) && (caseID.map { $0 == clock.caseID } ?? true)
  }

  private func render(_ lines: [ClockLine]) -> String {
    switch format {
    case "csv": csvStyle.text([ClockLine.titles] + lines.map(\.cells))
    case "json":
      JSON.list(lines.map { JSON.object(zip(ClockLine.titles, $0.cells).map { ($0, $1) }) })
    default:
      Columns.aligned([ClockLine.titles] + lines.map { $0.cells.map { shortened($0, to: longestShown) } })
        + "\(counted(lines.count, "frist", "frister"))\n"
    }
  }
}

/// One clock as `list` shows it.
struct ClockLine: Comparable {
  static let titles = ["forfald", "tilstand", "sagsnr", "frist", "afdeling", "start", "lovet"]

  let cells: [String]

  init(_ clock: Clock, _ organisation: Organisation, _ numbers: CaseNumbers) {
    cells = [
      clock.reckoning?.due.description ?? "", clock.state.rawValue, numbers.whole(clock.caseID),
      clock.rule.id, SafeText.masked(organisation.reportedDepartment(clock.fields[.department])),
      clock.shownStart, clock.reckoning?.promise?.date.description ?? "",
    ]
  }

  static func < (a: Self, b: Self) -> Bool {
    a.cells.lexicographicallyPrecedes(b.cells, by: precedesInBytes)
  }
}
