import Rules

/// A register that chance writes: mostly ordinary rows, and among them everything that exports were seen to
/// hold.
package struct RandomRegister: Sendable {
  package let bytes: [UInt8]

  package static let header =
    "sagsnr;type;afdeling;sagsbehandler;modtaget;besvaret;afgjort;underrettet;ny_frist;lukket;genåbnet;bero_fra;bero_til;fødselsdato;samtykke;emne"

  /// One rule of each kind that the language has.
  package static let rules =
    Make.ruleFile("gælder = type: svar\nvarsel = 3 arbejdsdage før: sagsbehandler")
    + other(
      "uger",
      "gælder = type: svar, brev\nlængde = 3 uger\nruller = frem\neksempel = modtaget 2024-03-04 → frist 2024-03-25"
    )
    + other(
      "afgørelse",
      """
      gælder = type: ansøgning
      til = afgjort, besvaret
      længde = 4 måneder
      ruller = tilbage
      udsættelse = underrettet → ny_frist
      ved-overskridelse = borger: underrettet
      eksempel = modtaget 2024-03-04 → frist 2024-07-04
      """)
    + other(
      "pause",
      "gælder = type: ansøgning\npause = bero_fra .. bero_til\nlængde = 60 arbejdsdage\neksempel = modtaget 2023-03-01 → frist 2023-06-01"
    )
    + other(
      "igen",
      "gælder = type: status\ngentages = ja\nlængde = 14 dage\nruller = nej\neksempel = modtaget 2024-03-04 → frist 2024-03-18"
    )
    + other(
      "timer",
      "gælder = type: akut\nlængde = 24 timer\neksempel = modtaget 2024-03-04 → frist 2024-03-05T00:00")
    + other(
      "barn",
      "gælder = type: barn\nfra = fødselsdato\nlængde = 18 år - 4 måneder\nruller = frem\neksempel = fødselsdato 2006-03-04 → frist 2023-11-06"
    )
    + other(
      "snarest",
      "gælder = type: akut\nlængde = hurtigst muligt\neksempel = modtaget 2024-03-04 → løber den 2024-03-05")
    + other("samtykke", "gælder = type: brev\nsamtykke = kræves\nlængde = 7 arbejdsdage")
    + other(
      "ny",
      "gælder = type: svar\ngyldig = 2024-02-01 ..\nlængde = 5 dage\nruller = frem\neksempel = modtaget 2024-03-04 → frist 2024-03-11"
    )

  private static func other(_ id: String, _ lines: String) -> String { Make.furtherRule(lines, id: id) }

  package init(_ random: inout some RandomNumberGenerator, rows: Int) {
    let ending = ["\n", "\r\n"].randomElement(using: &random) ?? "\n"
    let separator = [";", ";", ",", "\t"].randomElement(using: &random) ?? ";"
    var bytes: [UInt8] = Int.random(in: 0..<4, using: &random) == 0 ? [0xEF, 0xBB, 0xBF] : []
    bytes += Self.header.replacing(";", with: separator).utf8
    bytes += ending.utf8
    let oddity = [0, 0, 3, 20].randomElement(using: &random) ?? 0
    // In per cent: rows that name the case of an earlier one. Half of them are copies of it.
    let repetition = [0, 0, 0, 10, 60].randomElement(using: &random) ?? 0
    var earlier: [[UInt8]] = []
    for index in 0..<rows {
      let isOdd = Int.random(in: 0..<100, using: &random) < oddity
      let isRepeated = index > 0 && Int.random(in: 0..<100, using: &random) < repetition
      let number = isRepeated ? Int.random(in: 0..<index, using: &random) : index
      var row = isOdd ? Self.oddRow(number, separator, &random) : Self.row(number, separator, &random)
      if isRepeated, Bool.random(using: &random) { row = earlier[number] }
      earlier.append(row)
      bytes += row + ending.utf8
      if oddity > 0, Int.random(in: 0..<30, using: &random) == 0 { bytes += ending.utf8 }
    }
    if Int.random(in: 0..<5, using: &random) == 0 { bytes.removeLast(min(bytes.count, ending.utf8.count)) }
    self.bytes = bytes
  }

  private static func row(_ index: Int, _ separator: String, _ random: inout some RandomNumberGenerator)
    -> [UInt8]
  {
    Array(cells(index, &random).joined(separator: separator).utf8)
  }

  private static func cells(_ index: Int, _ random: inout some RandomNumberGenerator) -> [String] {
    let isDanish = Int.random(in: 0..<4, using: &random) == 0
    func date(_ share: Int, _ random: inout some RandomNumberGenerator) -> String {
      guard Int.random(in: 0..<100, using: &random) < share else { return "" }
      let (year, month, day) = Make.date("2024-03-18").adding(months: 0).components
      let back = Int.random(in: -10...900, using: &random)
      let then = (Make.date("\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))") - max(0, back))
        .components
      return isDanish
        ? "\(padded(then.day, 2))-\(padded(then.month, 2))-\(then.year)"
        : "\(then.year)-\(padded(then.month, 2))-\(padded(then.day, 2))"
    }
    return [
      "S-\(index)",
      types.randomElement(using: &random) ?? "",
      ["Jobcenter", "Børn", "Ældre", "Jobcenter"].randomElement(using: &random) ?? "",
      "sb\(index % 3)@k.example",
      date(90, &random), date(50, &random), date(30, &random), date(20, &random), date(20, &random),
      date(10, &random), date(2, &random), date(5, &random), date(3, &random), date(10, &random),
      ["ja", "", "nej"].randomElement(using: &random) ?? "", "emne",
    ]
  }

  /// The last are as long as eight words, and longer.
  private static let types =
    ["svar", "svar", "brev", "brev", "ansøgning", "ansøgning", "status", "status", "akut", "akut", "barn"]
    + ["barn", "andet", "en slags sager, som ingen regel her kender noget til", "klage, andet led"]
    + (0..<3).map { "en slags sager, som ingen regel kender, og som er delt i mange slags, nummer \($0)" }

  private static func padded(_ number: Int, _ width: Int) -> String {
    String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
  }

  /// A row in which one cell, or the row itself, is out of the ordinary.
  private static func oddRow(
    _ index: Int, _ separator: String, _ random: inout some RandomNumberGenerator
  ) -> [UInt8] {
    var cells = cells(index, &random)
    let column = Int.random(in: 0..<cells.count, using: &random)
    switch Int.random(in: 0..<15, using: &random) {
    case 0: cells[column] = "\"\(cells[column])\""
    case 1: cells[15] = "\"to\nlinjer \"\"og\"\" \(separator)\""
    case 2: cells[column] = "\"a\"b"
    case 3: cells.removeLast()
    case 4: cells.append("en for meget")
    case 5: cells[column] = " \(cells[column])\t"
    case 6:
      cells[4] =
        ["2024-13-01", "2024-03-04T10:15", "4-3-2024", "i går", "2024-02-30", "01.02.2024", "1880-01-01"]
        .randomElement(using: &random) ?? ""
    case 7: cells[4] = "2031-01-01"
    case 8:
      cells[0] = ["", " ", "010180-1234", "ø-1", "a|b", "\u{0}\u{1}"].randomElement(using: &random) ?? ""
    case 9: cells[2] = ["", "Ukendt", "010180-1234"].randomElement(using: &random) ?? ""
    case 10: for event in 4...13 { cells[event] = "" }
    case 11: cells[15] = "5\" rør\u{0}"
    case 12: cells[3] = "Ingen \u{202E}kendt"
    // Its number is the one whose bits are all set.
    case 13: cells[Int.random(in: 4...13, using: &random)] = "1969-12-31"
    default: return Array(cells.joined(separator: separator).utf8).map { $0 == 0xC3 ? 0xF8 : $0 }
    }
    return Array(cells.joined(separator: separator).utf8)
  }
}

/// One thing that a register may hold, alone.
package struct Oddity: Sendable, CustomStringConvertible {
  package let name: String
  private let rows: String
  /// True for what only the end of a register can hold.
  package let isEnd: Bool

  package var description: String { name }

  private init(_ name: String, _ rows: String, isEnd: Bool = false) {
    self.name = name
    self.rows = rows
    self.isEnd = isEnd
  }

  private static func row(_ id: String, received: String = "2024-03-04", subject: String = "emne") -> String {
    "\(id);svar;Jobcenter;sb@k.example;\(received);;;;;;;;;;;\(subject)\n"
  }

  package static let ordinary = Oddity("ordinary", row("S-1"))

  package static let all = [
    ordinary,
    Oddity("quoted break", row("S-1", subject: "\"a\nb\n\nS-9;svar;Jobcenter;sb;2024-03-04;;;;;;;;;;;x\n\"")),
    Oddity("doubled quotes", row("S-1", subject: "\"\"\"a\"\";\"\"\"")),
    Oddity("quote as a letter", row("S-1", subject: "5\" rør \"a\nb".replacing("\n", with: ""))),
    Oddity("text behind a quote", row("S-1", subject: "\"a\"bc")),
    Oddity("a quote behind text behind a quote", row("S-1", subject: "\"a\"b\"c") + row("S-2"), isEnd: true),
    Oddity("CRLF", row("S-1").replacing("\n", with: "\r\n")),
    Oddity("CRLF behind a quote", row("S-1", subject: "\"a\"\r")),
    Oddity("blank lines", "\n\r\n\n" + row("S-1")),
    Oddity("no final line break", String(row("S-1").dropLast()), isEnd: true),
    Oddity("cut off", "S-1;svar;Jobc", isEnd: true),
    Oddity("quote that never closes", row("S-1", subject: "\"a") + row("S-2"), isEnd: true),
    Oddity("quote that closes at the end", row("S-1", subject: "\"a") + row("S-2") + "\"", isEnd: true),
    Oddity("NUL", row("S-\u{0}1", subject: "\u{0}")),
    Oddity("asterisk", row("S-*1", subject: "* \u{2}") + row("*\u{2}")),
    Oddity("too few fields", "S-1;svar\n" + row("S-2")),
    Oddity("too many fields", "S-1;svar;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;\n" + row("S-2")),
    Oddity("no number", row("")), Oddity("no date", row("S-1", received: "snart")),
    Oddity("date with a time", row("S-1", received: "2024-03-04T12:00")),
    Oddity(
      "months in another place",
      [
        "2024-03-04", "04-03-2024", "04.03.2024", "312024-03-", "2024-03-2024", "-03-202404", ".03.202404",
        "04-03.2024", "2024-03-00", "2024-03-32", "32-03-2024", "2024-03- 4", " 4-03-2024", "4-03-2024 ",
        "0403-2024-", "2024-03.04", "1899-03-04", "04-03-1899", "2200-03-04", "2023-02-29", "29-02-2023",
        "29/02/2024", "2024-3-004", "01-12-2024", "01-12-20-1",
      ].enumerated().map { row("S-\($0)", received: $1) }.joined()),
    Oddity(
      "month first",
      ["03/04/2024", "3/14/24", "03-04-2024", "2024-03-04", "4/3-24", "03.14.2024 08:00"].enumerated()
        .map { row("S-\($0)", received: $1) }.joined()),
    Oddity(
      "month first beside day first",
      ["03/04/2024", "03/14/2024", "14.03.24", "14.03.2024", "04.03.24  "].enumerated()
        .map { row("S-\($0)", received: $1) }.joined()),
    Oddity(
      "half a day and an offset",
      row("S-1", received: "3/4/2024 8:05 PM") + row("S-2", received: "2024-03-04 08:00+01")),
    Oddity("future", row("S-1", received: "2025-01-01")),
    Oddity("one quote", "\"\n", isEnd: true), Oddity("separators alone", ";\n;;;;;;;;;;;;;;;\n"),
  ]

  /// Ordinary rows around it; `padding` bytes more before it move every border.
  package func register(padding: Int) -> [UInt8] {
    let before = (0..<6).map { Self.row("A-\($0)", subject: "a;b".replacing(";", with: "-")) }.joined()
    let pad = Self.row("P-1", subject: String(repeating: "p", count: padding))
    let after = isEnd ? "" : (0..<6).map { Self.row("B-\($0)") }.joined()
    return Array((RandomRegister.header + "\n" + before + pad + rows + after).utf8)
  }
}
