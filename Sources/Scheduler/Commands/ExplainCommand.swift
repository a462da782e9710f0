import Notifier
package import Rules

/// Each clock of a case, step by step: why this day, and where does it say so?
package struct ExplainCommand: Command {
  package static let name = "explain"
  package static let summary =
    "Explains each clock of a case: the event, the rule, every skipped day by name, the roll, the notices, what was sent."
  package static let operands = "SAG"
  package static var options: [CommandOption] {
    commonOptions + [CommandOption(name: "--format", value: "FORMAT", help: "text, html or json")]
  }
  package static let examples = [
    "explain G-2023-0412 --config examples/gentofte/fristvagt.conf --now 2023-06-14T09:00:00"
  ]

  private let choice: ConfigurationChoice
  private let caseID: String
  private let format: String

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    guard arguments.operands.count == 1, let caseID = arguments.operands.first else {
      throw Remedy("one case number is wanted; write for example explain G-2023-0412")
    }
    self.caseID = caseID
    format = try arguments.choice("--format", ["text", "html", "json"])
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    let past = Past(setup, in: world)
    var search = CaseSearch(setup, caseID: caseID)
    do throws(RegisterFault) {
      let reader = RegisterReader(setup.configuration.register, layout: setup.layout, files: world.files)
      try reader.read(into: &search)
    } catch {
      return error.report(in: world)
    }
    guard let document = search.document(history: past.state.mails) else {
      world.console.printError(
        "fristvagt explain: the register has no case \"\(quoted(caseID))\"; correct the number\n")
      return .usage
    }
    world.console.print(render(document))
    return past.code
  }

  private func render(_ document: ExplanationDocument) -> String {
    switch format {
    case "html": ExplanationHTML.render(document)
    case "json": JSON.explanation(document) + "\n"
    default: ExplanationText.render(document)
    }
  }
}

/// Finds one case and evaluates it.
private struct CaseSearch: RegisterSink {
  private let setup: Setup
  private let caseID: String
  private let evaluator: Evaluator
  private var found: JudgedCase?

  init(_ setup: Setup, caseID: String) {
    self.setup = setup
    self.caseID = caseID
    evaluator = Evaluator(setup.book, schema: setup.layout.schema, zone: setup.zone, now: setup.now)
  }

  mutating func take(_ rows: CaseRows) {
    if rows.id == caseID { found = evaluator.judge(rows) }
  }

  mutating func take(_ problem: RegisterProblem) {}

  /// Nil when the register has no such case.
  func document(history: [Mail]) -> ExplanationDocument? {
    guard let found, let first = found.rows.first else { return nil }
    let parts = found.verdict.clocks.map { clock in
      ExplanationWording(
        Explanation(clock, zone: setup.zone), sent: sent(about: clock, history), now: setup.now
      ).part
    }
    let fields = first.row.fields
    var numbers = setup.configuration.letterhead.numbers
    for (row, _) in found.rows { numbers.note(row.id, line: row.line) }
    let people = [
      setup.configuration.organisation.shownDepartment(fields[.department]),
      caseworker(fields[.caseworker]),
    ]
    return ExplanationDocument(
      heading: (["Sag \(numbers.shown(caseID))"] + people.compactMap(\.self)).joined(separator: " · "),
      parts: parts,
      remarks: remarks(on: found))
  }

  /// Nil for anybody unknown.
  private func caseworker(_ name: String) -> String? {
    switch setup.configuration.organisation.caseworker(named: name) {
    case .known(let address): "sagsbehandler \(address)"
    case .foreign: "sagsbehandler med adresse uden for kommunens domæner"
    case .unknown: nil
    }
  }

  private func remarks(on found: JudgedCase) -> [String] {
    var remarks = found.verdict.future.map { event in
      "\(EventWording.words(event.event)) \(event.at.danish) ligger i fremtiden og tæller ikke med."
    }
    if found.rows.count > 1 {
      let lines = enumerated(found.rows.map { "\($0.row.line)" })
      remarks.append(
        "Sagen står på linje \(lines) med forskellige oplysninger. "
          + "Den tælles én gang, og hver frist efter den linje, hvor det står værst til.")
    }
    switch found.verdict.coverage {
    case .unmatched: remarks.append("Ingen regel omfatter sagen.")
    case .covered(let waiting) where waiting > 0: remarks.append(WaitingWording.sentence(waiting))
    case .covered: break
    }
    return remarks
  }

  private func sent(about clock: Clock, _ history: [Mail]) -> [SentNotice] {
    guard let reckoning = clock.reckoning else { return [] }
    return history.flatMap { mail in
      mail.intent.notices.filter {
        $0.isAbout(caseID: clock.caseID, rule: clock.rule.id, start: reckoning.knownStart)
      }
      .map { key in SentNotice(proof: mail.proof(.standard), step: key.step) }
    }
  }
}
