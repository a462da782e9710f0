import Rules

/// True when `a` comes before `b` in the order of their UTF-8 bytes, as `LC_ALL=C sort` has it.
package func precedesInBytes(_ a: String, _ b: String) -> Bool {
  a.utf8.lexicographicallyPrecedes(b.utf8)
}

/// How a table is written as CSV with `;`.
package enum CSVStyle: Hashable, Sendable {
  /// UTF-8 with LF.
  case plain
  /// With a byte order mark and CRLF, by which Excel knows UTF-8.
  case excel

  private var start: String { self == .excel ? "\u{FEFF}" : "" }
  fileprivate var lineEnd: [UInt8] { self == .excel ? [0x0D, 0x0A] : [0x0A] }

  /// `rows`, each a line of text cells.
  package func text(_ rows: [[String]]) -> String { start + rows.map { csvLine($0, self) }.joined() }
}

/// One line of CSV with `;`, quoted where RFC 4180 asks for it. A cell that a spreadsheet would reckon gets a
/// `'` before it.
///
/// By bytes: a quote with a combining accent behind it is no quote to a `Character`.
package func csvLine(_ fields: [String], _ style: CSVStyle = .plain) -> String {
  var line: [UInt8] = []
  for (index, field) in fields.enumerated() {
    if index > 0 { line.append(0x3B) }
    var cell = Array(field.utf8)
    if let first = cell.first(where: { $0 != 0x20 }), isFormulaStart(first) {
      cell.insert(UInt8(ascii: "'"), at: 0)
    }
    if cell.contains(where: { $0 == 0x3B || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) {
      line.append(0x22)
      for byte in cell { line += byte == 0x22 ? [0x22, 0x22] : [byte] }
      line.append(0x22)
    } else {
      line += cell
    }
  }
  return String(decoding: line + style.lineEnd, as: UTF8.self)
}
