/// What makes a notice this one and no other: two notices with one key are the same, and it is sent once.
///
/// A moved due day is a new key, so a changed deadline is told again.
package struct NoticeKey: Hashable, Sendable {
  package let caseID: String
  package let rule: String
  package let start: CivilMoment
  package let due: Due
  /// The step as the rule writes it: `10 arbejdsdage før`.
  package let step: String
  /// 0 for the step itself, then 1, 2, … for its repetitions.
  package let repetition: Int
  package let recipient: EmailAddress
}

extension NoticeKey: CustomStringConvertible {
  /// The key as the journal keeps it: its parts joined by `|`, with `%`, `|`, white space and control
  /// characters written as `%` and two hexadecimal digits.
  package var description: String {
    [caseID, rule, start.description, due.description, step, String(repetition), recipient.description]
      .map(escapedForJournal).joined(separator: "|")
  }
}

/// One message to one person about one clock at one step of the ladder.
package struct Notice: Sendable {
  package let key: NoticeKey
  package let clock: Clock
  package let reckoning: Reckoning
  /// The day on which the step fell; before today when a tick was missed.
  package let fell: CivilDate
  package let recipient: Recipient
}
