import Rules
import TestSupport
import Testing

/// Pauses, repetitions, reopened cases and chains of notices.
@Suite struct RoundTests {
  typealias Further = [(event: String, date: String, newDate: String?)]

  /// `start→due state` of each clock.
  private func clocks(
    _ book: RuleBook, _ events: [String: String], further: Further = [], now: String
  ) -> [String] {
    Make.verdict(book, [:], events, further: further, now: now).clocks.map { clock in
      switch clock.course {
      case .reckoned(let reckoning): "\(reckoning.start)→\(reckoning.due) \(clock.state.rawValue)"
      case .unlimited(let start, _): "\(start)→- \(clock.state.rawValue)"
      case .unclear(let doubt): "\(doubt)"
      }
    }
  }

  // MARK: Pauses

  private static let pausedDays = Make.soundBook(
    Make.ruleFile(
      """
      længde = 14 dage
      ruller = frem
      pause = bero_fra .. bero_til
      eksempel = modtaget 2024-03-04, bero_fra 2024-03-08, bero_til 2024-03-11 → frist 2024-03-21
      eksempel = modtaget 2024-03-04, bero_fra 2024-03-08 → i-bero den 2024-03-15
      eksempel = modtaget 2024-03-04, bero_fra 2024-03-08, bero_til 2024-03-11, bero_fra 2024-03-13, bero_til 2024-03-15 → frist 2024-03-25
      """))

  private static let pausedWorkingDays = Make.soundBook(
    Make.ruleFile("pause = bero_fra .. bero_til"))

  @Test(arguments: [
    // Due Monday 18 March without a pause; 8, 9 and 10 March do not count, the 11th does.
    ("2024-03-08", "2024-03-11", "2024-03-21"), ("2024-03-08", "2024-03-08", "2024-03-18"),
    // A pause before the start, after the due day, around the start, on the due day itself.
    ("2024-03-01", "2024-03-03", "2024-03-18"), ("2024-03-19", "2024-03-25", "2024-03-18"),
    ("2024-03-01", "2024-03-07", "2024-03-20"), ("2024-03-18", "2024-03-20", "2024-03-20"),
    // Paused over Easter: the due day lands on 2 April anyway.
    ("2024-03-11", "2024-03-25", "2024-04-02"),
  ])
  func pausedCalendarDays(from: String, until: String, due: String) {
    let events = ["modtaget": "2024-03-04", "bero_fra": from, "bero_til": until]
    #expect(clocks(Self.pausedDays, events, now: "2024-04-20") == ["2024-03-04→\(due) overskredet"])
  }

  @Test(arguments: [
    // Seven working days from 4 March: 13 March. Friday 8 and the weekend are paused: one working day lost.
    ("2024-03-08", "2024-03-11", "2024-03-14"), ("2024-03-09", "2024-03-11", "2024-03-13"),
    ("2024-03-05", "2024-03-12", "2024-03-20"), ("2024-03-01", "2024-03-05", "2024-03-13"),
  ])
  func pausedWorkingDaysAreCountedOn(from: String, until: String, due: String) {
    let events = ["modtaget": "2024-03-04", "bero_fra": from, "bero_til": until]
    #expect(clocks(Self.pausedWorkingDays, events, now: "2024-04-20") == ["2024-03-04→\(due) overskredet"])
  }

  @Test func aPauseThatLastsHoldsTheClock() {
    let events = ["modtaget": "2024-03-04", "bero_fra": "2024-03-08"]
    #expect(clocks(Self.pausedDays, events, now: "2024-03-10") == ["2024-03-04→2024-03-21 i-bero"])
    #expect(clocks(Self.pausedDays, events, now: "2024-05-10") == ["2024-03-04→2024-05-21 i-bero"])
    // What was exceeded before the pause stays exceeded.
    #expect(
      clocks(Self.pausedDays, ["modtaget": "2024-03-04", "bero_fra": "2024-03-20"], now: "2024-05-10")
        == ["2024-03-04→2024-03-18 overskredet"])
    // A stop ends the clock, paused or not.
    let stopped = events.merging(["besvaret": "2024-03-14"]) { $1 }
    #expect(clocks(Self.pausedDays, stopped, now: "2024-05-10") == ["2024-03-04→2024-05-21 overholdt"])
  }

  @Test func anEndWithoutABeginningIsUnclear() {
    let events = ["modtaget": "2024-03-04", "bero_fra": "2024-03-08", "bero_til": "2024-03-06"]
    #expect(clocks(Self.pausedDays, events, now: "2024-03-10").first?.hasPrefix("pauseWithoutStart") == true)
  }

  @Test func severalPausesComeThroughTheEventsFile() {
    let further: Further = [("bero_fra", "2024-03-13", nil), ("bero_til", "2024-03-15", nil)]
    let events = ["modtaget": "2024-03-04", "bero_fra": "2024-03-08", "bero_til": "2024-03-11"]
    #expect(
      clocks(Self.pausedDays, events, further: further, now: "2024-04-20") == [
        "2024-03-04→2024-03-25 overskredet"
      ])
  }

  @Test func hoursStandStillToo() {
    let book = Make.soundBook(
      Make.ruleFile(
        """
        længde = 24 timer
        pause = bero_fra .. bero_til
        eksempel = modtaget 2024-05-08T09:00, bero_fra 2024-05-08T12:00, bero_til 2024-05-08T18:00 → frist 2024-05-09T15:00
        """))
    #expect(book.rules.count == 1)
  }

  /// Counts one day after another and leaves out what is paused, as a person would.
  @Test(arguments: Seeds.all)
  func pausesAgreeWithCountingByHand(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let reckoner = Reckoner(calendar: Make.law, zone: .utc)
    for _ in 0..<1_500 {
      let start = CivilDate(day: Int32.random(in: 19_000...20_500, using: &random))
      var day = start
      var from: [CivilMoment] = []
      var until: [CivilMoment] = []
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        day = day + Int.random(in: 0...20, using: &random)
        from.append(CivilMoment(day))
        day = day + Int.random(in: 1...20, using: &random)
        until.append(CivilMoment(day))
        day = day + 1
      }
      let pauses = try Pauses(from: from, until: until, now: Now(CivilMoment(day)))
      let held = Set(pauses.days(after: start, through: start + 400))
      let count = Int.random(in: 1...60, using: &random)
      let unit: LengthUnit = Bool.random(using: &random) ? .days : .workingDays
      let length = try #require(Length(terms: [LengthTerm(count, unit)]))
      var (left, byHand) = (count, start)
      while left > 0 {
        byHand = byHand + 1
        let counts = !held.contains(byHand) && (unit == .days || Make.law.isWorkingDay(byHand) == true)
        if counts { left -= 1 }
      }
      #expect(
        reckoner.dueDay(from: start, length, roll: .none, pauses: pauses) == byHand, "\(length) from \(start)"
      )
    }
  }

  // MARK: Rounds

  private static let status = Make.soundBook(
    Make.ruleFile(
      """
      fra = modtaget
      til = status
      længde = 4 uger
      ruller = frem
      gentages = ja
      eksempel = modtaget 2024-03-04, status 2024-03-25 → frist 2024-04-22
      eksempel = modtaget 2024-03-04 → frist 2024-04-02
      """))

  @Test func aRuleThatRepeatsStartsAgainAtEachStop() {
    let further: Further = [("status", "2024-04-25", nil), ("status", "2024-03-25", nil)]
    #expect(
      clocks(Self.status, ["modtaget": "2024-03-04"], further: further, now: "2024-04-26") == [
        "2024-03-04→2024-04-02 overholdt", "2024-03-25→2024-04-22 for-sent", "2024-04-25→2024-05-23 løber",
      ])
    // A closed case needs no further status.
    #expect(
      clocks(
        Self.status, ["modtaget": "2024-03-04", "status": "2024-03-25", "lukket": "2024-03-25"],
        now: "2024-04-26")
        == ["2024-03-04→2024-04-02 overholdt"])
  }

  @Test func aReopenedCaseRunsAnewWithItsFullLength() {
    let book = Make.soundBook(
      Make.ruleFile(
        """
        eksempel = modtaget 2024-03-04, besvaret 2024-03-12, genåbnet 2024-04-08 → frist 2024-04-17
        """))
    let events = ["modtaget": "2024-03-04", "besvaret": "2024-03-12", "genåbnet": "2024-04-08"]
    #expect(
      clocks(book, events, now: "2024-04-18") == [
        "2024-03-04→2024-03-13 overholdt", "2024-04-08→2024-04-17 overskredet",
      ])
    // Before the stop there is nothing to reopen.
    let early = ["modtaget": "2024-03-04", "besvaret": "2024-03-12", "genåbnet": "2024-03-06"]
    #expect(clocks(book, early, now: "2024-04-18") == ["2024-03-04→2024-03-13 overholdt"])
    // A case that was closed and opened again is open.
    let closed = events.merging(["lukket": "2024-03-12"]) { $1 }
    #expect(clocks(book, closed, now: "2024-04-18").last == "2024-04-08→2024-04-17 overskredet")
  }

  @Test func aSecondRemandIsASecondClock() {
    let book = Make.soundBook(
      Make.ruleFile(
        """
        fra = hjemvist
        til = afgjort
        eksempel = hjemvist 2024-03-04 → frist 2024-03-13
        """))
    let further: Further = [("hjemvist", "2024-05-06", nil), ("afgjort", "2024-03-11", nil)]
    #expect(
      clocks(book, ["hjemvist": "2024-03-04"], further: further, now: "2024-05-08") == [
        "2024-03-04→2024-03-13 overholdt", "2024-05-06→2024-05-16 snart",
      ])
  }

  @Test func eachAnnouncedDateIsADeadlineOfItsOwn() throws {
    let book = Make.soundBook(
      Make.ruleFile(
        """
        til = afgjort
        længde = 3 uger
        ruller = frem
        udsættelse = underrettet → ny_frist
        eksempel = modtaget 2024-03-04, underrettet 2024-03-20, ny_frist 2024-04-15, underrettet 2024-04-12, ny_frist 2024-05-06 → frist 2024-05-06
        eksempel = modtaget 2024-03-04, underrettet 2024-03-20, ny_frist 2024-04-15, underrettet 2024-04-16, ny_frist 2024-05-06 → frist 2024-04-15
        """))
    let events = ["modtaget": "2024-03-04", "underrettet": "2024-03-20", "ny_frist": "2024-04-15"]
    let further: Further = [
      ("underrettet", "2024-04-12", "2024-05-06"), ("underrettet", "2024-05-07", "2024-06-03"),
    ]
    let clock = try #require(
      Make.verdict(book, [:], events, further: further, now: "2024-05-08").clocks.first)
    let reckoning = try #require(clock.reckoning)
    #expect(reckoning.notices.map(\.due.description) == ["2024-04-15", "2024-05-06", "2024-05-06"])
    #expect(reckoning.due.description == "2024-05-06" && clock.state == .exceeded)
    #expect(reckoning.notice == .late(on: Make.moment("2024-05-07")))
  }

  @Test func hurtigstMuligtIsNeverDue() {
    let book = Make.soundBook(
      Make.ruleFile("længde = hurtigst muligt\neksempel = modtaget 2024-03-04 → løber den 2026-03-04"))
    #expect(clocks(book, ["modtaget": "2024-03-04"], now: "2026-03-04") == ["2024-03-04→- løber"])
    #expect(
      clocks(book, ["modtaget": "2024-03-04", "besvaret": "2025-03-04"], now: "2026-03-04") == [
        "2024-03-04→- overholdt"
      ])
    #expect(
      clocks(book, ["modtaget": "2024-03-04", "lukket": "2025-03-04"], now: "2026-03-04") == [
        "2024-03-04→- bortfaldet"
      ])
  }

  @Test func saturdayIsAHverdagWhereTheRuleSaysSo() {
    let saturday = Make.ruleFile(
      """
      længde = 6 hverdage
      hverdage = mandag-lørdag
      eksempel = modtaget 2024-12-02 → frist 2024-12-09
      eksempel = modtaget 2024-12-23 → frist 2025-01-04
      """)
    let friday = Make.ruleFile("længde = 6 hverdage\neksempel = modtaget 2024-12-02 → frist 2024-12-10")
    #expect(Make.book([("a.frist", saturday)]).problems == [])
    #expect(Make.book([("b.frist", friday)]).problems == [])
  }

  // MARK: Versions

  @Test func aCaseKeepsTheCalendarItBeganUnder() {
    let calendars = """
      [kalender by]
      helligdage = danske
      gyldig = .. 2024-04-30

      [kalender by]
      helligdage = danske
      lukket = 2024-05-10 lukkedag
      gyldig = 2024-05-01 ..

      """
    let rule = Make.ruleFile(
      "længde = 2 arbejdsdage\neksempel = modtaget 2024-05-08 → frist 2024-05-14\neksempel = modtaget 2024-04-30 → frist 2024-05-02"
    ).dropFirst(Make.lawSection.count)
    let book = Make.soundBook(calendars + rule)
    // Over the same 10 May: begun in April it is a working day, begun in May it is not.
    let long =
      calendars
      + rule.replacing("længde = 2 arbejdsdage", with: "længde = 7 arbejdsdage")
      .replacing("→ frist 2024-05-14", with: "→ frist 2024-05-22").replacing(
        "→ frist 2024-05-02", with: "→ frist 2024-05-10")
    #expect(Make.book([("a.frist", long)]).problems == [])
    #expect(book.calendars.count == 2)
  }

  @Test func aRoundThatBeginsUnderALaterVersionCountsByIt() {
    let second =
      "[frist svar]\nnavn = Svar\nhjemmel = x\nslags = løfte\nfra = modtaget\ntil = besvaret\nlængde = 2 arbejdsdage\n"
      + "gyldig = 2024-04-01 ..\neksempel = modtaget 2025-01-06 → frist 2025-01-08\n"
    let book = Make.soundBook(
      Make.ruleFile("gyldig = .. 2024-03-31\neksempel = modtaget 2024-03-04 → frist 2024-03-13") + second)
    let events = ["modtaget": "2024-03-04", "besvaret": "2024-03-12", "genåbnet": "2024-04-08"]
    #expect(
      clocks(book, events, now: "2024-04-09") == [
        "2024-03-04→2024-03-13 overholdt", "2024-04-08→2024-04-10 snart",
      ])
  }

  @Test func aCaseThatWasClosedUnansweredAndOpenedAgainRunsAgain() {
    let book = Make.soundBook(Make.ruleFile(""))
    let events = ["modtaget": "2024-03-04", "lukket": "2024-03-06", "genåbnet": "2024-04-08"]
    #expect(
      clocks(book, events, now: "2024-04-18") == [
        "2024-03-04→2024-03-13 bortfaldet", "2024-04-08→2024-04-17 overskredet",
      ])
    let repeating = [
      "modtaget": "2024-03-04", "status": "2024-03-25", "lukket": "2024-03-25", "genåbnet": "2024-04-08",
    ]
    #expect(clocks(Self.status, repeating, now: "2024-04-18").last == "2024-04-08→2024-05-06 løber")
  }

  @Test func aNoticeOfTheFirstRoundIsNoDoubtOfTheSecond() {
    let book = Make.soundBook(
      Make.ruleFile(
        "længde = 4 uger\nruller = frem\nudsættelse = underrettet → ny_frist\neksempel = modtaget 2026-01-05 → frist 2026-02-02"
      ))
    let events = [
      "modtaget": "2026-01-05", "underrettet": "2026-01-28", "ny_frist": "2026-02-20",
      "besvaret": "2026-02-18",
    ]
    #expect(
      clocks(book, events, further: [("modtaget", "2026-06-01", nil)], now: "2026-08-01") == [
        "2026-01-05→2026-02-20 overholdt", "2026-06-01→2026-06-29 overskredet",
      ])
    // A doubt in the second round is told, not dropped.
    let doubt = Make.verdict(
      book, [:],
      [
        "modtaget": "2026-01-05", "besvaret": "2026-01-20", "genåbnet": "2026-03-02",
        "ny_frist": "2026-02-31", "underrettet": "2026-03-10",
      ],
      now: "2026-03-20")
    #expect(doubt.clocks.map(\.state) == [.kept, .unclear])
  }

  @Test func aClosingBeforeTheStartClosedWhatCameBefore() {
    let book = Make.soundBook(Make.ruleFile(""))
    #expect(
      clocks(book, ["lukket": "2024-03-01", "modtaget": "2024-03-04"], now: "2024-03-20") == [
        "2024-03-04→2024-03-13 overskredet"
      ])
    let again = ["modtaget": "2024-03-04", "besvaret": "2024-03-12", "lukket": "2024-03-12"]
    #expect(
      clocks(book, again, further: [("modtaget", "2024-04-02", nil)], now: "2024-05-10").last
        == "2024-04-02→2024-04-11 overskredet")
    let sameDay = ["modtaget": "2024-03-04", "lukket": "2024-03-06", "genåbnet": "2024-03-06"]
    #expect(clocks(book, sameDay, now: "2024-03-20").last == "2024-03-06→2024-03-15 overskredet")
  }

  @Test func aReopeningOnTheDayOfTheStopIsOneRound() {
    let book = Make.soundBook(Make.ruleFile(""))
    let events = ["modtaget": "2024-03-04", "besvaret": "2024-03-12", "genåbnet": "2024-03-12"]
    #expect(
      clocks(book, events, now: "2024-03-13") == [
        "2024-03-04→2024-03-13 overholdt", "2024-03-12→2024-03-21 løber",
      ])
  }

  @Test func aClosingThatWasTakenBackBeforeTheStopEndedARound() {
    let events = [
      "modtaget": "2024-03-04", "lukket": "2024-03-06", "genåbnet": "2024-03-08", "status": "2024-03-25",
    ]
    #expect(
      clocks(Self.status, events, now: "2024-03-26") == [
        "2024-03-04→2024-04-02 bortfaldet", "2024-03-08→2024-04-05 overholdt", "2024-03-25→2024-04-22 løber",
      ])
  }

  @Test func aPauseThatLastsHoldsHoursAndAnnouncedDatesToo() {
    let hours = Make.soundBook(
      Make.ruleFile(
        """
        længde = 24 timer
        pause = bero_fra .. bero_til
        eksempel = modtaget 2024-05-08T09:00, bero_fra 2024-05-08T12:00 → i-bero den 2024-05-20
        """))
    #expect(hours.rules.count == 1)
    let extended = Make.soundBook(
      Make.ruleFile(
        """
        til = afgjort
        længde = 3 uger
        ruller = frem
        udsættelse = underrettet → ny_frist
        pause = bero_fra .. bero_til
        eksempel = modtaget 2024-03-04, underrettet 2024-03-20, ny_frist 2024-04-15, bero_fra 2024-04-10 → i-bero den 2024-05-20
        """))
    #expect(extended.rules.count == 1)
  }

  @Test func storeBededagCountsByItsDateNotByTheCase() throws {
    // Abolished from 1 January 2024: Friday 26 April 2024 is a working day, also for a case from 2023.
    let rule = Make.ruleFile(
      """
      længde = 100 arbejdsdage
      eksempel = modtaget 2023-12-01 → frist 2024-04-29
      eksempel = modtaget 2022-12-12 → frist 2023-05-08
      """)
    #expect(Make.book([("a.frist", rule)]).problems == [])
  }
}
