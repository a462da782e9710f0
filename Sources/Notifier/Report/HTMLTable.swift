/// Writes tables that stay tables for everybody: who hears them, who reads them on a narrow screen, who prints them.
enum HTMLTable {
  /// A cell with HTML inside.
  struct Cell {
    let column: ReportDocument.Column
    let html: String
    /// True for a first cell that is never broken, such as a case number.
    let isShort: Bool

    init(column: ReportDocument.Column, html: String) {
      self.column = column
      self.html = html
      isShort = false
    }

    /// A cell with plain text, which may lead somewhere.
    init(column: ReportDocument.Column, text: String, link: String? = nil) {
      self.column = column
      let words = HTMLText.cell(text)
      html = link.map { "<a href=\"\(escaped($0))\">\(words)</a>" } ?? words
      isShort = text.count <= Self.shortest && !text.contains(" ")
    }

    private static let shortest = 18
  }

  /// A table of rows made by ``row(_:)``.
  ///
  /// The roles say what the elements are: where a narrow screen shows rows as cards, browsers would forget it.
  static func render(
    caption: String, columns: [ReportDocument.Column], rows: [String], style: String = "list"
  ) -> String {
    let heads = columns.map {
      "<th scope=\"col\" role=\"columnheader\"\(attribute($0))>\(HTMLText.heading($0.title))</th>"
    }
    return """
      <table class="\(style)" role="table">
      <caption>\(escaped(caption))</caption>
      <thead role="rowgroup"><tr role="row">\(heads.joined())</tr></thead>
      <tbody role="rowgroup">
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  /// A row; its first cell names it, and each has the title of its column for where the columns are gone.
  static func row(_ cells: [Cell]) -> String {
    let html = cells.enumerated().map { index, cell in
      let label = "data-label=\"\(escaped(cell.column.title))\""
      guard index == 0 else {
        return "<td role=\"cell\" \(label)\(attribute(cell.column))>\(cell.html)</td>"
      }
      let style = cell.isShort ? " class=\"short\"" : attribute(cell.column)
      return "<th scope=\"row\" role=\"rowheader\" \(label)\(style)>\(cell.html)</th>"
    }
    return "<tr role=\"row\">\(html.joined())</tr>"
  }

  private static func attribute(_ column: ReportDocument.Column) -> String {
    column.alignment == .trailing ? " class=\"number\"" : ""
  }
}
