import Notifier
import Rules

/// The values of a register as `check` holds them against the rules.
struct RegisterValues {
  /// Each combination of values with the number of its cases.
  let combinations: [(values: FieldValues, cases: Int)]

  /// True where the rule fits some case.
  func holdsCase(of rule: Rule) -> Bool { combinations.contains { rule.variant(for: $0.values) != nil } }

  /// Why a rule fits no case: of the lines and rows that come nearest to some case the field that fails, and
  /// what the register has there.
  func reason(against rule: Rule) -> String? {
    let lists = rule.variants.map { rule.conditions + $0.conditions }
    var best: (failing: [Condition], cases: Int)?
    for conditions in lists {
      for (values, cases) in combinations {
        let failing = conditions.filter { !$0.isMet(by: values) }
        let isNearer = best.map { (failing.count, -cases) < ($0.failing.count, -$0.cases) } ?? true
        if isNearer { best = (failing, cases) }
      }
    }
    guard let condition = best?.failing.first else { return nil }
    let wanted = condition.patterns.map { "»\($0.text)«" }
    let found = nearestValues(to: condition).map {
      "»\(quoted($0.value))« (\(counted($0.cases, "sag", "sager")))"
    }
    let sense = condition.sense == .applies ? "er aldrig" : "er altid"
    return "\(condition.field.rawValue) \(sense) \(enumerated(Array(wanted.prefix(3)), "eller"))"
      + (found.isEmpty ? "; feltet er tomt i hele registeret" : "; nærmest er \(enumerated(found))")
  }

  /// The three values of the field that are nearest to what the condition names.
  private func nearestValues(to condition: Condition) -> [(value: String, cases: Int)] {
    var cases: [String: (value: String, cases: Int)] = [:]
    for (values, count) in combinations where !values[condition.field].isEmpty {
      let text = values.text(condition.field)
      cases[text.key, default: (text.shown, 0)].cases += count
    }
    let wanted = condition.patterns.compactMap(\.named)
    let ranked = cases.map { key, found in
      (distance: wanted.map { letterDistance($0, key) }.min() ?? 0, found: found)
    }
    return ranked.sorted {
      ($0.distance, -$0.found.cases, $0.found.value) < ($1.distance, -$1.found.cases, $1.found.value)
    }
    .prefix(3).map(\.found)
  }
}

/// The values that rules name, with where they do.
struct NamedValues {
  /// A value of the register that is one letter from a named one.
  struct Miss {
    /// The key of the value.
    let value: String
    let cases: Int
    let pattern: Pattern
    let place: String
  }

  private var byField: [Field: [(pattern: Pattern, place: String)]] = [:]

  init(_ book: RuleBook) {
    var seen: Set<[String]> = []
    for rule in book.rules {
      for condition in rule.conditions + rule.variants.flatMap(\.conditions) {
        for pattern in condition.patterns
        where pattern.named != nil && seen.insert([condition.field.rawValue, pattern.text]).inserted {
          byField[condition.field, default: []].append((pattern, "[frist \(rule.id)]"))
        }
      }
    }
  }

  /// - Parameter met: the keys of the register's values with the number of their cases.
  func misses(_ field: Field, among met: [String: Int]) -> [Miss] {
    let named = byField[field] ?? []
    let texts = met.map { (text: FieldText($0.key), cases: $0.value) }
      .sorted { $0.text.key < $1.text.key }
    let used = Set(named.indices.filter { index in texts.contains { named[index].pattern.matches($0.text) } })
    var misses: [Miss] = []
    for (text, cases) in texts {
      let isNamed = named.contains { $0.pattern.matches(text) }
      // Where both stand as they should, both are meant.
      for (index, name) in named.enumerated() where !isNamed || !used.contains(index) {
        guard let wanted = name.pattern.named, isOneLetterAway(wanted, text.key) else { continue }
        misses.append(Miss(value: text.key, cases: cases, pattern: name.pattern, place: name.place))
      }
    }
    return misses
  }

  /// True where one letter was changed, left out, added or swapped. Numbers that differ are other numbers.
  private func isOneLetterAway(_ a: String, _ b: String) -> Bool {
    abs(a.count - b.count) <= 1 && a.filter(\.isNumber) == b.filter(\.isNumber) && letterDistance(a, b) == 1
  }
}

extension Pattern {
  /// The key of the value, or of its beginning; nil for the empty field.
  fileprivate var named: String? {
    switch self {
    case .empty: nil
    case .exact(let text): text.key
    case .prefix(let text): text.key.isEmpty ? nil : text.key
    }
  }
}
