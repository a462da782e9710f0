package import Rules

/// When a mail that was not accepted is tried again, and when it is given up.
package struct RetryPolicy: Hashable, Sendable {
  /// Minutes before the second attempt; every further wait is twice as long, up to ``longestWait``.
  package let firstWait: Int
  /// In minutes.
  package let longestWait: Int
  /// After this many attempts a mail is given up, and the adviser is told what was in it.
  package let mostAttempts: Int

  /// A quarter of an hour to four hours, thirty times: more than four days, so that a mail system that is down over a
  /// long weekend loses nothing.
  package static let standard = RetryPolicy(firstWait: 15, longestWait: 240, mostAttempts: 30)

  package init(firstWait: Int, longestWait: Int, mostAttempts: Int) {
    self.firstWait = firstWait
    self.longestWait = longestWait
    self.mostAttempts = mostAttempts
  }

  /// True when a mail that failed `attempts` times is not tried again.
  package func isExhausted(_ attempts: Int) -> Bool { attempts >= mostAttempts }

  /// The earliest moment for the attempt after number `attempts`, made at `last`.
  ///
  /// Of a last attempt without a time of day (`--today`) only the next day is later.
  package func nextAttempt(after attempts: Int, at last: CivilMoment) -> CivilMoment {
    guard last.time != nil else { return CivilMoment(last.date + 1) }
    let doublings = min(attempts - 1, 16)
    let wait = min(firstWait << doublings, longestWait)
    return CivilMoment(localSeconds: last.localSeconds + Int64(wait) * 60)
  }
}
