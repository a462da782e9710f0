import Rules
import TestSupport
import Testing

@Suite struct CivilDateTests {
  @Test func dayZeroIsTheFirstOfJanuary1970() throws {
    let date = try #require(CivilDate(year: 1970, month: 1, day: 1))
    #expect(date.day == 0)
    #expect(date.weekday == .thursday)
  }

  /// Walks every supported day and keeps its own count of year, month, day and weekday.
  @Test func everyDayFollowsTheOneBefore() throws {
    var (year, month, day) = (1900, 1, 1)
    var weekday = Weekday.monday.rawValue
    var date = CivilDate.supportedDays.lowerBound
    while date <= CivilDate.supportedDays.upperBound {
      #expect(date.components == (year, month, day))
      #expect(date.weekday.rawValue == weekday)
      #expect(CivilDate(year: year, month: month, day: day) == date)
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      day += 1
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      weekday = (weekday + 1) % 7
      date = date + 1
    }
    #expect((year, month, day) == (2200, 1, 1))
  }

  @Test(arguments: [
    ("2023-02-30", "February 2023 has 28 days"), ("2024-02-30", "February 2024 has 29 days"),
    ("2024-04-31", "April 2024 has 30 days"), ("2024-01-00", "January 2024 has 31 days"),
    ("2024-13-01", "there is no month 13"), ("2024-00-01", "there is no month 0"),
    ("1899-12-31", "the year 1899 lies outside 1900–2199"),
    ("2200-01-01", "the year 2200 lies outside 1900–2199"),
    ("2024-1-1", "write for example 2024-12-31 or 31-12-2024"),
    ("24-01-01", "write for example 2024-12-31 or 31-12-2024"),
    ("2024-01-01x", "write for example 2024-12-31 or 31-12-2024"),
    ("", "write for example 2024-12-31 or 31-12-2024"),
    ("2024-+1-01", "write for example 2024-12-31 or 31-12-2024"),
  ])
  func noDate(text: String, explanation: String) {
    let fault = #expect(throws: DateFault.self) { try CivilDate(iso: text) }
    #expect(fault?.explanation == explanation)
  }

  @Test(arguments: [
    ("2025-10-31", 4, "2026-02-28"), ("2023-10-31", 4, "2024-02-29"), ("2024-01-31", 1, "2024-02-29"),
    ("2024-02-29", 12, "2025-02-28"), ("2008-02-29", 216, "2026-02-28"), ("2026-08-31", -6, "2026-02-28"),
    ("2026-08-31", -4, "2026-04-30"), ("2024-01-15", -1, "2023-12-15"), ("2024-03-31", -25, "2022-02-28"),
    ("2024-12-31", 0, "2024-12-31"), ("2024-12-31", 2, "2025-02-28"),
  ])
  func monthsClipToTheMonthsEnd(start: String, months: Int, end: String) {
    #expect(Make.date(start).adding(months: months).description == end)
  }

  @Test(arguments: Seeds.all)
  func monthsAddUpWhereNothingIsClipped(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let start = CivilDate(day: Int32.random(in: 0...40_000, using: &random))
      guard start.components.day <= 28 else { continue }
      let months = Int.random(in: -300...300, using: &random)
      #expect(start.adding(months: months).adding(months: -months) == start)
    }
  }

  @Test func momentsReadAndWriteTheirTime() throws {
    #expect(try CivilMoment(iso: "2026-11-20T08:00:00").description == "2026-11-20T08:00")
    #expect(try CivilMoment(iso: "2026-11-20 08:00:30").description == "2026-11-20T08:00:30")
    #expect(try CivilMoment(iso: "2026-11-20").time == nil)
    #expect(throws: DateFault.form) { try CivilMoment(iso: "20-11-2026T08:00") }
  }

  @Test(arguments: [
    "", "24:00", "8:00", "08", "08:", "0800", "08.00", "08:60", "08:00:", "08:00:3", "08:0030", "08.00:30",
    "08:00.30", "08:00:60", "08:00:300", "08:00:00:00", "-8:00", "0a:00", "å:00", " 8:00", "08:00 ",
  ])
  func whatIsNoTimeOfDayIsRefused(time: String) {
    #expect(throws: DateFault.time) { try CivilMoment(iso: "2026-11-20T\(time)") }
  }

  @Test(
    arguments: [
      ("1970-01-01", 0), ("1970-01-01T00:00:01", 1), ("1969-12-31T23:59:59", -1), ("1969-12-31", -86_400),
      ("2024-02-29T12:30", 1_709_209_800),
    ] as [(String, Int64)])
  func aMomentIsAsManySecondsFromTheEpoch(text: String, seconds: Int64) throws {
    let moment = try CivilMoment(iso: text)
    #expect(moment.localSeconds == seconds)
    #expect(CivilMoment(localSeconds: seconds).earliest == moment.earliest)
  }

  @Test(arguments: [
    ("2026-11-20", "2026-11-20", true), ("2026-11-20", "2026-11-20T23:59", true),
    ("2026-11-20", "2026-11-21", false),
    ("2026-11-20T08:00", "2026-11-20", true), ("2026-11-20T08:00", "2026-11-20T08:00", true),
    ("2026-11-20T08:00", "2026-11-20T08:01", false), ("2026-11-20T08:00", "2026-11-19T23:00", true),
  ])
  func whatHasHappened(now: String, event: String, hasHappened: Bool) {
    #expect(Make.now(now).hasSeen(Make.moment(event)) == hasHappened)
  }
}
