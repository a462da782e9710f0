/// The calendars of a rule book while it is read.
struct CalendarShelf {
  /// In the order in which they were first written; of one name several versions.
  private(set) var definitions: [CalendarDefinition] = []
  private var places: [Place] = []
  private var faulty: Set<String> = []
  private var firstOfFile: [String: String] = [:]

  /// Reads a `[kalender NAVN]` section.
  ///
  /// Several files may write the same calendar, so that each can be read alone; they must agree.
  mutating func read(_ section: Section, problems: inout ProblemList) {
    let file = section.place.file
    if firstOfFile[file] == nil { firstOfFile[file] = section.name }
    guard let calendar = CalendarDefinition.parse(section, problems: &problems) else {
      faulty.insert(section.name)
      return
    }
    for (known, place) in zip(definitions, places)
    where known.name == calendar.name && known.validity.overlaps(calendar.validity) {
      if known != calendar || place.file == file {
        problems.add(
          section.place,
          "[kalender \(section.name)] is already defined at \(place) for the same dates; give one of them another name, "
            + "or both a gyldig that do not overlap")
      }
      return
    }
    definitions.append(calendar)
    places.append(section.place)
  }

  /// Reports every pair of versions that leaves days between them uncovered.
  func checkGaps(problems: inout ProblemList) {
    let versions = zip(definitions, places).map { (name: $0.name, validity: $0.validity, place: $1) }
    for (earlier, later) in gaps(among: versions.map { (id: $0.name, validity: $0.validity) }) {
      problems.add(
        versions[later].place,
        "[kalender \(versions[later].name)]: no version holds between \(versions[earlier].place) and this one; "
          + "let gyldig begin on the day after the other ends")
    }
  }

  /// The calendar that a rule of `file` counts on when it names none: the first of its own file, so that a
  /// file means the same beside others as alone; where it has none, the first of all.
  func defaultName(in file: String) -> String? {
    firstOfFile[file] ?? definitions.first?.name ?? faulty.min()
  }

  /// True when the calendar was written, but so that it was reported.
  func isFaulty(_ name: String) -> Bool {
    faulty.contains(name) && !definitions.contains { $0.name == name }
  }
}

/// The pairs of versions of one id, by index, between which there are days that no version holds for.
func gaps(among versions: [(id: String, validity: Validity)]) -> [(earlier: Int, later: Int)] {
  var gaps: [(earlier: Int, later: Int)] = []
  for (later, version) in versions.enumerated() {
    guard let from = version.validity.from else { continue }
    let before = versions.indices.filter { index in
      versions[index].id == version.id && (versions[index].validity.through.map { $0 < from } ?? false)
    }
    let latest = before.max {
      (versions[$0].validity.through ?? from) < (versions[$1].validity.through ?? from)
    }
    if let latest, let through = versions[latest].validity.through, through + 1 < from {
      gaps.append((latest, later))
    }
  }
  return gaps
}
