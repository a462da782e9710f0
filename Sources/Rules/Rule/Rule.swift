/// What kind of promise a deadline is; the three are never mixed in a figure.
package enum RuleKind: String, Hashable, Sendable, CaseIterable {
  /// Set by an act.
  case statutory = "lovbestemt"
  /// Set and published by the council under retssikkerhedsloven § 3.
  case municipal = "kommunal"
  /// A service promise.
  case promise = "løfte"
}

/// When and where a deadline was published; the value of `offentliggjort`.
package struct Publication: Hashable, Sendable {
  package let date: CivilDate
  /// Empty where the rule gives only the date.
  package let place: String
}

/// A notice to the citizen that moves the due day; the value of `udsættelse`.
package struct Extension: Hashable, Sendable {
  /// The event of the notice (`underrettet`).
  package let notice: String
  /// The date field that holds the new date (`ny_frist`); it may lie in the future.
  package let newDate: String
}

/// The two events between which a clock stands still; the value of `pause`.
package struct Pausing: Hashable, Sendable {
  package let from: String
  package let until: String
}

/// Whether a stopped clock starts again by itself; the value of `gentages`.
package enum Repetition: Hashable, Sendable {
  case never
  /// Each stop is the start of the next round.
  case atEachStop
}

/// How long a deadline is.
package enum Span: Hashable, Sendable {
  case counted(Length)
  /// `hurtigst muligt`: the law sets no number of days.
  case asSoonAsPossible
}

/// Who has to keep a deadline; the value of `påhviler`.
package enum Bearer: Hashable, Sendable {
  case administration
  /// The citizen's own, such as a klagefrist: no figure counts it for or against the administration.
  case citizen
}

/// Somebody who must be told that a deadline is exceeded, and the event that proves it;
/// one line of `ved-overskridelse`.
package struct Disclosure: Hashable, Sendable {
  /// The party by which a rule names the citizen.
  package static let citizen = "borger"

  /// `borger`, `rådgiver`.
  package let party: String
  package let event: String
}

/// Whether a department may hear of a case; the value of `samtykke`.
package enum Consent: Hashable, Sendable {
  case notRequired
  /// Only of cases whose field `samtykke` is `ja`; of the others the adviser alone hears.
  case required
}

/// Whether a rule's cases may be spoken of outside the adviser's office; the value of `fortrolig`.
package enum Confidentiality: Hashable, Sendable {
  case ordinary
  /// No department hears of a case that the rule applies to, not of its other deadlines either, consent or
  /// not.
  case confidential
}

/// The part of a rule that a row of its `tabel` can set anew. A class for the same reason as ``Rule``;
/// immutable.
package final class RuleTerms: Sendable {
  package let name: String
  /// `hjemmel`: the paragraph or promise that the deadline stands on.
  package let basis: String
  package let source: String?
  package let published: Publication?
  package let span: Span
  /// What the rule says about a due day that is no working day; nil where it need not say anything.
  package let roll: Roll?

  init(
    name: String, basis: String, source: String?, published: Publication?, span: Span, roll: Roll?
  ) {
    self.name = name
    self.basis = basis
    self.source = source
    self.published = published
    self.span = span
    self.roll = roll
  }

  /// Nil where the law sets no number of days.
  package var length: Length? {
    guard case .counted(let length) = span else { return nil }
    return length
  }
}

/// One row of a rule's table, or the rule itself where it has none.
package struct RuleVariant: Sendable {
  /// What the row adds to the rule's own conditions.
  package let conditions: [Condition]
  package let terms: RuleTerms
  /// The line of the length: the row, or the rule's own.
  let place: Place
}

/// A deadline as the rule book defines it. A class, because a million clocks point at few rules; immutable.
package final class Rule: Sendable {
  package let id: String
  package let kind: RuleKind
  package let bearer: Bearer
  package let place: Place
  package let conditions: [Condition]
  /// The start event.
  package let start: String
  /// The stop events; the earliest counts. At least one.
  package let stops: [String]
  /// At least one; the first that matches a case counts.
  package let variants: [RuleVariant]
  /// The versions of the rule's calendar, each with the start dates for which it holds; at least one.
  package let calendars: [CalendarVersion]
  /// The days that `hverdage` counts on.
  package let weekdays: WeekdaySet
  package let pausing: Pausing?
  package let repetition: Repetition
  package let extending: Extension?
  package let validity: Validity
  package let consent: Consent
  package let confidentiality: Confidentiality
  package let disclosures: [Disclosure]
  package let ladder: [LadderStep]
  package let examples: [Example]
  /// Why no list, digest or calendar of a department holds the rule's clocks, whatever their cases say; nil
  /// where they may.
  package let privacy: Audience.Privacy?

  init(_ draft: RuleDraft, calendars: [CalendarVersion]) {
    id = draft.id
    kind = draft.kind
    bearer = draft.bearer
    place = draft.place
    conditions = draft.conditions
    start = draft.start
    stops = draft.stops
    variants = draft.variants
    self.calendars = calendars
    weekdays = draft.weekdays
    pausing = draft.pausing
    repetition = draft.repetition
    extending = draft.extending
    validity = draft.validity
    consent = draft.consent
    confidentiality = draft.confidentiality
    disclosures = draft.disclosures
    ladder = draft.ladder
    examples = draft.examples
    // A rule that tells nobody hides nothing by that.
    let tellsAdviserAlone = !ladder.isEmpty && ladder.allSatisfy { $0.roles == [.adviser] }
    privacy = bearer == .citizen ? .citizensOwn : tellsAdviserAlone ? .adviserLadder : nil
  }

  /// Who may hear of the rule's clocks on a case that says nothing against it.
  var audience: Audience { privacy.map { .ladder(because: $0) } ?? .department }

  /// True when the start is a birthday, which no list and no mail may show.
  package var startsAtBirth: Bool { start == EventSchema.birthday }

  /// Every event and date field that the rule reads, without repetition.
  package var eventNames: [String] {
    var seen = Set<String>()
    let names =
      [start] + stops
      + [pausing?.from, pausing?.until, extending?.notice, extending?.newDate].compactMap(\.self)
      + disclosures.map(\.event)
    return names.filter { seen.insert($0).inserted }
  }
}

/// Which days `hverdage` counts; acts differ on Saturday, so each rule says which. The value of `hverdage`.
package enum WeekdaySet: String, Hashable, Sendable, CaseIterable {
  case mondayToFriday = "mandag-fredag"
  case mondayToSaturday = "mandag-lørdag"
}

/// One version of a calendar.
package struct CalendarVersion: Sendable {
  package let validity: Validity
  package let days: WorkingDays
  /// The same with Saturdays as working days, where a rule counts them.
  package let daysWithSaturday: WorkingDays?
}

extension Rule {
  /// The calendar for a clock that started on `date`: a case keeps the version that it began under.
  package func calendar(on date: CivilDate) -> WorkingDays { version(on: date).days }

  /// The version that holds last, for what has no start.
  package var latestCalendar: WorkingDays { calendars[calendars.count - 1].days }

  /// What counts a clock that started on `date`.
  package func reckoner(from date: CivilDate, zone: ZoneTable) -> Reckoner {
    let version = version(on: date)
    return Reckoner(calendar: version.days, weekdays: version.daysWithSaturday ?? version.days, zone: zone)
  }

  private func version(on date: CivilDate) -> CalendarVersion {
    calendars.first { $0.validity.contains(date) } ?? calendars[calendars.count - 1]
  }
}
