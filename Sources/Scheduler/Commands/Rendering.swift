/// The little JSON that the program writes.
enum JSON {
  /// `{"a": "1", "b": "2"}`; every value is a string.
  static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(string($0.0)): \(string($0.1))" }.joined(separator: ", ") + "}"
  }

  /// `text` in quotes, escaped as RFC 8259 asks.
  static func string(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n": json += "\\n"
      case "\r": json += "\\r"
      case "\t": json += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}

/// Plain columns for a terminal.
enum Columns {
  /// `rows` with their cells padded to the widest of each column, two spaces between them.
  static func aligned(_ rows: [[String]]) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(
        separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
