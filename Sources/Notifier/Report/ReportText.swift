import Rules

/// Renders a report as text for a terminal and for mail.
package enum ReportText {
  /// The widest a column grows; what is longer stays on its line and pushes the rest.
  private static let widest = 60

  /// The whole report, ended by a line break.
  package static func render(_ report: ReportDocument) -> String {
    let figures = report.figures.map { figure in
      "\(danish(figure.number)) \(figure.label)" + (figure.remark.map { " (\($0))" } ?? "")
    }
    let opening =
      ["\(report.title.uppercased()) · \(report.subtitle)"] + report.lead
      + (figures.isEmpty ? [] : ["  " + figures.joined(separator: "    ")])
    var text = opening.joined(separator: "\n\n") + "\n"
    for table in report.tables {
      text += "\n" + render(table)
      if let picture = table.picture { text += "\n" + render(picture.table) }
    }
    text += "\n" + report.notes.joined(separator: "\n") + "\n"
    return text
  }

  private static func render(_ table: ReportDocument.Table) -> String {
    guard !table.groups.isEmpty else { return "\(table.title.uppercased())\n  \(table.empty)\n" }
    let rows = table.groups.map { $0.rows.map { ([$0.markedName] + $0.cells.dropFirst()).map(Cell.init) } }
    let titles = table.columns.map { Cell($0.title) }
    let widths = table.columns.indices.map { index in
      min(widest, rows.joined().reduce(titles[index].letters) { max($0, $1[index].letters) })
    }
    var text = Array("\(table.title.uppercased())\n".utf8)
    append(titles, widths, table.columns, to: &text)
    for (group, rows) in zip(table.groups, rows) {
      if !group.heading.isEmpty { text += "\(group.heading)\n".utf8 }
      for row in rows { append(row, widths, table.columns, to: &text) }
      if let more = group.more { text += "  \(more)\n".utf8 }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private struct Cell {
    let text: String
    /// How many there are; counted by bytes where each is one.
    let letters: Int

    init(_ text: String) {
      self.text = text
      letters = text.withBytes { $0.allSatisfy { $0 &- 0x20 <= 0x5E } } ? text.utf8.count : text.count
    }
  }

  private static func append(
    _ cells: [Cell], _ widths: [Int], _ columns: [ReportDocument.Column], to text: inout [UInt8]
  ) {
    let space = UInt8(ascii: " ")
    text.append(space)
    for (index, cell) in cells.enumerated() {
      let padding = repeatElement(space, count: max(0, widths[index] - cell.letters))
      text.append(space)
      if columns[index].alignment == .trailing { text += padding }
      text += cell.text.utf8
      if columns[index].alignment == .leading { text += padding }
      text.append(space)
    }
    while text.last == space { text.removeLast() }
    text.append(UInt8(ascii: "\n"))
  }
}
