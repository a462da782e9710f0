import Notifier
package import Rules

/// Shows any message without sending it.
package struct PreviewCommand: Command {
  package static let name = "preview"
  package static let summary =
    "Shows the messages that could be sent now, told before or not; sends nothing, touches no state."
  package static let operands = "[reminder|digest|report|opening|alarm]"
  package static var options: [CommandOption] {
    commonOptions + [
      CommandOption(name: "--to", value: "ADDRESS", help: "only messages to that reader"),
      CommandOption(name: "--department", value: "AFDELING", help: "only what is about that department"),
      CommandOption(name: "--case", value: "SAG", help: "only what is about that case"),
      CommandOption(name: "--format", value: "FORMAT", help: "text, html, ics or eml (the whole mail)"),
    ]
  }
  package static let examples = [
    "preview --config examples/gentofte/fristvagt.conf",
    "preview reminder --case G-2023-0412 --config examples/gentofte/fristvagt.conf",
  ]

  private let choice: ConfigurationChoice
  private let kind: Preview.Kind?
  private let recipient: EmailAddress?
  private let department: String?
  private let caseID: String?
  private let format: String

  package init(_ arguments: Arguments) throws(Remedy) {
    choice = try ConfigurationChoice(arguments)
    guard arguments.operands.count <= 1 else {
      throw Remedy("\"\(shortened(arguments.operands[1]))\" is one word too many; name one kind of message")
    }
    do throws(Remedy) {
      recipient = if let text = arguments.value("--to") { try EmailAddress(text) } else { nil }
    } catch {
      throw Remedy("--to: \(error.message)")
    }
    kind = if let word = arguments.operands.first { try RuleValue.word(word) } else { nil }
    department = arguments.value("--department")
    caseID = arguments.value("--case")
    format = try arguments.choice("--format", ["text", "html", "ics", "eml"])
  }

  package func run(in world: World) -> ExitCode {
    guard let setup = choice.load(in: world) else { return .configuration }
    guard setup.knows(department, in: world) else { return .usage }
    let past = Past(setup, in: world)
    var pass = QuietPass(past.ledger, setup)
    var notices = DueNotices(setup, JournalState())
    var isKnown = caseID == nil
    do throws(RegisterFault) {
      let survey = try Gathering.survey(setup, files: world.files) { found in
        pass.take(found.verdict)
        for clock in found.verdict.clocks {
          if clock.caseID == caseID { isKnown = true }
          if matches(clock) { _ = notices.take(clock) }
        }
      }
      guard isKnown else {
        world.console.printError(
          "--case: the register has no deadline on case \"\(quoted(caseID ?? ""))\"; correct the number\n")
        return .usage
      }
      notices.conceal(survey.concealment)
      let preview = Preview(setup, survey, notices.all, pass.finish(survey), past.state)
      world.console.print(render(preview))
      let register = survey.reportDefects(in: world)
      return past.code == .ok ? register : past.code
    } catch {
      return error.report(in: world)
    }
  }

  private func matches(_ clock: Clock) -> Bool {
    (department.map { $0 == clock.fields[.department] } ?? true)
      && (caseID.map { $0 == clock.caseID } ?? true)
  }

  /// What was asked for, without what is about more than was asked for.
  private var kinds: [Preview.Kind] {
    (kind.map { [$0] } ?? Preview.Kind.allCases).filter { kind in
      switch kind {
      case .reminder, .opening: true
      case .digest: caseID == nil
      case .report, .alarm: caseID == nil && department == nil
      }
    }
  }

  /// A list of what there is, or every message of the kind that was asked for.
  private func render(_ preview: Preview) -> String {
    let messages = kinds.flatMap(preview.messages).filter(isWanted)
    guard !messages.isEmpty else { return "Ingen besked at vise.\n" }
    guard kind != nil else {
      return Columns.aligned(
        messages.map { [$0.kind.rawValue, $0.message.recipient.description, $0.message.subject] })
    }
    return messages.map { render($0.message) }.joined(separator: format == "text" ? "\n" : "")
  }

  /// Reminders and opening digests were made of the department's cases alone.
  private func isWanted(_ message: Preview.Message) -> Bool {
    if let recipient, message.message.recipient != recipient { return false }
    return message.kind != .digest || department == nil || message.department == department
  }

  private func render(_ message: MailMessage) -> String {
    switch format {
    case "html": message.html
    case "ics": message.attachments.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    case "eml": String(decoding: message.bytes, as: UTF8.self)
    default: "Til:  \(message.recipient)\nEmne: \(SafeText.masked(message.subject))\n\n\(message.text)"
    }
  }
}
