/// A name that follows from a text: the first half of its digest.
package struct ContentName: Hashable, Sendable {
  private let bytes: SIMD16<UInt8>

  init(of text: [UInt8]) {
    let words = SHA256.words(text).lowHalf
    bytes = unsafeBitCast(
      SIMD4(words[0].bigEndian, words[1].bigEndian, words[2].bigEndian, words[3].bigEndian),
      to: SIMD16<UInt8>.self)
  }

  package func hash(into hasher: inout Hasher) {
    // A digest is as good as random, half of it as well.
    hasher.combine(unsafeBitCast(bytes, to: SIMD2<UInt64>.self)[0])
  }

  /// 32 letters, as ``SHA256/letters(_:)`` writes them.
  var letters: [UInt8] { withUnsafeBytes(of: bytes) { SHA256.letterBytes($0) } }
}

extension ContentName: Comparable {
  /// In the order of their letters.
  package static func < (a: Self, b: Self) -> Bool {
    guard let place = a.bytes.indices.first(where: { a.bytes[$0] != b.bytes[$0] }) else { return false }
    return a.bytes[place] < b.bytes[place]
  }
}
