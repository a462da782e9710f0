import Rules

/// A line of a state file: a checksum, then words separated by spaces, ended by LF.
enum ChecksummedLine {
  static func text(_ words: [String]) -> String {
    let text = words.joined(separator: " ")
    return "\(checksum(text.utf8)) \(text)\n"
  }

  /// The words of a line (without LF); nil when the checksum is wrong.
  ///
  /// Bytes, not characters: a space before a combining accent is no space to a `Character`.
  static func words(of line: ArraySlice<UInt8>) -> [String]? {
    guard let space = line.firstIndex(of: 0x20) else { return nil }
    let payload = line[line.index(after: space)...]
    guard line[..<space].elementsEqual(checksum(payload).utf8) else { return nil }
    return payload.split(separator: 0x20, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static func checksum(_ bytes: some Sequence<UInt8>) -> String {
    padded(Int(CRC32.checksum(bytes)), to: 8, radix: 16)
  }
}
