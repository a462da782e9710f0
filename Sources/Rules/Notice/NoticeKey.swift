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

/// What the journal says of a notice: the parts of its key, as they were written.
package struct WrittenNoticeKey: Hashable, Sendable {
  package let caseID: String
  package let rule: String
  /// ISO 8601, as ``CivilMoment/description``.
  package let start: String
  /// ISO 8601, as ``Due/description``.
  package let due: String
  package let step: String
  package let repetition: Int
  package let recipient: String

  /// Reads what ``NoticeKey/description`` writes; nil for the key of anything else.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    guard parts.count == 7 else { return nil }
    let words = parts.map { unescapedFromJournal(String(decoding: $0, as: UTF8.self)) }
    guard let repetition = digits(words[5]) else { return nil }
    (caseID, rule, start, due, step, recipient) = (words[0], words[1], words[2], words[3], words[4], words[6])
    self.repetition = repetition
  }

  /// True for a notice about the clock that `rule` started on `caseID` at `start`.
  package func isAbout(caseID: String, rule: String, start: CivilMoment) -> Bool {
    self.caseID == caseID && self.rule == rule && self.start == start.description
  }
}
