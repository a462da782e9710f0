package import Notifier
package import Rules

/// When a mail that was not accepted is tried again, and when it is given up.
package struct RetryPolicy: Hashable, Sendable {
  /// Minutes before the second attempt; every further wait is twice as long, up to ``longestWait``.
  package let firstWait: Int
  /// In minutes.
  package let longestWait: Int
  /// After this many attempts a mail that was put off each time is given up.
  package let mostAttempts: Int
  /// The same for one that was refused for good: some mail systems say so for a mistake that is mended within
  /// the day.
  package let mostRejections: Int

  /// A quarter of an hour to four hours, thirty times: more than four days, so that a mail system that is
  /// down over a long weekend loses nothing. Six times, four hours apart, for what is refused for good.
  package static let standard = RetryPolicy(
    firstWait: 15, longestWait: 240, mostAttempts: 30, mostRejections: 6)

  package init(firstWait: Int, longestWait: Int, mostAttempts: Int, mostRejections: Int) {
    self.firstWait = firstWait
    self.longestWait = longestWait
    self.mostAttempts = mostAttempts
    self.mostRejections = mostRejections
  }

  /// What comes after an attempt.
  package enum Next: Hashable, Sendable {
    /// Another one at that moment at the earliest; `of` is the number of the last that is made.
    case attempt(at: CivilMoment, of: Int)
    case none
  }

  /// What comes after attempt number `attempts`, which ended with `result` at `last`.
  package func next(after attempts: Int, _ result: DeliveryResult, at last: CivilMoment) -> Next {
    switch result {
    case .accepted, .uncertain: return .none
    case .deferred:
      guard attempts < mostAttempts else { return .none }
      let wait = min(firstWait << min(attempts - 1, 16), longestWait)
      return .attempt(at: Self.moment(last, plus: wait), of: mostAttempts)
    case .rejected:
      guard attempts < mostRejections else { return .none }
      return .attempt(at: Self.moment(last, plus: longestWait), of: mostRejections)
    }
  }

  /// Of a moment without a time of day (`--today`) only the next day is later.
  private static func moment(_ last: CivilMoment, plus minutes: Int) -> CivilMoment {
    guard last.time != nil else { return CivilMoment(last.date + 1) }
    return CivilMoment(localSeconds: last.localSeconds + Int64(minutes) * 60)
  }
}
