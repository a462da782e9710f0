/// One rule running on one case.
package struct Clock: Sendable {
  package let fields: FieldValues
  package let rule: Rule
  /// The terms of the variant that matched.
  package let terms: RuleTerms
  package let origin: Origin
  /// 1 for the first round of this rule on this case.
  package let round: Int
  package let course: Course
  package let audience: Audience

  package var caseID: String { fields[.caseID] }

  package var state: StateName { outcome?.state ?? .unclear }

  /// Where the clock stands; nil where that cannot be computed.
  package var outcome: Outcome? {
    switch course {
    case .reckoned(let reckoning): reckoning.outcome
    case .unlimited(_, let outcome): outcome
    case .unclear: nil
    }
  }

  /// When the clock started; nil where that cannot be told.
  package var start: CivilMoment? {
    switch course {
    case .reckoned(let reckoning): reckoning.start
    case .unlimited(let start, _): start
    case .unclear: nil
    }
  }

  /// The start by which the clock is known: a deadline in days counts from the day, whatever time of day the
  /// register gives or begins to give.
  package var knownStart: CivilMoment? {
    guard let reckoning else { return start }
    return reckoning.knownStart
  }

  /// The start as lists and files may show it, ISO 8601: empty for a birthday, and where there is none.
  package var shownStart: String { rule.startsAtBirth ? "" : start?.description ?? "" }

  /// The calendar that the clock counts on: the version that held on its start day.
  package var calendar: WorkingDays {
    reckoning.map { rule.calendar(on: $0.start.date) } ?? rule.latestCalendar
  }

  /// The same clock for others to hear.
  func with(audience: Audience) -> Clock {
    Clock(
      fields: fields, rule: rule, terms: terms, origin: origin, round: round, course: course,
      audience: audience)
  }

  /// False when no list, digest or calendar of a department may hold it: it is for the adviser alone.
  package var mayReachDepartment: Bool { audience == .department }

  /// The reckoning where there is one.
  package var reckoning: Reckoning? {
    guard case .reckoned(let reckoning) = course else { return nil }
    return reckoning
  }
}

/// Who may hear of a clock.
package enum Audience: Hashable, Sendable {
  /// The department whose case it is, and the adviser.
  case department
  /// The adviser, and by a reminder whomever the ladder names; nothing else that a department sees holds it.
  case ladder(because: Privacy)
  /// The adviser alone, whatever the ladder says.
  case adviser(because: Reason)

  /// Why all clocks of a rule are the adviser's own, whatever the case; ``Rule/privacy`` decides.
  package enum Privacy: Hashable, Sendable {
    /// Every step of the ladder goes to the adviser.
    case adviserLadder
    /// The deadline is the citizen's own.
    case citizensOwn
  }

  /// Why a department must not hear of it.
  package enum Reason: Hashable, Sendable {
    /// The rule asks for the citizen's consent, and the case does not have it.
    case noConsent
    /// A rule that is `fortrolig` applies to the case.
    case confidential
  }

  /// True where the ladder says who is reminded; false where the adviser hears in place of everybody.
  var followsLadder: Bool {
    switch self {
    case .department, .ladder: true
    case .adviser: false
    }
  }
}

/// What became of a clock.
package enum Course: Hashable, Sendable {
  case reckoned(Reckoning)
  /// The law sets no number of days: the clock is never due.
  case unlimited(start: CivilMoment, Outcome)
  case unclear(Doubt)
}

/// Why a clock cannot be computed.
package enum Doubt: Error, Hashable, Sendable {
  case unreadable(event: String, text: String, DateFault)
  case stopBeforeStart(event: String, stop: CivilMoment, start: CivilMoment)
  case noticeBeforeStart(event: String, notice: CivilMoment, start: CivilMoment)
  case pauseWithoutStart(event: String, end: CivilMoment)
  /// No event of the case has a date.
  case noDates
  /// The due day lies outside the years that calendars cover.
  case beyondCalendar
}

/// A clock with its dates.
package struct Reckoning: Hashable, Sendable {
  package let start: CivilMoment
  /// The due day by the length and ``countedPauses`` alone.
  package let originalDue: Due
  /// The due day that counts: the original one, or a later one after timely notices.
  package let due: Due
  /// The notices given, in order.
  package let notices: [NoticeStep]
  /// When the clock stood still.
  package let pauses: Pauses
  /// Those of them that moved the due day: no pause moves a date that a notice had announced before it began.
  package let countedPauses: Pauses
  /// Where it stands at the evaluation's now.
  package let outcome: Outcome
  /// For each of the rule's ``Rule/disclosures`` when it was made; nil where it was not.
  package let disclosed: [CivilMoment?]

  /// ``Clock/knownStart``.
  package var knownStart: CivilMoment {
    if case .instant = originalDue { start } else { CivilMoment(start.date) }
  }

  /// What came of the last notice; nil where none was given.
  package var notice: NoticeStanding? { notices.last?.standing }

  /// The date that the citizen was promised after the deadline had passed, and when; of several the one that
  /// was told last, nil where there was none.
  package var lastPromise: (given: CivilMoment, promise: Promise)? {
    notices.lazy.reversed().compactMap { step in
      guard case .late(let given, let promise?) = step.standing else { return nil }
      return (given, promise)
    }.first
  }

  /// ``lastPromise`` without its day.
  package var promise: Promise? { lastPromise?.promise }

  /// Since when a clock that was exceeded before stands still; nil for every other.
  package var onHoldSince: CivilMoment? { outcome == .exceeded ? pauses.open?.from : nil }

  /// How many days of `calendar` lie behind the due day, `today` included; days on which the clock stood
  /// still are no such days.
  package func workingDaysOver(on calendar: WorkingDays, today: CivilDate) -> Int {
    (calendar.count(from: due.date, to: today) ?? 0) - heldWorkingDays(on: calendar, today: today)
  }

  /// On how many days of `calendar` behind the due day, `today` included, the clock stood still.
  package func heldWorkingDays(on calendar: WorkingDays, today: CivilDate) -> Int {
    pauses.days(after: due.date, through: today).count { calendar.isWorkingDay($0) == true }
  }
}

/// A date that the citizen was told after the deadline had passed. The breach stands, and the date is a
/// deadline of its own.
package struct Promise: Hashable, Sendable {
  /// As it was told.
  package let told: CivilDate
  /// The last day on which it can be kept: the date that was told, rolled as the rule rolls.
  package let date: CivilDate

  /// Nil for a date that lay before the day on which it was told, and for one beyond the calendar.
  init?(_ told: CivilDate, on day: CivilDate, _ calendar: WorkingDays, _ roll: Roll?) {
    guard told >= day, let rolled = calendar.roll(told, roll ?? .forward) else { return nil }
    (self.told, date) = (told, rolled)
  }

  /// True where it has passed on `today`.
  package func isBroken(on today: CivilDate) -> Bool { date < today }
}

/// One notice and the due day that it left.
package struct NoticeStep: Hashable, Sendable {
  package let standing: NoticeStanding
  package let due: Due
}

/// What came of a notice that may move the due day.
package enum NoticeStanding: Hashable, Sendable {
  /// Given on or before the due day that stood, with a new date.
  case timely(on: CivilMoment, newDate: CivilDate)
  /// Given in time, but without a new date: it moves nothing.
  case withoutDate(on: CivilMoment)
  /// Given after the due day: it moves nothing. A date that it gives is promised all the same.
  case late(on: CivilMoment, Promise?)
}

/// Where a clock stands.
package enum Outcome: Hashable, Sendable {
  case running
  case soon
  case exceeded
  case paused(since: CivilMoment)
  case kept(CivilMoment)
  case late(CivilMoment)
  case lapsed(CivilMoment)

  package var state: StateName {
    switch self {
    case .running: .running
    case .soon: .soon
    case .exceeded: .exceeded
    case .paused: .paused
    case .kept: .kept
    case .late: .late
    case .lapsed: .lapsed
    }
  }

  /// True while the clock runs and somebody can still stop it.
  package var isOpen: Bool {
    switch self {
    case .running, .soon, .exceeded: true
    case .paused, .kept, .late, .lapsed: false
    }
  }
}
