extension LadderStep {
  /// `10 arbejdsdage før: sagsbehandler, leder; gentag 5 arbejdsdage`, the value of `varsel`.
  ///
  /// - Throws: ``Remedy`` for an offset, a role or a repetition that is not of the form.
  init(text: String) throws(Remedy) {
    let parts = text.components(separatedBy: ";")
    guard parts.count <= 2, let (when, who) = RuleValue.splitAtColon(parts[0]) else {
      throw Remedy(
        "\"\(shortened(text))\" is not WHEN: WHO; write for example 3 arbejdsdage før: sagsbehandler, leder")
    }
    offset = try Self.offset(when)
    roles = try Self.roles(who)
    repetition = parts.count == 2 ? try Self.repetition(parts[1]) : nil
  }

  private static func offset(_ text: String) throws(Remedy) -> StepOffset {
    if text == "på dagen" { return .onDay }
    let words = text.split(separator: " ")
    guard let last = words.last, last == "før" || last == "efter" else {
      throw Remedy(
        "\"\(shortened(text))\" is no time for a varsel; write for example 3 arbejdsdage før, på dagen, 1 dag efter"
      )
    }
    let term = try term(words.dropLast().joined(separator: " "))
    return last == "før" ? .before(term) : .after(term)
  }

  private static func term(_ text: String) throws(Remedy) -> LengthTerm {
    let length = try RuleValue.length(text)
    guard length.terms.count == 1, length.terms[0].count > 0 else {
      throw Remedy(
        "\"\(shortened(text))\" is a sum; write one number and one unit, for example 3 arbejdsdage")
    }
    return length.terms[0]
  }

  private static func roles(_ text: String) throws(Remedy) -> [Role] {
    var roles: [Role] = []
    for word in commaList(text) {
      let role: Role = try RuleValue.word(word)
      if roles.contains(role) { throw Remedy("\"\(word)\" stands twice; keep one") }
      roles.append(role)
    }
    return roles
  }

  private static func repetition(_ text: String) throws(Remedy) -> LengthTerm {
    guard text.hasPrefix("gentag ") else {
      throw Remedy("\"\(shortened(text))\" is not known; write for example gentag 5 arbejdsdage")
    }
    return try term(trimmed(text.dropFirst("gentag ".count)))
  }
}
