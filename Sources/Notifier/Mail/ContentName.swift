import Rules

/// A name that follows from a text: the first half of its digest, which ``SHA256/name(of:)`` writes as 32 letters.
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

  /// As ``SHA256/letters(_:)`` writes them.
  var letters: SIMD32<UInt8> {
    var letters = SIMD32<UInt8>()
    letters.evenHalf = bytes &>> 4
    letters.oddHalf = bytes & 15
    return letters &+ UInt8(ascii: "a")
  }
}

extension ContentName: Comparable {
  /// In the order of their letters.
  package static func < (a: Self, b: Self) -> Bool {
    guard let place = a.bytes.indices.first(where: { a.bytes[$0] != b.bytes[$0] }) else { return false }
    return a.bytes[place] < b.bytes[place]
  }
}
