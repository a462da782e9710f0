import Rules
import TestSupport
import Testing

/// Short forms of what a case's clocks came to.
enum Rounds {
  typealias Further = [(event: String, date: String, newDate: String?)]

  /// `start→due state` of each clock.
  static func clocks(
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
}

/// Repetitions, reopened cases, second starts and chains of notices.
@Suite struct RoundTests {
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
    let further: Rounds.Further = [("status", "2024-04-25", nil), ("status", "2024-03-25", nil)]
    #expect(
      Rounds.clocks(Self.status, ["modtaget": "2024-03-04"], further: further, now: "2024-04-26") == [
        "2024-03-04→2024-04-02 overholdt", "2024-03-25→2024-04-22 for-sent", "2024-04-25→2024-05-23 løber",
      ])
    // A closed case needs no further status.
    #expect(
      Rounds.clocks(
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
      Rounds.clocks(book, events, now: "2024-04-18") == [
        "2024-03-04→2024-03-13 overholdt", "2024-04-08→2024-04-17 overskredet",
      ])
    // Before the stop there is nothing to reopen.
    let early = ["modtaget": "2024-03-04", "besvaret": "2024-03-12", "genåbnet": "2024-03-06"]
    #expect(Rounds.clocks(book, early, now: "2024-04-18") == ["2024-03-04→2024-03-13 overholdt"])
    // A case that was closed and opened again is open.
    let closed = events.merging(["lukket": "2024-03-12"]) { $1 }
    #expect(Rounds.clocks(book, closed, now: "2024-04-18").last == "2024-04-08→2024-04-17 overskredet")
  }

  @Test func aSecondRemandIsASecondClock() {
    let book = Make.soundBook(
      Make.ruleFile(
        """
        fra = hjemvist
        til = afgjort
        eksempel = hjemvist 2024-03-04 → frist 2024-03-13
        """))
    let further: Rounds.Further = [("hjemvist", "2024-05-06", nil), ("afgjort", "2024-03-11", nil)]
    #expect(
      Rounds.clocks(book, ["hjemvist": "2024-03-04"], further: further, now: "2024-05-08") == [
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
    let further: Rounds.Further = [
      ("underrettet", "2024-04-12", "2024-05-06"), ("underrettet", "2024-05-07", "2024-06-03"),
    ]
    let clock = try #require(
      Make.verdict(book, [:], events, further: further, now: "2024-05-08").clocks.first)
    let reckoning = try #require(clock.reckoning)
    #expect(reckoning.notices.map(\.due.description) == ["2024-04-15", "2024-05-06", "2024-05-06"])
    #expect(reckoning.due.description == "2024-05-06" && clock.state == .exceeded)
    #expect(
      reckoning.notice == .late(on: Make.moment("2024-05-07"), reckoning.promise)
        && reckoning.promise?.told == Make.date("2024-06-03"))
  }

  @Test func hurtigstMuligtIsNeverDue() {
    let book = Make.soundBook(
      Make.ruleFile("længde = hurtigst muligt\neksempel = modtaget 2024-03-04 → løber den 2026-03-04"))
    #expect(Rounds.clocks(book, ["modtaget": "2024-03-04"], now: "2026-03-04") == ["2024-03-04→- løber"])
    #expect(
      Rounds.clocks(book, ["modtaget": "2024-03-04", "besvaret": "2025-03-04"], now: "2026-03-04") == [
        "2024-03-04→- overholdt"
      ])
    #expect(
      Rounds.clocks(book, ["modtaget": "2024-03-04", "lukket": "2025-03-04"], now: "2026-03-04") == [
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
      Rounds.clocks(book, events, now: "2024-04-09") == [
        "2024-03-04→2024-03-13 overholdt", "2024-04-08→2024-04-10 snart",
      ])
  }

  @Test func aCaseThatWasClosedUnansweredAndOpenedAgainRunsAgain() {
    let book = Make.soundBook(Make.ruleFile(""))
    let events = ["modtaget": "2024-03-04", "lukket": "2024-03-06", "genåbnet": "2024-04-08"]
    #expect(
      Rounds.clocks(book, events, now: "2024-04-18") == [
        "2024-03-04→2024-03-13 bortfaldet", "2024-04-08→2024-04-17 overskredet",
      ])
    let repeating = [
      "modtaget": "2024-03-04", "status": "2024-03-25", "lukket": "2024-03-25", "genåbnet": "2024-04-08",
    ]
    #expect(Rounds.clocks(Self.status, repeating, now: "2024-04-18").last == "2024-04-08→2024-05-06 løber")
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
      Rounds.clocks(book, events, further: [("modtaget", "2026-06-01", nil)], now: "2026-08-01") == [
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
      Rounds.clocks(book, ["lukket": "2024-03-01", "modtaget": "2024-03-04"], now: "2024-03-20") == [
        "2024-03-04→2024-03-13 overskredet"
      ])
    let again = ["modtaget": "2024-03-04", "besvaret": "2024-03-12", "lukket": "2024-03-12"]
    #expect(
      Rounds.clocks(book, again, further: [("modtaget", "2024-04-02", nil)], now: "2024-05-10").last
        == "2024-04-02→2024-04-11 overskredet")
    let sameDay = ["modtaget": "2024-03-04", "lukket": "2024-03-06", "genåbnet": "2024-03-06"]
    #expect(Rounds.clocks(book, sameDay, now: "2024-03-20").last == "2024-03-06→2024-03-15 overskredet")
  }

  /// m: modtaget, b: besvaret, l: lukket, g: genåbnet; histories that an adversary found.
  @Test(
    arguments: [
      // A start after a closing began a round, and a later stop is of that round.
      (
        ["modtaget": "2026-03-02", "lukket": "2026-03-10", "besvaret": "2026-04-10"],
        [("modtaget", "2026-04-01", nil)],
        ["2026-03-02→2026-03-11 bortfaldet", "2026-04-01→2026-04-15 overholdt"]
      ),
      // The same stop written twice ends one round.
      (
        ["modtaget": "2026-03-02", "besvaret": "2026-03-10", "genåbnet": "2026-03-10"],
        [("besvaret", "2026-03-10", nil)],
        ["2026-03-02→2026-03-11 overholdt", "2026-03-10→2026-03-19 overskredet"]
      ),
      // A stop after the closing still counts, where the case did not begin again.
      (
        ["modtaget": "2026-03-02", "lukket": "2026-03-06", "besvaret": "2026-04-10"], [],
        ["2026-03-02→2026-03-11 for-sent"]
      ),
      // Closed on the day of a second start: that round is closed.
      (
        ["modtaget": "2026-03-02", "besvaret": "2026-03-10", "lukket": "2026-04-01"],
        [("modtaget", "2026-04-01", nil)],
        ["2026-03-02→2026-03-11 overholdt", "2026-04-01→2026-04-15 bortfaldet"]
      ),
      // Answered an hour after the closing, and opened again that day.
      (
        [
          "modtaget": "2026-03-02", "lukket": "2026-03-06T09:00", "besvaret": "2026-03-06T10:00",
          "genåbnet": "2026-03-06",
        ], [],
        ["2026-03-02→2026-03-11 overholdt", "2026-03-06→2026-03-17 overskredet"]
      ),
    ] as [([String: String], Rounds.Further, [String])])
  func histories(events: [String: String], further: Rounds.Further, expected: [String]) {
    #expect(
      Rounds.clocks(Make.soundBook(Make.ruleFile("")), events, further: further, now: "2026-05-01")
        == expected)
  }

  @Test func aReopeningOnTheDayOfTheStopIsOneRound() {
    let book = Make.soundBook(Make.ruleFile(""))
    let events = ["modtaget": "2024-03-04", "besvaret": "2024-03-12", "genåbnet": "2024-03-12"]
    #expect(
      Rounds.clocks(book, events, now: "2024-03-13") == [
        "2024-03-04→2024-03-13 overholdt", "2024-03-12→2024-03-21 løber",
      ])
  }

  @Test func aClosingThatWasTakenBackBeforeTheStopEndedARound() {
    let events = [
      "modtaget": "2024-03-04", "lukket": "2024-03-06", "genåbnet": "2024-03-08", "status": "2024-03-25",
    ]
    #expect(
      Rounds.clocks(Self.status, events, now: "2024-03-26") == [
        "2024-03-04→2024-04-02 bortfaldet", "2024-03-08→2024-04-05 overholdt", "2024-03-25→2024-04-22 løber",
      ])
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
