/// The filter that every text of the register passes before somebody sees it.
package enum SafeText {
  /// `text` without line breaks, control, bidi and other invisible characters, and with what looks like a CPR
  /// number masked: six digits that begin with a plausible day and month, up to three hyphens or spaces, four
  /// digits.
  ///
  /// The day may be up to 60 higher (replacement numbers); no modulus 11, because numbers without one have
  /// been issued since 2007.
  package static func masked(_ text: String) -> String {
    if isUnchanged(text: text) { return text }
    var scalars = visibleScalars(text)
    // Nor does an accent above a digit make it another one.
    let letters = scalars.indices.filter { !isMark(scalars[$0]) }
    var index = 0
    while index < letters.count {
      let run = letters[index...].prefix { isDigit(scalars[$0]) }
      guard !run.isEmpty else {
        index += 1
        continue
      }
      let end = cprNumber(scalars, letters, from: index, digits: run.count) ?? index
      for position in letters[index..<end] where isDigit(scalars[position]) { scalars[position] = "•" }
      index = max(end, index + run.count)
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The same with digits as they are, for what is known to hold no CPR number.
  package static func visible(_ text: String) -> String {
    isUnchanged(text: text) ? text : String(String.UnicodeScalarView(visibleScalars(text)))
  }

  /// What takes no room on the page may stand between two digits and hide a number; so it goes, the rest is a
  /// space.
  private static func visibleScalars(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { !takesNoRoom($0) }.map { isVisible($0) ? $0 : " " }
  }

  /// What is wrong with a text of a rule or a configuration that holds a character which ``masked(_:)`` takes
  /// away; nil for one that does not. Tabs are white space.
  static func fault(in text: String) -> String? {
    guard !isUnchanged(text: text),
      let scalar = text.unicodeScalars.first(where: { $0 != "\t" && (takesNoRoom($0) || !isVisible($0)) })
    else { return nil }
    let code = padded(Int(scalar.value), to: 4, radix: 16).uppercased()
    return "holds U+\(code), which no message may show; remove it"
  }

  /// True where ``masked(_:)`` surely changes nothing, told by the bytes alone: visible ASCII, spaces and the
  /// letters of Western alphabets, `§`, `·`, dashes and `…`, and no run of digits as long as a CPR number or
  /// its first part.
  private static func isUnchanged(text: String) -> Bool {
    text.withBytes { bytes in
      var (digits, last) = (0, UInt8(ascii: " "))
      for byte in bytes {
        guard byte &- 0x20 <= 0x5E || isVisible(byte, behind: last) else { return false }
        last = byte
        if byte &- 0x30 <= 9 {
          digits &+= 1
        } else {
          if digits == 6 || digits == 10 { return false }
          digits = 0
        }
      }
      return digits != 6 && digits != 10
    }
  }

  /// True for a byte beyond ASCII that belongs to a character which is known to stay.
  private static func isVisible(_ byte: UInt8, behind last: UInt8) -> Bool {
    switch (last, byte) {
    // À to ſ, whole and half.
    case (_, 0xC3...0xC5), (0xC3...0xC5, 0x80...0xBF): true
    case (_, 0xC2), (0xC2, 0xA7), (0xC2, 0xB7): true
    // The three bytes of – — ’ “ ” and ….
    case (_, 0xE2), (0xE2, 0x80), (0x80, 0x93...0x94), (0x80, 0x99), (0x80, 0x9C...0x9D), (0x80, 0xA6): true
    default: false
    }
  }

  static func takesNoRoom(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .format || scalar.properties.isDefaultIgnorableCodePoint
  }

  /// U+FFFD says that some text was lost before the register was written; what it was nobody can read any
  /// more.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: scalar != "\u{FFFD}"
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  /// How many separators may stand between the two parts of a number.
  private static let mostSeparators = 3

  /// The end, in `letters`, of a CPR number whose first run of `digits` digits starts at `start`.
  private static func cprNumber(
    _ scalars: [Unicode.Scalar], _ letters: [Int], from start: Int, digits: Int
  ) -> Int? {
    var end = start + digits
    if digits == 6 {
      let separators = letters[end...].prefix { isSeparator(scalars[$0]) }.count
      let last = letters[(end + separators)...].prefix { isDigit(scalars[$0]) }.count
      guard (1...mostSeparators).contains(separators), last == 4 else { return nil }
      end += separators + last
    } else if digits != 10 {
      return nil
    }
    let day = number(scalars[letters[start]], scalars[letters[start + 1]])
    let month = number(scalars[letters[start + 2]], scalars[letters[start + 3]])
    return ((1...31).contains(day) || (61...91).contains(day)) && (1...12).contains(month) ? end : nil
  }

  /// Of any script, raised or in a circle.
  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.numericType {
    case .decimal, .digit: true
    case .numeric, nil: false
    @unknown default: false
    }
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    // The last two are the minus sign and the hyphen bullet, which are no dashes to Unicode.
    scalar.properties.generalCategory == .dashPunctuation || scalar.properties.isWhitespace
      || scalar == "\u{2212}" || scalar == "\u{2043}"
  }

  private static func number(_ tens: Unicode.Scalar, _ ones: Unicode.Scalar) -> Int {
    Int((tens.properties.numericValue ?? 0) * 10 + (ones.properties.numericValue ?? 0))
  }
}

/// The beginning of a register's value as it may be shown to who keeps the register: no control or format
/// characters, and no digits that could be a CPR number.
package func quoted(_ text: String) -> String {
  shortened(SafeText.masked(text), to: 40)
}
