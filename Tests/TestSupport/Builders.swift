package import Notifier
package import Rules

/// Short ways to the values that tests need.
package enum Make {
  /// The date that an ISO text writes; stops the test run when it is none.
  package static func date(_ text: String) -> CivilDate {
    guard let date = try? CivilDate(iso: text) else { preconditionFailure("no date: \(text)") }
    return date
  }

  package static func moment(_ text: String) -> CivilMoment {
    guard let moment = try? CivilMoment(iso: text) else { preconditionFailure("no moment: \(text)") }
    return moment
  }

  package static func now(_ text: String) -> Now { Now(moment(text)) }

  package static func address(_ text: String) -> EmailAddress {
    guard let address = try? EmailAddress(text) else { preconditionFailure("no address: \(text)") }
    return address
  }

  /// Helligdage, 5 June, 24 and 31 December.
  package static let law = WorkingDays(
    CalendarDefinition(
      name: "lov", holidays: .danish,
      closed: [
        .yearly(month: 6, day: 5, name: nil), .yearly(month: 12, day: 24, name: nil),
        .yearly(month: 12, day: 31, name: nil),
      ]))

  /// Helligdage alone.
  package static let plain = WorkingDays(
    CalendarDefinition(name: "helligdage", holidays: .danish, closed: []))

  /// Danish time with the summer times of 2020 to 2100.
  package static let copenhagen = ZoneTable(
    first: 3_600,
    spans: (2_020...2_100).flatMap { year -> [ZoneTable.Span] in
      [(3, 7_200), (10, 3_600)].compactMap { month, offset -> ZoneTable.Span? in
        guard var sunday = CivilDate(year: year, month: month, day: 31) else { return nil }
        while sunday.weekday != .sunday { sunday = sunday - 1 }
        return ZoneTable.Span(
          from: Instant(seconds: Int64(sunday.day) * 86_400 + 3_600), offset: Int64(offset))
      }
    })

  /// The built-in wording; stops the test run when it is not sound.
  package static let texts: Texts = {
    var problems = ProblemList()
    let texts = Texts(problems: &problems)
    precondition(problems.isEmpty, problems.inSourceOrder.map(\.description).joined(separator: "\n"))
    return texts
  }()

  /// The section every rule file begins with.
  package static let lawSection = """
    [kalender lov]
    helligdage = danske
    lukket = 06-05
    lukket = 12-24
    lukket = 12-31

    """

  /// A rule file of one rule: the lines given, and the keys that they leave out filled in.
  package static func ruleFile(_ lines: String, id: String = "svar") -> String {
    let defaults = [
      ("navn", "Svar"), ("hjemmel", "en prøve"), ("slags", "løfte"), ("fra", "modtaget"), ("til", "besvaret"),
      ("længde", "7 arbejdsdage"), ("eksempel", "modtaget 2024-12-23 → frist 2025-01-08"),
    ]
    let keys = Set(
      lines.split(separator: "\n").compactMap { $0.split(separator: "=").first.map { trimmed($0) } })
    let missing = defaults.filter { !keys.contains($0.0) && !($0.0 == "længde" && keys.contains("tabel")) }
    return lawSection + "[frist \(id)]\n" + missing.map { "\($0.0) = \($0.1)\n" }.joined() + lines + "\n"
  }

  /// The same without its calendar, to stand behind another rule in one file.
  package static func furtherRule(_ lines: String, id: String = "svar") -> String {
    ruleFile(lines, id: id).replacing(lawSection, with: "\n")
  }

  /// A further rule whose cases, those of the område `hemmelig`, no department may hear of.
  package static let secretRule = furtherRule(
    "gælder = område: hemmelig\nfra = anmeldt\nfortrolig = ja\neksempel = anmeldt 2024-12-23 → frist 2025-01-08",
    id: "hemmelig")

  /// The book of rule files by name, and what is wrong with them; other files are tables.
  package static func book(
    _ files: [(name: String, text: String)], zone: ZoneTable = copenhagen
  ) -> (book: RuleBook, problems: [String]) {
    var problems = ProblemList()
    let sources = files.map { SourceFile(name: $0.name, bytes: Array($0.text.utf8)) }
    let book = RuleBook(
      sources.filter { $0.name.hasSuffix(".frist") }, zone: zone,
      table: { path, _ in
        guard let file = sources.first(where: { $0.name == path }) else {
          return .failure(
            Remedy(
              "\(path): cannot read: no such file or directory; the path is seen from the rule file's folder")
          )
        }
        return .success(file)
      }, problems: &problems)
    return (book, problems.inSourceOrder.map(\.description))
  }

  /// The book of one rule file that must be sound.
  package static func soundBook(_ text: String) -> RuleBook {
    let (book, problems) = book([("prøve.frist", text)])
    precondition(problems.isEmpty, problems.joined(separator: "\n"))
    return book
  }

  /// The clocks of one case under `book`.
  ///
  /// - Parameter further: what the events file adds: an event, its date, and the new due date of a notice.
  package static func verdict(
    _ book: RuleBook, _ fields: [Field: String] = [:], _ events: [String: String],
    further: [(event: String, date: String, newDate: String?)] = [], now: String
  ) -> CaseVerdict {
    let schema = EventSchema(reading: book.eventNames)
    let dates = schema.names.map { name -> DateReading in
      guard let text = events[name] else { return .absent }
      do throws(DateFault) {
        return .at(try CivilMoment(iso: text))
      } catch {
        return .unreadable(text: text, error)
      }
    }
    var more: [Int: [Occurrence]] = [:]
    for entry in further {
      guard let index = schema.index(of: entry.event) else { preconditionFailure("no event: \(entry.event)") }
      let occurrence = Occurrence(
        date: .at(moment(entry.date)), newDate: entry.newDate.map { .at(moment($0)) } ?? .absent)
      more[index, default: []].append(occurrence)
    }
    var values = FieldValues([.caseID: "S-1", .department: "Jobcenter", .caseworker: "sb1@kommune.example"])
    for (field, value) in fields { values[field] = value }
    return Evaluator(book, schema: schema, zone: copenhagen, now: Make.now(now))
      .verdict(on: Case(fields: values, dates: dates, further: more, line: 2))
  }
}
