import Rules
import TestSupport
import Testing

@Suite struct RuleBookTests {
  @Test func theShippedBookIsSound() throws {
    let names = try Repository.names(in: "rules").filter { $0.hasSuffix(".frist") }
    #expect(names.count >= 6)
    var problems = ProblemList()
    let book = RuleBook(
      try names.map { SourceFile(name: "rules/\($0)", bytes: try Repository.bytes("rules/\($0)")) },
      zone: Make.copenhagen,
      table: { path, _ in
        guard let bytes = try? Repository.bytes("rules/\(path)") else {
          return .failure(Remedy("no \(path)"))
        }
        return .success(SourceFile(name: "rules/\(path)", bytes: bytes))
      }, problems: &problems)
    #expect(problems.inSourceOrder.map(\.description) == [])
    for rule in book.rules { #expect(rule.examples.count >= 2, "\(rule.id)") }
    for rule in book.rules where rule.kind == .statutory {
      #expect(rule.latestCalendar.definition.name == "lov", "\(rule.id)")
    }
  }

  @Test func odsherredsPromiseHoldsOnlyAsLongAsItStood() throws {
    let book = Make.soundBook(try Repository.text("rules/odsherred.frist"))
    let promise = try #require(book.rules.first { $0.id == "odsherred-kvittering" })
    #expect(promise.validity.contains(Make.date("2022-12-31")))
    #expect(!promise.validity.contains(Make.date("2023-06-01")))
    #expect(promise.kind == .promise)
  }

  @Test func aTableMakesOneVariantARow() throws {
    let table =
      "område;længde;ruller;offentliggjort;navn\nsyd, nord;7 dage;;2023-01-01 hjemmesiden;\nøst*;2 uger;nej;;Øst\n-;1 måned;;;\n"
    let rule = Make.ruleFile(
      """
      ruller = frem
      tabel = t.csv
      eksempel = område nord, modtaget 2024-03-04 → frist 2024-03-11
      eksempel = område østbyen, modtaget 2024-03-02 → frist 2024-03-16
      eksempel = område -, modtaget 2024-03-04 → frist 2024-04-04
      """)
    let (book, problems) = Make.book([("r.frist", rule), ("t.csv", table)])
    #expect(problems == [])
    let variants = try #require(book.rules.first).variants
    #expect(variants.map(\.terms.length?.description) == ["7 dage", "2 uger", "1 måned"])
    #expect(variants.map(\.terms.roll) == [.forward, .some(.none), .forward])
    #expect(variants.map(\.terms.name) == ["Svar", "Øst", "Svar"])
    #expect(variants[0].terms.published?.date == Make.date("2023-01-01"))
    #expect(variants[0].terms.published?.place == "hjemmesiden")
  }

  /// A comma in a quoted cell belongs to the value; `|` separates alternatives in any cell.
  @Test(arguments: [
    ("\"Kultur, Fritid & Ejendomme\"", [Pattern.exact(FieldText("Kultur, Fritid & Ejendomme"))]),
    ("Kultur, Fritid", [.exact(FieldText("Kultur")), .exact(FieldText("Fritid"))]),
    ("Kultur|Fritid", [.exact(FieldText("Kultur")), .exact(FieldText("Fritid"))]),
    (
      "\"Kultur, Fritid | Teknik*|-\"",
      [.exact(FieldText("Kultur, Fritid")), .prefix(FieldText("Teknik")), .empty]
    ),
    ("\" Kultur \"", [.exact(FieldText("Kultur"))]),
    ("\"Kultur; Fritid\"", [.exact(FieldText("Kultur; Fritid"))]),
    ("\"a\"\"b, c\"", [.exact(FieldText("a\"b, c"))]),
    ("5\" rør, b", [.exact(FieldText("5\" rør")), .exact(FieldText("b"))]),
  ])
  func aQuotedCellIsOneValue(cell: String, patterns: [Pattern]) throws {
    let rule = Make.ruleFile(
      "ruller = frem\ntabel = t.csv\neksempel = område x, type -, modtaget 2024-03-04 → frist 2024-03-18")
    let table = "type;område;længde\nsvar;\(cell);7 dage\n-;x;2 uger\n"
    let (book, problems) = Make.book([("r.frist", rule), ("t.csv", table)])
    #expect(problems == [])
    let variants = try #require(book.rules.first).variants
    #expect(variants[0].conditions.last?.patterns == patterns)
    #expect(variants[1].conditions.last?.patterns == [.exact(FieldText("x"))])
  }

  /// Which row an example means can be said of every row.
  @Test(arguments: [
    ("område \"Kultur, Fritid\"", "2024-03-11"), ("område \"Teknik\"", "2024-03-18"),
    ("område Teknik", "2024-03-18"), ("område 5\" rør", "2024-03-25"), ("område \"\"Byen\"\"", "2024-04-01"),
  ])
  func anExampleMayQuoteAValue(fact: String, due: String) {
    let table =
      "område;længde\n\"Kultur, Fritid\";7 dage\nTeknik;2 uger\n5\" rør;3 uger\n\"\"\"Byen\"\"\";4 uger\n"
    for facts in ["\(fact), modtaget 2024-03-04", "modtaget 2024-03-04, \(fact)"] {
      let rule = Make.ruleFile("ruller = nej\ntabel = t.csv\neksempel = \(facts) → frist \(due)")
      #expect(Make.book([("r.frist", rule), ("t.csv", table)]).1 == [], "\(facts)")
    }
  }

  /// A sum that leads past its start on one start day at least may run.
  @Test(arguments: [
    "18 år - 4 måneder", "1 måned - 30 dage", "8 uger - 1 arbejdsdag", "- 1 uge + 8 dage",
    "3 timer - 2 timer",
    "1 år - 365 dage",
  ])
  func aLengthThatLeadsForwardIsSound(length: String) {
    let unit = length.hasSuffix("timer") ? "" : "ruller = nej\n"
    let due = Make.book([("r.frist", Make.ruleFile("længde = \(length)\n\(unit)"))]).1
    #expect(due.allSatisfy { !$0.contains("never ends after its start") })
  }

  /// What leads forward only where the rule does not hold does not help it.
  @Test func theDirectionIsThatOfItsOwnTime() {
    func problems(_ validity: String) -> [String] {
      Make.book([
        (
          "r.frist",
          Make.ruleFile(
            "længde = 1 år - 365 dage\nruller = nej\ngyldig = \(validity)\neksempel = modtaget 2023-01-02 → frist 2023-01-02"
          )
        )
      ]).1
    }
    #expect(
      problems("2022-01-01 .. 2023-02-28").contains {
        $0.contains("\"1 år - 365 dage\" never ends after its start")
      })
    #expect(problems("2022-01-01 .. 2023-03-01") == [])
  }

  @Test(arguments: [
    ("type: klage, svar", "svar", true), ("type: klage, svar", "svare", false), ("type: kl*", "klage", true),
    ("type: kl*", "anke", false), ("type: -", "", true), ("type: -", "x", false),
    ("type: -, klage", "", true),
    ("type: *", "", true), ("type: Klage", "klage", true), ("type: SEL § 100", "sel §100", true),
    ("type: SEL § 1 0", "sel § 10", false),
    ("type: område a", "Område\u{A0} A", true), ("type: blå", "Bla\u{30A}", true),
    ("type: kl*", "KLAGE", true),
  ])
  func conditions(line: String, value: String, applies: Bool) throws {
    let book = Make.soundBook(Make.ruleFile("gælder = \(line)"))
    let rule = try #require(book.rules.first)
    #expect((rule.variant(for: FieldValues([.type: value])) != nil) == applies)
    let inverse = try #require(Make.soundBook(Make.ruleFile("undtagen = \(line)")).rules.first)
    #expect((inverse.variant(for: FieldValues([.type: value])) == nil) == applies)
  }

  @Test func linesAreAndCommasAreOr() throws {
    let rule = try #require(
      Make.soundBook(
        Make.ruleFile("gælder = type: klage, anke\ngælder = område: syd\nundtagen = paragraf: SEL*")
      ).rules.first)
    func applies(_ fields: [Field: String]) -> Bool { rule.variant(for: FieldValues(fields)) != nil }
    #expect(applies([.type: "anke", .area: "syd"]))
    #expect(!applies([.type: "anke", .area: "nord"]))
    #expect(!applies([.type: "svar", .area: "syd"]))
    #expect(!applies([.type: "klage", .area: "syd", .paragraph: "SEL §100"]))
  }

  @Test func severalFilesMayWriteTheSameCalendar() {
    let one = Make.ruleFile("", id: "en")
    let two = Make.ruleFile("", id: "to")
    #expect(Make.book([("a.frist", one), ("b.frist", two)]).problems == [])
    let other = two.replacing("lukket = 06-05\n", with: "")
    #expect(
      Make.book([("a.frist", one), ("b.frist", other)]).problems.first
        == "b.frist:1: [kalender lov] is already defined at a.frist:1 for the same dates; give one of them another name, or both a gyldig that do not overlap"
    )
  }

  @Test func aFileMeansTheSameBesideOthersAsAlone() throws {
    let city =
      "[kalender by]\nhelligdage = danske\nlukket = 06-05\nlukket = 12-24\nlukket = 12-31\n\n"
      + Make.ruleFile("", id: "by").dropFirst(Make.lawSection.count)
    let book = Make.book([("a.frist", city), ("b.frist", Make.ruleFile("", id: "lov"))])
    #expect(book.problems == [])
    #expect(book.book.rules.map { "\($0.id) \($0.latestCalendar.definition.name)" } == ["by by", "lov lov"])
  }

  @Test func twoVersionsOfOneRuleMayFollowEachOther() throws {
    let first = Make.ruleFile("gyldig = .. 2024-12-31")
    let second =
      "[frist svar]\nnavn = Svar\nhjemmel = x\nslags = løfte\nfra = modtaget\ntil = besvaret\nlængde = 2 arbejdsdage\n"
      + "gyldig = 2025-01-01 ..\neksempel = modtaget 2025-01-06 → frist 2025-01-08\n"
    let book = Make.soundBook(first + second)
    let before = Make.verdict(book, [:], ["modtaget": "2024-12-31"], now: "2025-01-02")
    let after = Make.verdict(book, [:], ["modtaget": "2025-01-01"], now: "2025-01-02")
    #expect(before.clocks.map(\.terms.length?.description) == ["7 arbejdsdage"])
    #expect(after.clocks.map(\.terms.length?.description) == ["2 arbejdsdage"])
  }
}
