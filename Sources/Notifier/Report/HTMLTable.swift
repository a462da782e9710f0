import Rules

/// Writes one table that stays a table for everybody: who hears it, who reads it on a narrow screen, who
/// prints it.
///
/// The roles say what the elements are: where a narrow screen shows rows as cards, browsers would forget it.
struct HTMLTable {
  /// A cell with HTML inside.
  struct Cell {
    let html: String
    /// True for a cell that is never broken where it is the first, such as a case number.
    let isShort: Bool

    init(html: String) {
      self.html = html
      isShort = false
    }

    /// A cell with plain text, which may lead somewhere, and a mark behind it.
    init(text: String, link: String? = nil, mark: String = "") {
      let words = HTMLText.cell(text)
      let name = link.map { "<a href=\"\(escaped($0))\">\(words)</a>" } ?? words
      html = mark.isEmpty ? name : "\(name)<small>\(escaped(mark))</small>"
      isShort =
        mark.isEmpty && (text.utf8.count <= Self.shortest || text.count <= Self.shortest)
        && !text.withBytes { $0.contains(UInt8(ascii: " ")) }
    }

    /// In letters.
    private static let shortest = 18
  }

  /// The columns, written once for all tables that have them.
  struct Columns {
    fileprivate let heads: String
    /// The tags that open the first cell of a row, and where it is short.
    fileprivate let first: [UInt8]
    fileprivate let firstShort: [UInt8]
    /// Those that open the others; where the columns are gone, the title of each stands before it.
    fileprivate let others: [[UInt8]]

    init(_ columns: [ReportDocument.Column]) {
      let labels = columns.map { "data-label=\"\(escaped($0.title))\"" }
      let styles = columns.map { $0.alignment == .trailing ? " class=\"number\"" : "" }
      heads = zip(columns, styles).map { column, style in
        "<th scope=\"col\" role=\"columnheader\"\(style)>\(HTMLText.heading(column.title))</th>"
      }.joined()
      let name = "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\" \(labels.first ?? "")"
      first = Array("\(name)\(styles.first ?? "")>".utf8)
      firstShort = Array("\(name) class=\"short\">".utf8)
      others = zip(labels, styles).dropFirst().map { Array("<td role=\"cell\" \($0)\($1)>".utf8) }
    }
  }

  private let columns: Columns
  /// As they are written: a long report holds thousands, and each would be copied as often as texts are put
  /// together.
  private var rows: [UInt8] = []

  init(_ columns: Columns) {
    self.columns = columns
  }

  /// Adds a row; its first cell names it.
  mutating func append(_ cells: [Cell]) {
    guard let name = cells.first else { return }
    if !rows.isEmpty { rows.append(UInt8(ascii: "\n")) }
    rows += name.isShort ? columns.firstShort : columns.first
    rows += name.html.utf8
    rows += Self.endOfName
    for (opening, cell) in zip(columns.others, cells.dropFirst()) {
      rows += opening
      rows += cell.html.utf8
      rows += Self.endOfCell
    }
    rows += Self.endOfRow
  }

  private static let endOfName = Array("</th>".utf8)
  private static let endOfCell = Array("</td>".utf8)
  private static let endOfRow = Array("</tr>".utf8)

  /// The whole table, behind what `html` holds.
  func write(caption: String, style: String = "list", to html: inout [UInt8]) {
    html +=
      """
      <table class="\(style)" role="table">
      <caption>\(escaped(caption))</caption>
      <thead role="rowgroup"><tr role="row">\(columns.heads)</tr></thead>
      <tbody role="rowgroup">

      """.utf8
    html += rows
    html += "\n</tbody>\n</table>".utf8
  }
}
