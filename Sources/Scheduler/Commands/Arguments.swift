import Notifier
package import Rules

/// One option that a command takes.
package struct CommandOption: Hashable, Sendable {
  package let name: String
  /// What stands behind it in help, `FILE`; nil for an option without a value.
  package let value: String?
  package let help: String
  package let use: Use

  /// How often an option may stand.
  package enum Use: Hashable, Sendable {
    case once
    case severalTimes
  }

  package init(name: String, value: String?, help: String, use: Use = .once) {
    self.name = name
    self.value = value
    self.help = help
    self.use = use
  }
}

/// A command line, taken apart by what the command declares.
package struct Arguments: Sendable {
  package let operands: [String]
  private let values: [String: [String]]

  /// Takes `words` apart.
  ///
  /// - Throws: ``Remedy`` for an option that is unknown, stands twice or lacks its value.
  package init(_ words: [String], options: [CommandOption]) throws(Remedy) {
    var operands: [String] = []
    var values: [String: [String]] = [:]
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let option = options.first(where: { $0.name == parts[0] }) else {
        throw Remedy("unknown option \(parts[0])" + suggestion(for: parts[0], among: options.map(\.name)))
      }
      if option.use == .once && values[option.name] != nil {
        throw Remedy("\(option.name) stands twice; give it once")
      }
      if let placeholder = option.value {
        guard let value = parts.count > 1 ? parts[1] : rest.popFirst(), !value.isEmpty else {
          throw Remedy("\(option.name) needs a value; write \(option.name) \(placeholder)")
        }
        values[option.name, default: []].append(value)
      } else if parts.count > 1 {
        throw Remedy("\(option.name) takes no value; write it alone")
      } else {
        values[option.name] = []
      }
    }
    self.operands = operands
    self.values = values
  }

  /// The value of an option; nil where it was not given.
  package func value(_ name: String) -> String? { values[name]?.first }

  /// All values of an option that may stand several times.
  package func all(_ name: String) -> [String] { values[name] ?? [] }

  /// True when the option was given.
  package func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of `name` as one of `allowed`; the first where it is not given.
  ///
  /// - Throws: ``Remedy`` for another value.
  package func choice(_ name: String, _ allowed: [String]) throws(Remedy) -> String {
    guard let value = value(name) else { return allowed[0] }
    guard allowed.contains(value) else {
      throw Remedy("\(name): \"\(shortened(value))\" is not known" + suggestion(for: value, among: allowed))
    }
    return value
  }

  /// The now of `--today` or `--now`; nil without either.
  ///
  /// - Throws: ``Remedy`` for both at once and for what is no date.
  package func now() throws(Remedy) -> Now? {
    if has("--today") && has("--now") {
      throw Remedy("--today and --now exclude each other; give one of them")
    }
    do throws(Remedy) {
      if let text = value("--today") { return Now(CivilMoment(try RuleValue.date(text))) }
      guard let text = value("--now") else { return nil }
      let moment = try RuleValue.moment(text)
      guard moment.time != nil else {
        throw Remedy("\"\(text)\" has no time of day; write for example 2026-11-20T08:00:00, or use --today")
      }
      return Now(moment)
    } catch {
      throw Remedy("\(has("--today") ? "--today" : "--now"): \(error.message)")
    }
  }
}

extension Arguments {
  /// The days from `--from` to `--to`, both of them included.
  ///
  /// - Throws: ``Remedy`` where one is missing or no date, or the last lies before the first.
  func span() throws(Remedy) -> ClosedRange<CivilDate> {
    let (from, through) = (try date("--from"), try date("--to"))
    guard from <= through else { throw Remedy("--to \(through) lies before --from \(from); exchange them") }
    return from...through
  }

  private func date(_ option: String) throws(Remedy) -> CivilDate {
    guard let text = value(option) else { throw Remedy("\(option) is missing; write \(option) 2024-12-02") }
    do throws(Remedy) {
      return try RuleValue.date(text)
    } catch {
      throw Remedy("\(option): \(error.message)")
    }
  }

  /// For commands that take none.
  ///
  /// - Throws: ``Remedy`` when there is one.
  func refuseOperands() throws(Remedy) {
    if let operand = operands.first {
      throw Remedy("\"\(shortened(operand))\" is one word too many; remove it")
    }
  }

  /// How CSV is written, as `--excel` says.
  ///
  /// - Parameter format: what `--format` says.
  /// - Throws: ``Remedy`` where it is given and there will be no CSV.
  func csvStyle(_ format: String) throws(Remedy) -> CSVStyle {
    guard has("--excel") else { return .plain }
    guard format == "csv" else { throw Remedy("--excel: only CSV has such a form; add --format csv") }
    return .excel
  }
}
