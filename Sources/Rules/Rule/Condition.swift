/// The text fields of a case that rules can ask about; the raw value is the name that rules and configuration
/// use.
package enum Field: String, Hashable, Sendable, CaseIterable {
  case caseID = "sagsnr"
  case type
  case area = "område"
  case paragraph = "paragraf"
  case directorate = "forvaltning"
  case department = "afdeling"
  case caseworker = "sagsbehandler"
  case consent = "samtykke"

  /// Its place in ``FieldValues``; spelt out, because every case asks for it many times.
  package var index: Int {
    switch self {
    case .caseID: 0
    case .type: 1
    case .area: 2
    case .paragraph: 3
    case .directorate: 4
    case .department: 5
    case .caseworker: 6
    case .consent: 7
    }
  }
}

/// The text fields of one case, trimmed; a column that the register does not have is empty.
package struct FieldValues: Hashable, Sendable {
  private var values: [FieldText]

  package init(_ values: [Field: String] = [:]) {
    self.values = Field.allCases.map { FieldText(values[$0] ?? "") }
  }

  package subscript(field: Field) -> String {
    get { values[field.index].shown }
    set { values[field.index] = FieldText(newValue) }
  }

  /// The field with the key by which rules compare it.
  package func text(_ field: Field) -> FieldText { values[field.index] }
}

/// One alternative of a condition. Two that differ in spelling alone are the same.
package enum Pattern: Hashable, Sendable {
  /// `-`: the field is empty.
  case empty
  case exact(FieldText)
  /// `value*`: the field begins so.
  case prefix(FieldText)

  package init(_ text: String) {
    if text == "-" {
      self = .empty
    } else if text.last == "*" {
      self = .prefix(FieldText(String(text.dropLast())))
    } else {
      self = .exact(FieldText(text))
    }
  }

  package static func == (a: Self, b: Self) -> Bool { a.key == b.key }

  package func hash(into hasher: inout Hasher) { hasher.combine(key) }

  private var key: String {
    switch self {
    case .empty: "-"
    case .exact(let text): text.key
    case .prefix(let text): text.key + "*"
    }
  }

  /// As rules write it.
  package var text: String {
    switch self {
    case .empty: "-"
    case .exact(let text): text.shown
    case .prefix(let text): text.shown + "*"
    }
  }

  /// True when `value` is of this pattern.
  package func matches(_ value: FieldText) -> Bool {
    switch self {
    case .empty: value.key.isEmpty
    case .exact(let text): value.key == text.key
    case .prefix(let text): value.key.hasPrefix(text.key)
    }
  }
}

/// One line of `gælder` or `undtagen`: a field and the values that it may, or may not, have.
package struct Condition: Hashable, Sendable {
  /// Whether the line lets cases in or keeps them out.
  package enum Sense: Hashable, Sendable {
    /// `gælder`: at least one pattern matches.
    case applies
    /// `undtagen`: none does.
    case excludes
  }

  package let sense: Sense
  package let field: Field
  /// Alternatives; at least one.
  package let patterns: [Pattern]

  /// True when a case with these fields passes the line.
  package func isMet(by fields: FieldValues) -> Bool {
    patterns.contains { $0.matches(fields.text(field)) } == (sense == .applies)
  }
}

extension [Condition] {
  /// True when every one of them is met.
  package func areMet(by fields: FieldValues) -> Bool {
    allSatisfy { $0.isMet(by: fields) }
  }
}
