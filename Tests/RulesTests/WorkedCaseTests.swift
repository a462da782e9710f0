import Rules
import TestSupport
import Testing

/// Twelve cases of pauses and notices that were worked out by hand: 14 days from Monday 2 March 2026, due on
/// Monday the 16th.
@Suite struct WorkedCaseTests {
  private static let rule = """
    længde = 14 dage
    ruller = frem
    udsættelse = underrettet → ny_frist
    pause = bero_fra .. bero_til
    eksempel = modtaget 2026-03-02 → frist 2026-03-16

    """

  @Test(arguments: [
    "bero_fra 2026-03-05, bero_til 2026-03-10 → frist 2026-03-23",
    "bero_fra 2026-03-05, bero_til 2026-03-10, bero_fra 2026-03-08, bero_til 2026-03-15 → frist 2026-03-26",
    "bero_fra 2026-03-05, bero_til 2026-03-20, bero_fra 2026-03-08, bero_til 2026-03-10 → frist 2026-03-31",
    "bero_fra 2026-03-05, bero_til 2026-03-10, bero_fra 2026-03-10, bero_til 2026-03-12 → frist 2026-03-23",
    "bero_fra 2026-03-05, bero_til 2026-03-10, bero_til 2026-03-10 → frist 2026-03-23",
    "underrettet 2026-03-10, ny_frist 2026-03-20, bero_fra 2026-03-12, bero_til 2026-03-30 → frist 2026-03-20",
    "underrettet 2026-03-10, ny_frist 2026-03-12, bero_fra 2026-03-12, bero_til 2026-03-14 → frist 2026-03-18",
    "bero_fra 2026-03-05, bero_til 2026-03-09, underrettet 2026-03-12, ny_frist 2026-03-27 → frist 2026-03-27",
    "underrettet 2026-03-18, ny_frist 2026-04-10 → frist 2026-03-16",
    "underrettet 2026-03-18, ny_frist 2026-04-10, underrettet 2026-04-08, ny_frist 2026-04-30 → frist 2026-03-16",
    "bero_fra 2026-03-19 → frist 2026-03-16", "bero_fra 2026-03-19 → overskredet den 2026-04-20",
    "bero_fra 2026-03-14 → i-bero den 2026-04-20",
  ])
  func standsAsAnExampleOfTheRule(example: String) {
    let text = Make.ruleFile(Self.rule + "eksempel = modtaget 2026-03-02, \(example)")
    #expect(Make.book([("pauser.frist", text)]).problems == [])
  }

  private func reckoning(_ events: [String: String], further: Rounds.Further = [], now: String) throws
    -> Reckoning
  {
    let events = events.merging(["modtaget": "2026-03-02"]) { $1 }
    let book = Make.soundBook(Make.ruleFile(Self.rule))
    return try #require(Make.verdict(book, [:], events, further: further, now: now).clocks.first?.reckoning)
  }

  @Test func aDateInALateNoticeIsPromisedAndWatched() throws {
    let late = ["underrettet": "2026-03-18", "ny_frist": "2026-04-10"]
    let broken = try reckoning(late, now: "2026-04-20")
    #expect(broken.outcome == .exceeded && broken.promise?.date == Make.date("2026-04-10"))
    #expect(broken.promise?.isBroken(on: Make.date("2026-04-20")) == true)
    #expect(broken.promise?.isBroken(on: Make.date("2026-04-10")) == false)
    let again = try reckoning(late, further: [("underrettet", "2026-04-08", "2026-04-30")], now: "2026-04-20")
    #expect(again.promise?.date == Make.date("2026-04-30") && again.due.description == "2026-03-16")
    #expect(again.notices.count == 2)
    // A date before the day on which it was told is none that anybody could keep.
    #expect(
      try reckoning(["underrettet": "2026-03-18", "ny_frist": "2026-03-17"], now: "2026-04-20").promise == nil
    )
  }

  @Test func whatIsExceededAndOnHoldCountsRunningDaysOnly() throws {
    let held = try reckoning(["bero_fra": "2026-03-19"], now: "2026-04-20")
    let today = Make.date("2026-04-20")
    #expect(held.onHoldSince == Make.moment("2026-03-19"))
    #expect(held.workingDaysOver(on: Make.law, today: today) == 2)
    let resumed = try reckoning(["bero_fra": "2026-03-19", "bero_til": "2026-04-16"], now: "2026-04-20")
    #expect(resumed.onHoldSince == nil && resumed.workingDaysOver(on: Make.law, today: today) == 5)
  }
}
