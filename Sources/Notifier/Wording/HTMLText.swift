import Rules

/// `text` as it may stand in an element or a quoted attribute.
package func escaped(_ text: String) -> String {
  // Most texts hold none of them, and a report holds many texts.
  guard text.withBytes({ $0.contains(where: HTMLText.isMarkup) }) else { return text }
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

  /// `text` for an element, with a place to break in what would push a table off the page: a case number of
  /// sixty letters; and with none between a § and its number.
  package static func cell(_ text: String) -> String {
    switch need(text) {
    case .nothing: return text
    case .escapes: return unbroken(text)
    case .breaks: break
    }
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

  /// True for `&`, `<`, `>`, `"` and `'`: a bit for each of the first 64 bytes says so.
  @inline(__always)
  static func isMarkup(_ byte: UInt8) -> Bool { byte < 64 && markup &>> UInt64(byte) & 1 == 1 }

  private static let markup = "&<>\"'".utf8.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }

  /// What a cell asks of its text before it is written.
  private enum Need {
    case nothing
    /// Markup, or a space behind what the number that follows belongs to.
    case escapes
    /// A run of letters that is long, at least in bytes.
    case breaks
  }

  private static func need(_ text: String) -> Need {
    text.withBytes { bytes in
      var (run, need) = (0, Need.nothing)
      for (index, byte) in bytes.enumerated() {
        if byte == UInt8(ascii: " ") {
          if run > 0, belongsToNext(bytes[..<index]) { need = .escapes }
          run = 0
        } else {
          run &+= 1
          if run > longest { return .breaks }
          if isMarkup(byte) { need = .escapes }
        }
      }
      return need
    }
  }

  /// True where a number follows that is never parted from these bytes.
  private static func belongsToNext(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
    numbered.contains { bytes.last == $0.last && bytes.suffix($0.count).elementsEqual($0) }
  }

  private static let numbered = ["§", "stk."].map { Array($0.utf8) }

  /// `text` with markup escaped, and no break behind what the number that follows belongs to.
  private static func unbroken(_ text: String) -> String {
    var html: [UInt8] = []
    html.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      if byte == UInt8(ascii: " "), belongsToNext(html) {
        html += "&nbsp;".utf8
      } else if isMarkup(byte) {
        html += escaped(String(decoding: [byte], as: UTF8.self)).utf8
      } else {
        html.append(byte)
      }
    }
    return String(decoding: html, as: UTF8.self)
  }

  /// A heading of a column for an element, with places where a narrow column may divide it.
  static func heading(_ title: String) -> String {
    let bytes = Array(title.utf8)
    // Nearly every heading holds none of them, and to search a text for a text costs more than to look at its
    // bytes.
    return parts.reduce(escaped(title)) { html, part in
      let isHeld = bytes.indices.contains { bytes[$0...].starts(with: part.bytes) }
      return isHeld ? html.replacing(part.whole, with: part.divided) : html
    }
  }

  private static let parts = [
    ["arbejds", "dage"], ["sags", "behandler"], ["over", "skredet"], ["over", "holdt"], ["bort", "faldet"],
    ["uaf", "klaret"], ["under", "rettet"],
    ["halv", "delen"], ["offentlig", "gjort"],
  ].map { part in
    let whole = part.joined()
    return (bytes: Array(whole.utf8), whole: whole, divided: part.joined(separator: "<wbr>"))
  }
}
