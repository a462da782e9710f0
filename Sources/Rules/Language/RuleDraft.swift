/// A rule as its section and table were read, before it is bound to its calendar.
struct RuleDraft {
  let id: String
  let kind: RuleKind
  let bearer: Bearer
  let place: Place
  let conditions: [Condition]
  let start: String
  let stops: [String]
  let variants: [RuleVariant]
  /// The name and the line that gives it; nil takes the first calendar of the book.
  let calendar: Entry?
  let weekdays: WeekdaySet
  let pausing: Pausing?
  let repetition: Repetition
  let extending: Extension?
  let validity: Validity
  let consent: Consent
  let confidentiality: Confidentiality
  let disclosures: [Disclosure]
  let ladder: [LadderStep]
  let examples: [Example]
}

/// The keys of the terms: of a rule, or, column by column, of a row of its table that sets them anew.
struct TermsDraft {
  var name: String?
  var basis: String?
  var source: String?
  var published: Publication?
  var span: Span?
  var roll: Roll?
  /// A value was reported, so what would follow from its absence is not.
  var isFaulty = false

  /// The keys that a table may have as columns.
  static let keys = ["navn", "hjemmel", "kilde", "offentliggjort", "længde", "ruller"]

  /// Sets the term that `key` names.
  ///
  /// - Throws: ``Remedy`` when the value is not of the form.
  mutating func set(_ key: String, to value: String) throws(Remedy) {
    switch key {
    case "navn": name = value
    case "hjemmel": basis = value
    case "kilde": source = value
    case "offentliggjort": published = try RuleValue.publication(value)
    case "længde": span = try RuleValue.span(value)
    default: roll = try RuleValue.word(value)
    }
  }

  /// The finished terms; what is missing or contradicts is reported at `place`.
  func finished(at place: Place, problems: inout ProblemList) -> RuleTerms? {
    guard !isFaulty, let name, let basis else { return nil }
    guard let span else { return nil }
    let terms = RuleTerms(
      name: name, basis: basis, source: source, published: published, span: span, roll: roll)
    guard let length = terms.length else { return terms }
    if length.needsRoll && roll == nil {
      problems.add(
        place,
        "længde: \"\(length)\" can end on a day that is no working day, and no rule of law decides for every deadline; "
          + "add ruller = frem, tilbage or nej")
      return nil
    }
    if length.isInHours, let roll, roll != .none {
      problems.add(place, "ruller: a deadline in timer never rolls; remove ruller = \(roll.rawValue)")
      return nil
    }
    return terms
  }
}
