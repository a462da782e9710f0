/// The calendars of a rule book while it is read.
struct CalendarShelf {
  /// In the order in which they were first written.
  private(set) var definitions: [CalendarDefinition] = []
  private var places: [String: Place] = [:]
  private var faulty: Set<String> = []
  private var firstOfFile: [String: String] = [:]

  /// Reads a `[kalender NAVN]` section.
  ///
  /// Several files may write the same calendar, so that each can be read alone; they must agree.
  mutating func read(_ section: Section, problems: inout ProblemList) {
    let name = section.name
    let file = section.place.file
    if firstOfFile[file] == nil { firstOfFile[file] = name }
    guard let calendar = CalendarDefinition.parse(section, problems: &problems) else {
      faulty.insert(name)
      return
    }
    guard let known = places[name] else {
      definitions.append(calendar)
      places[name] = section.place
      return
    }
    if known.file == file || !definitions.contains(calendar) {
      problems.add(
        section.place, "[kalender \(name)] is already defined at \(known); give one of them another name")
    }
  }

  /// The calendar that a rule of `file` counts on when it names none: the first of its own file, so that a file means
  /// the same beside others as alone; where it has none, the first of all.
  func defaultName(in file: String) -> String? {
    firstOfFile[file] ?? definitions.first?.name ?? faulty.min()
  }

  /// True when the calendar was written, but so that it was reported.
  func isFaulty(_ name: String) -> Bool {
    faulty.contains(name) && places[name] == nil
  }
}
