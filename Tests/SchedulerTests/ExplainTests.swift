import Foundation
import Rules
import Scheduler
import TestSupport
import Testing

/// An explanation says the same as text, as a page and for programs, whatever the register holds.
@Suite struct ExplainTests {
  /// What has a meaning in HTML, in JSON or in a terminal.
  private static let rule = Make.ruleFile(
    """
    navn = Svar <b>"hurtigt"</b> & godt
    hjemmel = en prøve \\ § 3
    varsel = på dagen: sagsbehandler
    """)

  private static let caseID = "S<1>&\"2\""

  private static let register =
    SmallWorld.header + "\"S<1>&\"\"2\"\"\";Jobcenter;sb1@k.example;2024-03-04;\n"
    + "S-2;Jobcenter;sb1@k.example;2031-01-01;\n"

  private func explain(_ caseID: String, _ format: String, register: String = register) -> String {
    let world = SmallWorld(register: register, rule: Self.rule)
    let console = RecordingConsole()
    let code = Program.run(
      ["explain", caseID, "--config", "k/fristvagt.conf", "--today", "2024-03-15", "--format", format],
      in: World(files: world.files, clock: FixedClock(0), console: console))
    #expect(code == .ok && console.error == "", "\(console.error)")
    return console.output
  }

  private struct Document: Decodable {
    struct Part: Decodable {
      struct Fact: Decodable {
        let navn: String
        let linjer: [String]
      }
      let frist: String
      let status: String
      let regel: String
      let start: String
      let forfald: String
      let tilstand: String
      let forklaring: [Fact]
    }
    enum CodingKeys: String, CodingKey {
      case sag, frister
      case remarks = "bemærkninger"
    }
    let sag: String
    let frister: [Part]
    let remarks: [String]
  }

  private func decoded(_ json: String) throws -> Document {
    try JSONDecoder().decode(Document.self, from: Data(json.utf8))
  }

  @Test func jsonHoldsWhatTheTextSays() throws {
    let document = try decoded(explain(Self.caseID, "json"))
    #expect(document.sag == "Sag S<1>&\"2\" · Jobcenter · sagsbehandler sb1@k.example")
    #expect(document.remarks == [])
    #expect(document.frister.count == 1)
    let part = try #require(document.frister.first)
    #expect(part.frist == "Svar <b>\"hurtigt\"</b> & godt")
    #expect(
      [part.regel, part.start, part.forfald, part.tilstand] == [
        "svar", "2024-03-04", "2024-03-13", "overskredet",
      ])
    #expect(part.forklaring.first?.linjer.first == "en prøve \\ § 3")
    let text = explain(Self.caseID, "text")
    #expect(text.hasPrefix(document.sag + "\n"))
    #expect(text.contains(part.status.uppercased()))
    for fact in part.forklaring {
      #expect(text.contains("  \(fact.navn) "))
      for line in fact.linjer { #expect(text.contains(line + "\n"), "\(line)") }
    }
  }

  @Test func thePageHoldsWhatTheJSONSays() throws {
    let document = try decoded(explain(Self.caseID, "json"))
    let page = explain(Self.caseID, "html")
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"da\">"))
    #expect(page.hasSuffix("</main>\n</body>\n</html>\n"))
    #expect(
      page.contains("<h1>Sag S&lt;1&gt;&amp;&quot;2&quot; · Jobcenter · sagsbehandler sb1@k.example</h1>"))
    #expect(page.contains("<h2>Svar &lt;b&gt;&quot;hurtigt&quot;&lt;/b&gt; &amp; godt <small>"))
    #expect(!page.contains("<b>") && !page.contains("S<1>"))
    for fact in document.frister.flatMap(\.forklaring) {
      let lines = fact.linjer.map { $0.replacing("&", with: "&amp;") }.joined(separator: "<br>\n")
      #expect(page.contains("<dt>\(fact.navn)</dt><dd>\(lines)</dd>"), "\(fact)")
    }
  }

  @Test func whatIsStillToComeIsARemark() throws {
    let remark = "modtaget onsdag 1. januar 2031 ligger i fremtiden og tæller ikke med."
    let waits = "1 frist løber ikke endnu, fordi det, den regnes fra, ikke er sket."
    let document = try decoded(explain("S-2", "json"))
    #expect(document.frister.isEmpty)
    #expect(document.remarks == [remark, waits])
    #expect(explain("S-2", "text") == "\(document.sag)\n\n\(remark)\n\n\(waits)\n")
    #expect(explain("S-2", "html").contains("<main>\n<p>\(remark)</p>\n<p>\(waits)</p>\n</main>"))
  }

  /// What would help, and what was missing: a notice after a late one moves nothing, and of two stops one is
  /// enough.
  @Test(arguments: [
    (";;;", "Mangler        kvittering eller svar, eller underretning med ny dato\n"),
    (";;2024-03-12;", "Mangler        kvittering eller svar, eller underretning med ny dato\n"),
    (";;2024-03-14;", "Mangler        kvittering eller svar\n"),
    (";;;2024-03-14", "Lukket         sagen lukket torsdag 14. marts 2024 uden kvittering eller svar\n"),
  ])
  func whatIsMissing(cells: String, line: String) {
    let world = SmallWorld(
      register: "sagsnr;afdeling;sagsbehandler;modtaget;kvitteret;besvaret;underrettet;lukket;ny_frist\n"
        + "S-1;Jobcenter;sb1@k.example;2024-03-04;\(cells);\n",
      rule: Make.ruleFile("til = kvitteret, besvaret\nudsættelse = underrettet → ny_frist"))
    let result = world.run("explain S-1 --config k/fristvagt.conf --today 2024-03-18")
    #expect(result.code == .ok)
    #expect(result.output.contains("  \(line)"), "\(result.output)")
  }

  /// Five days from Monday end on a Saturday, and stay there.
  @Test(arguments: [
    ("2024-03-13", "SNART, 2 ARBEJDSDAGE TILBAGE"), ("2024-03-14", "SNART, 1 ARBEJDSDAG TILBAGE"),
    ("2024-03-15", "SNART, 1 DAG TILBAGE"), ("2024-03-16", "FORFALDER I DAG"),
    ("2024-03-17", "OVERSKREDET, 1 DAG"),
    ("2024-03-18", "OVERSKREDET, 1 ARBEJDSDAG"),
  ])
  func whereADeadlineStands(today: String, standing: String) {
    let world = SmallWorld(
      register: SmallWorld.header + "S-1;Jobcenter;sb1@k.example;2024-03-11;\n",
      rule: Make.ruleFile("længde = 5 dage\nruller = nej\neksempel = modtaget 2024-03-11 → frist 2024-03-16"))
    let result = world.run("explain S-1 --config k/fristvagt.conf --today \(today)")
    #expect(result.output.contains("  \(standing)\n"), "\(result.output)")
  }

  /// A case may stand in several rows: the one in which it stands worst is explained, and the others are
  /// named.
  @Test func theWorstRowOfTheCaseIsExplained() throws {
    let row = "S-1;Jobcenter;sb1@k.example;"
    let register = SmallWorld.header + row + "2024-03-04;\n" + row + "2024-03-06;2024-03-07\n"
    let document = try decoded(explain("S-1", "json", register: register))
    #expect(document.frister.map(\.tilstand) == ["overskredet"])
    #expect(document.frister.map(\.start) == ["2024-03-04"])
  }

  /// It explains all the same, and says that it cannot tell what was sent.
  @Test(arguments: ["text", "html", "json"])
  func aJournalThatLostRecordsIsReported(format: String) {
    let world = SmallWorld()
    #expect(world.tick("2024-03-13T09:00", transport: RecordingTransport()).code == .ok)
    let command = "explain S-1 --config k/fristvagt.conf --now 2024-03-13T10:00 --format \(format)"
    let whole = world.run(command)
    #expect(whole.code == .ok && whole.error == "" && whole.output.contains("Varslet"))
    world.files.delete(LossWorld.path)
    let result = world.run(command)
    #expect(result.code == .stateFile)
    #expect(
      result.error
        == "k/state/journal: the journal is missing, and a ledger lies beside it; notices may have been told since "
        + "2024-03-13T09:00. Restore the journal that was written last, or accept what there is, once, with tick "
        + "--accept-journal\n")
    #expect(result.output.contains("Sag S-1") && !result.output.contains("Varslet"))
  }

  /// Without its ledger nobody can tell whether the journal is whole.
  @Test func aDamagedLedgerIsReported() {
    let world = SmallWorld()
    #expect(world.tick("2024-03-13T09:00", transport: RecordingTransport()).code == .ok)
    world.files.put("noget andet\n", at: "k/state/ledger")
    let result = world.run("explain S-1 --config k/fristvagt.conf --now 2024-03-13T10:00")
    #expect(result.code == .stateFile && result.output.contains("Varslet"))
    #expect(result.error.hasPrefix("k/state/ledger: line 1 is no header of a ledger"), "\(result.error)")
  }

  /// Whatever the number is, JSON stays JSON and the page a page.
  @Test(arguments: Seeds.all)
  func anyCaseNumberIsWrittenSafely(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let letters = Array("\"\\<>&'/\u{1}\t\u{7F}æØ€😀{}[]")
    for _ in 0..<40 {
      let caseID = "x" + String((0..<6).map { _ in letters.randomElement(using: &random) ?? "x" }) + "x"
      let cell = "\"\(caseID.replacing("\"", with: "\"\""))\""
      let register = SmallWorld.header + "\(cell);Jobcenter;sb1@k.example;2024-03-04;\n"
      let document = try decoded(explain(caseID, "json", register: register))
      let page = explain(caseID, "html", register: register)
      #expect(document.frister.count == 1, "seed \(seed): \(caseID)")
      let inside = page.components(separatedBy: "<h1>").last?.components(separatedBy: "</h1>").first ?? ""
      let heading = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .reduce(inside) { $0.replacing($1.0, with: $1.1) }
      #expect(document.sag.hasPrefix("Sag x") && heading == document.sag, "seed \(seed): \(inside)")
      #expect(!inside.contains("<") && !inside.contains("\""), "seed \(seed): \(inside)")
      #expect(!inside.unicodeScalars.contains { $0.value < 0x20 }, "seed \(seed): \(inside)")
    }
  }
}
