/// Renders a report as one HTML file: no script, nothing fetched, readable on a phone, in the dark and on paper.
package enum ReportHTML {
  /// The whole report as one page.
  package static func render(_ report: ReportDocument) -> String {
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
        \(report.tables.map(render).joined(separator: "\n"))
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

  private static func render(_ table: ReportDocument.Table) -> String {
    var html = "<section>\n<h2>\(escaped(table.title))</h2>\n"
    guard !table.groups.isEmpty else { return html + "<p>\(escaped(table.empty))</p>\n</section>" }
    for group in table.groups {
      if !group.heading.isEmpty { html += "<h3>\(escaped(group.heading))</h3>\n" }
      html += render(group, table.columns)
    }
    return html + "</section>"
  }

  private static func render(_ group: ReportDocument.Group, _ columns: [ReportDocument.Column]) -> String {
    let heads = columns.map { "<th scope=\"col\"\(attribute($0))>\(escaped($0.title))</th>" }.joined()
    var html = "<table>\n<thead><tr>\(heads)</tr></thead>\n<tbody>\n"
    for row in group.rows {
      let cells = zip(row, columns).enumerated().map { index, cell in
        let tag = index == 0 ? "th scope=\"row\"" : "td"
        return
          "<\(tag) data-label=\"\(escaped(cell.1.title))\"\(attribute(cell.1))>\(escaped(cell.0))</\(index == 0 ? "th" : "td")>"
      }
      html += "<tr>\(cells.joined())</tr>\n"
    }
    html += "</tbody>\n</table>\n"
    if let more = group.more { html += "<p class=\"more\">\(escaped(more))</p>\n" }
    return html
  }

  private static func attribute(_ column: ReportDocument.Column) -> String {
    column.alignment == .trailing ? " class=\"number\"" : ""
  }
}

/// `text` as it may stand in an element or a quoted attribute.
package func escaped(_ text: String) -> String {
  var html = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": html += "&amp;"
    case "<": html += "&lt;"
    case ">": html += "&gt;"
    case "\"": html += "&quot;"
    case "'": html += "&#39;"
    default: html.unicodeScalars.append(scalar)
    }
  }
  return html
}
