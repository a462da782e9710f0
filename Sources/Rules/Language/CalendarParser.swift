extension CalendarDefinition {
  /// The keys of a calendar.
  package static let form = SectionForm(["helligdage": .required, "lukket": .list, "gyldig": .optional])

  /// Reads a `[kalender NAVN]` section; what is wrong in it is added to `problems`.
  static func parse(_ section: Section, problems: inout ProblemList) -> CalendarDefinition? {
    let reader = SectionReader(section, form, problems: &problems)
    if section.name.isEmpty {
      problems.add(section.place, "[kalender] has no name; write for example [kalender lov]")
    }
    let holidays: HolidaySet? = reader.value("helligdage", problems: &problems, read: RuleValue.word)
    let closed = reader.values("lukket", problems: &problems, read: ClosedDay.init(text:))
    let validity = reader.value("gyldig", problems: &problems, read: RuleValue.validity)
    return holidays.map {
      CalendarDefinition(name: section.name, holidays: $0, closed: closed, validity: validity ?? .always)
    }
  }
}

extension ClosedDay {
  /// `06-05`, `2024-05-10` or `2026-07-20 .. 2026-07-24`, each with an optional name behind it.
  ///
  /// - Throws: ``Remedy`` for a day that does not exist.
  init(text: String) throws(Remedy) {
    let spanEnds = text.components(separatedBy: "..")
    let (first, firstRest) = Self.firstWord(spanEnds[0])
    if spanEnds.count == 2 {
      let (last, name) = Self.firstWord(spanEnds[1])
      let (start, end) = (try RuleValue.date(first), try RuleValue.date(last))
      guard firstRest == nil, start <= end else {
        throw Remedy(
          "\"\(shortened(text))\" is no period; write for example 2026-07-20 .. 2026-07-24 ferielukket")
      }
      self = .once(start...end, name: name)
    } else if first.utf8.count == 5 {
      // A leap year, so that 02-29 may be closed.
      guard let date = try? CivilDate(iso: "2024-" + first) else {
        throw Remedy("\"\(shortened(text))\" is no day of the year; write for example 12-24")
      }
      self = .yearly(month: date.components.month, day: date.components.day, name: firstRest)
    } else {
      let date = try RuleValue.date(first)
      self = .once(date...date, name: firstRest)
    }
  }

  private static func firstWord(_ text: String) -> (String, rest: String?) {
    let parts = text.split(separator: " ", maxSplits: 1)
    return (parts.first.map(String.init) ?? "", parts.count > 1 ? trimmed(parts[1]) : nil)
  }
}
