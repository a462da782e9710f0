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

  /// The ledger after a pass over one case with these events, each pass an entry; the start is 4 March, the
  /// due day 13 March.
  private func passes(_ days: [(now: String, events: [String: String]?)]) -> [Ledger] {
    var ledgers: [Ledger] = []
    for (now, events) in days {
      var pass = LedgerPass(ledgers.last, now: Make.now(now))
      if let events {
        for clock in Make.verdict(Self.book, [:], events, now: now).clocks {
          pass.take(clock, department: "Jobcenter", .unseen)
        }
      }
      ledgers.append(pass.finish().ledger)
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
      (received(["besvaret": "2024-03-15"]), "ended for-sent"),
      (received(["lukket": "2024-03-15"]), "ended bortfaldet"),
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
      (["modtaget": "2024-03-18"], "ended afløst"),
      // Still exceeded, but by another number of days.
      (received(["bero_fra": "2024-03-06", "bero_til": "2024-03-07"]), "changed overskredet"),
      (["modtaget": "2024-03-05"], "changed flyttet"),
      // Nothing changed.
      (received, "exceeded"),
      (received(["underrettet": "2024-03-14", "ny_frist": "2024-04-10"]), "exceeded"),
    ] as [([String: String]?, String)])
  func whatBecomesOfAnExceededClock(events: [String: String]?, expected: String) throws {
    let isCorrected = events?["modtaget"] == "2024-03-06"
    // On the 14th a start of the 6th is not due yet, so what is left is the old clock that reads as the new
    // one.
    let ledger = passes([("2024-03-14", Self.received), (isCorrected ? "2024-03-14" : "2024-03-19", events)])
      .last
    let told = try #require(
      ledger?.sorted.first { $0.identity.start == Make.moment("2024-03-04") })
    switch (told.verdict, told.change) {
    case (.pending, _): Issue.record("pending")
    case (.exceeded(let since), nil):
      #expect(expected == "exceeded" && since == Make.moment("2024-03-14"))
    case (.exceeded, let change?): #expect(expected == "changed \(change.to.standing.rawValue)")
    case (.ended(let reading, _, let since), nil):
      #expect(expected == "ended \(reading.standing.rawValue)" && since == Make.moment("2024-03-14"))
    case (.ended(let reading, let seen, _), let change?):
      #expect(expected == "changed \(reading.standing.rawValue)")
      #expect(change == VerdictChange(from: Self.exceeded, to: reading, seen: seen))
    }
    #expect(told.mayReachDepartment == (events != nil))
  }

  @Test func aLateAnswerThatIsDatedBackLaterIsListedWithTheLateReading() throws {
    let ledger = passes([
      ("2024-03-14", Self.received), ("2024-03-18", Self.received(["besvaret": "2024-03-15"])),
      ("2024-03-20", Self.received(["besvaret": "2024-03-15"])),
      ("2024-05-20", Self.received(["besvaret": "2024-03-12"])),
      ("2024-05-21", Self.received(["besvaret": "2024-03-12"])),
    ])
    let last = try #require(ledger.last?.sorted.first)
    let (due, late, kept) = (
      Make.moment("2024-03-13"), Make.moment("2024-03-15"), Make.moment("2024-03-12")
    )
    let (lateReading, keptReading) = (
      Reading(.late, due: due, at: late), Reading(.kept, due: due, at: kept)
    )
    #expect(
      last.change == VerdictChange(from: lateReading, to: keptReading, seen: Make.moment("2024-05-20")))
    let since = Make.moment("2024-03-14")
    #expect(
      ledger[2].sorted.first?.verdict
        == .ended(lateReading, seen: Make.moment("2024-03-18"), since: since))
    #expect(ledger[2].sorted.first?.change == nil)
  }

  @Test func aFinishedCaseThatLeavesTheRegisterIsNoChange() throws {
    let ledger = passes([
      ("2024-03-14", Self.received), ("2024-03-18", Self.received(["besvaret": "2024-03-15"])),
      ("2024-06-20", nil),
    ])
    #expect(ledger[1].sorted.first?.verdict == ledger[2].sorted.first?.verdict)
  }

  /// Whoever enters an answer and takes it away again makes no new deadline, but both are changes of what was
  /// told.
  @Test func aChangeThatIsTakenBackIsAChangeAndNoNews() throws {
    let told = try #require(
      passes([
        ("2024-03-14", Self.received), ("2024-03-15", Self.received(["besvaret": "2024-03-13"])),
        ("2024-03-18", Self.received),
      ]).last?.sorted.first)
    #expect(told.verdict == .exceeded(since: Make.moment("2024-03-14")))
    #expect(told.change?.from.standing == .kept && told.change?.to == Self.exceeded)
    #expect(told.change?.seen == Make.moment("2024-03-18"))
  }

  /// A date that was announced afterwards passes too: that is news, and the change before it is not
  /// forgotten.
  @Test func aNewDayThatPassesIsNewAndTheChangeStays() throws {
    let moved = Self.received(["underrettet": "2024-03-13", "ny_frist": "2024-03-18"])
    let ledgers = passes([("2024-03-14", Self.received), ("2024-03-15", moved), ("2024-03-19", moved)])
    let told = try #require(ledgers.last?.sorted.first)
    #expect(told.verdict == .exceeded(since: Make.moment("2024-03-19")))
    #expect(told.change?.seen == Make.moment("2024-03-15") && told.change?.to.standing == .running)
  }

  /// An extension that is entered afterwards and has passed too would make forty days one.
  @Test func anExtensionThatHidesMostOfADelayIsAChange() throws {
    let moved = Self.received(["underrettet": "2024-03-13", "ny_frist": "2024-05-02"])
    let told = try #require(
      passes([("2024-03-14", Self.received), ("2024-05-06", moved)]).last?.sorted.first)
    #expect(told.verdict == .exceeded(since: Make.moment("2024-03-14")))
    #expect(told.change?.from == Self.exceeded && told.change?.to.due == Make.moment("2024-05-02"))
  }

  /// While a clock stands still its due day moves every day, and nothing of that is told.
  @Test func aPauseIsSeenOnce() throws {
    let paused = Self.received(["bero_fra": "2024-03-11"])
    let ledgers = passes(
      [("2024-03-14", Self.received)] + ["2024-03-15", "2024-03-18", "2024-04-15"].map { ($0, paused) })
    let told = ledgers.compactMap { $0.sorted.first }
    #expect(told[1].change != nil && told[1].shown.sequence == 0)
    #expect(told[1] == told[2] && told[2] == told[3])
  }

  /// An export that begins to write times of day makes no new deadlines.
  @Test func aTimeOfDayMakesNoOtherClock() throws {
    let ledgers = passes([("2024-03-14", Self.received), ("2024-03-15", ["modtaget": "2024-03-04T10:15"])])
    #expect(ledgers.last?.sorted == ledgers.first?.sorted)
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

  /// A corrected start is told with the case's own department for as long as the case is there, and not for
  /// one pass only.
  @Test func whoMayHearOfACorrectedStartStays() throws {
    let corrected = ["modtaget": "2024-02-05"]
    let ledgers = passes([
      ("2024-03-14", Self.received), ("2024-03-15", corrected), ("2024-03-15", corrected),
      ("2024-03-18", nil),
    ])
    let moved = try ledgers.dropFirst().map { ledger in
      try #require(ledger.sorted.first { $0.identity.start == Make.moment("2024-03-04") })
    }
    #expect(moved.map(\.mayReachDepartment) == [true, true, false])
    #expect(moved.allSatisfy { $0.change?.to.standing == .moved })
    #expect(ledgers[1].sorted == ledgers[2].sorted)
  }

  /// What a pass did not look at stays as it was, and what it did is told like in a pass over everything.
  @Test func aPassOverSomeCasesLeavesTheOthers() {
    func pass(_ before: Ledger?, _ cases: [String], _ scope: LedgerPass.Scope) -> LedgerUpdate {
      var pass = LedgerPass(before, now: Make.now("2024-03-14"))
      for id in cases {
        for clock in Make.verdict(Self.book, [.caseID: id], Self.received, now: "2024-03-14").clocks {
          pass.take(clock, department: "Jobcenter", .unseen)
        }
      }
      return pass.finish(Concealment(), scope)
    }
    let all = pass(nil, ["A", "B", "C"], .wholeRegister)
    #expect(all.changed == ["A", "B", "C"])
    #expect(pass(all.ledger, [], .cases([])).ledger.sorted == all.ledger.sorted)
    let next = pass(all.ledger, ["A", "D"], .cases(["A", "B", "D"]))
    #expect(next.changed == ["B", "D"])
    #expect(next.ledger.sorted == pass(all.ledger, ["A", "C", "D"], .wholeRegister).ledger.sorted)
  }

  @Test func whatIsOverIsForgottenAfterThreeYears() {
    let settled = passes([
      ("2024-03-14", Self.received), ("2024-03-18", Self.received(["besvaret": "2024-03-15"])),
      ("2027-03-18", nil), ("2027-04-20", nil),
    ])
    #expect(settled[2].count == 1 && settled[3].isEmpty)
  }

  @Test func aCaseInTwoRowsIsExceededWhereOneOfThemIs() {
    var pass = LedgerPass(nil, now: Make.now("2024-03-14"))
    for events in [Self.received, Self.received(["besvaret": "2024-03-13"])] {
      for clock in Make.verdict(Self.book, [:], events, now: "2024-03-14").clocks {
        pass.take(clock, department: "Jobcenter", .unseen)
      }
    }
    #expect(pass.finish().ledger.sorted.map(\.verdict) == [.exceeded(since: Make.moment("2024-03-14"))])
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
