/// Renders a report as one HTML file: no script, nothing fetched, readable on a phone, in the dark and on
/// paper.
package enum ReportHTML {
  /// Where a report is read.
  package enum Medium: Hashable, Sendable {
    /// In a browser: with pictures.
    case file
    /// In a mail program, most of which strip pictures: their tables instead.
    case mail
  }

  /// The whole report as one page.
  package static func render(_ report: ReportDocument, for medium: Medium = .file) -> String {
    String(decoding: bytes(report, for: medium), as: UTF8.self)
  }

  /// The same as UTF-8: a long report is most of a megabyte, and each text that is put into another one is
  /// copied.
  package static func bytes(_ report: ReportDocument, for medium: Medium = .file) -> [UInt8] {
    var html: [UInt8] = []
    html += begin(title: "\(report.title) · \(report.subtitle)").utf8
    html +=
      """
      <header>
      <h1>\(escaped(report.title))</h1>
      <p>\(escaped(report.subtitle))</p>
      \(report.lead.map { "<p>\(escaped($0))</p>\n" }.joined())</header>
      <main>

      """.utf8
    html += render(report.figures).utf8
    for table in report.tables { write(table, medium, to: &html) }
    html +=
      """
      </main>
      <footer>
      \(report.notes.map { "<p>\(escaped($0))</p>" }.joined(separator: "\n"))
      </footer>
      """.utf8
    html += end.utf8
    return html
  }

  /// A whole page around `body`, with the style sheet inside.
  static func page(title: String, body: String) -> String { begin(title: title) + body + end }

  private static func begin(title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="da">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>\(escaped(title))</title>
    <style>
    \(ReportStyle.css)
    </style>
    </head>
    <body>

    """
  }

  private static let end = """

    </body>
    </html>

    """

  private static func render(_ figures: [ReportDocument.Figure]) -> String {
    guard !figures.isEmpty else { return "" }
    return "<ul class=\"figures\">\n\(figures.map(render).joined(separator: "\n"))\n</ul>\n"
  }

  private static func render(_ figure: ReportDocument.Figure) -> String {
    let remark = figure.remark.map { " <small>\(escaped($0))</small>" } ?? ""
    let urgency = figure.number == 0 ? "none" : figure.urgency.rawValue
    return
      "<li class=\"\(urgency)\"><strong>\(danish(figure.number))</strong> \(escaped(figure.label))\(remark)</li>"
  }

  private static func write(_ table: ReportDocument.Table, _ medium: Medium, to html: inout [UInt8]) {
    html += "<section>\n<h2>\(escaped(table.title))</h2>\n".utf8
    switch (medium, table.picture) {
    case (.file, let picture?): html += "\(PictureSVG.render(picture))\n".utf8
    case (.file, nil), (.mail, _): break
    }
    if table.groups.isEmpty { html += "<p>\(escaped(table.empty))</p>\n".utf8 }
    let columns = HTMLTable.Columns(table.columns)
    for group in table.groups {
      if !group.heading.isEmpty { html += "<h3>\(escaped(group.heading))</h3>\n".utf8 }
      write(group, of: table, columns, to: &html)
    }
    if medium == .mail, let picture = table.picture?.table {
      let columns = HTMLTable.Columns(picture.columns)
      html += "<h3>\(escaped(picture.title))</h3>\n".utf8
      for group in picture.groups { write(group, of: picture, columns, to: &html) }
    }
    html += "</section>\n".utf8
  }

  private static func write(
    _ group: ReportDocument.Group, of table: ReportDocument.Table, _ columns: HTMLTable.Columns,
    to html: inout [UInt8]
  ) {
    var rows = HTMLTable(columns)
    for row in group.rows {
      rows.append(
        row.cells.enumerated().map { index, text in
          index == 0
            ? HTMLTable.Cell(text: text, link: row.link, mark: row.readers.mark) : HTMLTable.Cell(text: text)
        })
    }
    let caption = [table.title, group.heading].filter { !$0.isEmpty }.joined(separator: ", ")
    rows.write(caption: caption, to: &html)
    html.append(UInt8(ascii: "\n"))
    if let more = group.more { html += "<p class=\"more\">\(escaped(more))</p>\n".utf8 }
  }
}
