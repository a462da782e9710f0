/// A mail address that may stand on a command line and in a header as it is.
package struct EmailAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let description: String

  /// The longest address that mail servers must take (RFC 5321, 4.5.3.1.3 without the brackets).
  package static let longest = 254

  /// Accepts `local@domain` with a dot-atom before the `@` (at most 64 octets) and an ASCII host name behind
  /// it.
  ///
  /// - Throws: ``Remedy`` for anything else, so that no comma, quote, space or control character of a
  ///   register reaches sendmail.
  package init(_ text: some StringProtocol) throws(Remedy) {
    let text = String(text)
    guard text.withBytes(Self.isAddress) else {
      throw Remedy("\"\(shortened(text))\" is no mail address; write for example jobcenter@kommune.example")
    }
    // Capitals make no other mailbox, and must make no other notice key.
    description = text.utf8.contains { (0x41...0x5A).contains($0) } ? text.lowercased() : text
  }

  /// The text as the domain of addresses, in small letters.
  ///
  /// - Throws: ``Remedy`` for anything that may not stand behind an `@`.
  package static func domain(_ text: String) throws(Remedy) -> String {
    guard text.withBytes({ $0.count <= longest && areDotted($0[...], isHostByte, isHostLabel) }) else {
      throw Remedy("\"\(shortened(text))\" is no domain; write for example kommune.example")
    }
    return text.lowercased()
  }

  /// The part behind the `@`.
  package var domain: Substring { description[description.index(after: at)...] }

  /// The part before the `@`.
  package var localPart: Substring { description[..<at] }

  package static func < (a: Self, b: Self) -> Bool { a.description < b.description }

  private var at: String.Index {
    description.utf8.firstIndex(of: UInt8(ascii: "@")) ?? description.startIndex
  }

  private static func isAddress(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= longest, let at = bytes.firstIndex(of: UInt8(ascii: "@")), at <= 64 else {
      return false
    }
    return areDotted(bytes[..<at], isAtomByte) { _ in true }
      && areDotted(bytes[(at + 1)...], isHostByte, isHostLabel)
  }

  private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  /// True for parts with a dot between each two, none of them empty.
  @inline(__always)
  private static func areDotted(
    _ bytes: Bytes, _ isAllowed: (UInt8) -> Bool, _ isPart: (Bytes) -> Bool
  ) -> Bool {
    var start = bytes.startIndex
    for index in bytes.indices where !isAllowed(bytes[index]) {
      guard bytes[index] == UInt8(ascii: "."), start < index, isPart(bytes[start..<index]) else {
        return false
      }
      start = index + 1
    }
    return start < bytes.endIndex && isPart(bytes[start...])
  }

  /// At most 63 octets without a hyphen at either end (RFC 1035, 2.3.1).
  private static func isHostLabel(_ bytes: Bytes) -> Bool {
    bytes.count <= 63 && bytes.first != UInt8(ascii: "-") && bytes.last != UInt8(ascii: "-")
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    isASCIILetterOrDigit(byte) || byte == UInt8(ascii: "-")
  }

  private static func isAtomByte(_ byte: UInt8) -> Bool {
    isHostByte(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
  }
}
