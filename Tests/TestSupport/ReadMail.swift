import Foundation

/// A mail as its reader sees it: decoded.
package struct ReadMail: Sendable {
  /// The decoded text of every part, by its type.
  package let parts: [(type: String, text: String)]
  package let headers: String

  package init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let head = text.range(of: "\n\n").map { String(text[..<$0.lowerBound]) } ?? text
    headers = head.replacing("\n ", with: " ")
    parts = Self.parts(text)
  }

  /// Everything that a person may read of it, and the headers.
  package var everything: String { ([headers] + parts.map(\.text)).joined(separator: "\n") }

  package var plain: String { parts.first { $0.type == "text/plain" }?.text ?? "" }
  package var html: String { parts.first { $0.type == "text/html" }?.text ?? "" }
  package var calendar: String { parts.first { $0.type == "text/calendar" }?.text ?? "" }

  private static func parts(_ text: String) -> [(type: String, text: String)] {
    text.components(separatedBy: "\n--=_").compactMap { piece in
      guard let blank = piece.range(of: "\n\n"),
        let type = piece[..<blank.lowerBound].firstMatch(of: /Content-Type: ([a-z\/]+)/)?.1,
        type.hasPrefix("text/")
      else { return nil }
      let body = String(piece[blank.upperBound...])
      let isBase64 = piece[..<blank.lowerBound].contains("base64")
      return (String(type), isBase64 ? base64(body) : quotedPrintable(body))
    }
  }

  private static func base64(_ text: String) -> String {
    Data(base64Encoded: text, options: .ignoreUnknownCharacters).map { String(decoding: $0, as: UTF8.self) }
      ?? ""
  }

  private static func quotedPrintable(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.replacing("=\n", with: "").utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "="), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
