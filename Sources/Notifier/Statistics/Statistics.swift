package import Rules

/// The figures of a period for the adviser's yearly report: of each deadline how often it was kept, and how
/// long cases took.
///
/// A clock belongs to the period in which the day lies that its length and pauses gave, whatever a notice
/// made of it later.
package struct Statistics: Sendable {
  /// Both ends belong to it.
  package let period: ClosedRange<CivilDate>
  /// Of every deadline that the administration has to keep, in the order of the book, those without a clock
  /// too.
  package private(set) var lines: [Line] = []
  /// What stands in no line.
  package private(set) var beside = Beside()
  /// Holds the rules that ``places`` knows by their identity.
  private let book: RuleBook
  /// Of each variant of each rule which of ``lines`` it is; asked for every clock, so not by name.
  private var places: [ObjectIdentifier: [Int]] = [:]

  /// Nothing counted yet of the deadlines of `book`.
  package init(of book: RuleBook, _ period: ClosedRange<CivilDate>) {
    self.period = period
    self.book = book
    var known: [Deadline: Int] = [:]
    for rule in book.rules where rule.bearer == .administration {
      places[ObjectIdentifier(rule)] = rule.variants.map { variant in
        let deadline = Deadline(rule, variant)
        let place = known[deadline] ?? lines.count
        if place == lines.count { lines.append(Line(deadline)) }
        known[deadline] = place
        lines[place].add(version: rule, variant.terms)
        return place
      }
    }
  }

  /// Counts a clock of the book, where it belongs to the period.
  package mutating func add(_ clock: Clock) {
    switch clock.course {
    case .unclear: beside.unclear += 1
    case .unlimited(let start, let outcome):
      let isOver = outcome.end.map { $0.date < period.lowerBound } ?? false
      if start.date <= period.upperBound, !isOver { beside.unlimited += 1 }
    case .reckoned(let reckoning):
      if case .paused = reckoning.outcome, reckoning.start.date <= period.upperBound {
        beside.paused += 1
      } else if period.contains(reckoning.originalDue.date) {
        add(clock, reckoning)
      }
    }
  }

  private mutating func add(_ clock: Clock, _ reckoning: Reckoning) {
    guard let places = places[ObjectIdentifier(clock.rule)],
      let variant = clock.rule.variantIndex(for: clock.fields)
    else {
      beside.citizens += 1
      return
    }
    lines[places[variant]].add(reckoning, under: clock.rule)
  }
}

extension Statistics {
  /// How many clocks are in no line, and why.
  package struct Beside: Hashable, Sendable {
    /// They cannot be computed; of them nobody can say to which period they belong.
    package fileprivate(set) var unclear = 0
    /// They have no number of days (`hurtigst muligt`) and ran in the period.
    package fileprivate(set) var unlimited = 0
    /// They are paused now, and the day on which they run out is not known yet.
    package fileprivate(set) var paused = 0
    /// The citizen has to keep them.
    package fileprivate(set) var citizens = 0
  }

  /// A deadline as people speak of it: a rule in all its versions, or a row of its table.
  package struct Deadline: Hashable, Sendable {
    /// The rule's id.
    package let rule: String
    package let kind: RuleKind
    package let name: String
    /// What tells it from other rows of its table that have the same name; empty where there are none.
    package let conditions: [Condition]

    init(_ rule: Rule, _ variant: RuleVariant) {
      (self.rule, kind, name) = (rule.id, rule.kind, variant.terms.name)
      let isShared = rule.variants.count { $0.terms.name == variant.terms.name } > 1
      conditions = isShared ? variant.conditions : []
    }

    /// The values of ``conditions`` as a rule's table writes them, each with its field where there are
    /// several. Of a case or a caseworker only the field, because nobody is named in figures.
    package var scope: String {
      conditions.map { condition in
        let field = condition.field.rawValue
        if [.caseID, .caseworker].contains(condition.field) { return field }
        let values = condition.patterns.map(\.text).joined(separator: ", ")
        return SafeText.masked(conditions.count > 1 ? "\(field) \(values)" : values)
      }.joined(separator: " · ")
    }
  }

  /// The figures of one deadline.
  package struct Line: Sendable {
    package let deadline: Deadline
    package private(set) var tally = Tally()
    /// Of the cases that were stopped; a birthday begins nobody's work, so it gives none.
    package private(set) var durations = Durations()
    private var versions: [(rule: Rule, published: Publication?)] = []

    fileprivate init(_ deadline: Deadline) {
      self.deadline = deadline
    }

    fileprivate mutating func add(version rule: Rule, _ terms: RuleTerms) {
      versions.append((rule, terms.published))
      tally = Tally(of: versions.map(\.rule))
    }

    /// When and where the version was published that clocks start under on `day`, or the last one; nil where
    /// it does not say.
    package func published(on day: CivilDate) -> Publication? {
      (versions.last { $0.rule.validity.contains(day) } ?? versions.last)?.published
    }

    fileprivate mutating func add(_ reckoning: Reckoning, under rule: Rule) {
      tally.add(Fate(reckoning, under: rule))
      if let stop = reckoning.outcome.stop, !rule.startsAtBirth {
        durations.add(stop.date - reckoning.start.date)
      }
    }
  }
}

extension Outcome {
  /// When the clock was stopped; nil where it runs, or ended in another way.
  fileprivate var stop: CivilMoment? {
    switch self {
    case .kept(let stop), .late(let stop): stop
    case .running, .soon, .exceeded, .paused, .lapsed: nil
    }
  }

  /// When it ended, by a stop or by the closing of its case.
  fileprivate var end: CivilMoment? {
    if case .lapsed(let closing) = self { closing } else { stop }
  }
}

/// How many calendar days cases took.
package struct Durations: Sendable {
  private var counts: [Int: Int] = [:]
  private var total = 0

  /// No case yet.
  package init() {}

  /// Adds a case that took so many days, the first of them not counted.
  package mutating func add(_ days: Int) {
    counts[days, default: 0] += 1
    total += 1
  }

  /// The least number of days within which so many per cent of the cases were done, from 1 to 100; nil
  /// without a case.
  ///
  /// By the nearest rank: a number that some case took, and that needs no word about how it was reckoned.
  package func days(within percent: Int) -> Int? {
    var done = 0
    for (days, count) in counts.sorted(by: { $0.key < $1.key }) {
      done += count
      if done * 100 >= percent * total { return days }
    }
    return nil
  }
}
