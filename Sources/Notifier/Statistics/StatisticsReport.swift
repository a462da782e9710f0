package import Rules

/// The opgørelse: the figures of a period as a page and as rows for a spreadsheet. What acts, the council and
/// promises set is never added up.
package struct StatisticsReport: Sendable {
  private let statistics: Statistics
  private let letterhead: Letterhead
  private let today: CivilDate
  /// Nil where all are counted.
  private let department: String?

  /// - Parameter today: as of which the register was read.
  package init(
    _ statistics: Statistics, _ letterhead: Letterhead, department: String? = nil, today: CivilDate
  ) {
    self.statistics = statistics
    self.letterhead = letterhead
    self.department = department
    self.today = today
  }

  /// The page.
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
    statistics.lines.filter { $0.deadline.kind == kind && $0.tally.total > 0 }
  }

  private var isEmpty: Bool { RuleKind.allCases.allSatisfy { lines($0).isEmpty } }

  // MARK: In words

  private var lead: [String] {
    if isEmpty { return ["Ingen frister udløb i perioden."] }
    let sentences = RuleKind.allCases.compactMap { kind in
      StatisticsWording.sentences(lines(kind).map(\.tally).sum).map { "\(kind.title): \($0)" }
    }
    return sentences.isEmpty ? ["Periodens frister er hverken overholdt eller overskredet."] : sentences
  }

  private var notes: [String] {
    ["Opgjort efter registeret, som det så ud \(today.danish)."]
      + (isEmpty ? [] : StatisticsWording.definitions) + StatisticsWording.beside(statistics.beside)
  }

  // MARK: In tables

  private func table(_ kind: RuleKind) -> ReportDocument.Table {
    let lines = lines(kind)
    let isPublished = kind == .municipal || lines.contains { published($0) != nil }
    func row(_ line: Statistics.Line, named name: String) -> ReportDocument.Row {
      .init(
        [name] + Self.cells(line.tally)
          + Share.allCases.map { line.durations.days(within: $0.percent).map(danish) ?? "" }
          + (isPublished ? [published(line)?.date.danishWithoutWeekday ?? kind.unpublished] : []))
    }
    let blank = [String](repeating: "", count: Share.allCases.count + (isPublished ? 1 : 0))
    let sum = ReportDocument.Row(["I alt"] + Self.cells(lines.map(\.tally).sum) + blank)
    let titles = Self.figures.map(\.title) + Share.allCases.map(\.title)
    return ReportDocument.Table(
      title: kind.title,
      columns: [.leading("frist")] + titles.map { .trailing($0) }
        + (isPublished ? [.leading("offentliggjort")] : []),
      groups: Self.grouped(lines, behind: lines.count > 1 ? [sum] : [], row))
  }

  /// The deadlines that stand for themselves, and then the rows of each table under its name.
  private static func grouped(
    _ lines: [Statistics.Line], behind first: [ReportDocument.Row],
    _ row: (Statistics.Line, _ name: String) -> ReportDocument.Row
  ) -> [ReportDocument.Group] {
    var tables: [(heading: String, rows: [ReportDocument.Row], rule: String)] = [("", first, "")]
    for line in lines {
      let deadline = line.deadline
      if deadline.conditions.isEmpty {
        tables[0].rows.append(row(line, name(deadline, among: lines)))
      } else {
        if tables.last?.rule != deadline.rule || tables.last?.heading != name(deadline, among: lines) {
          tables.append((name(deadline, among: lines), [], deadline.rule))
        }
        tables[tables.count - 1].rows.append(row(line, shown(deadline.scope)))
      }
    }
    return tables.filter { !$0.rows.isEmpty }.map { .init(heading: $0.heading, rows: $0.rows, more: nil) }
  }

  /// The name, with the rule's id where another rule has the same.
  private static func name(_ deadline: Statistics.Deadline, among lines: [Statistics.Line]) -> String {
    let isShared = lines.contains { $0.deadline.name == deadline.name && $0.deadline.rule != deadline.rule }
    return isShared ? "\(deadline.name) (\(deadline.rule))" : deadline.name
  }

  private func published(_ line: Statistics.Line) -> Publication? {
    line.published(on: statistics.period.upperBound)
  }

  // MARK: The columns

  private static let figures: [(title: String, value: @Sendable (Tally) -> Int?)] = [
    ("udløb", { $0.total }), ("overholdt", { $0.kept }), ("udsat i tide", { $0.moved }),
    ("overskredet", { $0.exceeded }), ("helt uden besked", { $0.unheard }), ("åben", { $0.open }),
    ("bortfaldet", { $0.lapsed }),
  ]

  private static func cells(_ tally: Tally) -> [String] { figures.map { $0.value(tally).map(danish) ?? "" } }

  // MARK: For a spreadsheet

  /// A heading and one row for each deadline that has a clock in the period; a cell is empty where there is
  /// no such number.
  package var rows: [[String]] {
    let numbers = Self.figures.map(\.title) + Share.allCases.map(\.title)
    let titles = ["slags", "frist", "navn", "gælder"] + numbers + ["offentliggjort"]
    let rows = RuleKind.allCases.flatMap(lines).map { line -> [String] in
      let deadline = line.deadline
      let numbers =
        Self.figures.map { $0.value(line.tally) }
        + Share.allCases.map { line.durations.days(within: $0.percent) }
      return [deadline.kind.rawValue, deadline.rule, deadline.name, deadline.scope]
        + numbers.map { $0.map(String.init) ?? "" } + [published(line)?.date.description ?? ""]
    }
    return [titles.map { $0.replacing(" ", with: "_") }] + rows
  }
}

/// Of the cases that are done, how many took no longer.
private enum Share: CaseIterable {
  case half
  case nineOfTen

  var percent: Int {
    switch self {
    case .half: 50
    case .nineOfTen: 90
    }
  }

  /// As the head of a column.
  var title: String {
    switch self {
    case .half: "dage for halvdelen"
    case .nineOfTen: "dage for ni af ti"
    }
  }
}

extension [Tally] {
  fileprivate var sum: Tally { reduce(Tally(), +) }
}

extension RuleKind {
  fileprivate var title: String {
    switch self {
    case .statutory: "Lovbestemte frister"
    case .municipal: "Kommunens egne frister"
    case .promise: "Løfter"
    }
  }

  /// What to say of a deadline whose rule names no publication: only those that the council set must have
  /// one.
  fileprivate var unpublished: String { self == .municipal ? "nej" : "" }
}
