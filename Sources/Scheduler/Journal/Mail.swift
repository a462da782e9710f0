package import Notifier
package import Rules

/// One mail as the journal tells its course: what it carries, when it was written, tried and answered.
package struct Mail: Hashable, Sendable {
  package let intent: Intent
  /// When the intent was written.
  package let written: CivilMoment
  /// The number of the latest attempt, from 1, and when it was made.
  package private(set) var attempts = 1
  package private(set) var attempted: CivilMoment
  /// Whether an attempt before the latest may have arrived.
  package private(set) var doubt = JournalRecord.Doubt.none
  /// How the latest attempt ended, and when that was written down; nil where the program stopped in it.
  package private(set) var answer: Answer?

  /// How an attempt ended.
  package struct Answer: Hashable, Sendable {
    package let result: DeliveryResult
    package let at: CivilMoment
  }

  init(_ intent: Intent, written: CivilMoment) {
    self.intent = intent
    self.written = written
    attempted = written
  }

  mutating func tryAgain(_ attempt: Int, _ doubt: JournalRecord.Doubt, at time: CivilMoment) {
    attempts = attempt
    attempted = time
    if doubt == .unanswered { self.doubt = doubt }
    answer = nil
  }

  mutating func conclude(_ result: DeliveryResult, at time: CivilMoment) {
    answer = Answer(result: result, at: time)
  }

  /// The time of its newest record.
  package var touched: CivilMoment { answer?.at ?? attempted }

  /// What comes next of itself; nil where the program stopped in the attempt, so that the next tick has to
  /// see.
  package func next(_ policy: RetryPolicy) -> RetryPolicy.Next? {
    answer.map { policy.next(after: attempts, $0.result, at: $0.at) }
  }

  /// True when nothing more will happen to it by itself.
  func isSettled(by policy: RetryPolicy) -> Bool { next(policy) == RetryPolicy.Next.none }

  /// The fewest records that tell the same course.
  var records: [JournalRecord] {
    var records = [JournalRecord(time: written, .intent(intent))]
    if attempts > 1 {
      records.append(
        JournalRecord(time: attempted, .again(identity: intent.identity, attempt: attempts, doubt: doubt)))
    }
    if let answer {
      records.append(JournalRecord(time: answer.at, .result(identity: intent.identity, answer.result)))
    }
    return records
  }
}
