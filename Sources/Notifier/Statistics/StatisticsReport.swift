package import Rules

/// The opgørelse: the figures of a period as a page and as rows for a spreadsheet. What acts, the council and promises set is
/// never added up.
package struct StatisticsReport: Sendable {
  private let statistics: Statistics
  private let letterhead: Letterhead
  private let today: CivilDate
  /// Nil where all are counted.
  private let department: String?

  package init(
    _ statistics: Statistics, _ letterhead: Letterhead, department: String? = nil, today: CivilDate
  ) {
    self.statistics = statistics
    self.letterhead = letterhead
    self.department = department
    self.today = today
  }

  package var document: ReportDocument {
    ReportDocument(
      title: "Opgørelse", subtitle: subtitle, lead: lead, figures: [], tables: RuleKind.allCases.map(table),
      notes: notes)
  }

  private var subtitle: String {
    let (from, through) = (statistics.period.lowerBound, statistics.period.upperBound)
    let period = "\(from.danishWithoutWeekday) – \(through.danishWithoutWeekday)"
    return ["\(letterhead.kommune) Kommune", department.map(shown), period].compactMap(\.self)
      .joined(separator: " · ")
  }

  /// Those that have something to count.
  private func lines(_ kind: RuleKind) -> [Statistics.Line] {
    statistics.lines.filter { $0.deadline.kind == kind && $0.total > 0 }
  }

  // MARK: In words

  private var lead: [String] {
    let sentences = RuleKind.allCases.compactMap { kind in
      StatisticsSummary(lines(kind)).sentences.map { "\(kind.title): \($0)" }
    }
    return sentences.isEmpty ? ["Ingen frister udløb i perioden."] : sentences
  }

  /// What the words of the tables mean.
  private static let definitions = [
    "En frist er talt med, når dens længde løb ud i perioden, før en eventuel udsættelse.",
    "Udsat i tide er den, der blev afsluttet inden en ny dato, som borgeren fik besked om, før fristen udløb.",
    "Med besked er den overskredne frist, hvor borgeren har fået en ny dato eller er orienteret, i tide eller for sent.",
    "Åben er den, der løber mod en ny dato, er i bero eller udløber i dag.",
    "Bortfaldet er den, hvor sagen blev lukket uden svar eller afgørelse.",
    "Dagene er kalenderdage fra fristens start, til den blev afsluttet: halvdelen af sagerne tog højst det første tal, "
      + "ni af ti højst det andet. De uafsluttede er ikke med.",
  ]

  private var notes: [String] {
    let isEmpty = statistics.lines.allSatisfy { $0.total == 0 }
    var notes = ["Som sagerne stod \(today.danish)."] + (isEmpty ? [] : Self.definitions)
    if statistics.unlimited > 0 {
      notes.append(
        "\(counted(statistics.unlimited, "frist", "frister")) uden et antal dage (hurtigst muligt) løb i perioden "
          + "og står ikke i tabellerne.")
    }
    if statistics.unclear > 0 {
      notes.append(
        "\(counted(statistics.unclear, "frist", "frister")) kan ikke beregnes og er ikke talt med; "
          + "fristrapporten viser, hvorfor.")
    }
    return notes
  }

  // MARK: In tables

  private func table(_ kind: RuleKind) -> ReportDocument.Table {
    let lines = lines(kind)
    let isPublic = kind == .municipal || lines.contains { $0.published != nil }
    return ReportDocument.Table(
      title: kind.title,
      columns: [.leading("frist"), .trailing("udløb")] + Fate.allCases.map { .trailing($0.title) }
        + [.trailing("dage, halvdelen"), .trailing("dage, ni af ti")]
        + (isPublic ? [.leading("offentliggjort")] : []),
      groups: groups(lines, isPublic ? [""] : []))
  }

  /// All of them together first, then each; the rows of a rule's table under its name.
  ///
  /// - Parameter published: an empty cell where the table says what is published, and none where it does not.
  private func groups(_ lines: [Statistics.Line], _ published: [String]) -> [ReportDocument.Group] {
    func group(_ heading: String, _ rows: [ReportDocument.Row]) -> ReportDocument.Group {
      .init(heading: heading, rows: rows, more: nil)
    }
    func row(_ line: Statistics.Line, named name: String) -> ReportDocument.Row {
      .init(
        [name] + numbers([line]) + Self.shares.map { line.durations.days(within: $0).map(danish) ?? "" }
          + published.map { _ in self.published(line) })
    }
    let all = lines.count > 1 ? [ReportDocument.Row(["I alt"] + numbers(lines) + ["", ""] + published)] : []
    let (scoped, single) = (lines.filter(\.deadline.isScoped), lines.filter { !$0.deadline.isScoped })
    var names: [String] = []
    for line in scoped where !names.contains(line.deadline.name) { names.append(line.deadline.name) }
    let first = group("", all + single.map { row($0, named: $0.deadline.name) })
    let others = names.map { name in
      group(name, scoped.filter { $0.deadline.name == name }.map { row($0, named: shown($0.deadline.scope)) })
    }
    return ([first] + others).filter { !$0.rows.isEmpty }
  }

  /// Of the cases, in per cent: within how many days were so many done?
  private static let shares = [50, 90]

  /// How many there are, and how many of each fate.
  private func numbers(_ lines: [Statistics.Line]) -> [String] {
    [lines.reduce(0) { $0 + $1.total }].map(danish)
      + Fate.allCases.map { fate in danish(lines.reduce(0) { $0 + $1.count(fate) }) }
  }

  /// Only of a deadline that the council set something is missing where it is not published.
  private func published(_ line: Statistics.Line) -> String {
    line.published?.date.danishWithoutWeekday ?? (line.deadline.kind == .municipal ? "nej" : "")
  }

  // MARK: For a spreadsheet

  /// With a heading, one row for each deadline that has a clock in the period; days are empty where nothing was finished.
  package var csv: String {
    let titles =
      ["slags", "frist", "navn", "gælder", "udløb"] + Fate.allCases.map(\.column)
      + ["dage_halvdelen", "dage_ni_af_ti", "offentliggjort"]
    let rows = RuleKind.allCases.flatMap(lines).map { line -> [String] in
      let deadline = line.deadline
      let counts = [line.total] + Fate.allCases.map(line.count)
      let days = Self.shares.map { line.durations.days(within: $0).map(String.init) ?? "" }
      return [deadline.kind.rawValue, deadline.rule, deadline.name, deadline.scope] + counts.map(String.init)
        + days + [line.published?.date.description ?? ""]
    }
    return ([titles] + rows).map(csvLine).joined()
  }
}

extension Fate {
  /// As the head of a column.
  fileprivate var title: String {
    switch self {
    case .kept: "overholdt"
    case .keptAfterNotice: "udsat i tide"
    case .exceededWithNotice: "overskredet med besked"
    case .exceededWithoutNotice: "overskredet uden besked"
    case .open: "åben"
    case .lapsed: "bortfaldet"
    }
  }

  /// The same without spaces.
  fileprivate var column: String {
    title.replacing(" ", with: "_")
  }
}

extension RuleKind {
  fileprivate var title: String {
    switch self {
    case .statutory: "Lovbestemte frister"
    case .municipal: "Kommunens egne frister"
    case .promise: "Løfter"
    }
  }
}
