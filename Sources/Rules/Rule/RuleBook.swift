/// Every rule and calendar that one configuration loads.
package struct RuleBook: Sendable {
  package let rules: [Rule]
  /// In the order in which they were first written.
  package let calendars: [WorkingDays]

  /// Reads rule files together, adding what is wrong in them, examples included, to `problems`.
  ///
  /// - Parameters:
  ///   - zone: for rules in hours.
  ///   - table: hands over the CSV that a rule names.
  package init(
    _ files: [SourceFile], zone: ZoneTable, table: @escaping TableLookup, problems: inout ProblemList
  ) {
    var shelf = CalendarShelf()
    var drafts: [RuleDraft] = []
    for file in files {
      var found = ProblemList()
      let sections = SectionText.parse(file.bytes, file: file.name, problems: &found)
      if sections.isEmpty && found.isEmpty {
        found.add(Place(file.name), "the file holds no section; write a [frist …]")
      }
      for section in sections {
        switch section.kind {
        case "kalender": shelf.read(section, problems: &found)
        case "frist":
          if let draft = RuleParser(lookup: table).parse(section, problems: &found) { drafts.append(draft) }
        default:
          found.add(
            section.place,
            "unknown section [\(shortened(section.kind))]"
              + suggestion(for: section.kind, among: ["frist", "kalender"]))
        }
      }
      problems.add(contentsOf: found)
    }
    shelf.checkGaps(problems: &problems)
    let calendars = shelf.definitions.map { WorkingDays($0) }
    self.calendars = calendars
    rules = drafts.compactMap { Self.bind($0, shelf, calendars, problems: &problems) }
    Self.checkVersions(rules, problems: &problems)
    for rule in rules {
      rule.checkDirection(problems: &problems)
      rule.runExamples(zone: zone, problems: &problems)
    }
  }

  /// Every event and date field that some rule reads, without repetition.
  package var eventNames: [String] {
    var seen = Set<String>()
    return rules.flatMap(\.eventNames).filter { seen.insert($0).inserted }
  }

  /// Every text field that some condition asks about.
  package var conditionFields: Set<Field> {
    Set(rules.flatMap { $0.conditions + $0.variants.flatMap(\.conditions) }.map(\.field))
  }

  private static func bind(
    _ draft: RuleDraft, _ shelf: CalendarShelf, _ calendars: [WorkingDays], problems: inout ProblemList
  ) -> Rule? {
    let place = draft.calendar?.place ?? draft.place
    guard let wanted = draft.calendar?.value ?? shelf.defaultName(in: draft.place.file) else {
      problems.add(place, "[frist \(draft.id)] has no calendar to count on; add a [kalender lov] section")
      return nil
    }
    // A rule whose calendar was reported waits for it without a word of its own.
    if shelf.isFaulty(wanted) { return nil }
    let versions = calendars.filter { $0.definition.name == wanted }
    guard !versions.isEmpty else {
      problems.add(
        place,
        "kalender: unknown calendar \"\(shortened(wanted))\""
          + suggestion(for: wanted, among: Array(Set(calendars.map(\.definition.name))).sorted()))
      return nil
    }
    if draft.kind == .statutory, versions.contains(where: \.definition.hasLocalDays) {
      problems.add(
        place,
        "kalender: \"\(wanted)\" holds closing days of the kommune's own, and a lovbestemt deadline never counts them; "
          + "use a calendar with 06-05, 12-24 and 12-31 at most")
      return nil
    }
    return Rule(
      draft,
      calendars: versions.map { days in
        let withSaturday =
          draft.weekdays == .mondayToSaturday
          ? WorkingDays(days.definition, weekdays: .mondayToSaturday) : nil
        return CalendarVersion(validity: days.definition.validity, days: days, daysWithSaturday: withSaturday)
      })
  }

  private static func checkVersions(_ rules: [Rule], problems: inout ProblemList) {
    for (index, rule) in rules.enumerated() {
      for earlier in rules[..<index] where earlier.id == rule.id && earlier.validity.overlaps(rule.validity) {
        problems.add(
          rule.place,
          "[frist \(rule.id)] is already defined at \(earlier.place) for the same dates; give it another id, "
            + "or both a gyldig that do not overlap")
      }
    }
    for (earlier, later) in gaps(among: rules.map { (id: $0.id, validity: $0.validity) }) {
      problems.add(
        rules[later].place,
        "[frist \(rules[later].id)]: no version holds between \(rules[earlier].place) and this one; "
          + "let gyldig begin on the day after the other ends, or give it another id")
    }
  }
}
