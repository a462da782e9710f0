/// The filter that every text of the register passes before somebody sees it.
package enum SafeText {
  /// `text` without line breaks, control, bidi and other invisible characters, and with what looks like a CPR
  /// number masked: six digits that begin with a plausible day and month, an optional hyphen or space, four digits.
  ///
  /// The day may be up to 60 higher (replacement numbers); no modulus 11, because numbers without one have been
  /// issued since 2007.
  package static func masked(_ text: String) -> String {
    // What takes no room on the page may stand between two digits and hide a number; so it goes, the rest is a space.
    var scalars = text.unicodeScalars.filter { $0.properties.generalCategory != .format }
      .map { isVisible($0) ? $0 : " " }
    var index = 0
    while index < scalars.count {
      guard let end = cprNumber(scalars, from: index) else {
        index = isDigit(scalars[index]) ? runEnd(scalars, from: index) : index + 1
        continue
      }
      for position in index..<end where isDigit(scalars[position]) { scalars[position] = "•" }
      index = end
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }

  /// The end of a CPR number that starts at `start`, where a run of digits starts.
  private static func cprNumber(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
    let firstEnd = runEnd(scalars, from: start)
    let end: Int
    if firstEnd - start == 10 {
      end = firstEnd
    } else if firstEnd - start == 6, firstEnd < scalars.count, isSeparator(scalars[firstEnd]),
      runEnd(scalars, from: firstEnd + 1) == firstEnd + 5
    {
      end = firstEnd + 5
    } else {
      return nil
    }
    let day = number(scalars[start], scalars[start + 1])
    let month = number(scalars[start + 2], scalars[start + 3])
    return ((1...31).contains(day) || (61...91).contains(day)) && (1...12).contains(month) ? end : nil
  }

  private static func runEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
    var end = start
    while end < scalars.count, isDigit(scalars[end]) { end += 1 }
    return end
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType == .decimal }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .dashPunctuation || scalar.properties.isWhitespace
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
