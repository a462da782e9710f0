import TestSupport
import Testing

/// What real registers brought to light, tried with the built program as a person would: a configuration, a
/// rule and a sheet.
@Suite struct RealRegisterTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(rule: String, register: String, events: String? = nil) throws {
    let source = "kilde = register.csv"
    let sections = SmallWorld.sections
    try folder.write(
      events == nil ? sections : sections.replacing(source, with: source + "\nhændelser = haendelser.csv"),
      to: "k/fristvagt.conf")
    try folder.write(Make.ruleFile(rule), to: "k/svar.frist")
    try folder.write(register, to: "k/register.csv")
    if let events { try folder.write(events, to: "k/haendelser.csv") }
  }

  private func run(_ words: String) throws -> Binary.Outcome {
    let words = words.split(separator: " ").map(String.init)
    return try Binary.run(words + ["--config", "k/fristvagt.conf"], in: folder.path)
  }

  /// Who was written to, by the local parts of their addresses.
  private func told(_ day: String) throws -> Set<String> {
    let before = folder.tree("k/udbakke")
    #expect(try run("tick --now \(day)T09:00").code == 0)
    let new = folder.tree("k/udbakke").filter { before[$0.key] == nil }
    return Set(
      new.values.compactMap { bytes in
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("To: ") }
          .flatMap { $0.dropFirst(4).split(separator: "@").first.map(String.init) }
      })
  }

  private static let pausable = """
    længde = 14 dage
    ruller = frem
    udsættelse = underrettet → ny_frist
    pause = bero_fra .. bero_til
    varsel = 2 arbejdsdage før: sagsbehandler
    varsel = 1 arbejdsdag efter: leder
    eksempel = modtaget 2026-03-02 → frist 2026-03-16
    """

  private static let header =
    "sagsnr;afdeling;sagsbehandler;modtaget;besvaret;underrettet;ny_frist;bero_fra;bero_til\n"

  @Test(arguments: [
    (
      "2026-03-02;;;;2026-03-05;2026-03-10", "S-1;bero_fra;2026-03-08;\nS-1;bero_til;2026-03-15;\n",
      "2026-03-26;overskredet;S-1;svar;Jobcenter;2026-03-02;"
    ),
    (
      "2026-03-02;;;;2026-03-05;2026-03-10", "S-1;bero_til;2026-03-10;\n",
      "2026-03-23;overskredet;S-1;svar;Jobcenter;2026-03-02;"
    ),
    (
      "2026-03-02;;2026-03-10;2026-03-20;2026-03-12;2026-03-30", "",
      "2026-03-20;overskredet;S-1;svar;Jobcenter;2026-03-02;"
    ),
    (
      "2026-03-02;;2026-03-18;2026-04-10;;", "",
      "2026-03-16;overskredet;S-1;svar;Jobcenter;2026-03-02;2026-04-10"
    ),
    (
      "2026-03-02;2026-02-20;;;;", "S-1;besvaret;2026-03-09;\n",
      "2026-03-16;overholdt;S-1;svar;Jobcenter;2026-03-02;"
    ),
  ])
  func datesOfPausesNoticesAndStops(row: String, events: String, line: String) throws {
    try write(
      rule: Self.pausable, register: Self.header + "S-1;Jobcenter;sb1@k.example;\(row)\n",
      events: "sagsnr;hændelse;dato;ny_frist\nS-9;ukendt;2026-03-01;\n" + events)
    let list = try run("list --today 2026-04-20 --format csv")
    #expect(list.output.contains("\n\(line)\n"), "\(list.output)")
  }

  @Test func aPromiseIsWatchedAndABreachOnHoldIsSilent() throws {
    let rows =
      "S-1;Jobcenter;sb1@k.example;2026-03-02;;2026-03-18;2026-04-10;;\n"
      + "S-2;Jobcenter;sb2@k.example;2026-03-02;;;;2026-03-19;\n"
    try write(rule: Self.pausable, register: Self.header + rows)
    _ = try told("2026-03-13")
    #expect(try told("2026-03-17") == ["leder"])
    // Two working days before the promised date; of the case on hold nobody hears.
    #expect(try told("2026-04-08") == ["sb1"])
    #expect(try told("2026-04-13") == ["leder"])
    let explained = try run("explain S-1 --today 2026-04-20").output
    #expect(
      explained.contains("Lovet          fredag 10. april 2026, lovet igen og ikke holdt"), "\(explained)")
    let report = try run("report --today 2026-04-20 --out ud").output
    #expect(
      report.contains("lovet igen og ikke holdt") && report.contains("I BERO")
        && report.contains("i bero siden"))
    #expect(try run("explain S-2 --today 2026-04-20").output.contains("OVERSKREDET, 2 ARBEJDSDAGE"))
  }

  @Test func theAdviserIsToldWhenTheLeadersRepetitionFallsLater() throws {
    try write(
      rule: """
        længde = 14 dage
        ruller = frem
        varsel = 1 arbejdsdag efter: leder; gentag 5 arbejdsdage
        varsel = 34 dage efter: borgerrådgiver
        eksempel = modtaget 2026-03-02 → frist 2026-03-16
        """,
      register: "sagsnr;afdeling;sagsbehandler;modtaget;besvaret\nS-1;Jobcenter;sb1@k.example;2026-03-02;\n")
    #expect(try told("2026-03-02") == [])
    #expect(try told("2026-03-17") == ["leder"])
    // The adviser's step fell on Sunday 19 April; on Tuesday the leader's next repetition has fallen, too.
    #expect(try told("2026-04-21") == ["leder", "raad"])
  }

  @Test func aRuleThatFitsNoCaseIsNamedAndNothingIsSaidToBeWell() throws {
    let register =
      "sagsnr;type;paragraf;afdeling;sagsbehandler;modtaget;besvaret\n"
      + (1...3).map { "S-\($0);oversendelsessag;SEL §100;Jobcenter;sb1@k.example;2026-03-02;\n" }.joined()
    try write(
      rule: "gælder = type: Oversendelse\neksempel = modtaget 2026-03-02 → frist 2026-03-11",
      register: register)
    let check = try run("check --today 2026-03-20")
    #expect(
      check.output.contains(
        "[frist svar] passer på ingen sag: type er aldrig »Oversendelse«; nærmest er »oversendelsessag« (3 sager)"
      ),
      "\(check.output)")
    let report = try run("report --today 2026-03-20 --out ud").output
    #expect(report.contains("3 sager følges ikke af nogen regel: type »oversendelsessag« 3."), "\(report)")
    #expect(!report.contains("Ingen frister er overskredet") && !report.contains("0 overskredet"))
    try folder.write(
      Make.ruleFile("gælder = paragraf: SEL § 100\neksempel = modtaget 2026-03-02 → frist 2026-03-11"),
      to: "k/svar.frist")
    #expect(try run("list --today 2026-03-20 --format csv").output.contains("overskredet;S-1"))
  }

  /// U+00A0, U+00AD, U+200B, U+2009, a line break in a header, NFD, and capitals.
  @Test func whatNobodySeesMakesNoDifference() throws {
    let register =
      "sags\u{AD}nr;\"område\";Afdeling;sagsbehandler;\"mod\u{200B}taget\n\";besvaret;samtykke\n"
      + "S-1\u{200B};Bla\u{30A}\u{A0}  Bog;\u{2009}JOBCENTER;sb1@k.example;2026-03-02;;JA\u{A0}\n"
      + "S-2;blå bog;Jobcenter;sb1@k.example;2026-03-02;;måske\n"
    try write(
      rule: "gælder = område: Blå bog\nsamtykke = kræves\neksempel = modtaget 2026-03-02 → frist 2026-03-11",
      register: register)
    let list = try run("list --today 2026-03-20 --format csv").output
    #expect(list.contains("2026-03-11;overskredet;S-1;svar;Jobcenter;2026-03-02;\n"), "\(list)")
    #expect(list.contains("2026-03-11;overskredet;S-2;svar;Jobcenter;2026-03-02;\n"), "\(list)")
    let check = try run("check --today 2026-03-20")
    #expect(check.code == 65)
    #expect(
      check.error.contains(
        "samtykke: \"måske\" says neither yes nor no (1 case); write ja or nej. It counts as no"),
      "\(check.error)")
    #expect(check.output.contains("læses som ét"), "\(check.output)")
  }

  @Test func eventsThatNoRuleReadsAreOneLineEach() throws {
    try write(
      rule: Self.pausable, register: Self.header + "S-1;Jobcenter;sb1@k.example;2026-03-02;;;;;\n",
      events: "sagsnr;hændelse;dato;ny_frist\n" + String(repeating: "S-1;notat;2026-03-03;\n", count: 300))
    let check = try run("check --today 2026-03-05")
    #expect(check.code == 0, "\(check.error)")
    #expect(
      check.output.contains("ingen regel læser hændelsen »notat« (300 rækker), så den er sprunget over"),
      "\(check.output)")
  }
}
