import Notifier
import Rules
import TestSupport
import Testing

/// The figures of a period: what is counted, as what, and in whose period.
@Suite struct StatisticsTests {
  /// Due on 2024-03-13 for a case of 2024-03-04.
  private static let book = Make.soundBook(
    Make.ruleFile(
      """
      slags = kommunal
      offentliggjort = 2023-01-01 kommunens hjemmeside
      udsættelse = underrettet → ny_frist
      pause = bero_fra .. bero_til
      ved-overskridelse = borger: orienteret
      ved-overskridelse = rådgiver: rådgiver_orienteret
      """))

  private static let march = Make.date("2024-03-01")...Make.date("2024-03-31")

  private static func clock(
    _ events: [String: String], in book: RuleBook = book, now: String = "2024-04-02"
  ) -> Clock? {
    Make.verdict(
      book, [.type: "svar"], events.merging(["modtaget": "2024-03-04"]) { given, _ in given }, now: now
    )
    .clocks.last
  }

  private static func fate(_ events: [String: String], now: String = "2024-04-02") -> Fate? {
    clock(events, now: now).flatMap { clock in clock.reckoning.map { Fate($0, under: clock.rule) } }
  }

  @Test(arguments: [
    (["besvaret": "2024-03-13"], Fate.kept),
    (["besvaret": "2024-03-13", "underrettet": "2024-03-12", "ny_frist": "2024-03-22"], .kept),
    (["besvaret": "2024-03-14", "underrettet": "2024-03-12", "ny_frist": "2024-03-22"], .moved),
    (["besvaret": "2024-03-22", "underrettet": "2024-03-13", "ny_frist": "2024-03-22"], .moved),
    (["besvaret": "2024-03-25", "underrettet": "2024-03-13", "ny_frist": "2024-03-22"], .exceeded(.heard)),
    (["underrettet": "2024-03-13", "ny_frist": "2024-03-22"], .exceeded(.heard)),
    (["underrettet": "2024-03-14", "ny_frist": "2024-04-22"], .exceeded(.heard)),
    (["underrettet": "2024-03-12"], .exceeded(.heard)), (["underrettet": "2024-03-14"], .exceeded(.heard)),
    (["orienteret": "2024-03-20"], .exceeded(.heard)),
    (["rådgiver_orienteret": "2024-03-20"], .exceeded(.unheard)),
    (["besvaret": "2024-03-14"], .exceeded(.unheard)), ([:], .exceeded(.unheard)),
    (["underrettet": "2024-03-13", "ny_frist": "2024-04-22"], .open),
    (["bero_fra": "2024-03-15"], .exceeded(.unheard)),
    (["lukket": "2024-03-13"], .lapsed), (["lukket": "2024-03-14"], .exceeded(.unheard)),
    (["lukket": "2024-03-20", "underrettet": "2024-03-13", "ny_frist": "2024-03-22"], .lapsed),
  ])
  func everyEndHasAName(events: [String: String], fate: Fate) {
    #expect(Self.fate(events) == fate)
  }

  /// Where nobody has to be told, nobody is missing a word.
  @Test(arguments: [
    ("", Fate.Word.notAsked), ("ved-overskridelse = rådgiver: orienteret", .notAsked),
    ("ved-overskridelse = borger: orienteret", .unheard), ("udsættelse = underrettet → ny_frist", .unheard),
  ])
  func aWordIsMissedOnlyWhereTheRuleAsksForOne(lines: String, word: Fate.Word) throws {
    let book = Make.soundBook(Make.ruleFile(lines))
    let clock = try #require(Self.clock([:], in: book))
    let reckoning = try #require(clock.reckoning)
    #expect(Fate(reckoning, under: clock.rule) == .exceeded(word))
    let tally = try #require(Self.statistics([clock], of: book, Self.march).lines.first?.tally)
    #expect(tally.exceeded == 1 && tally.unheard == (word == .notAsked ? nil : 1))
  }

  /// On its last day nobody knows yet.
  @Test(arguments: [("2024-03-13", Fate.open), ("2024-03-14", .exceeded(.unheard))])
  func aDeadlineIsExceededOnTheDayAfter(now: String, fate: Fate) {
    #expect(Self.fate([:], now: now) == fate)
  }

  /// What is paused and answered later is measured by the day that the pause gave.
  @Test func aPauseMovesTheDayThatIsMeasured() {
    let events = ["bero_fra": "2024-03-06", "bero_til": "2024-03-13", "besvaret": "2024-03-20"]
    #expect(Self.clock(events)?.reckoning?.originalDue.description == "2024-03-20")
    #expect(Self.fate(events) == .kept)
  }

  // MARK: The period

  private static func statistics(
    _ clocks: [Clock?], of book: RuleBook = book, _ period: ClosedRange<CivilDate> = march
  ) -> Statistics {
    var statistics = Statistics(of: book, period)
    for clock in clocks.compactMap(\.self) { statistics.add(clock) }
    return statistics
  }

  @Test(arguments: [
    ("2024-03-13", "2024-03-13", 1), ("2024-03-01", "2024-03-12", 0), ("2024-03-14", "2024-03-31", 0),
    ("2024-03-01", "2024-03-31", 1),
  ])
  func aClockBelongsToThePeriodOfItsDay(from: String, through: String, total: Int) {
    let period = Make.date(from)...Make.date(through)
    // A notice moves the due day, not the clock to another year's figures.
    let moved = ["underrettet": "2024-03-12", "ny_frist": "2024-06-03"]
    for events in [[:], moved, ["besvaret": "2024-03-05"], ["besvaret": "2024-04-01"]] {
      #expect(
        Self.statistics([Self.clock(events)], of: Self.book, period).lines.map(\.tally.total) == [total],
        "\(events)")
    }
  }

  @Test func whatHasNoDayIsCountedBeside() {
    let soonest = Make.soundBook(
      Make.ruleFile("længde = hurtigst muligt\neksempel = modtaget 2024-03-04 → løber den 2024-03-05"))
    func clock(_ events: [String: String]) -> Clock? { Self.clock(events, in: soonest) }
    let counted = [
      clock(["modtaget": "2024-01-04"]), clock(["modtaget": "2024-01-04", "besvaret": "2024-03-01"]),
      clock(["modtaget": "2024-03-31"]), clock(["modtaget": "2024-01-04", "lukket": "2024-03-01"]),
    ]
    let others = [
      clock(["modtaget": "2024-04-01"]), clock(["modtaget": "2024-01-04", "besvaret": "2024-02-29"]),
      clock(["modtaget": "2024-01-04", "lukket": "2024-02-29"]),
    ]
    let statistics = Self.statistics(counted + others, of: soonest, Self.march)
    #expect(statistics.beside.unlimited == 4 && statistics.beside.unclear == 0)
    #expect(statistics.lines.map(\.tally.total) == [0])
    let unclear = Self.statistics([Self.clock(["besvaret": "2024-03-01"])])
    #expect(unclear.beside.unclear == 1 && unclear.lines.map(\.tally.total) == [0])
  }

  @Test func daysAreThoseFromStartToStop() throws {
    let ends = ["2024-03-04", "2024-03-05", "2024-03-08", "2024-03-13", "2024-04-01"]
    let statistics = Self.statistics(ends.map { Self.clock(["besvaret": $0]) } + [Self.clock([:])])
    let line = try #require(statistics.lines.first)
    #expect([20, 21, 50, 60, 90, 100].map(line.durations.days) == [0, 1, 4, 4, 28, 28])
    #expect(line.tally.total == 6)
  }

  /// A birthday begins nobody's work.
  @Test func aChildhoodIsNoProcessingTime() throws {
    let book = Make.soundBook(
      Make.ruleFile(
        "fra = fødselsdato\nlængde = 18 år - 4 måneder\nruller = nej\neksempel = fødselsdato 2006-07-15 → frist 2024-03-15"
      ))
    let clock = Self.clock(["fødselsdato": "2006-07-15", "besvaret": "2024-03-01"], in: book)
    let line = try #require(Self.statistics([clock], of: book, Self.march).lines.first)
    #expect(line.tally.kept == 1)
    #expect(line.durations.days(within: 50) == nil)
  }

  // MARK: The lines

  /// What is published is what the version says that holds on the last day, wherever it stands in the book.
  @Test(
    arguments: [
      ("offentliggjort = 2022-12-01", "offentliggjort = 2024-02-20", "2024-02-20"),
      ("offentliggjort = 2022-12-01", "", nil), ("", "offentliggjort = 2024-02-20", "2024-02-20"),
    ] as [(String, String, String?)], [false, true])
  func versionsOfADeadlineAreOneLine(versions: (String, String, String?), isReversed: Bool) {
    let texts = [
      versions.0 + "\ngyldig = .. 2024-02-29\neksempel = modtaget 2024-02-01 → frist 2024-02-12",
      versions.1 + "\ngyldig = 2024-03-01 ..\neksempel = modtaget 2024-03-04 → frist 2024-03-13",
    ].map { Make.ruleFile($0).replacing(Make.lawSection, with: "\n") }
    let book = Make.soundBook(Make.lawSection + (isReversed ? texts.reversed() : texts).joined())
    let statistics = Self.statistics(
      [Self.clock(["modtaget": "2024-02-28"], in: book), Self.clock([:], in: book)], of: book, Self.march)
    #expect(statistics.lines.map(\.tally.total) == [2])
    #expect(statistics.lines.first?.published(on: Self.march.upperBound)?.date == versions.2.map(Make.date))
  }

  @Test func rowsOfATableThatShareANameAreToldApart() {
    func deadlines(_ table: [String], stating fields: String = "type svar") -> [String] {
      let text = Make.ruleFile(
        "tabel = t.csv\neksempel = \(fields), modtaget 2024-03-04 → frist 2024-03-13")
      let (book, problems) = Make.book([("a.frist", text), ("t.csv", table.map { $0 + "\n" }.joined())])
      #expect(problems == [])
      return Statistics(of: book, Self.march).lines.map { "\($0.deadline.name)|\($0.deadline.scope)" }
    }
    let rows = ["type;længde", "svar, brev;7 arbejdsdage", "klage*;9 arbejdsdage", "-;5 arbejdsdage"]
    #expect(deadlines(rows) == ["Svar|svar, brev", "Svar|klage*", "Svar|-"])
    let named = ["type;navn;længde", "svar;Svar på brev;7 arbejdsdage", "klage;Svar på klage;9 arbejdsdage"]
    #expect(deadlines(named) == ["Svar på brev|", "Svar på klage|"])
    // Both would be "a, b, c" without the fields.
    let crossed = ["type;område;længde", "a, b;c;7 arbejdsdage", "a;b, c;7 arbejdsdage"]
    #expect(
      deadlines(crossed, stating: "type a, område c") == [
        "Svar|type a, b · område c", "Svar|type a · område b, c",
      ])
  }

  /// A klagefrist that the citizen misses is no fault of the kommune's.
  @Test func theCitizensOwnDeadlinesAreCountedBeside() {
    let book = Make.soundBook(Make.ruleFile("påhviler = borger"))
    func clock(_ events: [String: String]) -> Clock? { Self.clock(events, in: book) }
    let statistics = Self.statistics(
      [clock([:]), clock(["besvaret": "2024-03-05"]), clock(["modtaget": "2024-02-01"])], of: book, Self.march
    )
    #expect(statistics.lines.isEmpty)
    #expect(statistics.beside.citizens == 2)
  }

  /// When a pause ends nobody knows, so neither does anybody know the day.
  @Test func whatIsPausedIsCountedBeside() {
    let statistics = Self.statistics([
      Self.clock(["bero_fra": "2024-03-11"]), Self.clock(["bero_fra": "2024-03-15"]),
      Self.clock(["bero_fra": "2024-03-06", "bero_til": "2024-03-13"]),
      Self.clock(["modtaget": "2024-04-01", "bero_fra": "2024-04-02"]),
    ])
    #expect(statistics.beside.paused == 1)
    #expect(statistics.lines.map(\.tally.total) == [2])
  }

  // MARK: The page

  private static func document(_ lines: [String]) throws -> ReportDocument {
    let files = lines.enumerated().map { index, lines in
      let file = Make.ruleFile(lines, id: "svar-\(index)")
      return index == 0 ? file : file.replacing(Make.lawSection, with: "\n")
    }
    let book = Make.soundBook(files.joined())
    let clocks = Make.verdict(book, [.type: "svar"], ["modtaget": "2024-03-04"], now: "2024-04-02").clocks
    return StatisticsReport(
      statistics(clocks, of: book, march), try Sample.letterhead(), today: Make.date("2024-04-02")
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
        "Opgjort efter registret, som det så ud tirsdag 2. april 2024.",
        "Ikke talt med er 1 frist uden et antal dage (hurtigst muligt).",
      ])
    let others = StatisticsReport(
      Self.statistics([
        Self.clock(["besvaret": "2024-03-01"]), Self.clock(["bero_fra": "2024-03-11"]),
        Self.clock(["bero_fra": "2024-03-12"]), Self.clock([:]),
      ]), try Sample.letterhead(), today: Make.date("2024-04-02"))
    #expect(
      others.document.notes.suffix(2) == [
        "Ikke talt med er 2 frister, som er i bero nu; dagen kendes ikke endnu.",
        "Ikke talt med er 1 frist, som ikke kan beregnes; fristrapporten viser, hvorfor.",
      ])
  }

  // MARK: Durations

  @Test(arguments: Seeds.all)
  func daysAreOfTheNearestRank(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<300 {
      let all = (0..<Int.random(in: 1...60, using: &random)).map { _ in Int.random(in: 0...40, using: &random)
      }
      var durations = Durations()
      for days in all { durations.add(days) }
      for percent in [1, 10, 50, 90, 99, 100] {
        let days = try #require(durations.days(within: percent))
        let (within, below) = (all.count { $0 <= days }, all.count { $0 < days })
        #expect(all.contains(days), "seed \(seed), round \(round)")
        #expect(within * 100 >= percent * all.count, "seed \(seed), round \(round), \(percent) %")
        #expect(below * 100 < percent * all.count, "seed \(seed), round \(round), \(percent) %")
      }
    }
    #expect(Durations().days(within: 50) == nil)
  }

  // MARK: The words

  private static func lead(_ clocks: [Clock?], of book: RuleBook = book) throws -> [String] {
    StatisticsReport(
      statistics(clocks, of: book, march), try Sample.letterhead(), today: Make.date("2024-04-02")
    ).document.lead
  }

  private static func clocks(_ kept: Int, _ moved: Int, _ heard: Int, _ unheard: Int) -> [Clock?] {
    let moving = ["besvaret": "2024-03-14", "underrettet": "2024-03-12", "ny_frist": "2024-03-22"]
    let all = [
      (["besvaret": "2024-03-13"], kept), (moving, moved), (["orienteret": "2024-03-20"], heard),
      ([:], unheard),
    ]
    return all.flatMap { events, count in [Clock?](repeating: clock(events), count: count) }
  }

  @Test(arguments: [
    (3, 0, 0, 0, "3 af 3 blev overholdt (100 %)."),
    (0, 0, 0, 2, "0 af 2 blev overholdt (0 %). 2 blev overskredet, helt uden besked til borgeren."),
    (
      2, 1, 1, 0,
      "2 af 4 blev overholdt (50 %). 1 blev udsat i tide og nåede den nye dato. 1 blev overskredet."
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

  @Test func whereNothingIsSettledNothingIsClaimed() throws {
    #expect(try Self.lead([]) == ["Ingen frister udløb i perioden."])
    let unsettled = [
      Self.clock(["lukket": "2024-03-11"]),
      Self.clock(["underrettet": "2024-03-13", "ny_frist": "2024-04-22"]),
    ]
    #expect(try Self.lead(unsettled) == ["Ingen af periodens frister er afgjort endnu."])
    let silent = Make.soundBook(Make.ruleFile(""))
    #expect(
      try Self.lead([Self.clock([:], in: silent)], of: silent)
        == ["Løfter: 0 af 1 blev overholdt (0 %). 1 blev overskredet."])
  }
}
