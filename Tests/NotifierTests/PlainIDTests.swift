import Notifier
import Rules
import TestSupport
import Testing

@Suite struct PlainIDTests {
  @Test(arguments: [
    ("2023-00000001", true), ("A", true), ("sag 12 af 2024", true), ("", true), ("12345", true),
    ("1234567", true), ("12345678901", true),
    // As long as a CPR number or its first part, wherever they stand.
    ("123456", false), ("010190-1234", false), ("0101901234", false), ("a123456", false), ("123456a", false),
    ("a1234567890b", false), ("12345-123456", false), ("1234567-12345-1234567890", false),
    // What CSV quotes, what is not visible, and what is beyond ASCII.
    ("a;b", false), ("a\"b", false), ("a\tb", false), ("a\u{7F}b", false), ("æ", false), ("a\u{0}", false),
    // What a spreadsheet would reckon, and only at the beginning.
    ("=1+1", false), ("+45", false), ("-1", false), ("@a", false), ("a=1", true), ("1-2+3@k", true),
    ("'=1", true),
    // At the borders of what is looked at at once.
    ("abcdefghij123456", false), ("abcdefghijk123456", false), ("abcdefghijklmno;", false),
    ("abcdefghijklmnop;", false), ("abcdefghij1234567", true),
    (String(repeating: "x", count: 63), true), (String(repeating: "x", count: 57) + "123456", false),
    (String(repeating: "x", count: 64), false),
  ])
  func whichStandAsTheyAre(id: String, isPlain: Bool) {
    #expect(Self.isPlain(Array(id.utf8)) == isPlain)
  }

  /// One byte after another, as it is meant.
  @Test(arguments: Seeds.all)
  func saysOfEachWhatItsBytesSay(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let letters = Array("0123456789012345678901234567890123456789-- ax;\"\n\u{7F}".utf8) + [0x80, 0xC3, 0xFF]
    for round in 0..<20_000 {
      let id = (0..<Int.random(in: 0...66, using: &random)).map { _ in
        Bool.random(using: &random) || round % 4 == 0
          ? letters[Int.random(in: 0..<letters.count, using: &random)] : letters[round % 42]
      }
      #expect(Self.isPlain(id) == Self.isPlainByItsBytes(id), "seed \(seed), round \(round)")
    }
  }

  /// Whatever is plain is shown as it is.
  @Test(arguments: Seeds.all)
  func nothingPlainIsMasked(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let letters = Array("0123456789-- a".utf8)
    for round in 0..<5_000 {
      let id = (0..<Int.random(in: 1...30, using: &random)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &random)]
      }
      let text = String(decoding: id, as: UTF8.self)
      if Self.isPlain(id) { #expect(SafeText.masked(text) == text, "seed \(seed), round \(round)") }
    }
  }

  /// Behind the number stands what must not count.
  private static func isPlain(_ id: [UInt8]) -> Bool {
    (id + Array("1;\u{0}23456789012345".utf8)).withUnsafeBytes { bytes in
      PlainID.isPlain(UnsafeRawBufferPointer(rebasing: bytes[..<id.count]))
    }
  }

  private static func isPlainByItsBytes(_ id: [UInt8]) -> Bool {
    let digits = id.split(whereSeparator: { !(0x30...0x39).contains($0) }).map(\.count)
    return id.count <= 63 && !"=+-@".utf8.contains(id.first ?? 0) && !digits.contains(6)
      && !digits.contains(10)
      && id.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "\"") }
  }
}
