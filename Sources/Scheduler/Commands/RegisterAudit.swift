import Notifier
import Rules

/// Gathers for `check` what is sound by itself and may be wrong all the same: rules that fit no case, values
/// that are nearly what a rule names, deadlines that cannot be computed, and people whom nobody can reach.
/// Remarks, in Danish; only a person knows whether something has to be mended.
struct RegisterAudit {
  private let setup: Setup
  private let fields: [Field]
  /// How many cases hold these values, as they are spelt.
  private var combinations: [[String]: (values: FieldValues, cases: Int)] = [:]
  private var doubts: [String: Int] = [:]
  private var strangers: [String: Int] = [:]

  /// Values, names and spellings beyond these are counted, not listed.
  private static let shownLines = 20

  init(_ setup: Setup) {
    self.setup = setup
    let asked = setup.book.conditionFields.union([.type, .area, .paragraph, .department])
    fields = Field.allCases.filter { asked.contains($0) && $0 != .caseID }
  }

  mutating func take(_ found: JudgedCase) {
    for row in found.rows.map(\.row) {
      combinations[fields.map { row.fields[$0] }, default: (row.fields, 0)].cases += 1
    }
    for case .unclear(let doubt) in found.verdict.clocks.map(\.course) {
      doubts[doubt.danishKind, default: 0] += 1
    }
    let asking = found.verdict.clocks.filter { $0.rule.ladder.contains { $0.roles.contains(.caseworker) } }
    for name in Set(asking.map { $0.fields[.caseworker] }) { takeCaseworker(name) }
  }

  private mutating func takeCaseworker(_ name: String) {
    if !name.isEmpty, case .unknown = setup.configuration.organisation.caseworker(named: name) {
      strangers[name, default: 0] += 1
    }
  }

  /// What there is to say, a line each, the weightiest first.
  func remarks(_ unwatched: UnwatchedCases) -> [String] {
    // In one order, whatever order a dictionary has today.
    let sorted = combinations.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    let spellings = spellings
    return rulesWithoutCase(RegisterValues(combinations: sorted)) + nearMisses(spellings)
      + Self.listed(unwatchedLines(unwatched)) + doubtLines + Self.listed(strangerLines)
      + Self.listed(spellingLines(spellings))
  }

  /// How many cases hold each spelling of a value.
  private typealias Spellings = [String: [String: Int]]

  /// By field, and by the key that makes two spellings one.
  private var spellings: [Field: Spellings] {
    var spellings: [Field: Spellings] = [:]
    for (values, cases) in combinations.values {
      for field in fields where !values[field].isEmpty {
        let text = values.text(field)
        spellings[field, default: [:]][text.key, default: [:]][text.shown, default: 0] += cases
      }
    }
    return spellings
  }

  /// An event of the events file that no rule reads, with the one that may be meant.
  static func remark(_ unread: RegisterProblem) -> String {
    guard case .unknownEvent(let name, let known, let rows) = unread.kind else {
      return unread.problem.description
    }
    let near = nearest(to: name, among: known).map { "; mente du »\($0)«?" } ?? ""
    return
      "\(unread.place): ingen regel læser hændelsen »\(quoted(name))« (\(counted(rows, "række", "rækker"))), "
      + "så den er sprunget over\(near)"
  }

  private static func listed(_ lines: [String]) -> [String] {
    guard lines.count > shownLines else { return lines }
    return lines.prefix(shownLines) + ["og \(danish(lines.count - shownLines)) flere af samme slags"]
  }

  // MARK: Rules and values

  private func rulesWithoutCase(_ values: RegisterValues) -> [String] {
    var seen: Set<String> = []
    let fitting = Set(setup.book.rules.filter(values.holdsCase).map(\.id))
    return setup.book.rules.compactMap { rule in
      guard !fitting.contains(rule.id), seen.insert(rule.id).inserted else { return nil }
      let reason = values.reason(against: rule).map { ": \($0)" } ?? ""
      return "\(rule.place): [frist \(rule.id)] passer på ingen sag\(reason)"
    }
  }

  /// A value of the register that no rule names, one letter from one that a rule does, and the other way
  /// round.
  private func nearMisses(_ spellings: [Field: Spellings]) -> [String] {
    let named = NamedValues(setup.book)
    return fields.flatMap { field -> [String] in
      let met = spellings[field] ?? [:]
      return named.misses(field, among: met.mapValues { $0.values.reduce(0, +) }).map { miss in
        let value = met[miss.value].flatMap { $0.max { $0.value < $1.value }?.key } ?? miss.value
        return "\(setup.configuration.register.source.name): \(field.rawValue) »\(quoted(value))« "
          + "(\(counted(miss.cases, "sag", "sager"))) ligner »\(miss.pattern.text)« i \(miss.place), men er det ikke; ret den ene, "
          + "hvis de skal være ens"
      }
    }
  }

  private func unwatchedLines(_ unwatched: UnwatchedCases) -> [String] {
    unwatched.subjects.map { subject, cases in
      let name = subject.value.isEmpty ? "tomt" : "»\(quoted(subject.value))«"
      return
        "\(setup.configuration.register.source.name): ingen regel passer på \(subject.field.rawValue) \(name) "
        + "(\(counted(cases, "sag", "sager")))"
    }
  }

  // MARK: Cases and people

  private var doubtLines: [String] {
    doubts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { reason, count in
      "\(counted(count, "frist", "frister")) kan ikke beregnes: \(reason)"
    }
  }

  private var strangerLines: [String] {
    let known = setup.configuration.organisation.staff.keys.sorted()
    return strangers.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, cases in
      let near = nearest(to: name, among: known).map { "; mente du »\($0)«?" } ?? ""
      return "sagsbehandler »\(quoted(name))« (\(counted(cases, "sag", "sager"))) har ingen adresse\(near); "
        + "skriv [medarbejder \(quoted(name))] med adresse = …"
    }
  }

  /// Two spellings that are read as one.
  private func spellingLines(_ spellings: [Field: Spellings]) -> [String] {
    fields.flatMap { field in
      (spellings[field] ?? [:]).values.filter { $0.count > 1 }.map { spellings in
        let sorted = spellings.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let words = sorted.map { "»\(quoted($0.key))« (\(danish($0.value)))" }
        return "\(field.rawValue) \(enumerated(words)) læses som ét"
      }.sorted()
    }
  }
}

extension Doubt {
  /// Why a clock cannot be computed, without what differs from case to case.
  fileprivate var danishKind: String {
    switch self {
    case .unreadable(let event, _, _): "datoen i »\(event)« kan ikke læses"
    case .stopBeforeStart(let event, _, _), .noticeBeforeStart(let event, _, _):
      "»\(event)« ligger før fristens start"
    case .pauseWithoutStart(let event, _): "»\(event)« afslutter en pause, der ikke er begyndt"
    case .noDates: "sagen har ingen dato"
    case .beyondCalendar: "forfaldsdagen ligger uden for kalenderen"
    }
  }
}
