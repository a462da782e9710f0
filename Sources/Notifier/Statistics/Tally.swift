package import Rules

/// What became of a deadline, as the figures of a period count it.
///
/// Measured by the day that the length and the pauses gave: a case that was moved in time was still decided
/// after that day, so it is counted beside those that kept it and not among them. Judgement:
/// retssikkerhedsloven § 3, stk. 2 asks for both.
package enum Fate: Hashable, Sendable {
  /// Stopped no later than the day that the length gave.
  case kept
  /// Stopped after it, and no later than a new date of which the citizen heard in time.
  case moved
  /// Stopped later than that, or not at all; its case may have been closed since.
  case exceeded(Word)
  /// It runs on towards a new date, or is due today.
  case open
  /// The case was closed in time, without a stop.
  case lapsed

  /// Whether the citizen heard of it.
  package enum Word: Hashable, Sendable {
    /// A notice was given, with a new date or without, in time or not; or that they were told stands in the
    /// register.
    case heard
    case unheard
    /// The rule asks for none.
    case notAsked
  }

  /// The fate of a clock under `rule`.
  package init(_ reckoning: Reckoning, under rule: Rule) {
    switch reckoning.outcome {
    case .kept(let stop):
      // In time for the day that counts, so that day is a later one.
      self = stop.date > reckoning.originalDue.date ? .moved : .kept
    case .lapsed(let closing) where !reckoning.due.local.precedes(closing): self = .lapsed
    case .lapsed, .late, .exceeded: self = .exceeded(reckoning.word(under: rule))
    case .running, .soon, .paused: self = .open
    }
  }
}

extension Reckoning {
  fileprivate func word(under rule: Rule) -> Fate.Word {
    guard rule.asksForWord else { return .notAsked }
    let isTold = zip(rule.disclosures, disclosed).contains { $0.party == Disclosure.citizen && $1 != nil }
    return isTold || !notices.isEmpty ? .heard : .unheard
  }
}

extension Rule {
  /// True where the citizen has to hear that the deadline is exceeded.
  fileprivate var asksForWord: Bool {
    extending != nil || disclosures.contains { $0.party == Disclosure.citizen }
  }
}

/// How the clocks of a deadline, or of several, ended.
package struct Tally: Hashable, Sendable {
  package private(set) var kept = 0
  package private(set) var moved = 0
  package private(set) var exceeded = 0
  /// Of those ``exceeded`` the ones whose rule asks for a word to the citizen.
  package private(set) var owed = 0
  /// Of those ``owed`` the ones of which the citizen heard nothing; nil where no rule asks for a word.
  package private(set) var unheard: Int?
  package private(set) var open = 0
  package private(set) var lapsed = 0

  /// Nothing of any deadline; zero for ``+``.
  package init() {}

  /// Nothing yet of a deadline under one of these rules.
  init(of rules: [Rule]) {
    unheard = rules.contains(where: \.asksForWord) ? 0 : nil
  }

  /// All of them.
  package var total: Int { kept + moved + exceeded + open + lapsed }

  /// Those of which it is known whether they were kept.
  package var settled: Int { kept + moved + exceeded }

  mutating func add(_ fate: Fate) {
    switch fate {
    case .kept: kept += 1
    case .moved: moved += 1
    case .exceeded(let word):
      exceeded += 1
      if word != .notAsked { owed += 1 }
      if word == .unheard { unheard = (unheard ?? 0) + 1 }
    case .open: open += 1
    case .lapsed: lapsed += 1
    }
  }

  /// Both together.
  package static func + (a: Tally, b: Tally) -> Tally {
    var sum = a
    sum.kept += b.kept
    sum.moved += b.moved
    sum.exceeded += b.exceeded
    sum.owed += b.owed
    if let unheard = b.unheard { sum.unheard = (a.unheard ?? 0) + unheard }
    sum.open += b.open
    sum.lapsed += b.lapsed
    return sum
  }
}
