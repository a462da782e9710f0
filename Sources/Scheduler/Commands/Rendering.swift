import Notifier
import Rules

/// The little JSON that the program writes.
enum JSON {
  /// `{"a": "1", "b": "2"}`; every value is a string.
  static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(string($0.0)): \(string($0.1))" }.joined(separator: ", ") + "}"
  }

  /// `members`, each JSON, a line each.
  static func list(_ members: [String]) -> String {
    "[\n" + members.map { "  " + $0 }.joined(separator: ",\n") + "\n]\n"
  }

  /// An explanation: its heading, each clock with its facts and keys, and the remarks.
  static func explanation(_ document: ExplanationDocument) -> String {
    let parts = document.parts.map { part in
      let facts = part.facts.map { "      {\"navn\": \(string($0.label)), \"linjer\": \(strings($0.lines))}" }
      let keys = part.keys.map { "    \(string($0.name)): \(string($0.value)),\n" }.joined()
      return
        "  {\n    \"frist\": \(string(part.title)),\n    \"status\": \(string(part.standing)),\n\(keys)    \"forklaring\": [\n"
        + facts.joined(separator: ",\n") + "\n    ]\n  }"
    }
    return "{\n\"sag\": \(string(document.heading)),\n\"frister\": [\n" + parts.joined(separator: ",\n")
      + "\n],\n\"bemærkninger\": \(strings(document.remarks))\n}"
  }

  private static func strings(_ texts: [String]) -> String {
    "[" + texts.map(string).joined(separator: ", ") + "]"
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
        json += "\\u" + padded(Int(scalar.value), to: 4, radix: 16)
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
