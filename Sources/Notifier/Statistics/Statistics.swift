package import Rules

/// The figures of a period for the adviser's yearly report: of each deadline how often it was kept, and how long cases took.
///
/// A clock belongs to the period in which the day lies that its length and pauses gave, whatever a notice made of it later.
package struct Statistics: Sendable {
  /// Both ends belong to it.
  package let period: ClosedRange<CivilDate>
  /// Of every deadline of the book, in its order, those without a clock too.
  package private(set) var lines: [Line] = []
  /// Clocks that cannot be computed; of them nobody can say to which period they belong.
  package private(set) var unclear = 0
  /// Clocks without a number of days (`hurtigst muligt`) that ran in the period.
  package private(set) var unlimited = 0
  /// Of each variant of each rule which of ``lines`` it is; asked for every clock, so not by name.
  private var places: [ObjectIdentifier: [Int]] = [:]

  package init(of book: RuleBook, _ period: ClosedRange<CivilDate>) {
    self.period = period
    for rule in book.rules {
      places[ObjectIdentifier(rule)] = rule.variants.map { variant in
        let deadline = Deadline(rule, variant)
        guard let known = lines.firstIndex(where: { $0.deadline == deadline }) else {
          lines.append(Line(deadline, published: variant.terms.published))
          return lines.count - 1
        }
        lines[known].published = variant.terms.published ?? lines[known].published
        return known
      }
    }
  }

  /// Counts a clock, where it belongs to the period.
  package mutating func add(_ clock: Clock) {
    switch clock.course {
    case .unclear: unclear += 1
    case .unlimited(let start, let outcome):
      if start.date <= period.upperBound, (outcome.end ?? start).date >= period.lowerBound || outcome.isOpen {
        unlimited += 1
      }
    case .reckoned(let reckoning):
      guard period.contains(reckoning.originalDue.date), let places = places[ObjectIdentifier(clock.rule)],
        let variant = clock.rule.variantIndex(for: clock.fields)
      else { return }
      lines[places[variant]].add(reckoning, under: clock.rule)
    }
  }
}

extension Statistics {
  /// A deadline as people speak of it: a rule in all its versions, or a row of its table.
  package struct Deadline: Hashable, Sendable {
    package let rule: String
    package let kind: RuleKind
    package let name: String
    /// To what it applies, where rows of a table share the name; empty otherwise.
    package let scope: String
    package var isScoped: Bool { !scope.isEmpty }

    init(_ rule: Rule, _ variant: RuleVariant) {
      (self.rule, kind, name) = (rule.id, rule.kind, variant.terms.name)
      let isShared = rule.variants.count { $0.terms.name == variant.terms.name } > 1
      scope = isShared ? variant.conditions.flatMap(\.patterns).map(\.text).joined(separator: ", ") : ""
    }
  }

  /// The figures of one deadline.
  package struct Line: Sendable {
    package let deadline: Deadline
    /// When and where, by the version that stands last in the book; nil where it does not say.
    package fileprivate(set) var published: Publication?
    private var fates: [Fate: Int] = [:]
    /// Of the cases that were stopped; a birthday begins nobody's work, so it gives none.
    package private(set) var durations = Durations()

    fileprivate init(_ deadline: Deadline, published: Publication?) {
      self.deadline = deadline
      self.published = published
    }

    package func count(_ fate: Fate) -> Int { fates[fate, default: 0] }

    /// All of them, however they ended.
    package var total: Int { fates.values.reduce(0, +) }

    fileprivate mutating func add(_ reckoning: Reckoning, under rule: Rule) {
      fates[Fate(reckoning, under: rule), default: 0] += 1
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
