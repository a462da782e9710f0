/// Finds what is sound by itself but cannot work: rules that match nothing, rows that are never reached,
/// steps before the start, calendars that end before a rule does.
package enum RuleAudit {
  /// The findings about `book`, in the order of its rules.
  package static func run(_ book: RuleBook) -> ProblemList {
    var problems = ProblemList()
    for rule in book.rules {
      checkConditions(rule, &problems)
      checkRows(rule, &problems)
      checkLadder(rule, &problems)
      checkCalendar(rule, &problems)
    }
    return problems
  }

  // MARK: Conditions

  private static func checkConditions(_ rule: Rule, _ problems: inout ProblemList) {
    let contradictions = rule.variants.map { contradiction(rule.conditions + $0.conditions) }
    if let field = contradictions[0], contradictions.allSatisfy({ $0 != nil }) {
      problems.add(
        rule.place,
        "[frist \(rule.id)] can never apply: its lines on \(field.rawValue) exclude each other; "
          + "values in one line separated by commas are alternatives, several lines must all hold")
      return
    }
    for (index, field) in contradictions.enumerated() {
      guard let field else { continue }
      problems.add(
        rule.place,
        "[frist \(rule.id)] row \(index + 1) of its table can never apply, because the rule's own lines on "
          + "\(field.rawValue) exclude it; remove the row")
    }
  }

  /// A field on which no value can meet every condition.
  private static func contradiction(_ conditions: [Condition]) -> Field? {
    Field.allCases.first { field in
      let own = conditions.filter { $0.field == field }
      let wanted = own.filter { $0.sense == .applies }
      guard let first = wanted.first else {
        return own.contains { $0.patterns.contains { $0.covers(Pattern("*")) } }
      }
      // Any value that meets all must meet the first line: so one of its alternatives must survive the
      // others.
      return !first.patterns.contains { pattern in
        own.allSatisfy { condition in
          condition.sense == .applies
            ? condition.patterns.contains { $0.overlaps(pattern) }
            : !condition.patterns.contains { $0.covers(pattern) }
        }
      }
    }
  }

  /// Rows are asked in order, so one whose every value an earlier row takes is never reached.
  private static func checkRows(_ rule: Rule, _ problems: inout ProblemList) {
    for (index, variant) in rule.variants.enumerated() {
      guard
        let earlier = rule.variants[..<index].firstIndex(where: { $0.conditions.cover(variant.conditions) })
      else { continue }
      problems.add(
        rule.place,
        "[frist \(rule.id)] row \(index + 1) of its table is never reached, because row \(earlier + 1) takes all its cases; "
          + "put the narrower row first")
    }
  }

  // MARK: Time

  /// A step that lies before the start for every row and every start of two years is never sent.
  private static func checkLadder(_ rule: Rule, _ problems: inout ProblemList) {
    // Where a notice or a pause may move the due day, any step may have its time.
    guard rule.extending == nil, rule.pausing == nil else { return }
    for step in rule.ladder {
      guard case .before = step.offset else { continue }
      let isEarly = rule.variants.allSatisfy { variant in
        guard let length = variant.terms.length else { return false }
        if length.isInHours { return step.hoursBefore.map { $0 > length.hours } ?? false }
        return (0..<731).allSatisfy { offset in
          let start = CivilDate.supportedDays.lowerBound + (45_000 + offset)
          return fallsBeforeStart(step, from: start, length, variant.terms.roll ?? .none, rule)
        }
      }
      if isEarly {
        problems.add(
          rule.place,
          "[frist \(rule.id)] varsel \"\(step.offset)\" lies before the start of its own deadline; write a shorter time"
        )
      }
    }
  }

  private static func fallsBeforeStart(
    _ step: LadderStep, from start: CivilDate, _ length: Length, _ roll: Roll, _ rule: Rule
  ) -> Bool {
    let reckoner = rule.reckoner(from: start, zone: .utc)
    guard case .before(let term) = step.offset,
      let due = reckoner.dueDay(from: start, length, roll: roll),
      let fall = reckoner.step(from: due, LengthTerm(-term.count, term.unit))
    else { return false }
    return fall < start
  }

  private static func checkCalendar(_ rule: Rule, _ problems: inout ProblemList) {
    let versions = rule.calendars.map(\.validity)
    let ends = versions.contains { $0.through == nil } ? nil : versions.compactMap(\.through).max()
    let begins = versions.contains { $0.from == nil } ? nil : versions.compactMap(\.from).min()
    let name = rule.latestCalendar.definition.name
    if let ends, rule.validity.through.map({ $0 > ends }) ?? true {
      problems.add(
        rule.place,
        "[frist \(rule.id)] counts on [kalender \(name)], which ends on \(ends); "
          + "add a version that goes on, or end the rule with gyldig")
    }
    if let begins, rule.validity.from.map({ $0 < begins }) ?? true {
      problems.add(
        rule.place,
        "[frist \(rule.id)] counts on [kalender \(name)], which begins on \(begins); "
          + "add an earlier version, or begin the rule with gyldig")
    }
  }
}

extension LadderStep {
  /// How many hours before the due instant a step in hours or days falls; nil for other units.
  fileprivate var hoursBefore: Int? {
    guard case .before(let term) = offset else { return nil }
    return switch term.unit {
    case .hours: term.count
    case .days: term.count * 24
    case .weeks: term.count * 168
    case .weekdays, .workingDays, .months, .years: nil
    }
  }
}

extension Pattern {
  /// True when every value that meets `other` meets this.
  fileprivate func covers(_ other: Pattern) -> Bool {
    switch (self, other) {
    case (.empty, .empty): true
    case (.exact(let a), .exact(let b)): a.key == b.key
    case (.prefix(let a), .exact(let b)): b.key.hasPrefix(a.key)
    case (.prefix(let a), .prefix(let b)): b.key.hasPrefix(a.key)
    case (.prefix(let a), .empty): a.key.isEmpty
    case (.empty, _), (.exact, _): false
    }
  }

  /// True when some value meets both.
  fileprivate func overlaps(_ other: Pattern) -> Bool { covers(other) || other.covers(self) }
}

extension [Condition] {
  /// True when every case that meets `others` meets these: for each of these some line of `others` is
  /// narrower.
  fileprivate func cover(_ others: [Condition]) -> Bool {
    allSatisfy { mine in
      others.contains { theirs in
        mine.field == theirs.field && mine.sense == .applies && theirs.sense == .applies
          && theirs.patterns.allSatisfy { pattern in mine.patterns.contains { $0.covers(pattern) } }
      }
    }
  }
}
