extension Example {
  /// `modtaget 2023-03-01, underrettet 2023-05-20 → frist 2023-06-01`, the value of `eksempel`.
  ///
  /// - Throws: ``Remedy`` for a fact or an expectation that is not of the form.
  init(text: String, place: Place) throws(Remedy) {
    guard let (facts, outcome) = RuleValue.splitAtArrow(text) else {
      throw Remedy(
        "\"\(shortened(text))\" lacks the arrow; write for example modtaget 2024-03-01 → frist 2024-03-08")
    }
    var fields: [Field: String] = [:]
    var events: [Fact] = []
    for fact in Self.list(facts) {
      let words = fact.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else {
        throw Remedy("\"\(shortened(fact))\" is no fact; write for example modtaget 2024-03-01")
      }
      let (name, value) = (String(words[0]), trimmed(words[1]))
      if let field = Field(rawValue: name) {
        fields[field] = value == "-" ? "" : Self.unquoted(value)
      } else {
        events.append(Fact(event: try RuleValue.event(name), at: try RuleValue.moment(value)))
      }
    }
    self.fields = fields
    self.events = events
    self.facts = facts
    self.place = place
    expectation = try Self.expectation(outcome)
  }

  /// The facts between commas. A comma inside a value that stands in quotes, `område "Kultur, Fritid"`, is
  /// part of it.
  private static func list(_ text: String) -> [String] {
    var facts: [Substring] = []
    var (start, isQuoted) = (text.startIndex, false)
    for index in text.indices {
      switch text[index] {
      case "\"" where isQuoted:
        isQuoted = !["", ","].contains(trimmed(text[text.index(after: index)...]).prefix(1))
      case "\"": isQuoted = text[..<index].last == " "
      case "," where !isQuoted:
        facts.append(text[start..<index])
        start = text.index(after: index)
      default: break
      }
    }
    // A quote that never closes is a letter like any other.
    return isQuoted ? commaList(text) : (facts + [text[start...]]).map { trimmed($0) }
  }

  private static func unquoted(_ value: String) -> String {
    value.count > 1 && value.first == "\"" && value.last == "\""
      ? String(value.dropFirst().dropLast()) : value
  }

  private static func expectation(_ text: String) throws(Remedy) -> Expectation {
    let words = text.split(separator: " ", maxSplits: 1)
    guard words.count == 2 else {
      throw Remedy(
        "\"\(shortened(text))\" is no outcome; write for example frist 2024-03-08, or overskredet den 2024-03-09"
      )
    }
    if words[0] == "frist" { return .due(try RuleValue.moment(trimmed(words[1]))) }
    let state: StateName = try stateName(String(words[0]))
    var date = trimmed(words[1])
    for word in ["den ", "on "] where date.hasPrefix(word) { date = trimmed(date.dropFirst(word.count)) }
    return .state(state, on: try RuleValue.date(date))
  }

  private static func stateName(_ word: String) throws(Remedy) -> StateName {
    if let state = StateName(rawValue: word) { return state }
    let words = ["frist"] + StateName.allCases.map(\.rawValue)
    throw Remedy("\"\(shortened(word))\" is no outcome" + suggestion(for: word, among: words))
  }
}
