/// `text` without white space at its ends.
package func trimmed(_ text: some StringProtocol) -> String {
  guard let first = text.firstIndex(where: { !$0.isWhitespace }),
    let last = text.lastIndex(where: { !$0.isWhitespace })
  else { return "" }
  return String(text[first...last])
}

/// The parts of a comma-separated value, trimmed; empty parts stay, so that they can be reported.
package func commaList(_ text: some StringProtocol) -> [String] {
  text.split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
}

/// `text` cut to a length that fits an error line.
package func shortened(_ text: some StringProtocol, to limit: Int = 60) -> String {
  text.utf8.count <= limit || text.count <= limit ? String(text) : text.prefix(limit - 1) + "…"
}

extension String {
  /// The trimmed parts between occurrences of `separator`.
  package func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map { trimmed($0) }
  }
}

/// `1 case`, `2 cases`: for diagnostics, in English.
package func plural(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// `number` with leading zeros up to `width` digits; letters among them are small.
package func padded(_ number: Int, to width: Int, radix: Int = 10) -> String {
  let digits = String(number, radix: radix)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// The number that ASCII digits write; nil for anything else, a sign or nothing.
package func digits(_ text: some StringProtocol) -> Int? { digits(text.utf8) }

/// The same of bytes; nil also for more than nine of them.
package func digits(_ bytes: some Sequence<UInt8>) -> Int? {
  var (number, count) = (0, 0)
  for byte in bytes {
    guard byte &- 0x30 <= 9, count < 9 else { return nil }
    number = number * 10 + Int(byte &- 0x30)
    count += 1
  }
  return count == 0 ? nil : number
}
