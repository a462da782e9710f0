package import Rules

/// How many letters of a text people are shown; programs get it whole.
package let longestShown = 64

/// A text of the register that is no case number, such as a department, as it may be shown.
package func shown(_ text: String) -> String {
  shortened(SafeText.masked(text), to: longestShown)
}

extension Organisation {
  /// The department by which a case is counted and listed: its own, or one name for all that nobody knows,
  /// because what stands in the place of a department may be anything, a citizen's name for example.
  package func reportedDepartment(_ name: String) -> String {
    isUnknown(department: name) && !name.isEmpty ? "Ukendt afdeling" : name
  }

  /// The department under which a clock is counted and listed.
  package func reportedDepartment(of clock: Clock) -> String { reportedDepartment(clock.fields[.department]) }

  /// A reported department as a heading, with its forvaltning.
  package func shownDepartment(_ name: String) -> String {
    let reported = reportedDepartment(name)
    if reported.isEmpty { return "Uden afdeling" }
    guard let known = departments[reported], !known.directorate.isEmpty, known.directorate != known.name
    else {
      return shown(reported)
    }
    return "\(known.directorate) · \(known.name)"
  }

  /// Reported departments as a list shows them, by heading; those that are shown alike by name.
  func listed<Value>(
    _ byName: some Sequence<(name: String, value: Value)>
  ) -> [(name: String, heading: String, value: Value)] {
    byName.map { (name: $0, heading: shownDepartment($0), value: $1) }.sorted { a, b in
      a.heading == b.heading ? precedesInBytes(a.name, b.name) : collates(a.heading, before: b.heading)
    }
  }
}
