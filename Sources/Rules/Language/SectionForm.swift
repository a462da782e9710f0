/// Which keys a kind of section knows, and which of them must stand in it.
package struct SectionForm: Sendable {
  /// Whether a key must stand, may stand, or may stand several times.
  package enum Presence: Sendable {
    case required
    case optional
    /// May stand several times; the lines are a list.
    case list
  }

  package let keys: [(name: String, presence: Presence)]

  package init(_ keys: KeyValuePairs<String, Presence>) {
    self.keys = keys.map { ($0.key, $0.value) }
  }
}

/// Hands out the lines of one section by key, after it has reported what the form does not allow: unknown
/// keys, keys that stand twice, required keys that are missing.
package struct SectionReader {
  package let section: Section
  private let byKey: [String: [Entry]]

  package init(_ section: Section, _ form: SectionForm, problems: inout ProblemList) {
    self.section = section
    byKey = Dictionary(grouping: section.entries, by: \.key)
    let names = form.keys.map(\.name)
    for entry in section.entries where !names.contains(entry.key) {
      problems.add(
        entry.place, "unknown key \"\(shortened(entry.key))\"" + suggestion(for: entry.key, among: names))
    }
    for key in form.keys {
      let entries = byKey[key.name] ?? []
      if case .list = key.presence { continue }
      for repeated in entries.dropFirst() {
        let first = entries[0].place.line ?? 0
        problems.add(repeated.place, "\(key.name): stands twice, first on line \(first); keep one")
      }
      if case .required = key.presence, isMissing(key.name) {
        problems.add(
          section.place, "\(header) lacks the required key \"\(key.name)\"; add a line \(key.name) = …")
      }
    }
  }

  /// `[frist svar]`.
  package var header: String { section.header }

  /// True when no line with this key was even begun.
  package func isMissing(_ key: String) -> Bool { byKey[key] == nil && !section.emptyKeys.contains(key) }

  /// The first line with this key.
  package func one(_ key: String) -> Entry? { byKey[key]?.first }

  /// All lines with this key, in order.
  package func all(_ key: String) -> [Entry] { byKey[key] ?? [] }

  /// The value of `key` read by `read`, which may throw a message that says what is wrong and how to mend it.
  ///
  /// Nil when the key is missing or its value was reported.
  package func value<Value>(
    _ key: String, problems: inout ProblemList, read: (String) throws(Remedy) -> Value
  ) -> Value? {
    one(key).flatMap { Self.value($0, problems: &problems, read: read) }
  }

  /// The values of all lines with this key that `read` accepts; the others are reported.
  package func values<Value>(
    _ key: String, problems: inout ProblemList, read: (String) throws(Remedy) -> Value
  ) -> [Value] {
    all(key).compactMap { Self.value($0, problems: &problems, read: read) }
  }

  private static func value<Value>(
    _ entry: Entry, problems: inout ProblemList, read: (String) throws(Remedy) -> Value
  ) -> Value? {
    do {
      return try read(entry.value)
    } catch {
      problems.add(entry.place, "\(entry.key): \(error.message)")
      return nil
    }
  }
}
