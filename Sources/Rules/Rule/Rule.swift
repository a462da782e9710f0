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

/// Somebody who must be told that a deadline is exceeded, and the event that proves it;
/// one line of `ved-overskridelse`.
package struct Disclosure: Hashable, Sendable {
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

/// The part of a rule that a row of its `tabel` can set anew.
package struct RuleTerms: Hashable, Sendable {
  package let name: String
  /// `hjemmel`: the paragraph or promise that the deadline stands on.
  package let basis: String
  package let source: String?
  package let published: Publication?
  package let length: Length
  /// What the rule says about a due day that is no working day; nil where it need not say anything.
  package let roll: Roll?
}

/// One row of a rule's table, or the rule itself where it has none.
package struct RuleVariant: Hashable, Sendable {
  /// What the row adds to the rule's own conditions.
  package let conditions: [Condition]
  package let terms: RuleTerms
}

/// A deadline as the rule book defines it. A class, because a million clocks point at few rules; immutable.
package final class Rule: Sendable {
  package let id: String
  package let kind: RuleKind
  package let place: Place
  package let conditions: [Condition]
  /// The start event.
  package let start: String
  /// The stop events; the earliest counts. At least one.
  package let stops: [String]
  /// At least one; the first that matches a case counts.
  package let variants: [RuleVariant]
  package let calendar: WorkingDays
  package let extending: Extension?
  package let validity: Validity
  package let consent: Consent
  package let disclosures: [Disclosure]
  package let ladder: [LadderStep]
  package let examples: [Example]

  init(_ draft: RuleDraft, calendar: WorkingDays) {
    id = draft.id
    kind = draft.kind
    place = draft.place
    conditions = draft.conditions
    start = draft.start
    stops = draft.stops
    variants = draft.variants
    self.calendar = calendar
    extending = draft.extending
    validity = draft.validity
    consent = draft.consent
    disclosures = draft.disclosures
    ladder = draft.ladder
    examples = draft.examples
  }

  /// True when the start is a birthday, which no list and no mail may show.
  package var startsAtBirth: Bool { start == EventSchema.birthday }

  /// Every event and date field that the rule reads, without repetition.
  package var eventNames: [String] {
    var seen = Set<String>()
    let names =
      [start] + stops + [extending?.notice, extending?.newDate].compactMap(\.self)
      + disclosures.map(\.event)
    return names.filter { seen.insert($0).inserted }
  }
}

/// The start dates for which a rule holds, both ends inclusive; an end may be open. The value of `gyldig`.
package struct Validity: Hashable, Sendable {
  package let from: CivilDate?
  package let through: CivilDate?

  /// Nil when the end comes before the beginning.
  package init?(from: CivilDate?, through: CivilDate?) {
    if let from, let through, through < from { return nil }
    self.from = from
    self.through = through
  }

  private init() {
    from = nil
    through = nil
  }

  package static let always = Validity()

  package func contains(_ date: CivilDate) -> Bool {
    (from.map { $0 <= date } ?? true) && (through.map { date <= $0 } ?? true)
  }

  package func overlaps(_ other: Validity) -> Bool {
    let startsInTime = from.map { start in other.through.map { start <= $0 } ?? true } ?? true
    let otherStartsInTime = other.from.map { start in through.map { start <= $0 } ?? true } ?? true
    return startsInTime && otherStartsInTime
  }
}
