/// One rule running on one case.
package struct Clock: Sendable {
  package let fields: FieldValues
  package let line: Int
  package let rule: Rule
  /// The terms of the variant that matched.
  package let terms: RuleTerms
  package let course: Course

  package var caseID: String { fields[.caseID] }

  package var state: StateName {
    switch course {
    case .reckoned(let reckoning): reckoning.outcome.state
    case .unclear: .unclear
    }
  }

  /// False when the rule asks for the citizen's consent and the case does not have it: then the adviser alone hears.
  package var mayReachDepartment: Bool {
    rule.consent == .notRequired || fields[.consent] == "ja"
  }

  /// The reckoning where there is one.
  package var reckoning: Reckoning? {
    guard case .reckoned(let reckoning) = course else { return nil }
    return reckoning
  }
}

/// What became of a clock.
package enum Course: Hashable, Sendable {
  case reckoned(Reckoning)
  case unclear(Doubt)
}

/// Why a clock cannot be computed.
package enum Doubt: Error, Hashable, Sendable {
  case unreadable(event: String, text: String, DateFault)
  case stopBeforeStart(event: String, stop: CivilMoment, start: CivilMoment)
  case noticeBeforeStart(event: String, notice: CivilMoment, start: CivilMoment)
  /// No event of the case has a date.
  case noDates
  /// The due day lies outside the years that calendars cover.
  case beyondCalendar
}

/// A clock with its dates.
package struct Reckoning: Hashable, Sendable {
  package let start: CivilMoment
  /// The due day by the length alone.
  package let originalDue: Due
  /// The due day that counts: the original one, or a later one after a timely notice.
  package let due: Due
  package let notice: NoticeStanding
  package let outcome: Outcome
  /// For each of the rule's ``Rule/disclosures`` when it was made; nil where it was not.
  package let disclosed: [CivilMoment?]
}

/// What came of the notice that may move the due day.
package enum NoticeStanding: Hashable, Sendable {
  case none
  /// Given on or before the original due day, with a new date.
  case timely(on: CivilMoment, newDate: CivilDate)
  /// Given in time, but without a new date: it moves nothing.
  case withoutDate(on: CivilMoment)
  /// Given after the original due day: it moves nothing.
  case late(on: CivilMoment)
}

/// Where a reckoned clock stands.
package enum Outcome: Hashable, Sendable {
  case running
  case soon
  case exceeded
  case kept(CivilMoment)
  case late(CivilMoment)
  case lapsed(CivilMoment)

  package var state: StateName {
    switch self {
    case .running: .running
    case .soon: .soon
    case .exceeded: .exceeded
    case .kept: .kept
    case .late: .late
    case .lapsed: .lapsed
    }
  }

  /// True while somebody can still stop the clock.
  package var isOpen: Bool {
    switch self {
    case .running, .soon, .exceeded: true
    case .kept, .late, .lapsed: false
    }
  }
}
