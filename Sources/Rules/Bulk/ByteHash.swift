/// Hashes and compares texts where they stand, eight bytes at a time.
///
/// The eight bytes behind a text must be readable.
enum ByteHash {
  /// Two odd numbers without a pattern, so that no word is multiplied by nothing much.
  @inline(__always)
  fileprivate static var secrets: (UInt64, UInt64) { (0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93) }

  /// Of a text of one or two words, as the numbers of cases are, from its first and its last eight bytes,
  /// without a loop.
  @inline(__always)
  static func hash(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    guard count < 8 || count > 16 else {
      return hash(word(bytes, 0), word(bytes, count &- 8), count)
    }
    return otherHash(bytes, count)
  }

  /// The same of a text of 8 to 16 bytes; nil where some of them are no ASCII.
  @inline(__always)
  static func hashOfASCII(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64? {
    let (first, last) = (word(bytes, 0), word(bytes, count &- 8))
    return (first | last) & 0x8080_8080_8080_8080 == 0 ? hash(first, last, count) : nil
  }

  @inline(__always)
  private static func hash(_ first: UInt64, _ last: UInt64, _ count: Int) -> UInt64 {
    mixed(first ^ secrets.0, last ^ secrets.1 &+ UInt64(truncatingIfNeeded: count))
  }

  /// Of a text that stands somewhere else.
  static func hash(_ text: String) -> UInt64 {
    (Array(text.utf8) + [UInt8](repeating: 0, count: 8)).withUnsafeBytes { bytes in
      bytes.baseAddress.map { hash($0, bytes.count - 8) } ?? 0
    }
  }

  /// The same of any other text: two words at a time, whose products do not wait for one another.
  @inline(never)
  private static func otherHash(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: count) &* secrets.0
    var index = 0
    while index &+ 16 <= count {
      let product = mixed(word(bytes, index) ^ secrets.0, word(bytes, index &+ 8) ^ secrets.1)
      hash = (hash << 23 | hash >> 41) ^ product
      index &+= 16
    }
    if index &+ 8 <= count {
      hash ^= mixed(word(bytes, index) ^ secrets.1, secrets.0)
      index &+= 8
    }
    if index < count { hash ^= mixed(rest(bytes + index, count &- index) ^ hash, secrets.1) }
    return hash ^ hash >> 32
  }

  /// Of the first sixteen bytes.
  @inline(__always)
  static func start(_ bytes: UnsafeRawPointer) -> UInt64 {
    mixed(word(bytes, 0) ^ secrets.0, word(bytes, 8) ^ secrets.1)
  }

  /// Of many bytes, so that those that have it are the same but by a chance of one in 2^64. Four chains of
  /// products, none of which waits for another; each keeps what it knew, should a product come to nothing.
  /// That it does nobody can bring about with bytes, because no factor follows from them alone: each process
  /// begins its chains with numbers of its own.
  @inline(never)
  static func longHash(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    var chains = beginnings
    chains.0 ^= UInt64(truncatingIfNeeded: count)
    var index = 0
    while index &+ 64 <= count {
      chains.0 = linked(chains.0, word(bytes, index), word(bytes, index &+ 8))
      chains.1 = linked(chains.1, word(bytes, index &+ 16), word(bytes, index &+ 24))
      chains.2 = linked(chains.2, word(bytes, index &+ 32), word(bytes, index &+ 40))
      chains.3 = linked(chains.3, word(bytes, index &+ 48), word(bytes, index &+ 56))
      index &+= 64
    }
    while index &+ 8 <= count {
      chains.0 = linked(chains.0, word(bytes, index), 0)
      index &+= 8
    }
    if index < count { chains.0 = linked(chains.0, rest(bytes + index, count &- index), 0) }
    return linked(linked(linked(chains.0, chains.1, 0), chains.2, 0), chains.3, 0)
  }

  @inline(__always)
  private static func linked(_ chain: UInt64, _ a: UInt64, _ b: UInt64) -> UInt64 {
    mixed(a ^ chain, b ^ (chain << 32 | chain >> 32) ^ secrets.1) ^ (chain << 29 | chain >> 35)
  }

  /// Of the chains of this process.
  private static let beginnings: (UInt64, UInt64, UInt64, UInt64) = {
    var random = SystemRandomNumberGenerator()
    return (random.next(), random.next(), random.next(), random.next())
  }()

  @inline(__always)
  private static func word(_ bytes: UnsafeRawPointer, _ index: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
  }

  @inline(__always)
  fileprivate static func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// The `count` bytes, at most seven, as a word with zeros behind them.
  @inline(__always)
  private static func rest(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    let word = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    return (word & ~(UInt64.max << UInt64(count &* 8))).littleEndian
  }

  /// The last eight bytes may be some of those before.
  @inline(never)
  static func areSame(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
    guard count >= 8 else { return rest(a, count) == rest(b, count) }
    for index in stride(from: 0, to: count &- 8, by: 8) where word(a, index) != word(b, index) {
      return false
    }
    return word(a, count &- 8) == word(b, count &- 8)
  }

  /// True for bytes that are all below 128.
  @inline(__always)
  static func isASCII(_ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
    var all = count < 8 ? rest(bytes, count) : word(bytes, count &- 8)
    var index = 0
    while index &+ 8 < count {
      all |= word(bytes, index)
      index &+= 8
    }
    return all & 0x8080_8080_8080_8080 == 0
  }

  /// The first and the last bytes of a text, some of which are the same. No loop is needed for them, whose
  /// end a processor would have to guess.
  struct Ends {
    private typealias Part = SIMD8<UInt16>
    private let parts: (Part, Part, Part, Part)

    /// Of no text.
    static var none: Ends { Ends(parts: (.zero, .zero, .zero, .zero)) }

    private init(parts: (Part, Part, Part, Part)) { self.parts = parts }

    /// - Parameter size: of each end in bytes, 16 or 32; the text has at least as many. Of 16 bytes each
    ///   stands here twice.
    @inline(__always)
    init(_ bytes: UnsafeRawPointer, _ count: Int, each size: Int) {
      let (inner, end) = (size &- 16, bytes + count)
      parts = (Self.part(bytes), Self.part(bytes + inner), Self.part(end - size), Self.part(end - 16))
    }

    @inline(__always)
    private static func part(_ bytes: UnsafeRawPointer) -> Part { bytes.loadUnaligned(as: Part.self) }

    @inline(__always)
    static func == (a: Ends, b: Ends) -> Bool {
      let (a, b) = (a.parts, b.parts)
      let difference = (a.0 ^ b.0) | (a.1 ^ b.1) | (a.2 ^ b.2) | (a.3 ^ b.3)
      return LaneBits.bits(unsafeBitCast(difference .== .zero, to: SIMD16<UInt8>.self)) == 0xFFFF
    }

    /// The sum of the parts, each times a number of its own, and the product of its halves. The numbers are
    /// odd and leave one over when divided by four, so that of bytes which stand in two parts no more than a
    /// bit is lost, in all four two.
    @inline(__always)
    var hash: UInt64 {
      let sum = unsafeBitCast(
        parts.0 &* 0x9E35 &+ parts.1 &* 0x79B9 &+ parts.2 &* 0x7F4D &+ parts.3 &* 0xD6E9,
        to: SIMD2<UInt64>.self)
      return ByteHash.mixed(sum[0] ^ ByteHash.secrets.1, sum[1] ^ ByteHash.secrets.0)
    }
  }
}
