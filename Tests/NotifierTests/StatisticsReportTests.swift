import Notifier
import Rules
import TestSupport
import Testing

/// What the page of figures says.
@Suite struct StatisticsReportTests {
  // MARK: The page

  private static func document(_ lines: [String]) throws -> ReportDocument {
    let files = lines.enumerated().map { index, lines in
      (index == 0 ? Make.ruleFile : Make.furtherRule)(lines, "svar-\(index)")
    }
    let book = Make.soundBook(files.joined())
    let clocks = Make.verdict(book, [.type: "svar"], ["modtaget": "2024-03-04"], now: "2024-04-02").clocks
    return StatisticsReport(
      StatisticsTests.statistics(clocks, of: book, StatisticsTests.march), try Sample.letterhead(),
      today: Make.date("2024-04-02")
    ).document
  }

  /// Who must publish and has not is told so; where nobody must and nobody has, there is no column.
  @Test(arguments: [
    (["slags = kommunal"], ["nej"]),
    (["slags = kommunal", "slags = kommunal\noffentliggjort = 2023-01-01"], ["", "nej", "1. januar 2023"]),
    (["slags = løfte", "slags = løfte\noffentliggjort = 2023-01-01"], ["", "", "1. januar 2023"]),
    (["slags = løfte"], []), (["slags = lovbestemt"], []),
  ])
  func whatIsPublishedIsSaid(lines: [String], cells: [String]) throws {
    let table = try #require(try Self.document(lines).tables.first)
    #expect((table.columns.last?.title == "offentliggjort") == !cells.isEmpty)
    if !cells.isEmpty { #expect(table.groups.flatMap(\.rows).map(\.cells.last) == cells) }
  }

  /// All of a kind stand together first, and alone one needs no sum.
  @Test func kindsAreNeverAddedUp() throws {
    let tables = try Self.document(["slags = lovbestemt", "slags = løfte", "slags = løfte"]).tables
    #expect(tables.map(\.title) == ["Lovbestemte frister", "Løfter"])
    #expect(
      tables.map { $0.groups.flatMap(\.rows).map(\.cells[0]) } == [
        ["Svar"], ["I alt", "Svar (svar-1)", "Svar (svar-2)"],
      ])
    #expect(tables.map { $0.groups.flatMap(\.rows).map(\.cells[1]) } == [["1"], ["2", "1", "1"]])
  }

  @Test func whatIsNotInTheTablesIsSaid() throws {
    let soonest = "længde = hurtigst muligt\neksempel = modtaget 2024-03-04 → løber den 2024-03-05"
    let notes = try Self.document([soonest]).notes
    #expect(
      notes == [
        "Opgjort efter registeret, som det så ud tirsdag 2. april 2024.",
        "Ikke medregnet er 1 frist uden et antal dage (hurtigst muligt).",
      ])
    let others = StatisticsReport(
      StatisticsTests.statistics([
        StatisticsTests.clock(["besvaret": "2024-03-01"]), StatisticsTests.clock(["bero_fra": "2024-03-11"]),
        StatisticsTests.clock(["bero_fra": "2024-03-12"]), StatisticsTests.clock([:]),
      ]), try Sample.letterhead(), today: Make.date("2024-04-02"))
    #expect(
      others.document.notes.suffix(2) == [
        "Ikke medregnet er 2 frister, som er i bero nu; dagen kendes ikke endnu.",
        "Ikke medregnet er 1 frist, som ikke kan beregnes (uanset periode); fristrapporten viser, hvorfor.",
      ])
  }

  // MARK: The words

  private static func lead(_ clocks: [Clock?], of book: RuleBook = StatisticsTests.book) throws -> [String] {
    StatisticsReport(
      StatisticsTests.statistics(clocks, of: book, StatisticsTests.march), try Sample.letterhead(),
      today: Make.date("2024-04-02")
    ).document.lead
  }

  private static func clocks(_ kept: Int, _ moved: Int, _ heard: Int, _ unheard: Int) -> [Clock?] {
    let moving = ["besvaret": "2024-03-14", "underrettet": "2024-03-12", "ny_frist": "2024-03-22"]
    let all = [
      (["besvaret": "2024-03-13"], kept), (moving, moved), (["orienteret": "2024-03-20"], heard),
      ([:], unheard),
    ]
    return all.flatMap { events, count in [Clock?](repeating: StatisticsTests.clock(events), count: count) }
  }

  @Test(arguments: [
    (3, 0, 0, 0, "3 af 3 blev overholdt (100 %)."),
    (0, 0, 0, 2, "0 af 2 blev overholdt (0 %). 2 blev overskredet, helt uden besked til borgeren."),
    (
      2, 1, 1, 0,
      "2 af 4 blev overholdt (50 %). 1 blev udsat i tide, og den nye dato blev overholdt. 1 blev overskredet."
    ),
    (
      1, 0, 1, 1,
      "1 af 3 blev overholdt (33 %). 2 blev overskredet, 1 af dem helt uden besked til borgeren."
    ),
    (
      299, 0, 0, 1,
      "299 af 300 blev overholdt (99 %). 1 blev overskredet, helt uden besked til borgeren."
    ),
    (
      1, 0, 0, 299,
      "1 af 300 blev overholdt (1 %). 299 blev overskredet, helt uden besked til borgeren."
    ),
  ])
  func aSentenceToQuote(kept: Int, moved: Int, heard: Int, unheard: Int, text: String) throws {
    let lead = try Self.lead(Self.clocks(kept, moved, heard, unheard))
    #expect(lead == ["Kommunens egne frister: \(text)"])
  }

  /// Of those of whom nobody asks a word none is said to have gone without.
  @Test(arguments: [(1, 0, "I den ene sag"), (1, 2, "I 1 af de 3 sager"), (3, 0, "I 3 af de 3 sager")])
  func theWordIsCountedWhereItIsOwed(unheard: Int, heard: Int, cases: String) throws {
    let silent = Make.ruleFile("gælder = type: brev\nslags = kommunal", id: "tavs")
    let asking = Make.furtherRule("slags = kommunal\nved-overskridelse = borger: orienteret")
    let book = Make.soundBook(silent + asking)
    func clocks(_ type: String, _ events: [String: String], _ count: Int) -> [Clock?] {
      let clock = Make.verdict(
        book, [.type: type], events.merging(["modtaget": "2024-03-04"]) { given, _ in given },
        now: "2024-04-02"
      ).clocks.first { $0.rule.id == (type == "brev" ? "tavs" : "svar") }
      return [Clock?](repeating: clock, count: count)
    }
    let all =
      clocks("brev", [:], 2) + clocks("svar", [:], unheard)
      + clocks("svar", ["orienteret": "2024-03-20"], heard)
    #expect(
      try Self.lead(all, of: book) == [
        "Kommunens egne frister: 0 af \(all.count) blev overholdt (0 %). \(all.count) blev overskredet. "
          + "\(cases), hvor borgeren skulle have besked, kom den aldrig."
      ])
  }

  @Test func whereNothingIsSettledNothingIsClaimed() throws {
    #expect(try Self.lead([]) == ["Ingen frister udløb i perioden."])
    let unsettled = [
      StatisticsTests.clock(["lukket": "2024-03-11"]),
      StatisticsTests.clock(["underrettet": "2024-03-13", "ny_frist": "2024-04-22"]),
    ]
    #expect(try Self.lead(unsettled) == ["Periodens frister er hverken overholdt eller overskredet."])
    let silent = Make.soundBook(Make.ruleFile(""))
    #expect(
      try Self.lead([StatisticsTests.clock([:], in: silent)], of: silent)
        == ["Løfter: 0 af 1 blev overholdt (0 %). 1 blev overskredet."])
  }
}
