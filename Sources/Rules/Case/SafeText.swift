/// The filter that every text of the register passes before somebody sees it.
package enum SafeText {
  /// `text` without line breaks, control, bidi and other invisible characters, and with what looks like a CPR
  /// number masked: six digits that begin with a plausible day and month, up to three hyphens or spaces, four digits.
  ///
  /// The day may be up to 60 higher (replacement numbers); no modulus 11, because numbers without one have been
  /// issued since 2007.
  package static func masked(_ text: String) -> String {
    // What takes no room on the page may stand between two digits and hide a number; so it goes, the rest is a space.
    var scalars = text.unicodeScalars.filter { !takesNoRoom($0) }.map { isVisible($0) ? $0 : " " }
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

  private static func takesNoRoom(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .format || scalar.properties.isDefaultIgnorableCodePoint
  }

  /// U+FFFD says that some text was lost before the register was written; what it was nobody can read any more.
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
