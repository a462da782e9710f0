import Notifier
import Rules
import TestSupport
import Testing

/// The figures of a period: what is counted, as what, and in whose period.
@Suite struct StatisticsTests {
  /// Due on 2024-03-13 for a case of 2024-03-04.
  static let book = Make.soundBook(
    Make.ruleFile(
      """
      slags = kommunal
      offentliggjort = 2023-01-01 kommunens hjemmeside
      udsættelse = underrettet → ny_frist
      pause = bero_fra .. bero_til
      ved-overskridelse = borger: orienteret
      ved-overskridelse = rådgiver: rådgiver_orienteret
      """))

  static let march = Make.date("2024-03-01")...Make.date("2024-03-31")

  static func clock(
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
    (["orienteret": "2024-03-20"], .exceeded(.heard)), (["orienteret": "2024-03-04"], .exceeded(.heard)),
    // What was told before the case began was told of something else.
    (["orienteret": "2024-03-03"], .exceeded(.unheard)),
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

  static func statistics(
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
    ].map { Make.furtherRule($0) }
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
}
