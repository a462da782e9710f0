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

  @Test(arguments: [
    ("type: klage, svar", "svar", true), ("type: klage, svar", "svare", false), ("type: kl*", "klage", true),
    ("type: kl*", "anke", false), ("type: -", "", true), ("type: -", "x", false),
    ("type: -, klage", "", true),
    ("type: *", "", true), ("type: Klage", "klage", true), ("type: SEL § 100", "sel §100", true), ("type: SEL § 1 0", "sel § 10", false),
    ("type: område a", "Område\u{A0} A", true), ("type: blå", "Bla\u{30A}", true), ("type: kl*", "KLAGE", true),
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
