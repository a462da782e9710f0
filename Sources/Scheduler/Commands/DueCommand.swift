import Notifier
package import Rules

/// The due day for a start day, for letters and guides.
package struct DueCommand: Command {
  package static let name = "due"
  package static let summary =
    "Prints the due day of a rule for each start day; with --stdin of lines længde;ruller;start."
  package static let operands = "RULE DATE…"
  package static var options: [CommandOption] {
    commonOptions + [
      CommandOption(
        name: "--field", value: "FIELD:VALUE",
        help: "chooses the row of a rule with a table; may be given several times",
        use: .severalTimes),
      CommandOption(
        name: "--stdin", value: nil, help: "reads længde;ruller;start and prints længde;ruller;start;forfald"),
      CommandOption(name: "--format", value: "FORMAT", help: "text, csv or json"),
      excelOption,
    ]
  }
  package static let examples = [
    "due merudgifter-100 2023-03-01 --config examples/gentofte/fristvagt.conf",
    "due hedensted-svar 2024-12-02 2024-12-16 --config examples/hedensted/fristvagt.conf --format csv",
  ]

  private let choice: ConfigurationChoice
  private let mode: Mode
  private let format: String
  private let csvStyle: CSVStyle

  private enum Mode {
    case lines
    case rule(id: String, starts: [CivilMoment], fields: [Field: String])
  }

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    format = try arguments.choice("--format", ["text", "csv", "json"])
    csvStyle = try arguments.csvStyle(format)
    if arguments.has("--stdin") {
      try arguments.refuseOperands()
      guard !arguments.has("--excel") else {
        throw Remedy("--excel: with --stdin each line is given back as it came; remove one of the two")
      }
      mode = .lines
      return
    }
    guard let id = arguments.operands.first, arguments.operands.count > 1 else {
      throw Remedy("a rule and at least one date are missing; write for example due svar-3-uger 2024-12-02")
    }
    var starts: [CivilMoment] = []
    for text in arguments.operands.dropFirst() { starts.append(try RuleValue.moment(text)) }
    mode = .rule(id: id, starts: starts, fields: try Self.fields(arguments.all("--field")))
  }

  private static func fields(_ texts: [String]) throws(Remedy) -> [Field: String] {
    var fields: [Field: String] = [:]
    for text in texts {
      guard let (name, value) = RuleValue.splitAtColon(text), let field = Field(rawValue: name) else {
        throw Remedy(
          "--field: \"\(shortened(text))\" is not FIELD:VALUE; write for example --field område:hjaelpemidler"
        )
      }
      fields[field] = value
    }
    return fields
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    switch mode {
    case .lines: return runLines(setup, in: world)
    case .rule(let id, let starts, let fields):
      do throws(Remedy) {
        var dues: [(start: CivilMoment, due: Due)] = []
        for start in starts { dues.append((start, try due(id, start, fields, setup))) }
        world.console.print(render(dues))
        return .ok
      } catch {
        world.console.printError("fristvagt due: \(error.message)\n")
        return .usage
      }
    }
  }

  private func due(_ id: String, _ start: CivilMoment, _ fields: [Field: String], _ setup: Setup)
    throws(Remedy)
    -> Due
  {
    let versions = setup.book.rules.filter { $0.id == id }
    guard !versions.isEmpty else {
      throw Remedy("no rule \"\(id)\"" + suggestion(for: id, among: setup.book.rules.map(\.id)))
    }
    guard let rule = versions.first(where: { $0.validity.contains(start.date) }) else {
      throw Remedy("[frist \(id)] does not hold on \(start.date); see its gyldig")
    }
    let variant = try rule.variant(stating: fields)
    let reckoner = rule.reckoner(from: start.date, zone: setup.zone)
    guard let length = variant.terms.length else {
      throw Remedy("[frist \(id)] is hurtigst muligt: the law sets no number of days, so there is no due day")
    }
    return try Self.due(from: start, length, variant.terms.roll ?? .none, reckoner)
  }

  private static func due(
    from start: CivilMoment, _ length: Length, _ roll: Roll, _ reckoner: Reckoner
  ) throws(Remedy) -> Due {
    if let due = reckoner.due(from: start, length, roll: roll) { return due }
    let years = CivilDate.supportedYears
    throw Remedy("the due day of \(start) lies outside the years \(years.lowerBound)–\(years.upperBound)")
  }

  private func render(_ dues: [(start: CivilMoment, due: Due)]) -> String {
    switch format {
    case "csv": csvStyle.text(dues.map { [$0.start.description, $0.due.description] })
    case "json":
      JSON.list(
        dues.map { JSON.object([("start", $0.start.description), ("forfald", $0.due.description)]) })
    default:
      dues.map { "\($0.start.danish) → \($0.due.danish(asSeenFrom: $0.start.date)) (\($0.due))\n" }.joined()
    }
  }

  // MARK: Lines

  private func runLines(_ setup: Setup, in world: World) -> ExitCode {
    guard let calendar = setup.calendar else {
      world.console.printError("the rule book has no calendar to count on; add a [kalender lov] section\n")
      return .configuration
    }
    let reckoner = Reckoner(calendar: calendar, zone: setup.zone)
    var output = ""
    var number = 0
    var code = ExitCode.ok
    world.console.readLines { line in
      number += 1
      do throws(Remedy) {
        output += try Self.answer(line, reckoner)
      } catch {
        world.console.printError("\(Problem(Place("standard input", number), error.message))\n")
        code = .data
      }
      if output.utf8.count > 1 << 16 {
        world.console.print(output)
        output = ""
      }
    }
    world.console.print(output)
    return code
  }

  private static func answer(_ line: String, _ reckoner: Reckoner) throws(Remedy) -> String {
    let parts = line.components(separatedBy: ";")
    guard parts.count == 3 else {
      throw Remedy(
        "\"\(shortened(line))\" is not længde;ruller;start; write for example 3 uger;frem;2024-12-02")
    }
    let length: Length
    do throws(Remedy) {
      length = try RuleValue.length(parts[0])
    } catch {
      throw Remedy("længde: \(error.message)")
    }
    let roll: Roll = try RuleValue.word(parts[1])
    let start = try RuleValue.moment(parts[2])
    return "\(line);\(try due(from: start, length, roll, reckoner))\n"
  }
}
