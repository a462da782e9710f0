/// Writes one table that stays a table for everybody: who hears it, who reads it on a narrow screen, who prints it.
///
/// The roles say what the elements are: where a narrow screen shows rows as cards, browsers would forget it.
struct HTMLTable {
  /// A cell with HTML inside.
  struct Cell {
    let html: String
    /// True for a first cell that is never broken, such as a case number.
    let isShort: Bool

    init(html: String) {
      self.html = html
      isShort = false
    }

    /// A cell with plain text, which may lead somewhere.
    init(text: String, link: String? = nil) {
      let words = HTMLText.cell(text)
      html = link.map { "<a href=\"\(escaped($0))\">\(words)</a>" } ?? words
      isShort =
        (text.utf8.count <= Self.shortest || text.count <= Self.shortest)
        && !text.utf8.contains(UInt8(ascii: " "))
    }

    /// In letters.
    private static let shortest = 18
  }

  /// The columns, written once for all tables that have them.
  struct Columns {
    /// What a cell of each has in its tag: where the columns are gone, its title stands before it.
    fileprivate let labels: [String]
    fileprivate let styles: [String]
    fileprivate let heads: String

    init(_ columns: [ReportDocument.Column]) {
      labels = columns.map { "data-label=\"\(escaped($0.title))\"" }
      styles = columns.map { $0.alignment == .trailing ? " class=\"number\"" : "" }
      heads = zip(columns, styles).map { column, style in
        "<th scope=\"col\" role=\"columnheader\"\(style)>\(HTMLText.heading(column.title))</th>"
      }.joined()
    }
  }

  private let columns: Columns
  private var rows: [String] = []

  init(_ columns: Columns) {
    self.columns = columns
  }

  /// Adds a row; its first cell names it.
  mutating func append(_ cells: [Cell]) {
    var row = "<tr role=\"row\">"
    for (index, cell) in cells.enumerated() {
      if index == 0 {
        row += "<th scope=\"row\" role=\"rowheader\" "
        row += columns.labels[index]
        row += cell.isShort ? " class=\"short\"" : columns.styles[index]
        row += ">"
        row += cell.html
        row += "</th>"
      } else {
        row += "<td role=\"cell\" "
        row += columns.labels[index]
        row += columns.styles[index]
        row += ">"
        row += cell.html
        row += "</td>"
      }
    }
    row += "</tr>"
    rows.append(row)
  }

  /// The whole table.
  func render(caption: String, style: String = "list") -> String {
    """
    <table class="\(style)" role="table">
    <caption>\(escaped(caption))</caption>
    <thead role="rowgroup"><tr role="row">\(columns.heads)</tr></thead>
    <tbody role="rowgroup">
    \(rows.joined(separator: "\n"))
    </tbody>
    </table>
    """
  }
}
