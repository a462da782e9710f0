/// `text` with `%`, `|`, space and control bytes as `%` and two hexadecimal digits, so that it can stand as
/// one word in one line.
package func escapedForJournal(_ text: String) -> String {
  guard text.withBytes({ $0.contains(where: isSpecialInJournal) }) else { return text }
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    if isSpecialInJournal(byte) {
      bytes += [UInt8(ascii: "%")] + hexDigits(byte)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func isSpecialInJournal(_ byte: UInt8) -> Bool {
  byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "|")
}

/// The text that ``escapedForJournal(_:)`` wrote.
package func unescapedFromJournal(_ word: String) -> String {
  // Most words hold nothing that was escaped, and a state file holds many words.
  guard word.withBytes({ $0.contains(UInt8(ascii: "%")) }) else { return word }
  var bytes: [UInt8] = []
  var rest = Array(word.utf8)[...]
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), rest.count >= 2,
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
