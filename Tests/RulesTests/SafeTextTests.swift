import Rules
import TestSupport
import Testing

@Suite struct SafeTextTests {
  @Test(arguments: [
    ("010190-1234", "••••••-••••"), ("0101901234", "••••••••••"), ("010190 1234", "•••••• ••••"),
    ("610190-1234", "••••••-••••"), ("sag 311299-0001 lukket", "sag ••••••-•••• lukket"),
    ("01\u{200B}0190-1234", "••••••-••••"), ("010190\u{AD}-1234", "••••••-••••"),
    ("(010190-1234)", "(••••••-••••)"), ("010190\u{2013}1234", "••••••\u{2013}••••"),
    ("01\u{0660}190-1234", "••••••-••••"), ("010190\u{2212}1234", "••••••\u{2212}••••"),
    ("010190 - 1234", "•••••• - ••••"), ("010190--1234", "••••••--••••"),
    // What hides between digits: a joiner, a variation selector, a filler; or sits on them.
    ("0\u{34F}10190-1234", "••••••-••••"), ("0\u{FE0F}1\u{FE0F}0190-1234", "••••••-••••"),
    ("01\u{E0100}0190\u{3164}-1234", "••••••-••••"), ("0\u{336}10190-1234", "•\u{336}•••••-••••"),
    ("0\u{FE0F}\u{20E3}10190-1234", "•\u{20E3}•••••-••••"), ("⁰¹⁰¹⁹⁰-1234", "••••••-••••"),
    ("①①0190-1234", "••••••-••••"),
    // No day, no month, or another number of digits: no CPR number.
    ("320190-1234", "320190-1234"), ("011390-1234", "011390-1234"), ("000190-1234", "000190-1234"),
    ("010190-12345", "010190-12345"), ("1010190-1234", "1010190-1234"), ("2023-00000001", "2023-00000001"),
    ("010190----1234", "010190----1234"), ("010190-", "010190-"), ("010190", "010190"), ("", ""),
    ("H-2024-0211", "H-2024-0211"), ("2024-12-31", "2024-12-31"), ("20241231T070000", "20241231T070000"),
  ])
  func masksWhatLooksLikeACPRNumber(text: String, shown: String) {
    #expect(SafeText.masked(text) == shown)
  }

  @Test(arguments: ["\n", "\r", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}", "\u{E000}", "\u{FFFD}"])
  func breaksAndControlsBecomeSpaces(character: String) {
    #expect(SafeText.masked("a\(character)b") == "a b")
  }

  @Test(arguments: ["\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{AD}"])
  func whatCannotBeSeenIsGone(character: String) {
    #expect(SafeText.masked("a\(character)b") == "ab")
  }

  @Test func longValuesAreCut() {
    #expect(quoted(String(repeating: "x", count: 500)).count == 40)
  }

  @Test(arguments: [
    "sb04@hedensted.example", "a@b", "leder.bof+x@kommune.example", "o'hara@x-y.example", "a1@1.example",
  ])
  func addresses(text: String) throws {
    #expect(try EmailAddress(text).description == text)
  }

  @Test(arguments: [
    "", "a", "@b", "a@", "a@@b", "a b@c", "a@b c", "a,b@c", "a@b,c@d", "<a@b>", "a@b\n", "a\u{0}@b", "å@b",
    "a@bå",
    "\"a\"@b", ".a@b", "a.@b", "a..b@c", "a@.b", "a@b.", "a@-b", "a@b-", "a@[127.0.0.1]", "a@b:c", "a(b)@c",
    "a;b@c",
    "\(String(repeating: "x", count: 65))@b", "a@\(String(repeating: "x", count: 64))",
    "a@\(String(repeating: "abcd.", count: 60))example",
  ])
  func noAddresses(text: String) {
    #expect(throws: Remedy.self) { try EmailAddress(text) }
  }

  @Test(arguments: ["-oQ/tmp@b", "-f@b"])
  func aLeadingHyphenIsHarmlessBehindTheDoubleHyphen(text: String) throws {
    // Legal in RFC 5322; the call to sendmail puts `--` before the recipient.
    #expect(try EmailAddress(text).localPart.first == "-")
  }

  /// What is told by the bytes alone is what the letters say: an arrow in front makes every text go the long
  /// way.
  @Test(arguments: Seeds.all)
  func theShortWayMasksAsTheLongOne(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "a", "Z", " ", "é", "ø", "Å", "ÿ", "ſ", "§", "·", "–", "—", "’", "…", "-", "\u{301}", "\u{AD}",
      "\u{200B}", "\u{202E}",
      "\u{0}", "\u{7F}", "²", "①", "0", "1", "2", "9", "010180", "1234", "0101801234", "×", "\u{2010}", "€",
    ]
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      #expect(
        SafeText.masked("→" + text) == "→" + SafeText.masked(text), "seed \(seed): \(text.debugDescription)")
    }
  }
}
