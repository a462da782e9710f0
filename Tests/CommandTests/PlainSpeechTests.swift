import TestSupport
import Testing

/// What people write in tables and registers, and what they open in a spreadsheet; as a user meets it.
@Suite struct PlainSpeechTests {
  private static let configuration = """
    [fristvagt]
    kommune = Prøve
    regler = svar.frist
    tilstandsmappe = state
    rapporter = out

    [register]
    kilde = register.csv

    [borgerrådgiver]
    adresse = raad@k.example

    [mail]
    maildir = udbakke
    afsender = Fristvagt <fristvagt@k.example>
    returadresse = retur@k.example

    """

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.configuration, to: "fristvagt.conf")
    try folder.write(
      Make.ruleFile("længde = 2 uger\nruller = nej\neksempel = modtaget 2026-03-02 → frist 2026-03-16"),
      to: "svar.frist")
  }

  private func run(_ words: String) throws -> Binary.Outcome {
    try Binary.run(
      words.split(separator: " ").map(String.init) + ["--config", "fristvagt.conf", "--today", "2026-04-15"],
      in: folder.path)
  }

  @Test func aQuotedCellOfATableFitsItsAreaAlone() throws {
    try folder.write(
      Make.ruleFile(
        """
        ruller = nej
        tabel = områder.csv
        eksempel = område "Kultur, Fritid & Ejendomme", modtaget 2026-03-02 → frist 2026-03-09
        eksempel = område Kultur, modtaget 2026-03-02 → frist 2026-03-16
        """), to: "svar.frist")
    try folder.write(
      "område;længde\n\"Kultur, Fritid & Ejendomme\";7 dage\nKultur|Teknik;2 uger\n-, Miljø;3 uger\n",
      to: "områder.csv")
    try folder.write(
      "sagsnr;område;modtaget;besvaret\nS-1;Kultur, Fritid & Ejendomme;2026-03-02;\nS-2;Kultur;2026-03-02;\n"
        + "S-3;Fritid & Ejendomme;2026-03-02;\nS-4;Teknik;2026-03-02;\nS-5;Miljø;2026-03-02;\nS-6;;2026-03-02;\n",
      to: "register.csv")
    let outcome = try run("list --format csv")
    #expect(outcome.code == 0 && outcome.error == "", "\(outcome.error)")
    let dues = outcome.output.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: ";", omittingEmptySubsequences: false)
      return "\(cells[2]) \(cells[0])"
    }
    #expect(
      dues.sorted() == [
        "S-1 2026-03-09", "S-2 2026-03-16", "S-4 2026-03-16", "S-5 2026-03-23", "S-6 2026-03-23",
      ])
  }

  @Test func aLengthThatCountsBackIsRefused() throws {
    try folder.write(
      Make.ruleFile(
        "fra = fødselsdato\nlængde = - 6 uger\nruller = nej\neksempel = fødselsdato 2026-03-02 → frist 2026-01-19"
      ),
      to: "svar.frist")
    try folder.write("sagsnr;fødselsdato;besvaret\nS-1;2026-03-02;\n", to: "register.csv")
    for command in ["check", "tick"] {
      let outcome = try run(command)
      #expect(outcome.code == 78, "\(command)")
      #expect(
        outcome.error.contains(
          "svar.frist:12: længde: \"- 6 uger\" never ends after its start, and a start counts only once it has happened, "
            + "so the deadline would never run; write a length that counts forward from fødselsdato\n"),
        "\(outcome.error)")
    }
  }

  @Test func everyDepartmentHasAFileAndNoCellIsReckoned() throws {
    let departments = ["Byg Nord", "Byg_Nord", "Byg/Nord", "=cmd|' /C calc'!A0", ""]
    let rows = departments.enumerated().map { "=S-\($0);\($1);2026-03-02;\n" }
    try folder.write("sagsnr;afdeling;modtaget;besvaret\n" + rows.joined(), to: "register.csv")
    #expect(try run("report").code == 0)
    let files = folder.tree("out/overdue").mapValues { String(decoding: $0, as: UTF8.self) }
    #expect(files.count == departments.count)
    #expect(
      Set(files.values) == Set(departments.indices.map { "2026-03-16;'=S-\($0);svar\n" }), "\(files)")
    #expect(try folder.read("out/overdue/Byg_Nord.csv") == "2026-03-16;'=S-0;svar\n")
    #expect(try folder.read("out/counts.csv").contains("\n'=cmd|' /C calc'!A0;svar;overskredet;1\n"))
    // Another department comes, and the others keep theirs.
    try folder.write("sagsnr;afdeling;modtaget;besvaret\nS-9;Byg_Nord;2026-03-02;\n", to: "register.csv")
    #expect(try run("report").code == 0)
    let left = folder.tree("out/overdue").mapValues { String(decoding: $0, as: UTF8.self) }
    #expect(left.count == 1 && files[left.keys.first ?? ""] == "2026-03-16;'=S-1;svar\n", "\(left)")
    let excel = try run("list --format csv --excel")
    #expect(excel.output.hasPrefix("\u{FEFF}forfald;tilstand;"))
    #expect(excel.output.split(separator: "\r\n").count == 2 && excel.output.hasSuffix("\r\n"))
    let refused = try run("list --excel")
    #expect(refused.code == 64)
    #expect(refused.error.hasPrefix("fristvagt list: --excel: only CSV has such a form; add --format csv\n"))
  }

  @Test func aMonthFirstColumnIsToldOnceAndReadWhenItsOrderIsSaid() throws {
    let rows = ["03/17/2026", "03/04/2026", "2026-03-05", "5/1-26"].enumerated().map { "S-\($0);\($1);\n" }
    try folder.write("sagsnr;modtaget;besvaret\n" + rows.joined(), to: "register.csv")
    let outcome = try run("report")
    #expect(outcome.code == 65)
    #expect(
      outcome.error
        == "register.csv:2: modtaget: \"03/17/2026\" can only be month first, and no other value of the column can only be day first, "
        + "so none of its 2 dates of such a form is read; write in [register] datoformat = måned/dag/år, "
        + "or for this column alone datoformat = modtaget: måned/dag/år\n1 problem in the register\n")
    #expect(
      try run("list --format csv").output == """
        forfald;tilstand;sagsnr;frist;afdeling;start;lovet
        ;uafklaret;S-0;svar;;;
        ;uafklaret;S-1;svar;;;
        2026-01-19;overskredet;S-3;svar;;2026-01-05;
        2026-03-19;overskredet;S-2;svar;;2026-03-05;

        """)
    try folder.write(
      Self.configuration.replacing(
        "kilde = register.csv", with: "kilde = register.csv\ndatoformat = måned/dag/år"),
      to: "fristvagt.conf")
    let told = try run("list --format csv")
    #expect(told.code == 0 && told.error == "")
    #expect(
      told.output.contains("2026-03-31;overskredet;S-0;")
        && told.output.contains("2026-03-18;overskredet;S-1;"))
  }

  /// What databases, spreadsheets and people write.
  @Test(arguments: [
    ("31.12.24", "2024-12-31"), ("5/1-26", "2026-01-05"), ("5/1-2026", "2026-01-05"),
    ("2024-01-02 23:30:00+01", "2024-01-02T23:30"), ("2024-01-02T23:30:00Z", "2024-01-03T00:30"),
    ("2024-01-02T00:30:00+03:00", "2024-01-01T22:30"), ("2/1/2024 8:05 PM", "2024-01-02T20:05"),
  ])
  func datesAsTheyAreWritten(text: String, moment: String) throws {
    try folder.write("sagsnr;modtaget;besvaret\nS-1;\(text);\n", to: "register.csv")
    let outcome = try run("list --format csv")
    #expect(outcome.code == 0 && outcome.error == "", "\(outcome.error)")
    #expect(outcome.output.hasSuffix(";\(moment);\n"), "\(outcome.output)")
  }
}
