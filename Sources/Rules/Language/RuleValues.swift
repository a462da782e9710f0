/// Readers of single values of the rule language. Each takes the text after `=` and throws what is wrong with
/// it.
package enum RuleValue {
  /// One of the raw values of a closed set of words.
  package static func word<Word: RawRepresentable & CaseIterable>(
    _ text: String
  ) throws(Remedy) -> Word where Word.RawValue == String {
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    throw Remedy("\"\(shortened(text))\" is not known" + suggestion(for: text, among: words))
  }

  /// A length as rules write it: `60 arbejdsdage`.
  package static func length(_ text: String) throws(Remedy) -> Length {
    do {
      return try Length(text: text)
    } catch {
      throw Remedy("\"\(shortened(text))\" \(error.explanation)")
    }
  }

  /// A length, or `hurtigst muligt` where the law sets no number of days.
  static func span(_ text: String) throws(Remedy) -> Span {
    text == "hurtigst muligt" ? .asSoonAsPossible : .counted(try length(text))
  }

  /// A day, written `2024-12-31`.
  package static func date(_ text: some StringProtocol) throws(Remedy) -> CivilDate {
    do {
      return try CivilDate(iso: text)
    } catch {
      throw notADate(text, error)
    }
  }

  /// A day with or without a time: `2024-12-31`, `2024-12-31T08:00`.
  package static func moment(_ text: some StringProtocol) throws(Remedy) -> CivilMoment {
    do {
      return try CivilMoment(iso: String(text))
    } catch {
      throw notADate(text, error)
    }
  }

  /// Rules and configuration know one form of date only, so the remedy for a wrong form names that one.
  private static func notADate(_ text: some StringProtocol, _ fault: DateFault) -> Remedy {
    let explanation = fault == .form ? "write year-month-day, for example 2024-12-31" : fault.explanation
    return Remedy("\"\(shortened(text))\" is no date: \(explanation)")
  }

  /// An event or date field: letters, digits and `_`.
  static func event(_ text: String) throws(Remedy) -> String {
    guard let first = text.first, first.isLetter,
      text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else {
      throw Remedy(
        "\"\(shortened(text))\" is no event name; write letters, digits and _, for example ny_frist")
    }
    if Field(rawValue: text) != nil {
      throw Remedy("\"\(text)\" is a text field, not an event; name a dated event, for example modtaget")
    }
    return text
  }

  /// A comma-separated list of events, at least one, none twice.
  static func events(_ text: String) throws(Remedy) -> [String] {
    var events: [String] = []
    for part in commaList(text) {
      let event = try event(part)
      if events.contains(event) { throw Remedy("\"\(event)\" stands twice; keep one") }
      events.append(event)
    }
    return events
  }

  /// `2023-01-01 gentofte.dk, sagsbehandlingsfrister`: a date, then optionally a place.
  static func publication(_ text: String) throws(Remedy) -> Publication {
    let parts = text.split(separator: " ", maxSplits: 1)
    return Publication(date: try date(parts[0]), place: parts.count > 1 ? trimmed(parts[1]) : "")
  }

  /// `underrettet → ny_frist`; `->` may stand for the arrow.
  static func extending(_ text: String) throws(Remedy) -> Extension {
    guard let (notice, newDate) = splitAtArrow(text) else {
      throw Remedy("\"\(shortened(text))\" lacks the arrow; write for example underrettet → ny_frist")
    }
    return Extension(notice: try event(notice), newDate: try event(newDate))
  }

  /// `bero_fra .. bero_til`.
  static func pausing(_ text: String) throws(Remedy) -> Pausing {
    let ends = text.components(separatedBy: "..")
    guard ends.count == 2, !ends.contains("") else {
      throw Remedy("\"\(shortened(text))\" is not FROM .. UNTIL; write for example bero_fra .. bero_til")
    }
    let pausing = Pausing(from: try event(ends[0]), until: try event(ends[1]))
    if pausing.from == pausing.until {
      throw Remedy("\"\(pausing.from)\" begins and ends the pause; name two events")
    }
    return pausing
  }

  static func repetition(_ text: String) throws(Remedy) -> Repetition {
    guard text == "ja" else {
      throw Remedy("\"\(shortened(text))\" is not known; write ja, or remove the line")
    }
    return .atEachStop
  }

  static func bearer(_ text: String) throws(Remedy) -> Bearer {
    guard text == "borger" else {
      throw Remedy("\"\(shortened(text))\" is not known; write borger, or remove the line")
    }
    return .citizen
  }

  /// `borger: borger_orienteret`.
  static func disclosure(_ text: String) throws(Remedy) -> Disclosure {
    guard let (party, name) = splitAtColon(text) else {
      throw Remedy("\"\(shortened(text))\" is not WHO: EVENT; write for example borger: borger_orienteret")
    }
    return Disclosure(party: party, event: try event(name))
  }

  static func consent(_ text: String) throws(Remedy) -> Consent {
    guard text == "kræves" else {
      throw Remedy("\"\(shortened(text))\" is not known; write kræves, or remove the line")
    }
    return .required
  }

  static func confidentiality(_ text: String) throws(Remedy) -> Confidentiality {
    guard text == "ja" else {
      throw Remedy("\"\(shortened(text))\" is not known; write ja, or remove the line")
    }
    return .confidential
  }

  /// `2023-01-01 .. 2023-12-31`; either end may be left out, not both.
  static func validity(_ text: String) throws(Remedy) -> Validity {
    let ends = text.components(separatedBy: "..")
    guard ends.count == 2, ends != ["", ""] else {
      throw Remedy("\"\(shortened(text))\" is no period; write for example 2023-01-01 .. 2023-12-31")
    }
    let from = ends[0].isEmpty ? nil : try date(ends[0])
    let through = ends[1].isEmpty ? nil : try date(ends[1])
    guard let validity = Validity(from: from, through: through) else {
      throw Remedy("\"\(text)\" ends before it begins; exchange the two dates")
    }
    return validity
  }

  /// `field: value, value*, -`.
  static func condition(_ text: String, _ sense: Condition.Sense) throws(Remedy) -> Condition {
    guard let (name, values) = splitAtColon(text) else {
      throw Remedy("\"\(shortened(text))\" is not FIELD: VALUE; write for example type: klage, ansøgning")
    }
    return Condition(sense: sense, field: try field(name), patterns: try patterns(values))
  }

  static func field(_ name: String) throws(Remedy) -> Field {
    if let field = Field(rawValue: name) { return field }
    let fields = Field.allCases.map(\.rawValue)
    throw Remedy("unknown field \"\(shortened(name))\"" + suggestion(for: name, among: fields))
  }

  static func patterns(_ text: String) throws(Remedy) -> [Pattern] {
    try patterns(commaList(text), of: text)
  }

  /// The same of values that were taken apart already.
  static func patterns(_ values: [String], of text: String) throws(Remedy) -> [Pattern] {
    if values.contains("") {
      throw Remedy("\"\(shortened(text))\" holds an empty value; write - for an empty field")
    }
    return values.map { Pattern($0) }
  }

  static func splitAtArrow(_ text: String) -> (String, String)? {
    for arrow in ["→", "->"] {
      let parts = text.components(separatedBy: arrow)
      if parts.count == 2, parts[0] != "", parts[1] != "" { return (parts[0], parts[1]) }
    }
    return nil
  }

  /// The trimmed texts before and behind the first colon; nil where one of them is empty.
  package static func splitAtColon(_ text: String) -> (String, String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let (name, value) = (trimmed(text[..<colon]), trimmed(text[text.index(after: colon)...]))
    return name.isEmpty || value.isEmpty ? nil : (name, value)
  }
}
