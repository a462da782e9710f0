import Rules

/// Renders a report as text for a terminal and for mail.
package enum ReportText {
  /// The widest a column grows; what is longer stays on its line and pushes the rest.
  private static let widest = 60

  /// The whole report, ended by a line break.
  package static func render(_ report: ReportDocument) -> String {
    var text = "\(report.title.uppercased()) · \(report.subtitle)\n\n"
    for sentence in report.lead { text += "\(sentence)\n\n" }
    let figures = report.figures.map { figure in
      "\(danish(figure.number)) \(figure.label)" + (figure.remark.map { " (\($0))" } ?? "")
    }
    text += "  " + figures.joined(separator: "    ") + "\n"
    for table in report.tables {
      text += "\n" + render(table)
      if let picture = table.picture { text += "\n" + render(picture.table) }
    }
    text += "\n" + report.notes.joined(separator: "\n") + "\n"
    return text
  }

  private static func render(_ table: ReportDocument.Table) -> String {
    guard !table.groups.isEmpty else { return "\(table.title.uppercased())\n  \(table.empty)\n" }
    let widths = table.columns.indices.map { index in
      let cells = table.groups.flatMap(\.rows).map { $0.cells[index] } + [table.columns[index].title]
      return min(widest, cells.map(letters).max() ?? 0)
    }
    let titles = line(table.columns.map(\.title), widths, table.columns)
    var text = "\(table.title.uppercased())\n\(titles)\n"
    for group in table.groups {
      if !group.heading.isEmpty { text += "\(group.heading)\n" }
      for row in group.rows { text += line(row.cells, widths, table.columns) + "\n" }
      if let more = group.more { text += "  \(more)\n" }
    }
    return text
  }

  /// How many letters `text` has; counted by bytes where each is one.
  private static func letters(_ text: String) -> Int {
    text.withBytes { $0.allSatisfy { $0 &- 0x20 <= 0x5E } } ? text.utf8.count : text.count
  }

  private static func line(_ cells: [String], _ widths: [Int], _ columns: [ReportDocument.Column]) -> String {
    var line = [UInt8(ascii: " ")]
    for (index, cell) in cells.enumerated() {
      let padding = repeatElement(UInt8(ascii: " "), count: max(0, widths[index] - letters(cell)))
      line.append(UInt8(ascii: " "))
      if columns[index].alignment == .trailing { line += padding }
      line += cell.utf8
      if columns[index].alignment == .leading { line += padding }
      line.append(UInt8(ascii: " "))
    }
    while line.last == UInt8(ascii: " ") { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }
}
