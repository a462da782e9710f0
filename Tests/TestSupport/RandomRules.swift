import Rules

/// A rule file that chance writes over the columns of ``RandomRegister``: every unit and every key of the
/// language, put together as no kommune would, and sound.
package struct RandomRules: Sendable {
  package let text: String
  /// What the rules with a `tabel` name, as ``tableName`` in the rule file's folder.
  package let table: String

  package static let tableName = "længder.csv"

  package init(_ random: inout SeededGenerator) {
    var draft = Draft(random: random)
    let calendars = draft.calendars()
    let rules = (0..<draft.number(1...9)).flatMap { draft.versions(of: "frist-\($0)") }
    let table = draft.table()
    random = draft.random
    self.table = table
    text = Self.withTrueExamples((calendars + rules).joined(separator: "\n\n") + "\n", table)
  }

  /// Every example says ``guess`` of its clock; where the program knows better, it says what is right.
  private static func withTrueExamples(_ text: String, _ table: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for problem in Make.book([("prøve.frist", text), (tableName, table)]).problems {
      let words = problem.split(separator: " ")
      guard let line = problem.split(separator: ":").dropFirst().first.flatMap({ Int($0) }),
        problem.hasSuffix("the example says \(guess)"), let end = words.lastIndex(of: "on"), end > 0
      else { preconditionFailure("\(problem)\n\(text)") }
      lines[line - 1] = lines[line - 1].replacing("→ \(guess)", with: "→ \(words[end - 1])")
    }
    return lines.joined(separator: "\n")
  }

  fileprivate static let guess = "uafklaret"
}

/// The parts of a rule file, one after the other.
private struct Draft {
  var random: SeededGenerator

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  /// True once in `times`.
  mutating func once(in times: Int) -> Bool { number(1...times) == 1 }

  mutating func one(of texts: [String]) -> String { texts[number(0...texts.count - 1)] }

  /// Some of them, at least one, each once.
  mutating func some(of texts: [String], atMost most: Int) -> [String] {
    Array(texts.shuffled(using: &random).prefix(number(1...most)))
  }

  // MARK: Calendars

  /// The first is for every rule that names none; it may have two versions.
  mutating func calendars() -> [String] {
    let lines = "[kalender lov]\nhelligdage = danske\nlukket = 06-05\nlukket = 12-24"
    var sections = [lines]
    if once(in: 3) {
      let last = Make.date("2024-02-01") + number(0...60)
      sections = [lines + "\ngyldig = .. \(last)", lines + "\nlukket = 12-31\ngyldig = \(last + 1) .."]
    }
    var own = "[kalender egen]\nhelligdage = \(one(of: ["danske", "ingen"]))"
    for _ in 0..<number(0...3) {
      let first = Make.date("2024-01-15") + number(0...120)
      own += "\nlukket = " + one(of: ["03-15", "\(first) gårdhave", "\(first) .. \(first + 9)"])
    }
    return sections + [own]
  }

  // MARK: Rules

  /// One rule, or two versions of it.
  mutating func versions(of id: String) -> [String] {
    guard once(in: 4) else { return [rule(id, validity: nil, example: "2024-03-04")] }
    let last = Make.date("2023-11-15") + number(0...130)
    let versions = [
      rule(id, validity: ".. \(last)", example: "2023-10-02"),
      rule(id, validity: "\(last + 1) ..\(once(in: 3) ? " \(last + 40)" : "")", example: "\(last + 1)"),
    ]
    return once(in: 4) ? [versions[number(0...1)]] : versions
  }

  private mutating func rule(_ id: String, validity: String?, example: String) -> String {
    let length = self.length()
    let events = events(length)
    var lines = [
      "[frist \(id)]", "navn = Frist \(id)", "hjemmel = en prøve", "fra = \(events.start)",
      "til = \(events.stops.joined(separator: ", "))",
    ]
    // The example of a table says its type.
    lines += conditions().filter { !length.isInTable || !$0.contains("type") }
    lines += length.lines + events.further
    if let validity { lines.append("gyldig = \(validity)") }
    lines += kind()
    if once(in: 6) { lines.append("samtykke = kræves") }
    let isConfidential = once(in: 15)
    if isConfidential { lines.append("fortrolig = ja") }
    if !length.isUnlimited { lines += ladder(length, isConfidential) }
    let stated = length.isInTable ? "type svar, " : ""
    lines.append("eksempel = \(stated)\(events.start) \(example) → \(RandomRules.guess) den \(example)")
    return lines.joined(separator: "\n")
  }

  /// What an act sets counts on no calendar of the kommune's own.
  private mutating func kind() -> [String] {
    let kind = one(of: ["lovbestemt", "kommunal", "løfte"])
    var lines = ["slags = \(kind)"]
    if once(in: 3) { lines.append("kalender = \(kind == "lovbestemt" ? "lov" : one(of: ["lov", "egen"]))") }
    if once(in: 6) { lines.append("påhviler = borger") }
    if once(in: 4) { lines.append("kilde = en beslutning") }
    if once(in: 4) { lines.append("offentliggjort = 2023-01-01 hjemmesiden") }
    return lines
  }

  private mutating func conditions() -> [String] {
    var lines: [String] = []
    if !once(in: 5) {
      lines.append("gælder = type: " + some(of: Self.types, atMost: 4).joined(separator: ", "))
    }
    if once(in: 4) { lines.append("gælder = afdeling: \(one(of: ["Jobcenter", "B*", "Børn, Ældre"]))") }
    if once(in: 4) {
      lines.append("undtagen = " + one(of: ["type: svar", "samtykke: nej, -", "afdeling: Æ*"]))
    }
    return lines
  }

  private static let types = [
    "svar", "brev", "ansøgning", "status", "akut", "barn", "en slags*", "klage*", "-",
  ]

  // MARK: Events

  private mutating func events(_ length: DraftLength) -> (start: String, stops: [String], further: [String]) {
    let start = one(of: ["modtaget", "modtaget", "modtaget", "underrettet", "fødselsdato", "ny_frist"])
    let stops = some(of: ["besvaret", "afgjort", "lukket", "bero_til"], atMost: 2)
    var further: [String] = []
    if !length.isUnlimited {
      if length.canPause, once(in: 4) { further.append("pause = bero_fra .. bero_til") }
      if !length.isInHours, once(in: 3) {
        further.append("udsættelse = " + one(of: ["underrettet → ny_frist", "bero_fra → ny_frist"]))
      }
    }
    if once(in: 8) { further.append("gentages = ja") }
    if once(in: 3) {
      further.append("ved-overskridelse = borger: \(one(of: ["underrettet", "afgjort", "lukket"]))")
    }
    if once(in: 6) { further.append("ved-overskridelse = rådgiver: besvaret") }
    return (start, stops, further)
  }

  // MARK: Lengths

  private mutating func length() -> DraftLength {
    switch number(0...14) {
    case 0: return .counted(["hurtigst muligt"])
    case 1: return .counted(["\(number(2...90)) timer"], roll: nil, canPause: true)
    case 2: return .counted(["18 år", "- \(number(2...9)) måneder"], roll: roll())
    case 3: return .counted(["\(number(2...6)) måneder", "+ \(number(2...9)) arbejdsdage"], roll: roll())
    case 4: return .counted(["\(number(2...5)) uger", "- \(number(2...9)) dage"], roll: roll())
    case 5: return .counted(["2 år", "+ \(number(2...9)) måneder", "+ 1 dag"], roll: roll(), canPause: true)
    // Its end leaves the calendars in the middle of the register.
    case 6: return .counted(["175 år", "+ 9 måneder", "+ \(number(10...25)) dage"], roll: roll())
    case 7: return .table(roll: roll())
    case 8...10:
      let roll = once(in: 3) ? self.roll() : nil
      let unit = one(of: ["arbejdsdage", "hverdage"])
      let isSaturdayOne = unit == "hverdage" && once(in: 2)
      return .counted(
        ["\(number(2...80)) \(unit)"], roll: roll, canPause: true,
        isSaturdayOne ? ["hverdage = mandag-lørdag"] : [])
    default:
      let units = [("dage", 90), ("uger", 20), ("måneder", 14), ("år", 2)]
      let (unit, most) = units[number(0...3)]
      return .counted(["\(number(2...most)) \(unit)"], roll: roll(), canPause: true)
    }
  }

  private mutating func roll() -> String { one(of: ["frem", "tilbage", "nej"]) }

  /// Rows by type, each with a length and a direction of its own, or the rule's.
  mutating func table() -> String {
    let rows = ["svar", "brev", "ansøgning*", "-"].map { type in
      let length = one(of: ["", "\(number(2...30)) dage", "\(number(2...30)) arbejdsdage", "1 uge"])
      return "\(type);\(length);\(one(of: ["", "frem", "tilbage", "nej"]));Frist for \(type)\n"
    }
    return "type;længde;ruller;navn\n" + rows.joined()
  }

  // MARK: The ladder

  private mutating func ladder(_ length: DraftLength, _ isConfidential: Bool) -> [String] {
    (0..<number(0...3)).map { _ in
      let unit = one(of: length.isInHours ? ["timer"] : ["dage", "arbejdsdage", "uger"])
      let when = one(of: ["på dagen", "\(number(2...9)) \(unit) før", "\(number(2...9)) \(unit) efter"])
      let roles = some(of: ["sagsbehandler", "leder", "postkasse", "borgerrådgiver"], atMost: 3)
      let again = once(in: 3) ? "; gentag \(number(2...6)) \(unit)" : ""
      return "varsel = \(when): \(isConfidential ? "borgerrådgiver" : roles.joined(separator: ", "))\(again)"
    }
  }
}

/// A length, and what may stand beside it.
private struct DraftLength {
  let lines: [String]
  let canPause: Bool
  var isUnlimited: Bool { lines == ["længde = hurtigst muligt"] }
  var isInHours: Bool { lines.contains { $0.hasSuffix("timer") } }
  var isInTable: Bool { lines.contains { $0.hasPrefix("tabel") } }

  static func counted(
    _ terms: [String], roll: String? = nil, canPause: Bool = false, _ further: [String] = []
  ) -> DraftLength {
    let rolls = roll.map { ["ruller = \($0)"] } ?? []
    return DraftLength(
      lines: ["længde = \(terms.joined(separator: " "))"] + rolls + further, canPause: canPause)
  }

  static func table(roll: String) -> DraftLength {
    DraftLength(
      lines: ["længde = 2 uger", "ruller = \(roll)", "tabel = \(RandomRules.tableName)"], canPause: false)
  }
}
