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

/// Texts as HTML, with or without places where a browser may break the line.
package enum HTMLText {
  /// A run of letters that is longer may be broken in pieces of ``piece``; a shorter one fits every screen.
  private static let longest = 24
  private static let piece = 16

  /// `text` for an element, with a place to break in what would push a table off the page: a case number of sixty letters;
  /// and with none between a § and its number.
  package static func cell(_ text: String) -> String {
    let runs = text.split(separator: " ", omittingEmptySubsequences: false).map { run -> String in
      guard run.count > longest else { return escaped(String(run)) }
      var pieces: [String] = []
      var rest = run[...]
      while !rest.isEmpty {
        pieces.append(escaped(String(rest.prefix(piece))))
        rest = rest.dropFirst(piece)
      }
      return pieces.joined(separator: "<wbr>")
    }
    return runs.joined(separator: " ").replacing("§ ", with: "§&nbsp;").replacing("stk. ", with: "stk.&nbsp;")
  }

  /// A heading of a column for an element, with places where a narrow column may divide it.
  static func heading(_ title: String) -> String {
    parts.reduce(escaped(title)) { $0.replacing($1.joined(), with: $1.joined(separator: "<wbr>")) }
  }

  private static let parts = [
    ["arbejds", "dage"], ["sags", "behandler"], ["over", "skredet"], ["over", "holdt"], ["bort", "faldet"],
    ["uaf", "klaret"], ["under", "rettet"],
  ]
}
