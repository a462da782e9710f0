import Rules
import TestSupport
import Testing

/// What was told, and what becomes of it when the register says something else.
@Suite struct LedgerTests {
  private static let book = Make.soundBook(
    Make.ruleFile(
      """
      pause = bero_fra .. bero_til
      udsættelse = underrettet → ny_frist
      """))

  /// The ledger after a pass over one case with these events, each pass an entry; the start is 4 March, the due day 13 March.
  private func passes(_ days: [(now: String, events: [String: String]?)]) -> [Ledger] {
    var ledgers: [Ledger] = []
    for (now, events) in days {
      var pass = LedgerPass(ledgers.last, now: Make.now(now))
      if let events {
        for clock in Make.verdict(Self.book, [:], events, now: now).clocks {
          pass.take(clock, department: "Jobcenter", .unseen)
        }
      }
      ledgers.append(pass.finish())
    }
    return ledgers
  }

  private static let received = ["modtaget": "2024-03-04"]

  private static func received(_ more: [String: String]) -> [String: String] {
    received.merging(more) { $1 }
  }

  private static let exceeded = Reading(.exceeded, due: Make.moment("2024-03-13"))

  @Test(
    arguments: [
      // Answered after the due day, or given up: something happened, and the verdict stands.
      (received(["besvaret": "2024-03-15"]), "settled for-sent"),
      (received(["lukket": "2024-03-15"]), "settled bortfaldet"),
      // Each of these says that it never was exceeded.
      (received(["besvaret": "2024-03-13"]), "changed overholdt"),
      (received(["lukket": "2024-03-12"]), "changed bortfaldet"),
      (received(["underrettet": "2024-03-12", "ny_frist": "2024-04-10"]), "changed løber"),
      (received(["bero_fra": "2024-03-11"]), "changed i-bero"),
      (received(["besvaret": "2024-03-01"]), "changed uafklaret"),
      (["modtaget": "2024-03-06"], "changed løber"),
      (["modtaget": "2024-03-06", "besvaret": "2024-03-14"], "changed overholdt"),
      (nil, "changed væk"),
      // A register that holds only the latest round: the next one began after the old one was due.
      (["modtaget": "2024-03-18"], "settled afløst"),
      // Nothing changed.
      (received, "exceeded"),
      (received(["underrettet": "2024-03-14", "ny_frist": "2024-04-10"]), "exceeded"),
    ] as [([String: String]?, String)])
  func whatBecomesOfAnExceededClock(events: [String: String]?, expected: String) throws {
    let isCorrected = events?["modtaget"] == "2024-03-06"
    // On the 14th a start of the 6th is not due yet, so what is left is the old clock that reads as the new one.
    let ledger = passes([("2024-03-14", Self.received), (isCorrected ? "2024-03-14" : "2024-03-19", events)])
      .last
    let told = try #require(
      ledger?.clocks.values.first { $0.identity.start == Make.moment("2024-03-04") })
    switch told.verdict {
    case .pending: Issue.record("pending")
    case .exceeded(let since): #expect(expected == "exceeded" && since == Make.moment("2024-03-14"))
    case .settled(let reading, _): #expect(expected == "settled \(reading.standing.rawValue)")
    case .changed(let from, let to, _):
      #expect(expected == "changed \(to.standing.rawValue)")
      #expect(from == Self.exceeded)
    }
    // Of a clock that is gone nobody can tell any more who may hear.
    let isGone = isCorrected || ["væk", "uafklaret", "afløst"].contains { expected.hasSuffix($0) }
    #expect(told.mayReachDepartment == !isGone)
  }

  @Test func aLateAnswerThatIsDatedBackLaterIsListedWithTheLateReading() throws {
    let ledger = passes([
      ("2024-03-14", Self.received), ("2024-03-18", Self.received(["besvaret": "2024-03-15"])),
      ("2024-03-20", Self.received(["besvaret": "2024-03-15"])),
      ("2024-05-20", Self.received(["besvaret": "2024-03-12"])),
      ("2024-05-21", Self.received(["besvaret": "2024-03-12"])),
    ])
    let last = try #require(ledger.last?.clocks.values.first)
    let (due, late, kept) = (
      Make.moment("2024-03-13"), Make.moment("2024-03-15"), Make.moment("2024-03-12")
    )
    #expect(
      last.verdict
        == .changed(
          from: Reading(.late, due: due, at: late), to: Reading(.kept, due: due, at: kept),
          seen: Make.moment("2024-05-20")))
    #expect(
      ledger[2].clocks.values.first?.verdict
        == .settled(Reading(.late, due: due, at: late), seen: Make.moment("2024-03-18")))
  }

  @Test func aFinishedCaseThatLeavesTheRegisterIsNoChange() throws {
    let ledger = passes([
      ("2024-03-14", Self.received), ("2024-03-18", Self.received(["besvaret": "2024-03-15"])),
      ("2024-06-20", nil),
    ])
    #expect(ledger[1].clocks.values.first?.verdict == ledger[2].clocks.values.first?.verdict)
  }

  @Test func whatIsExceededAgainIsNewAgain() throws {
    let ledger = passes([
      ("2024-03-14", Self.received), ("2024-03-15", Self.received(["besvaret": "2024-03-13"])),
      ("2024-03-18", Self.received),
    ])
    #expect(ledger.last?.clocks.values.first?.verdict == .exceeded(since: Make.moment("2024-03-18")))
  }

  @Test func theSamePassTwiceIsTheSameLedger() {
    let once = passes([
      ("2024-03-14", Self.received), ("2024-03-19", Self.received(["besvaret": "2024-03-13"])),
    ])
    let twice = passes([
      ("2024-03-14", Self.received), ("2024-03-19", Self.received(["besvaret": "2024-03-13"])),
      ("2024-03-19", Self.received(["besvaret": "2024-03-13"])),
    ])
    #expect(once.last == twice.last)
  }

  @Test func whatIsOverIsForgottenAfterThreeYears() {
    let settled = passes([
      ("2024-03-14", Self.received), ("2024-03-18", Self.received(["besvaret": "2024-03-15"])),
      ("2027-03-18", nil), ("2027-04-20", nil),
    ])
    #expect(settled[2].clocks.count == 1 && settled[3].clocks.isEmpty)
  }

  @Test func aCaseInTwoRowsIsExceededWhereOneOfThemIs() {
    var pass = LedgerPass(nil, now: Make.now("2024-03-14"))
    for events in [Self.received, Self.received(["besvaret": "2024-03-13"])] {
      for clock in Make.verdict(Self.book, [:], events, now: "2024-03-14").clocks {
        pass.take(clock, department: "Jobcenter", .unseen)
      }
    }
    #expect(pass.finish().clocks.values.map(\.verdict) == [.exceeded(since: Make.moment("2024-03-14"))])
  }

  @Test(arguments: [
    ("2024-12-30", 1), ("2024-12-29", 52), ("2021-01-01", 53), ("2021-01-04", 1), ("2020-12-31", 53),
    ("2023-06-14", 24), ("2026-01-01", 1), ("2027-01-01", 53),
  ])
  func weeks(day: String, number: Int) {
    #expect(Make.date(day).isoWeek == number)
    #expect(Make.date(day).monday.weekday == .monday && Make.date(day) - Make.date(day).monday < 7)
  }
}
