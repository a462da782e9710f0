import Rules
import TestSupport
import Testing

@Suite struct RuleAuditTests {
  private func findings(_ lines: String, table: String? = nil, calendars: String? = nil) -> [String] {
    var rule = Make.ruleFile(lines)
    if let calendars { rule = calendars + rule.dropFirst(Make.lawSection.count) }
    let (book, problems) = Make.book([("r.frist", rule)] + (table.map { [("t.csv", $0)] } ?? []))
    #expect(problems == [])
    return RuleAudit.run(book).inSourceOrder.map(\.message)
  }

  @Test(arguments: [
    "gælder = type: klage\ngælder = type: svar", "gælder = type: klage\nundtagen = type: klage",
    "gælder = type: klage, anke\nundtagen = type: a*\nundtagen = type: klage",
    "gælder = type: -\ngælder = type: k*",
    "gælder = type: klage*\nundtagen = type: kl*", "undtagen = type: *",
  ])
  func aRuleThatCanNeverApply(lines: String) {
    #expect(
      findings(lines) == [
        "[frist svar] can never apply: its lines on type exclude each other; values in one line separated by commas are alternatives, several lines must all hold"
      ])
  }

  @Test(arguments: [
    "gælder = type: klage, svar\ngælder = type: svar", "gælder = type: kl*\nundtagen = type: klage",
    "gælder = type: klage\ngælder = område: klage", "undtagen = type: klage\nundtagen = type: svar",
    "gælder = type: *\ngælder = type: -",
  ])
  func aRuleThatCan(lines: String) {
    #expect(findings(lines) == [])
  }

  @Test func aRowThatIsNeverReached() {
    let lines =
      "ruller = frem\ntabel = t.csv\neksempel = område syd, type a, modtaget 2024-03-04 → frist 2024-03-11"
    let message =
      "[frist svar] row 2 of its table is never reached, because row 1 takes all its cases; put the narrower row first"
    #expect(findings(lines, table: "område;type;længde\ns*;*;7 dage\nsyd;a;8 dage\n") == [message])
    #expect(findings(lines, table: "område;type;længde\nsyd;a;7 dage\ns*;*;8 dage\n") == [])
    #expect(findings(lines, table: "område;type;længde\nsyd, nord;a;7 dage\nsyd;b;8 dage\n") == [])
  }

  @Test(arguments: [
    ("10 arbejdsdage før", true), ("7 arbejdsdage før", false), ("3 uger før", true), ("1 uge før", false),
    ("på dagen", false),
    ("30 dage efter", false),
  ])
  func aStepBeforeTheStart(step: String, isFound: Bool) {
    let found = findings("varsel = \(step): leder")
    #expect(
      found
        == (isFound
          ? [
            "[frist svar] varsel \"\(step)\" lies before the start of its own deadline; write a shorter time"
          ] : []))
  }

  @Test func aDueDayThatMayMoveLeavesEveryStepItsTime() {
    #expect(findings("udsættelse = underrettet → ny_frist\nvarsel = 10 arbejdsdage før: leder") == [])
    #expect(findings("pause = bero_fra .. bero_til\nvarsel = 10 arbejdsdage før: leder") == [])
  }

  @Test func stepsInHours() {
    let rule = "længde = 24 timer\neksempel = modtaget 2024-05-08T09:00 → frist 2024-05-09T09:00\n"
    #expect(findings(rule + "varsel = 23 timer før: leder") == [])
    #expect(findings(rule + "varsel = 25 timer før: leder").count == 1)
    #expect(findings(rule + "varsel = 3 dage før: leder").count == 1)
  }

  @Test func aRowThatTheRuleExcludes() {
    let lines =
      "gælder = område: s*\nruller = frem\ntabel = t.csv\neksempel = område syd, modtaget 2024-03-04 → frist 2024-03-11"
    #expect(
      findings(lines, table: "område;længde\nsyd;7 dage\nnord;8 dage\n") == [
        "[frist svar] row 2 of its table can never apply, because the rule's own lines on område exclude it; remove the row"
      ])
  }

  @Test func aCalendarThatEndsBeforeTheRule() {
    let calendars =
      "[kalender by]\nhelligdage = danske\nlukket = 06-05\nlukket = 12-24\nlukket = 12-31\ngyldig = 2020-01-01 .. 2025-12-31\n\n"
    #expect(
      findings("", calendars: calendars) == [
        "[frist svar] counts on [kalender by], which ends on 2025-12-31; add a version that goes on, or end the rule with gyldig",
        "[frist svar] counts on [kalender by], which begins on 2020-01-01; add an earlier version, or begin the rule with gyldig",
      ])
    #expect(findings("gyldig = 2020-01-01 .. 2025-12-31", calendars: calendars) == [])
  }
}
