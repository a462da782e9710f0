/// Every rule and calendar that one configuration loads.
package struct RuleBook: Sendable {
  package let rules: [Rule]
  /// In the order in which they were first written; the first is the default.
  package let calendars: [WorkingDays]

  /// Reads rule files together, adding what is wrong in them, examples included, to `problems`.
  ///
  /// - Parameters:
  ///   - zone: for rules in hours.
  ///   - table: hands over the CSV that a rule names.
  package init(
    _ files: [SourceFile], zone: ZoneTable, table: @escaping TableLookup, problems: inout ProblemList
  ) {
    var calendars: [(definition: CalendarDefinition, place: Place)] = []
    var faultyCalendars: Set<String> = []
    var drafts: [RuleDraft] = []
    for file in files {
      var found = ProblemList()
      let sections = SectionText.parse(file.bytes, file: file.name, problems: &found)
      if sections.isEmpty && found.isEmpty {
        found.add(Place(file.name), "the file holds no section; write a [frist …]")
      }
      for section in sections {
        switch section.kind {
        case "kalender":
          if let calendar = CalendarDefinition.parse(section, problems: &found) {
            Self.add(calendar, at: section.place, to: &calendars, problems: &found)
          } else {
            faultyCalendars.insert(section.name)
          }
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
    let tabulated = calendars.map { WorkingDays($0.definition) }
    self.calendars = tabulated
    rules = drafts.compactMap { draft in
      // A rule whose calendar was reported waits for it without a word of its own.
      let isWaiting =
        draft.calendar.map { faultyCalendars.contains($0.value) }
        ?? (tabulated.isEmpty && !faultyCalendars.isEmpty)
      return isWaiting ? nil : Self.bind(draft, to: tabulated, problems: &problems)
    }
    Self.checkVersions(rules, problems: &problems)
    for rule in rules { rule.runExamples(zone: zone, problems: &problems) }
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

  /// Several files may write the same calendar, so that each can be read alone; they must agree.
  private static func add(
    _ calendar: CalendarDefinition, at place: Place,
    to calendars: inout [(definition: CalendarDefinition, place: Place)], problems: inout ProblemList
  ) {
    guard let known = calendars.first(where: { $0.definition.name == calendar.name }) else {
      calendars.append((calendar, place))
      return
    }
    if known.definition != calendar || known.place.file == place.file {
      problems.add(
        place,
        "[kalender \(calendar.name)] is already defined at \(known.place); give one of them another name")
    }
  }

  private static func bind(
    _ draft: RuleDraft, to calendars: [WorkingDays], problems: inout ProblemList
  ) -> Rule? {
    let names = calendars.map(\.definition.name)
    let place = draft.calendar?.place ?? draft.place
    let wanted = draft.calendar.map(\.value) ?? names.first
    guard let wanted else {
      problems.add(place, "[frist \(draft.id)] has no calendar to count on; add a [kalender lov] section")
      return nil
    }
    guard let calendar = calendars.first(where: { $0.definition.name == wanted }) else {
      problems.add(
        place, "kalender: unknown calendar \"\(shortened(wanted))\"" + suggestion(for: wanted, among: names))
      return nil
    }
    if draft.kind == .statutory, calendar.definition.hasLocalDays {
      problems.add(
        place,
        "kalender: \"\(wanted)\" holds closing days of the kommune's own, and a lovbestemt deadline never counts them; "
          + "use a calendar with 06-05, 12-24 and 12-31 at most")
      return nil
    }
    return Rule(draft, calendar: calendar)
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
  }
}

extension CalendarDefinition {
  /// True when it closes days that no act knows.
  var hasLocalDays: Bool {
    closed.contains { day in
      guard case .yearly(let month, let dayOfMonth, _) = day else { return true }
      return ![(6, 5), (12, 24), (12, 31)].contains { $0 == (month, dayOfMonth) }
    }
  }
}
