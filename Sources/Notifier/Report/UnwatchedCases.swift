package import Rules

/// Cases that no rule fits, by what they are about.
package struct UnwatchedCases: Sendable {
  /// What a case is about, as its first field says that says anything: område, type, paragraf.
  package struct Subject: Hashable, Sendable {
    package let field: Field
    /// Empty where none of them says anything.
    package let value: String

    package init(_ fields: FieldValues) {
      field = [.area, .type, .paragraph].first { !fields[$0].isEmpty } ?? .area
      value = fields[field]
    }
  }

  package private(set) var count = 0
  private var bySubject: [String: (subject: Subject, cases: Int)] = [:]

  /// Subjects beyond these are counted, not named.
  private static let named = 5

  /// What fewer cases share may be anything, a citizen's name for example, and no report names it; `check`
  /// does.
  private static let fewestToName = 3

  /// Adds so many cases with these fields; two spellings of a subject are one, by the first.
  mutating func add(_ cases: Int, _ fields: FieldValues) { add(cases, Subject(fields)) }

  mutating func merge(_ other: UnwatchedCases) {
    for (_, found) in other.bySubject { add(found.cases, found.subject) }
  }

  private mutating func add(_ cases: Int, _ subject: Subject) {
    count += cases
    let key = "\(subject.field.rawValue) \(FieldText(subject.value).key)"
    bySubject[key, default: (subject, 0)].cases += cases
  }

  /// The subjects with the number of their cases, most first.
  package var subjects: [(subject: Subject, cases: Int)] {
    bySubject.sorted { ($1.value.cases, $0.key) < ($0.value.cases, $1.key) }.map { $1 }
  }

  /// `10 sager følges ikke af nogen regel.`, for a mail; nil where every case is watched.
  package var sentenceWithoutSubjects: String? {
    count > 0 ? "\(counted(count, "sag", "sager")) følges ikke af nogen regel." : nil
  }

  /// `10 sager følges ikke af nogen regel: område »bolig« 6, »veje« 3 og 1 andre.`; nil where every case is
  /// watched.
  package var sentence: String? {
    guard count > 0 else { return nil }
    let shownSubjects = subjects.prefix(Self.named).prefix { $0.cases >= Self.fewestToName }
    if shownSubjects.isEmpty {
      return sentenceWithoutSubjects.map { $0 + " Kør fristvagt check og se hvilke." }
    }
    var field: Field?
    var parts = shownSubjects.map { subject, cases in
      defer { field = subject.field }
      let name = subject.value.isEmpty ? "uden område, type og paragraf" : "»\(quoted(subject.value))«"
      let prefix = subject.value.isEmpty || subject.field == field ? "" : "\(subject.field.rawValue) "
      return "\(prefix)\(name) \(danish(cases))"
    }
    let rest = count - shownSubjects.reduce(0) { $0 + $1.cases }
    if rest > 0 { parts.append("andre \(danish(rest))") }
    return "\(counted(count, "sag", "sager")) følges ikke af nogen regel: \(enumerated(parts))."
  }
}
