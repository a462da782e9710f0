import Notifier
package import Rules

/// Finds what is wrong before it matters: configuration, rules, examples, register.
package struct CheckCommand: Command {
  package static let name = "check"
  package static let summary =
    "Checks configuration, rules, their examples and the register; names every problem with its place."
  package static let operands = "[RULE-FILE-OR-FOLDER…]"
  package static var options: [CommandOption] { commonOptions }
  package static let examples = ["check --config examples/hedensted/fristvagt.conf", "check rules"]

  private let paths: [String]
  private let choice: ConfigurationChoice?

  package init(_ arguments: Arguments) throws(Remedy) {
    paths = arguments.operands
    if !paths.isEmpty && !arguments.has("--config") {
      choice = nil
    } else {
      choice = try ConfigurationChoice(arguments)
    }
  }

  package func run(in world: World) -> ExitCode {
    var problems = ProblemList()
    var checked: [String] = []
    if !paths.isEmpty { checked.append(checkRules(in: world, &problems)) }
    let setup = choice?.load(in: world, problems: &problems)
    if let setup {
      checked.append(Self.summary(of: setup.book))
      problems.add(contentsOf: RuleAudit.run(setup.book))
      problems.add(contentsOf: ConfigurationAudit.missingAddresses(setup))
    }
    var remarks: [String] = []
    var code = problems.isEmpty ? ExitCode.data : .configuration
    if let setup {
      do throws(RegisterFault) {
        checked.append(try checkRegister(setup, in: world, &problems, &remarks))
      } catch {
        problems.add(contentsOf: error.problems)
        if code == .data { code = error.exitCode }
      }
    }
    for remark in remarks { world.console.print("bemærk: \(remark)\n") }
    guard problems.isEmpty else {
      world.report(problems)
      return code
    }
    world.console.print(
      "\(checked.joined(separator: ", ")): no problems\(Self.summary(remarks: remarks.count))\n")
    return .ok
  }

  /// Rules without a configuration are reckoned in Danish time.
  private func checkRules(in world: World, _ problems: inout ProblemList) -> String {
    let placed = paths.map { PlacedPath(path: Path.join(".", $0), place: Place("command line")) }
    do throws(Remedy) {
      let zone = try SystemZone.table(named: "Europe/Copenhagen")
      let book = RuleBookLoader(files: world.files, zone: zone).load(placed, problems: &problems).book
      problems.add(contentsOf: RuleAudit.run(book))
      return Self.summary(of: book)
    } catch {
      problems.add(Place("command line"), error.message)
      return ""
    }
  }

  /// Reads the register; what only a person can judge is a remark.
  private func checkRegister(
    _ setup: Setup, in world: World, _ problems: inout ProblemList, _ remarks: inout [String]
  ) throws(RegisterFault) -> String {
    var audit = RegisterAudit(setup)
    var masked: Set<String> = []
    let numbers = setup.configuration.letterhead.numbers
    var foreign = ForeignCaseworkers(setup.configuration.organisation)
    let survey = try Gathering.survey(
      setup, files: world.files,
      onCase: { found in
        audit.take(found)
        if numbers.hides(found.id) { masked.insert(found.id) }
        for row in found.rows.map(\.row) { foreign.take(row.fields[.caseworker], caseID: row.id) }
      })
    // Of every case, not only of those that somebody must hear of today.
    let others = survey.defects.filter { !$0.isForeignCaseworker }
    let name = setup.configuration.register.source.name
    problems.add(contentsOf: (others + foreign.problems(of: name)).map(\.problem))
    let shown = Dictionary(grouping: survey.defects, by: \.place.file).mapValues(\.count)
    for (file, count) in survey.defectsByFile.sorted(by: { $0.key < $1.key }) {
      let hidden = count - (shown[file] ?? 0)
      if hidden > 0 { problems.add(Place(file), "and \(hidden) more; mend these first") }
    }
    remarks = audit.remarks(survey.unwatched) + survey.unreadEvents.map(RegisterAudit.remark)
    if !masked.isEmpty {
      remarks.append(
        "\(name): sagsnumrene i \(counted(masked.count, "sag", "sager")) ligner CPR-numre og er skjult, med registerets linje i stedet "
          + "og uden link; er de sagsnumre, så skriv sagsnumre = ligner CPR i [register]")
    }
    return plural(survey.cases, "case")
  }

  private static func summary(remarks: Int) -> String {
    remarks == 0 ? "" : ", \(plural(remarks, "remark"))"
  }

  private static func summary(of book: RuleBook) -> String {
    "\(plural(book.rules.count, "rule")), \(plural(book.rules.reduce(0) { $0 + $1.examples.count }, "example"))"
  }
}
