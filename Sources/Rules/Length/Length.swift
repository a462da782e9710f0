/// The unit of one term of a length; the raw value is the Danish plural, as rules write it.
package enum LengthUnit: String, Hashable, Sendable, CaseIterable {
  case hours = "timer"
  case days = "dage"
  /// Monday to Friday that are no helligdage; counted on the same table as ``workingDays``.
  case weekdays = "hverdage"
  case workingDays = "arbejdsdage"
  case weeks = "uger"
  case months = "måneder"
  case years = "år"

  /// The Danish singular: `1 arbejdsdag`.
  package var singular: String {
    switch self {
    case .hours: "time"
    case .days: "dag"
    case .weekdays: "hverdag"
    case .workingDays: "arbejdsdag"
    case .weeks: "uge"
    case .months: "måned"
    case .years: "år"
    }
  }

  /// True where a sum of this unit can end on a day that is no working day, so that a rule must say whether
  /// it rolls.
  package var endsOnAnyDay: Bool {
    switch self {
    case .days, .weeks, .months, .years: true
    case .hours, .weekdays, .workingDays: false
    }
  }
}

/// One signed term: `60 arbejdsdage`, `- 4 måneder`.
package struct LengthTerm: Hashable, Sendable {
  /// Never 0; negative counts back.
  package let count: Int
  package let unit: LengthUnit

  package init(_ count: Int, _ unit: LengthUnit) {
    self.count = count
    self.unit = unit
  }
}

/// How long a deadline is: a sum of signed terms, applied in the order in which they are written.
package struct Length: Hashable, Sendable {
  /// At least one; either all in hours or none.
  package let terms: [LengthTerm]

  /// Nil for no terms, and for hours beside any other unit: an instant and a day cannot be added.
  package init?(terms: [LengthTerm]) {
    let hours = terms.filter { $0.unit == .hours }.count
    guard !terms.isEmpty, hours == 0 || hours == terms.count else { return nil }
    self.terms = terms
  }

  /// True when the deadline is an instant, not a day.
  package var isInHours: Bool { terms[0].unit == .hours }

  /// True when the due day may be no working day, so that `ruller` decides.
  package var needsRoll: Bool { terms.contains { $0.unit.endsOnAnyDay } }

  /// The sum of the hours; 0 for a length in days.
  package var hours: Int { isInHours ? terms.reduce(0) { $0 + $1.count } : 0 }
}
