import Rules
import TestSupport
import Testing

@Suite struct DanishHolidayTests {
  /// The anonymous Gregorian algorithm of 1876, another way to the same Sunday.
  private func easter(_ year: Int) -> (Int, Int) {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25)
    let g = (b - f + 1) / 3
    let h = (19 * a + b - d - g + 15) % 30
    let (i, k) = (c / 4, c % 4)
    let l = (32 + 2 * e + 2 * i - h - k) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let n = h + l - 7 * m + 114
    return (n / 31, n % 31 + 1)
  }

  @Test func easterAgreesWithAnotherAlgorithm() throws {
    for year in CivilDate.supportedYears {
      let sunday = try #require(DanishHolidays.easterSunday(in: year))
      #expect(sunday.components == (year, easter(year).0, easter(year).1))
      #expect(sunday.weekday == .sunday)
    }
  }

  @Test func theHolidaysOf2023() {
    #expect(
      DanishHolidays.days(in: 2023).map { "\($0.date) \($0.name)" } == [
        "2023-01-01 nytårsdag", "2023-04-06 skærtorsdag", "2023-04-07 langfredag", "2023-04-09 påskedag",
        "2023-04-10 2. påskedag", "2023-05-05 store bededag", "2023-05-18 Kristi himmelfartsdag",
        "2023-05-28 pinsedag", "2023-05-29 2. pinsedag", "2023-12-25 juledag", "2023-12-26 2. juledag",
      ])
  }

  @Test func storeBededagIsGoneFrom2024() {
    #expect(DanishHolidays.days(in: 2023).contains { $0.name == "store bededag" })
    for year in 2024...2199 {
      #expect(!DanishHolidays.days(in: year).contains { $0.name == "store bededag" })
    }
  }

  @Test(arguments: ["2024-05-01", "2024-06-05", "2024-12-24", "2024-12-31", "2024-05-10", "2024-04-26"])
  func notAHoliday(date: String) {
    #expect(!DanishHolidays.days(in: 2024).contains { $0.date == Make.date(date) })
    #expect(Make.plain.isWorkingDay(Make.date(date)) == true)
  }
}

@Suite struct WorkingDaysTests {
  @Test(arguments: [
    ("2024-06-05", "grundlovsdag"), ("2024-12-24", "juleaftensdag"), ("2024-12-31", "nytårsaftensdag"),
    ("2024-03-28", "skærtorsdag"), ("2024-12-25", "juledag"),
  ])
  func namesOfClosedDays(date: String, name: String) {
    #expect(Make.law.name(of: Make.date(date)) == name)
    #expect(Make.law.isWorkingDay(Make.date(date)) == false)
  }

  @Test func closingDaysOfOneKommune() throws {
    let local = WorkingDays(
      CalendarDefinition(
        name: "by", holidays: .danish,
        closed: [
          .once(Make.date("2024-05-10")...Make.date("2024-05-10"), name: "fredag efter Kristi himmelfart"),
          .once(Make.date("2026-12-30")...Make.date("2027-01-04"), name: nil),
        ]))
    #expect(local.name(of: Make.date("2024-05-10")) == "fredag efter Kristi himmelfart")
    #expect(local.advance(Make.date("2024-05-08"), by: 1) == Make.date("2024-05-13"))
    #expect(local.advance(Make.date("2026-12-29"), by: 1) == Make.date("2027-01-05"))
    #expect(local.name(of: Make.date("2027-01-01")) == "nytårsdag")
    #expect(local.name(of: Make.date("2027-01-04")) == "kommunens lukkedag")
  }

  /// Counts one day after another, as a person with a wall calendar would.
  private func advanceByHand(_ start: CivilDate, _ count: Int, _ calendar: WorkingDays) -> CivilDate {
    var date = start
    var left = abs(count)
    while left > 0 {
      date = date + (count > 0 ? 1 : -1)
      if calendar.isWorkingDay(date) == true { left -= 1 }
    }
    return date
  }

  @Test(arguments: Seeds.all)
  func tablesAgreeWithCountingByHand(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      let calendar = Bool.random(using: &random) ? Make.law : Make.plain
      let start = CivilDate(day: Int32.random(in: -10_000...60_000, using: &random))
      let count = Int.random(in: -90...90, using: &random)
      guard count != 0 else { continue }
      let end = try #require(calendar.advance(start, by: count))
      #expect(end == advanceByHand(start, count, calendar), "\(start) \(count)")
      #expect(calendar.isWorkingDay(end) == true)
    }
  }

  @Test(arguments: Seeds.all)
  func forthAndBackEndsWhereItBegan(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      let start = CivilDate(day: Int32.random(in: 0...60_000, using: &random))
      guard Make.law.isWorkingDay(start) == true else { continue }
      let count = Int.random(in: 1...600, using: &random)
      let there = try #require(Make.law.advance(start, by: count))
      #expect(Make.law.advance(there, by: -count) == start)
      #expect(Make.law.count(from: start, to: there) == count)
    }
  }

  @Test(arguments: Seeds.all)
  func rollingEndsOnTheNearestWorkingDay(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      let date = CivilDate(day: Int32.random(in: 0...60_000, using: &random))
      let forward = try #require(Make.law.roll(date, .forward))
      let backward = try #require(Make.law.roll(date, .backward))
      #expect(Make.law.roll(date, .none) == date)
      #expect(backward <= date && date <= forward)
      #expect(Make.law.isWorkingDay(forward) == true && Make.law.isWorkingDay(backward) == true)
      #expect(Make.law.count(from: backward, to: forward) == (forward == backward ? 0 : 1))
    }
  }

  @Test func outsideTheTablesThereIsNoAnswer() {
    let (first, last) = (CivilDate.supportedDays.lowerBound, CivilDate.supportedDays.upperBound)
    #expect(Make.law.advance(last, by: 1) == nil)
    #expect(Make.law.advance(first, by: -1) == nil)
    #expect(Make.law.roll(last + 1, .forward) == nil)
    #expect(Make.law.isWorkingDay(first - 1) == nil)
    #expect(Make.law.isWorkingDay(first) == false)
    #expect(Make.law.count(from: first, to: last + 1) == nil)
  }
}
