import Notifier
package import Rules

/// One command of the program.
package protocol Command: Sendable {
  static var name: String { get }
  /// One line for the list of commands.
  static var summary: String { get }
  /// What stands behind the name: `RULE DATE…`.
  static var operands: String { get }
  static var options: [CommandOption] { get }
  /// Commands as they may be typed, for help; the tests run them.
  static var examples: [String] { get }

  /// Takes the command line.
  ///
  /// - Throws: ``Remedy`` when it cannot be meant.
  init(_ arguments: Arguments) throws(Remedy)

  func run(in world: World) -> ExitCode
}

extension Command {
  /// Options that every command with a configuration takes.
  static var commonOptions: [CommandOption] {
    [
      configurationOption,
      CommandOption(
        name: "--today", value: "DATE", help: "reckon as of that day, all of it past: 2026-11-20"),
      CommandOption(
        name: "--now", value: "TIMESTAMP", help: "reckon as of that local time: 2026-11-20T08:00:00"),
    ]
  }

  static var configurationOption: CommandOption {
    CommandOption(name: "--config", value: "FILE", help: "the configuration of one kommune")
  }

  /// Of every command that prints CSV.
  static var excelOption: CommandOption {
    CommandOption(
      name: "--excel", value: nil,
      help: "with --format csv: begins with a byte order mark and ends lines with CRLF")
  }

  package static var help: String {
    var text =
      "usage: fristvagt \(name)\(operands.isEmpty ? "" : " " + operands) [OPTIONS]\n\n\(summary)\n\noptions:\n"
    let all = options + [CommandOption(name: "--help", value: nil, help: "this page")]
    for option in all {
      let left = option.name + (option.value.map { " \($0)" } ?? "")
      text += "  " + left + String(repeating: " ", count: max(2, 24 - left.count)) + option.help + "\n"
    }
    guard !examples.isEmpty else { return text }
    return text + "\nexamples:\n" + examples.map { "  fristvagt \($0)\n" }.joined()
  }
}

/// The configuration that a command runs on, and the moment it runs at.
package struct ConfigurationChoice: Sendable {
  let file: String
  let now: Now?

  init(_ arguments: Arguments) throws(Remedy) {
    guard let file = arguments.value("--config") else {
      throw Remedy("--config is missing; write --config FILE")
    }
    self.file = file
    now = try arguments.now()
  }

  /// A setup without problems; nil after they were printed.
  func load(in world: World) -> Setup? {
    var problems = ProblemList()
    let setup = load(in: world, problems: &problems)
    guard problems.isEmpty else {
      world.report(problems)
      return nil
    }
    return setup
  }

  /// What can be set up, and everything that is wrong with it.
  func load(in world: World, problems: inout ProblemList) -> Setup? {
    Setup.load(file, files: world.files, clock: world.clock, override: now, problems: &problems)
  }
}

extension Setup {
  /// False after it was printed that departments are configured and `department` is none of them.
  func knows(_ department: String?, option: String = "--department", in world: World) -> Bool {
    let organisation = configuration.organisation
    guard let department, organisation.isUnknown(department: department) else { return true }
    world.console.printError(
      "\(option): no department \"\(shortened(department))\""
        + suggestion(for: department, among: organisation.departments.keys.sorted()) + "\n")
    return false
  }
}

extension RegisterFault {
  /// Prints what is wrong; nothing was sent.
  func report(in world: World) -> ExitCode {
    var list = ProblemList()
    list.add(contentsOf: problems)
    world.report(list)
    return exitCode
  }

  var exitCode: ExitCode {
    switch self {
    case .unreadable: .noInput
    case .unusable: .data
    case .changing: .temporary
    }
  }
}

extension Survey {
  /// Prints the rows that somebody must mend, and says so in the exit code; events still to come are the
  /// report's.
  func reportDefects(in world: World) -> ExitCode {
    guard defectCount > 0 else { return .ok }
    for defect in defects { world.console.printError("\(defect.problem)\n") }
    if defectCount > defects.count {
      world.console.printError("… and \(defectCount - defects.count) more\n")
    }
    world.console.printError("\(plural(defectCount, "problem")) in the register\n")
    return .data
  }
}
