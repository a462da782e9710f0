import Rules

/// Drafts of the written notice that a citizen is owed when a deadline cannot be kept (retssikkerhedsloven
/// § 3, stk. 2).
///
/// The program knows the case number and the dates; what the case awaits and when it can be expected only a
/// person knows, and stands in brackets. Nothing is ever sent to a citizen.
package struct LetterDrafts: Hashable, Sendable {
  /// One letter.
  package struct Draft: Hashable, Sendable {
    package let caseID: String
    /// Ready to copy.
    package let text: String
  }

  package let drafts: [Draft]
  /// How many further cases need the same letter with other numbers.
  package let further: Int

  /// A message with more letters than these would not be read; the rest differs in numbers only.
  package static let shownDrafts = 8

  init(_ notices: [Notice], letterhead: Letterhead, texts: Texts) {
    var seen: Set<ClockIdentity> = []
    let owed = notices.filter { Self.isOwed($0) && seen.insert(ClockIdentity($0.key)).inserted }
    drafts = owed.prefix(Self.shownDrafts).map { notice in
      Draft(
        caseID: letterhead.numbers.shown(notice.clock.caseID), text: Self.letter(notice, letterhead, texts))
    }
    further = owed.count - drafts.count
  }

  /// True for a notice to somebody who works on the case, about a deadline that a notice to the citizen may
  /// move.
  static func isOwed(_ notice: Notice) -> Bool {
    notice.clock.rule.extending != nil && notice.recipient.role != .adviser
      && !notice.recipient.isInPlaceOfDepartment
  }

  private static func letter(_ notice: Notice, _ letterhead: Letterhead, _ texts: Texts) -> String {
    let (clock, reckoning) = (notice.clock, notice.reckoning)
    var values: [Placeholder: String] = [
      .caseID: letterhead.numbers.shown(clock.caseID), .deadline: clock.terms.name, .basis: clock.terms.basis,
      .length: clock.terms.length?.description ?? "", .due: reckoning.due.local.danishWithoutWeekday,
      .start: clock.rule.startsAtBirth ? "" : reckoning.start.date.danishWithoutWeekday,
      .outcome: EventWording.outcome(clock.rule), .kommune: letterhead.kommune,
    ]
    guard case .timely(let told, _) = reckoning.notice else { return texts.text(.letter, values) }
    values[.told] = told.date.danishWithoutWeekday
    return texts.text(.letterAgain, values)
  }
}
