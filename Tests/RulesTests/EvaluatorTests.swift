import Rules
import TestSupport
import Testing

@Suite struct EvaluatorTests {
  /// Received Monday 4 March 2024, seven working days: due Wednesday 13 March.
  private let sevenDays = Make.soundBook(Make.ruleFile(""))
  private let extendable = Make.soundBook(
    Make.ruleFile(
      """
      til = afgjort
      længde = 3 uger
      ruller = frem
      udsættelse = underrettet → ny_frist
      eksempel = modtaget 2024-03-04 → frist 2024-03-25
      """))

  private func state(_ book: RuleBook, _ events: [String: String], now: String) -> String {
    Make.verdict(book, [:], events, now: now).clocks.map(\.state.rawValue).joined(separator: ",")
  }

  @Test(
    arguments: [
      ("2024-03-04", nil, nil, "løber"), ("2024-03-05", nil, nil, "løber"),
      // Five working days before the 13th is the 6th: from then on it is soon.
      ("2024-03-06", nil, nil, "snart"), ("2024-03-13", nil, nil, "snart"),
      ("2024-03-13T23:59", nil, nil, "snart"),
      ("2024-03-14", nil, nil, "overskredet"), ("2024-03-14T00:00", nil, nil, "overskredet"),
      ("2024-03-20", "2024-03-13", nil, "overholdt"), ("2024-03-20", "2024-03-13T23:59", nil, "overholdt"),
      ("2024-03-20", "2024-03-14", nil, "for-sent"), ("2024-03-20", "2024-03-04", nil, "overholdt"),
      ("2024-03-20", "2024-03-01", nil, "uafklaret"), ("2024-03-20", nil, "2024-03-08", "bortfaldet"),
      ("2024-03-20", "2024-03-14", "2024-03-15", "for-sent"),
      // What is dated after now has not happened.
      ("2024-03-12", "2024-03-13", nil, "snart"), ("2024-03-20", nil, "2024-03-21", "overskredet"),
      ("2024-03-20", "2024-02-30", nil, "uafklaret"), ("2024-03-20", nil, "snart", "uafklaret"),
    ] as [(String, String?, String?, String)])
  func states(now: String, answered: String?, closed: String?, expected: String) {
    var events = ["modtaget": "2024-03-04"]
    events["besvaret"] = answered
    events["lukket"] = closed
    #expect(state(sevenDays, events, now: now) == expected)
  }

  @Test func aStartThatIsToComeHasNoClockAndIsListed() {
    let verdict = Make.verdict(sevenDays, [:], ["modtaget": "2024-03-05"], now: "2024-03-04")
    #expect(verdict.clocks.isEmpty)
    #expect(verdict.coverage == .covered(waiting: 1))
    #expect(verdict.future.map(\.event) == ["modtaget"])
  }

  @Test func noDateAtAllIsUnclearButAWaitingRuleIsNot() {
    let nothing = Make.verdict(sevenDays, [:], [:], now: "2024-03-04")
    #expect(nothing.clocks.map(\.course) == [.unclear(.noDates)])
    let waiting = Make.verdict(
      Make.soundBook(Make.ruleFile("fra = oversendt\neksempel = oversendt 2024-12-23 → frist 2025-01-08")),
      [:],
      ["modtaget": "2024-03-01"], now: "2024-03-04")
    #expect(waiting.clocks.isEmpty)
    #expect(waiting.coverage == .covered(waiting: 1))
  }

  @Test func aCaseThatNoRuleFitsIsCounted() {
    let book = Make.soundBook(Make.ruleFile("gælder = type: klage"))
    #expect(
      Make.verdict(book, [.type: "andet"], ["modtaget": "2024-03-01"], now: "2024-03-04").coverage
        == .unmatched)
    let expired = Make.soundBook(Make.ruleFile("gyldig = .. 2024-12-31"))
    #expect(Make.verdict(expired, [:], ["modtaget": "2025-03-03"], now: "2025-03-04").coverage == .unmatched)
  }

  @Test(
    arguments: [
      // Due 25 March. Notice on the due day with a new date moves it; Friday 29 March was langfredag, so it
      // rolls.
      ("2024-03-25", "2024-04-15", "2024-04-15", "timely"),
      ("2024-03-25", "2024-03-29", "2024-04-02", "timely"),
      ("2024-03-26", "2024-04-15", "2024-03-25", "late"), ("2024-03-20", nil, "2024-03-25", "dateless"),
      // Never earlier than the original.
      ("2024-03-20", "2024-03-22", "2024-03-25", "timely"),
    ] as [(String, String?, String, String)])
  func extensions(notice: String, newDate: String?, due: String, standing: String) throws {
    var events = ["modtaget": "2024-03-04", "underrettet": notice]
    events["ny_frist"] = newDate
    let clock = try #require(Make.verdict(extendable, [:], events, now: "2024-03-27").clocks.first)
    let reckoning = try #require(clock.reckoning)
    #expect(reckoning.due.description == due)
    #expect(reckoning.originalDue.description == "2024-03-25")
    switch (reckoning.notice, standing) {
    case (.timely, "timely"), (.late, "late"), (.withoutDate, "dateless"): break
    default: Issue.record("\(reckoning.notice)")
    }
  }

  @Test func aNoticeThatIsToComeMovesNothingAndItsNewDateIsNoProblem() throws {
    let events = ["modtaget": "2024-03-04", "underrettet": "2024-03-25", "ny_frist": "2024-04-15"]
    let verdict = Make.verdict(extendable, [:], events, now: "2024-03-24")
    #expect(verdict.clocks.first?.reckoning?.due.description == "2024-03-25")
    #expect(verdict.future.map(\.event) == ["underrettet"])
  }

  @Test func withoutARollTheNewDateRollsForward() throws {
    let book = Make.soundBook(Make.ruleFile("udsættelse = underrettet → ny_frist"))
    let events = ["modtaget": "2024-03-04", "underrettet": "2024-03-11", "ny_frist": "2024-03-30"]
    #expect(
      Make.verdict(book, [:], events, now: "2024-03-12").clocks.first?.reckoning?.due.description
        == "2024-04-02")
  }

  @Test func aNoticeBeforeTheStartIsUnclear() {
    let events = ["modtaget": "2024-03-04", "underrettet": "2024-03-01", "ny_frist": "2024-04-15"]
    #expect(state(extendable, events, now: "2024-03-20") == "uafklaret")
  }

  @Test func ofSeveralStopsTheEarliestCounts() {
    let book = Make.soundBook(Make.ruleFile("til = besvaret, afvist"))
    let events = ["modtaget": "2024-03-04", "besvaret": "2024-03-15", "afvist": "2024-03-12"]
    #expect(state(book, events, now: "2024-03-20") == "overholdt")
    #expect(state(book, events, now: "2024-03-11") == "snart")
  }

  @Test func onTheStartDayAnEarlierHourIsBeforeTheStart() {
    #expect(
      state(sevenDays, ["modtaget": "2024-03-04T12:00", "besvaret": "2024-03-04T11:00"], now: "2024-03-20")
        == "uafklaret")
    #expect(
      state(sevenDays, ["modtaget": "2024-03-04T12:00", "besvaret": "2024-03-04"], now: "2024-03-20")
        == "overholdt")
  }

  @Test(arguments: [
    ("2024-05-08T09:30", "2024-05-09T09:29", "snart"), ("2024-05-08T09:30", "2024-05-09T09:30", "snart"),
    ("2024-05-08T09:30", "2024-05-09T09:31", "overskredet"),
    // Without a time of day the start is read at its midnight, and a day without a time is over.
    ("2024-05-08", "2024-05-09T00:00", "snart"), ("2024-05-08", "2024-05-09T00:01", "overskredet"),
    ("2024-05-08T09:30", "2024-05-09", "overskredet"),
  ])
  func hours(received: String, now: String, expected: String) {
    let book = Make.soundBook(
      Make.ruleFile("længde = 24 timer\neksempel = modtaget 2024-05-08T09:30 → frist 2024-05-09T09:30"))
    #expect(state(book, ["modtaget": received], now: now) == expected)
  }

  @Test func whoWasToldOfADelay() throws {
    let book = Make.soundBook(
      Make.ruleFile(
        "ved-overskridelse = borger: borger_orienteret\nved-overskridelse = rådgiver: rådgiver_orienteret"))
    let events = ["modtaget": "2024-03-04", "borger_orienteret": "2024-03-14"]
    let reckoning = try #require(Make.verdict(book, [:], events, now: "2024-03-20").clocks.first?.reckoning)
    #expect(reckoning.disclosed == [Make.moment("2024-03-14"), nil])
  }

  @Test func aDisclosureThatCannotBeReadProvesNothingAndHidesNothing() throws {
    let book = Make.soundBook(Make.ruleFile("ved-overskridelse = borger: borger_orienteret"))
    let clock = try #require(
      Make.verdict(book, [:], ["modtaget": "2024-03-04", "borger_orienteret": "ja"], now: "2024-03-20").clocks
        .first)
    #expect(clock.state == .exceeded)
    #expect(clock.reckoning?.disclosed == [nil])
  }

  @Test func ofSeveralVersionsWithoutAStartOneSpeaks() {
    let second =
      "[frist svar]\nnavn = Svar\nhjemmel = x\nslags = løfte\nfra = modtaget\ntil = besvaret\nlængde = 2 arbejdsdage\n"
      + "gyldig = 2025-01-01 ..\neksempel = modtaget 2025-01-06 → frist 2025-01-08\n"
    let book = Make.soundBook(Make.ruleFile("gyldig = .. 2024-12-31") + second)
    #expect(Make.verdict(book, [:], [:], now: "2025-01-02").clocks.count == 1)
    #expect(Make.verdict(book, [:], ["modtaget": "2025-02-30"], now: "2025-01-02").clocks.count == 1)
  }

  @Test func aDueDayOutsideTheCalendarIsUnclear() {
    #expect(state(sevenDays, ["modtaget": "2199-12-30"], now: "2199-12-31") == "uafklaret")
  }
}

@Suite struct FieldTests {
  @Test func everyFieldHasAPlaceOfItsOwn() {
    #expect(Field.allCases.map(\.index) == Array(Field.allCases.indices))
  }
}
