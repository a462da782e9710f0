/// Renders an explanation as text.
package enum ExplanationText {
  private static let labelWidth = 15
  private static let titleWidth = 72

  /// The whole explanation.
  package static func render(_ document: ExplanationDocument) -> String {
    var text = document.heading + "\n"
    for part in document.parts {
      let gap = String(repeating: " ", count: max(2, titleWidth - part.title.count))
      text += "\n\(part.title)\(gap)\(part.standing.uppercased())\n"
      for fact in part.facts {
        for (index, line) in fact.lines.enumerated() {
          let label = index == 0 ? fact.label : ""
          text += "  " + label + String(repeating: " ", count: max(1, labelWidth - label.count)) + line + "\n"
        }
      }
    }
    for remark in document.remarks { text += "\n\(remark)\n" }
    return text
  }
}

/// Renders an explanation as one HTML file, in the report's own style.
package enum ExplanationHTML {
  package static func render(_ document: ExplanationDocument) -> String {
    let parts = document.parts.map { part in
      let facts = part.facts.map { fact in
        "<dt>\(escaped(fact.label))</dt><dd>\(fact.lines.map(escaped).joined(separator: "<br>\n"))</dd>"
      }
      return "<section>\n<h2>\(escaped(part.title)) <small>\(escaped(part.standing))</small></h2>\n"
        + "<dl>\n\(facts.joined(separator: "\n"))\n</dl>\n</section>"
    }
    let remarks = document.remarks.map { "<p>\(escaped($0))</p>" }
    return ReportHTML.page(
      title: document.heading,
      body:
        "<h1>\(escaped(document.heading))</h1>\n<main>\n\((parts + remarks).joined(separator: "\n"))\n</main>"
    )
  }
}
