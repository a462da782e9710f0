import Notifier
package import Rules

/// What a change of rules or calendar does to the present register, before it is made.
package struct CompareCommand: Command {
  package static let name = "compare"
  package static let summary =
    "Shows what other rules would do to the present register: which clocks move, appear, disappear or change state."
  package static let operands = ""
  package static var options: [CommandOption] {
    commonOptions + [
      CommandOption(
        name: "--rules", value: "PATH", help: "the other rule files or folders; may be given several times",
        use: .severalTimes),
      CommandOption(name: "--format", value: "FORMAT", help: "text or csv"),
      excelOption,
    ]
  }
  package static let examples = [
    "compare --config examples/hedensted/fristvagt.conf --rules rules/hedensted.frist --rules rules/lov.frist"
  ]

  private let choice: ConfigurationChoice
  private let paths: [String]
  private let format: String
  private let csvStyle: CSVStyle

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    try arguments.refuseOperands()
    paths = arguments.all("--rules")
    guard !paths.isEmpty else {
      throw Remedy("--rules is missing; write --rules FILE with the rules to compare with")
    }
    format = try arguments.choice("--format", ["text", "csv"])
    csvStyle = try arguments.csvStyle(format)
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    var problems = ProblemList()
    let placed = paths.map { PlacedPath(path: Path.join(".", $0), place: Place("--rules")) }
    let other = setup.with(rules: placed, files: world.files, problems: &problems)
    guard problems.isEmpty else {
      world.report(problems)
      return .configuration
    }
    do throws(RegisterFault) {
      let before = try standings(setup, in: world)
      let comparison = Comparison(
        before: before.clocks, after: try standings(other, in: world).clocks, before.survey.numbers)
      world.console.print(format == "csv" ? csvStyle.text(comparison.rows) : comparison.text)
      return before.survey.reportDefects(in: world)
    } catch {
      return error.report(in: world)
    }
  }

  private func standings(_ setup: Setup, in world: World) throws(RegisterFault)
    -> (clocks: [ClockIdentity: Comparison.Standing], survey: Survey)
  {
    var standings: [ClockIdentity: Comparison.Standing] = [:]
    let survey = try Gathering.survey(setup, files: world.files) { found in
      for clock in found.verdict.clocks {
        standings[ClockIdentity(clock)] = Comparison.Standing(
          start: clock.shownStart, due: clock.reckoning?.due, state: clock.state)
      }
    }
    return (standings, survey)
  }
}

/// Two evaluations of one register, clock by clock.
private struct Comparison {
  struct Standing: Hashable {
    /// As it may be shown.
    let start: String
    let due: Due?
    let state: StateName
  }

  private struct Line {
    let key: ClockIdentity
    let before: Standing?
    let after: Standing?
  }

  private let lines: [Line]
  private let unchanged: Int
  private let numbers: CaseNumbers

  init(
    before: [ClockIdentity: Standing], after: [ClockIdentity: Standing], _ numbers: CaseNumbers
  ) {
    self.numbers = numbers
    let keys = Set(before.keys).union(after.keys)
    let all = keys.map { Line(key: $0, before: before[$0], after: after[$0]) }
    lines = all.filter { $0.before?.due != $0.after?.due || $0.before?.state != $0.after?.state }
      .sorted { Self.order($0).lexicographicallyPrecedes(Self.order($1), by: precedesInBytes) }
    unchanged = all.count - lines.count
  }

  private static func order(_ line: Line) -> [String] {
    [line.key.caseID, line.key.rule, line.key.start?.description ?? ""]
  }

  private func count(_ isCounted: (Line) -> Bool) -> Int { lines.filter(isCounted).count }

  private var summary: String {
    let moved = count { $0.before != nil && $0.after != nil && $0.before?.due != $0.after?.due }
    let exceeded = count { $0.before?.state != .exceeded && $0.after?.state == .exceeded }
    let relieved = count { $0.before?.state == .exceeded && $0.after?.state != .exceeded }
    return [
      "\(counted(moved, "frist flytter sig", "frister flytter sig"))",
      "\(danish(exceeded)) bliver overskredet",
      "\(danish(relieved)) er ikke længere overskredet",
      "\(danish(count { $0.before == nil })) kommer til", "\(danish(count { $0.after == nil })) falder bort",
      "\(danish(unchanged)) er uændret",
    ].joined(separator: ", ")
  }

  var text: String {
    let rows = lines.map { line in
      [
        numbers.shown(line.key.caseID), line.key.rule, Self.words(line.before), "→", Self.words(line.after),
      ]
    }
    return Columns.aligned(rows) + "\(summary)\n"
  }

  /// `sagsnr;frist;start;forfald;tilstand;nyt_forfald;ny_tilstand`, with a header.
  var rows: [[String]] {
    [["sagsnr", "frist", "start", "forfald", "tilstand", "nyt_forfald", "ny_tilstand"]]
      + lines.map { line in
        [
          numbers.whole(line.key.caseID), line.key.rule, (line.before ?? line.after)?.start ?? "",
          line.before?.due?.description ?? "", line.before?.state.rawValue ?? "",
          line.after?.due?.description ?? "",
          line.after?.state.rawValue ?? "",
        ]
      }
  }

  private static func words(_ standing: Standing?) -> String {
    guard let standing else { return "ingen frist" }
    return [standing.due?.description, standing.state.danish].compactMap(\.self).joined(separator: " ")
  }
}
