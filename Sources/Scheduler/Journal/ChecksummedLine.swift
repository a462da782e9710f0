import Rules

/// A line of a state file: a checksum, then words separated by spaces, ended by LF.
enum ChecksummedLine {
  /// - Parameter before: the checksum of the line before, where this one covers it too; then it covers all
  ///   before.
  static func text(_ words: [String], behind before: UInt32? = nil) -> String {
    let text = words.joined(separator: " ")
    return "\(hexadecimal(checksum(text.utf8, behind: before))) \(text)\n"
  }

  /// The words of a line (without LF); nil when the checksum is wrong.
  ///
  /// Bytes, not characters: a space before a combining accent is no space to a `Character`.
  static func words(of line: ArraySlice<UInt8>, behind before: UInt32? = nil) -> [String]? {
    guard let (checksum, payload) = parts(of: line), checksum == self.checksum(payload, behind: before) else {
      return nil
    }
    return words(payload)
  }

  /// The same whatever the checksum is; nil where there is none, or the line holds control characters, as
  /// what a disk never wrote does.
  static func unproved(_ line: ArraySlice<UInt8>) -> [String]? {
    guard let (_, payload) = parts(of: line), payload.allSatisfy({ $0 >= 0x20 }) else { return nil }
    return words(payload)
  }

  /// The checksum that a line begins with; nil where it begins with none.
  static func checksum(of line: ArraySlice<UInt8>) -> UInt32? { parts(of: line)?.checksum }

  /// Eight digits in lower case.
  static func hexadecimal(_ checksum: UInt32) -> String { padded(Int(checksum), to: 8, radix: 16) }

  /// What ``hexadecimal(_:)`` wrote; nil for anything else.
  static func checksum(_ text: some StringProtocol) -> UInt32? {
    guard let checksum = UInt32(text, radix: 16), hexadecimal(checksum) == text else { return nil }
    return checksum
  }

  private static func parts(of line: ArraySlice<UInt8>) -> (checksum: UInt32, payload: ArraySlice<UInt8>)? {
    guard let space = line.firstIndex(of: 0x20),
      let checksum = checksum(String(decoding: line[..<space], as: UTF8.self))
    else { return nil }
    return (checksum, line[line.index(after: space)...])
  }

  private static func words(_ payload: ArraySlice<UInt8>) -> [String] {
    payload.split(separator: 0x20, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static func checksum(_ bytes: some Sequence<UInt8>, behind before: UInt32?) -> UInt32 {
    guard let before else { return CRC32.checksum(bytes) }
    return CRC32.checksum(Array("\(hexadecimal(before)) ".utf8) + bytes)
  }
}
