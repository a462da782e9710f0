package import Rules

/// What became of a deadline, as the figures of a period count it.
///
/// Measured by the day that the length and the pauses gave: a case that was moved in time was still decided after that day, so
/// it is counted beside those that kept it and not among them. Judgement: retssikkerhedsloven § 3, stk. 2 asks for both.
package enum Fate: Hashable, Sendable, CaseIterable {
  /// Stopped no later than the day that the length gave.
  case kept
  /// Stopped after it, and no later than a new date that the citizen was given in time.
  case keptAfterNotice
  /// Stopped later than that, or not at all; the citizen has had a new date, in time or not, or was told of the delay.
  case exceededWithNotice
  /// The same, and nobody has told the citizen.
  case exceededWithoutNotice
  /// It runs on towards a new date, waits in a pause, or is due today.
  case open
  /// The case was closed without a stop.
  case lapsed

  package init(_ reckoning: Reckoning, under rule: Rule) {
    switch reckoning.outcome {
    case .kept(let stop):
      let isMoved = reckoning.due != reckoning.originalDue
      self = isMoved && stop.date > reckoning.originalDue.date ? .keptAfterNotice : .kept
    case .late, .exceeded:
      self = reckoning.hasReachedCitizen(under: rule) ? .exceededWithNotice : .exceededWithoutNotice
    case .running, .soon, .paused: self = .open
    case .lapsed: self = .lapsed
    }
  }
}

extension Reckoning {
  /// True where the citizen has had a new date, in time or not, or was told that the deadline is exceeded.
  fileprivate func hasReachedCitizen(under rule: Rule) -> Bool {
    let hasNewDate = notices.contains { step in
      switch step.standing {
      case .timely, .late: true
      case .withoutDate: false
      }
    }
    return hasNewDate
      || zip(rule.disclosures, disclosed).contains { $0.party == Disclosure.citizen && $1 != nil }
  }
}
