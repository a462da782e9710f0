/// Renders a report as one HTML file: no script, nothing fetched, readable on a phone, in the dark and on paper.
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
    page(
      title: "\(report.title) · \(report.subtitle)",
      body: """
        <header>
        <h1>\(escaped(report.title))</h1>
        <p>\(escaped(report.subtitle))</p>
        \(report.lead.map { "<p>\(escaped($0))</p>\n" }.joined())</header>
        <main>
        <ul class="figures">
        \(report.figures.map(render).joined(separator: "\n"))
        </ul>
        \(report.tables.map { render($0, medium) }.joined(separator: "\n"))
        </main>
        <footer>
        \(report.notes.map { "<p>\(escaped($0))</p>" }.joined(separator: "\n"))
        </footer>
        """)
  }

  /// A whole page around `body`, with the style sheet inside.
  static func page(title: String, body: String) -> String {
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
    \(body)
    </body>
    </html>

    """
  }

  private static func render(_ figure: ReportDocument.Figure) -> String {
    let remark = figure.remark.map { " <small>\(escaped($0))</small>" } ?? ""
    let urgency = figure.number == 0 ? "none" : figure.urgency.rawValue
    return
      "<li class=\"\(urgency)\"><strong>\(danish(figure.number))</strong> \(escaped(figure.label))\(remark)</li>"
  }

  private static func render(_ table: ReportDocument.Table, _ medium: Medium) -> String {
    var html = "<section>\n<h2>\(escaped(table.title))</h2>\n"
    switch (medium, table.picture) {
    case (.file, let picture?): html += PictureSVG.render(picture) + "\n"
    case (.file, nil), (.mail, _): break
    }
    if table.groups.isEmpty { html += "<p>\(escaped(table.empty))</p>\n" }
    let columns = HTMLTable.Columns(table.columns)
    for group in table.groups {
      if !group.heading.isEmpty { html += "<h3>\(escaped(group.heading))</h3>\n" }
      html += render(group, of: table, columns)
    }
    if medium == .mail, let picture = table.picture?.table {
      let columns = HTMLTable.Columns(picture.columns)
      html += "<h3>\(escaped(picture.title))</h3>\n"
      html += picture.groups.map { render($0, of: picture, columns) }.joined()
    }
    return html + "</section>"
  }

  private static func render(
    _ group: ReportDocument.Group, of table: ReportDocument.Table, _ columns: HTMLTable.Columns
  ) -> String {
    var html = HTMLTable(columns)
    for row in group.rows {
      html.append(
        row.cells.enumerated().map { index, text in
          HTMLTable.Cell(text: text, link: index == 0 ? row.link : nil)
        })
    }
    let caption = [table.title, group.heading].filter { !$0.isEmpty }.joined(separator: ", ")
    let more = group.more.map { "<p class=\"more\">\(escaped($0))</p>\n" } ?? ""
    return html.render(caption: caption) + "\n" + more
  }
}
