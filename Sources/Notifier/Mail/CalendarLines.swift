import Rules

/// Lines of a calendar as its bytes: CRLF, folded at 75 octets (RFC 5545, 3.1).
struct CalendarLines {
  private var bytes: [UInt8] = []

  /// Octets of a line; what goes beyond them continues behind a space, never inside a character.
  private static let longest = 75
  private static let end: [UInt8] = [0x0D, 0x0A]

  /// The bytes of the lines that `write` appends.
  static func bytes(capacity: Int = 0, _ write: (inout CalendarLines) -> Void) -> [UInt8] {
    var lines = CalendarLines()
    lines.bytes.reserveCapacity(capacity)
    write(&lines)
    return lines.bytes
  }

  mutating func append(_ line: String) { appendLine { $0 += line.utf8 } }

  /// Appends lines that have their end, and are folded.
  mutating func append(lines: [UInt8]) { bytes += lines }

  /// Appends the line that `write` puts behind the bytes.
  @inline(__always)
  mutating func appendLine(_ write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    write(&bytes)
    if bytes.count - start > Self.longest { fold(from: start) }
    bytes += Self.end
  }

  private mutating func fold(from start: Int) {
    var rest = Array(bytes[start...])[...]
    bytes.removeSubrange(start...)
    var room = Self.longest
    while rest.count > room {
      // The byte behind the break must be the first of a character.
      var end = rest.startIndex + room
      while end > rest.startIndex, rest[end] & 0xC0 == 0x80 { end -= 1 }
      bytes += rest[..<end]
      bytes += Self.end
      bytes.append(UInt8(ascii: " "))
      rest = rest[end...]
      room = Self.longest - 1
    }
    bytes += rest
  }

  // MARK: Values

  /// `text` as it may be shown, as the value of a line.
  static func escaped(_ text: String) -> String { value(SafeText.masked(text)) }

  /// What may be shown as it is, as the value of a line (RFC 5545, 3.3.11).
  static func value(_ text: String) -> String {
    guard text.withBytes({ $0.contains(where: isSpecial) }) else { return text }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(text.utf8.count + 8)
    text.withBytes { bytes in
      for byte in bytes {
        if isSpecial(byte) { escaped.append(UInt8(ascii: "\\")) }
        escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\\") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",")
  }

  static func compact(_ date: CivilDate) -> String {
    let (year, month, day) = date.components
    return String(year * 10_000 + month * 100 + day)
  }

  static func compact(_ moment: CivilMoment) -> String {
    "\(compact(moment.date))T\(moment.earliest.1.digitPairs.joined())Z"
  }
}
