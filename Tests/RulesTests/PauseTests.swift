import Rules
import TestSupport
import Testing

@Suite struct PauseTests {
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
    #expect(Rounds.clocks(Self.pausedDays, events, now: "2024-04-20") == ["2024-03-04→\(due) overskredet"])
  }

  @Test(arguments: [
    // Seven working days from 4 March: 13 March. Friday 8 and the weekend are paused: one working day lost.
    ("2024-03-08", "2024-03-11", "2024-03-14"), ("2024-03-09", "2024-03-11", "2024-03-13"),
    ("2024-03-05", "2024-03-12", "2024-03-20"), ("2024-03-01", "2024-03-05", "2024-03-13"),
  ])
  func pausedWorkingDaysAreCountedOn(from: String, until: String, due: String) {
    let events = ["modtaget": "2024-03-04", "bero_fra": from, "bero_til": until]
    #expect(
      Rounds.clocks(Self.pausedWorkingDays, events, now: "2024-04-20") == ["2024-03-04→\(due) overskredet"])
  }

  @Test func aPauseThatLastsHoldsTheClock() {
    let events = ["modtaget": "2024-03-04", "bero_fra": "2024-03-08"]
    #expect(Rounds.clocks(Self.pausedDays, events, now: "2024-03-10") == ["2024-03-04→2024-03-21 i-bero"])
    #expect(Rounds.clocks(Self.pausedDays, events, now: "2024-05-10") == ["2024-03-04→2024-05-21 i-bero"])
    // What was exceeded before the pause stays exceeded.
    #expect(
      Rounds.clocks(Self.pausedDays, ["modtaget": "2024-03-04", "bero_fra": "2024-03-20"], now: "2024-05-10")
        == ["2024-03-04→2024-03-18 overskredet"])
    // A stop ends the clock, paused or not.
    let stopped = events.merging(["besvaret": "2024-03-14"]) { $1 }
    #expect(Rounds.clocks(Self.pausedDays, stopped, now: "2024-05-10") == ["2024-03-04→2024-03-25 overholdt"])
  }

  @Test func anEndWithoutABeginningIsUnclear() {
    let events = ["modtaget": "2024-03-04", "bero_fra": "2024-03-08", "bero_til": "2024-03-06"]
    #expect(
      Rounds.clocks(Self.pausedDays, events, now: "2024-03-10").first?.hasPrefix("pauseWithoutStart") == true)
  }

  @Test func severalPausesComeThroughTheEventsFile() {
    let further: Rounds.Further = [("bero_fra", "2024-03-13", nil), ("bero_til", "2024-03-15", nil)]
    let events = ["modtaget": "2024-03-04", "bero_fra": "2024-03-08", "bero_til": "2024-03-11"]
    #expect(
      Rounds.clocks(Self.pausedDays, events, further: further, now: "2024-04-20") == [
        "2024-03-04→2024-03-25 overskredet"
      ])
  }

  /// Days of March, as a register writes them: `+` begins a pause, `-` ends one.
  @Test(arguments: [
    ("+5 -10", "5-10"), ("+5 +8 -10 -15", "5-15"), ("+5 +8 -10 -20", "5-20"), ("+5 -10 +10 -12", "5-12"),
    ("+5 +8 -10", "5-10"), ("+5 +8 -10 +12 -15", "5-10 12-15"), ("+5 +8 -10 +12", "5-10 12-"),
    ("+5 -10 -10", "5-10"), ("+5 +5 -10", "5-10"), ("+5 -10 -10 +12 +13 -15", "5-10 12-15"),
    ("+5 +10 -10", "5-"), ("+5 +8 -10 +12 -15 -18", "5-18"), ("+5", "5-"), ("+5 +8", "5-"),
    ("+5 +8 +9 -11 -12", "5-12"), ("+8 -8", "8-8"), ("+5 +8 -12 -15 +20", "5-15 20-"),
    ("+1 +2 +3 -4 -5 +6 +7", "1-5 6-"), ("+5 +8 -10 +12 +13 -15", "5-10 12-15"),
  ])
  func theUnionOfWhatIsWritten(written: String, pauses: String) throws {
    let words = written.split(separator: " ")
    func days(_ sign: Character) -> [CivilMoment] {
      words.filter { $0.first == sign }.map {
        Make.moment("2024-03-\($0.count == 2 ? "0" : "")\($0.dropFirst())")
      }
    }
    let found = try Pauses(from: days("+"), until: days("-"), now: Now(Make.moment("2024-03-31")))
    let text = found.all.map { pause in
      "\(pause.from.date.components.day)-" + (pause.until.map { "\($0.date.components.day)" } ?? "")
    }
    #expect(text.joined(separator: " ") == pauses)
  }

  /// The end of the second pause is known and still to come, so the second beginning is one.
  @Test func anEndThatIsAnnouncedKeepsItsPauseOpen() {
    let further: Rounds.Further = [("bero_fra", "2024-03-08", nil), ("bero_til", "2024-03-20", nil)]
    let events = ["modtaget": "2024-03-04", "bero_fra": "2024-03-06", "bero_til": "2024-03-11"]
    let clocks = Rounds.clocks(Self.pausedDays, events, further: further, now: "2024-03-15")
    #expect(clocks.first?.hasSuffix("i-bero") == true, "\(clocks)")
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

  @Test func aFinishedRoundStaysAsItWas() {
    // A pause that began after the answer, one that was never ended, a notice after the answer: all without
    // effect.
    let paused = ["modtaget": "2024-03-04", "besvaret": "2024-03-07", "bero_fra": "2024-03-08"]
    #expect(Rounds.clocks(Self.pausedDays, paused, now: "2024-05-20") == ["2024-03-04→2024-03-18 overholdt"])
    let open = ["modtaget": "2024-03-04", "besvaret": "2024-03-12", "bero_fra": "2024-03-08"]
    #expect(Rounds.clocks(Self.pausedDays, open, now: "2024-05-20") == ["2024-03-04→2024-03-22 overholdt"])
    let extendable = Make.soundBook(Make.ruleFile("udsættelse = underrettet → ny_frist"))
    let told = [
      "modtaget": "2024-03-04", "besvaret": "2024-03-06", "underrettet": "2024-03-08",
      "ny_frist": "2024-05-01",
    ]
    #expect(Rounds.clocks(extendable, told, now: "2024-05-20") == ["2024-03-04→2024-03-13 overholdt"])
  }

  @Test func aPauseOfTheRoundBeforeDoesNotHoldTheNext() {
    let events = [
      "modtaget": "2024-03-04", "bero_fra": "2024-03-08", "lukket": "2024-03-12", "genåbnet": "2024-04-02",
    ]
    #expect(
      Rounds.clocks(Self.pausedDays, events, now: "2024-05-20").last == "2024-04-02→2024-04-16 overskredet")
  }
}
