import Notifier
import TestSupport
import Testing

@Suite struct SHA256Tests {
  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The vectors of FIPS 180-4 and of RFC 6234.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "0123456701234567012345670123456701234567012345670123456701234567",
      "8182cadb21af0e37c06414ece08e19c65bdb22c396d48ba7341012eea9ffdfdd"
    ),
  ])
  func vectors(text: String, digest: String) {
    #expect(hex(SHA256.digest(Array(text.utf8))) == digest)
  }

  @Test func aMillionLetters() {
    #expect(
      hex(SHA256.digest([UInt8](repeating: 0x61, count: 1_000_000)))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func aNameHoldsLettersOnly() {
    let name = SHA256.name(of: "en sag")
    #expect(name.count == 32)
    #expect(name.allSatisfy { ("a"..."p").contains($0) })
    #expect(name != SHA256.name(of: "en anden sag"))
  }
}

@Suite struct TransferEncodingTests {
  @Test(arguments: [
    ("", ""), ("f", "Zg==\n"), ("fo", "Zm8=\n"), ("foo", "Zm9v\n"), ("foob", "Zm9vYg==\n"),
    ("foobar", "Zm9vYmFy\n"),
  ])
  func base64(text: String, encoded: String) {
    #expect(TransferEncoding.base64(Array(text.utf8)) == encoded)
  }

  @Test(arguments: [
    ("abc", "abc"), ("a=b", "a=3Db"), ("æ", "=C3=A6"), ("a ", "a=20"), ("a\t", "a=09"), ("a b", "a b"),
    (".", "=2E"), ("..x", "=2E.x"), ("From her", "=46rom her"), ("Fromme", "Fromme"),
    ("x From y", "x From y"),
    ("a\nb", "a\nb"), ("a \n.b", "a=20\n=2Eb"), ("\r", "=0D"), ("\u{0}", "=00"),
  ])
  func quotedPrintable(text: String, encoded: String) {
    #expect(TransferEncoding.quotedPrintable(text) == encoded)
  }

  private func decoded(_ encoded: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(encoded.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        bytes.append(byte)
        continue
      }
      let pair = rest.prefix(2)
      if pair.first == 0x0A {
        rest.removeFirst()
      } else {
        bytes.append(UInt8(String(decoding: pair, as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      }
    }
    return bytes
  }

  @Test(arguments: Seeds.all)
  func quotedPrintableComesBackInShortLines(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let letters = Array("abæ=. \t\nFrom 😀")
    for _ in 0..<500 {
      let text = String(
        (0..<Int.random(in: 0...400, using: &random)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &random)]
        })
      let encoded = TransferEncoding.quotedPrintable(text)
      #expect(decoded(encoded) == Array(text.utf8))
      for line in encoded.split(separator: "\n") {
        #expect(line.utf8.count <= 76)
        #expect(line.first != "." && !line.hasPrefix("From ") && line.last != " ")
      }
    }
  }

  @Test func headersAreASCIIInShortLines() {
    let words = TransferEncoding.headerText("3 frister: 1 overskredet, 1 på fredag", used: 9)
    #expect(words == "=?UTF-8?Q?3_frister=3A_1_overskredet=2C_1_p=C3=A5_fredag?=")
    let long = TransferEncoding.headerText(String(repeating: "på ", count: 60), used: 9)
    for (index, line) in long.split(separator: "\n ").enumerated() {
      #expect(line.utf8.count <= (index == 0 ? 67 : 75))
      #expect(line.hasPrefix("=?UTF-8?Q?") && line.hasSuffix("?="))
    }
    #expect(TransferEncoding.headerText("plain text", used: 9) == "plain text")
    #expect(TransferEncoding.headerText("=?looks like a word", used: 9).hasPrefix("=?UTF-8?Q?=3D=3F"))
  }
}
