/// Turns the bytes of one field into text.
package enum RegisterText {
  /// `bytes` without white space at its ends.
  package static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while let first = rest.first, first == 0x20 || first == 0x09 || first == 0x0D || first == 0x0A {
      rest.removeFirst()
    }
    while let last = rest.last, last == 0x20 || last == 0x09 || last == 0x0D || last == 0x0A {
      rest.removeLast()
    }
    return rest
  }

  /// The trimmed text without characters that nobody can see, read as UTF-8, or as Windows-1252 where it is
  /// none: no Danish word in one encoding is a valid word in the other.
  package static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    let text = trimmed(bytes)
    if let utf8 = String(validating: text, as: UTF8.self) { return InvisibleText.removed(from: utf8) }
    var decoded = ""
    for byte in text { decoded.unicodeScalars.append(scalar(byte)) }
    return InvisibleText.removed(from: decoded)
  }

  private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    return upperControls[Int(byte - 0x80)]
  }

  /// What Windows-1252 has in place of the C1 controls; the five bytes that it leaves out stay controls.
  private static let upperControls = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
}
