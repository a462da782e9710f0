import Rules

/// The encodings of RFC 2045 and RFC 2047 that turn UTF-8 into lines of ASCII.
package enum TransferEncoding {
  /// The longest encoded line, without its line break (RFC 2045, 6.7 and 6.8).
  private static let longestLine = 76

  /// Quoted-printable with LF line breaks.
  ///
  /// Beyond what the RFC asks for, a leading `.` and `From ` are encoded, which some servers change.
  package static func quotedPrintable(_ text: String) -> String {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    return lines.map { quotedPrintableLine(Array($0)) }.joined(separator: "\n")
  }

  private static func quotedPrintableLine(_ line: [UInt8]) -> String {
    var encoded = ""
    var width = 0
    for index in line.indices {
      let isLast = index == line.count - 1
      var piece = piece(of: line, at: index, startsLine: width == 0)
      // Room must stay for the soft line break, but not on the last byte of the line.
      if width + piece.utf8.count > longestLine - (isLast ? 0 : 1) {
        encoded += "=\n"
        width = 0
        piece = self.piece(of: line, at: index, startsLine: true)
      }
      encoded += piece
      width += piece.utf8.count
    }
    return encoded
  }

  private static func piece(of line: [UInt8], at index: Int, startsLine: Bool) -> String {
    let byte = line[index]
    let isPlain =
      switch byte {
      case 0x3D: false
      case 0x20, 0x09: index < line.count - 1
      case 0x2E: !startsLine
      case 0x46: !startsLine || !line[index...].starts(with: Array("From ".utf8))
      default: (0x21...0x7E).contains(byte)
      }
    return isPlain ? String(UnicodeScalar(byte)) : "=" + hex(byte)
  }

  /// Base64 in lines of at most 76 characters, each ended by LF.
  package static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for position in 0..<4 {
        text.append(position <= group.count ? alphabet[bits >> (18 - 6 * position) & 63] : UInt8(ascii: "="))
      }
    }
    return stride(from: 0, to: text.count, by: longestLine).map { start in
      String(decoding: text[start..<min(start + longestLine, text.count)], as: UTF8.self) + "\n"
    }.joined()
  }

  /// The value of an unstructured header: as it is when it is short printable ASCII, otherwise as encoded
  /// words of at most 75 characters, split between Unicode scalars, one a line.
  ///
  /// - Parameter used: the columns that the header's name and colon take on the first line.
  package static func headerText(_ text: String, used: Int) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    if isPlain && used + text.utf8.count <= longestLine && trimmedEnds(text) { return text }
    return encodedWords(text, used: used)
  }

  /// A display name before an address: as it is when it holds only letters, digits, hyphens and single
  /// spaces, otherwise as encoded words, so that no comma or quote of it is read as part of the address.
  package static func headerPhrase(_ text: String, used: Int) -> String {
    let isPlain = text.utf8.allSatisfy {
      $0 == 0x20 || $0 == 0x2D || isWordByte($0) && !"!*+/".utf8.contains($0)
    }
    return isPlain ? headerText(text, used: used) : encodedWords(text, used: used)
  }

  private static func encodedWords(_ text: String, used: Int) -> String {
    var words: [String] = []
    var word = ""
    var limit = longestLine - used
    for scalar in text.unicodeScalars {
      let piece = String(scalar).utf8.map {
        isWordByte($0) ? String(UnicodeScalar($0)) : $0 == 0x20 ? "_" : "=" + hex($0)
      }
      .joined()
      if wordStart.utf8.count + word.utf8.count + piece.utf8.count + 2 > limit {
        words.append(word)
        word = ""
        limit = longestLine - 1
      }
      word += piece
    }
    words.append(word)
    return words.map { wordStart + $0 + "?=" }.joined(separator: "\n ")
  }

  private static let wordStart = "=?UTF-8?Q?"

  private static func trimmedEnds(_ text: String) -> Bool { text.first != " " && text.last != " " }

  /// The bytes that an encoded word may hold as they are, in every place that one may stand (RFC 2047, 5).
  private static func isWordByte(_ byte: UInt8) -> Bool {
    isASCIILetterOrDigit(byte) || "!*+-/".utf8.contains(byte)
  }

  private static func hex(_ byte: UInt8) -> String {
    String(decoding: hexDigits(byte), as: UTF8.self)
  }
}
