/// A text of the register or of a rule, and the key by which two spellings of it are one.
package struct FieldText: Hashable, Sendable {
  /// As it was written, but for characters that nobody can see.
  package let shown: String
  /// The same in small letters, with one space where there is white space, and none before a number: `§ 100`
  /// is `§100`. Between two numbers the space stays, because without it they would be a third.
  package let key: String

  package init(_ text: String) {
    shown = text
    key = Self.isOwnKey(text) ? text : Self.key(of: text)
  }

  /// True of small ASCII letters, digits and signs with single spaces, none of them before a digit: what most
  /// fields hold.
  private static func isOwnKey(_ text: String) -> Bool {
    text.withBytes { bytes in
      let space = UInt8(ascii: " ")
      var last: UInt8?
      for byte in bytes {
        switch byte {
        case space: if last == nil || last == space { return false }
        case UInt8(ascii: "0")...UInt8(ascii: "9"): if last == space { return false }
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), 0...0x1F, 0x7F...0xFF: return false
        default: break
        }
        last = byte
      }
      return last != space
    }
  }

  private static func key(of text: String) -> String {
    var key = ""
    var isSpaced = false
    for character in text.lowercased() {
      if character.isWhitespace {
        isSpaced = true
        continue
      }
      if isSpaced, let last = key.last, !character.isNumber || last.isNumber { key.append(" ") }
      isSpaced = false
      key.append(character)
    }
    return key
  }
}

/// The characters that a person who typed a text did not see.
package enum InvisibleText {
  /// `text` without what takes no room on the page, with every kind of white space as a space, and each
  /// letter composed with its accent: two texts that look the same are the same bytes. ASCII stays as it is.
  package static func removed(from text: String) -> String {
    guard text.withBytes({ bytes in bytes.contains { $0 > 0xC5 || $0 == 0xC2 } }) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !SafeText.takesNoRoom(scalar) {
      scalars.append(!scalar.isASCII && scalar.properties.isWhitespace ? " " : scalar)
    }
    let visible = String(scalars)
    guard visible.unicodeScalars.contains(where: { $0.properties.generalCategory == .nonspacingMark }) else {
      return trimmed(visible)
    }
    return trimmed(String(visible.map { composed[$0] ?? $0 }))
  }

  /// The accented letters of Latin alphabets, by what they look like.
  private static let composed: [Character: Character] = {
    let scalars = [0xC0...0x24F, 0x1E00...0x1EFF].joined().compactMap { Unicode.Scalar(UInt32($0)) }
    return Dictionary(scalars.map { (Character($0), Character($0)) }) { first, _ in first }
  }()
}

/// What a cell of the field `samtykke` says.
package enum ConsentWord: Hashable, Sendable {
  case yes
  case no
  /// Neither; it counts as no.
  case unreadable

  package init(_ text: FieldText) {
    switch text.key {
    case "ja", "x", "1", "true": self = .yes
    case "", "nej", "0", "false", "-": self = .no
    default: self = .unreadable
    }
  }
}
