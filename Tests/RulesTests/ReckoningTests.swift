import Rules
import TestSupport
import Testing

@Suite struct LengthTests {
  @Test(arguments: [
    ("60 arbejdsdage", "60 arbejdsdage"), ("1 arbejdsdag", "1 arbejdsdag"), ("1 arbejdsdage", "1 arbejdsdag"),
    ("3 uger", "3 uger"), ("18 år - 4 måneder", "18 år - 4 måneder"),
    ("18 år-4 måneder", "18 år - 4 måneder"),
    ("- 3 arbejdsdage", "- 3 arbejdsdage"), ("1 måned + 2 dage", "1 måned + 2 dage"),
    ("24 timer", "24 timer"),
    ("  7   dage ", "7 dage"), ("6 hverdage", "6 hverdage"), ("1 år − 1 dag", "1 år - 1 dag"),
  ])
  func reads(text: String, canonical: String) throws {
    let length = try Length(text: text)
    #expect(length.description == canonical)
    #expect(try Length(text: length.description) == length)
  }

  @Test(arguments: [
    ("60 arbejdsdag", "is not a length; write for example \"60 arbejdsdage\""),
    ("3 uge", "is not a length; write for example \"3 uger\""),
    ("3 ugre", "is not a length; write for example \"3 uger\""),
    ("4 maneder", "is not a length; write for example \"4 måneder\""),
    ("arbejdsdage", "is not a length; write for example \"4 arbejdsdage\""),
    ("7", "is not a length; write for example \"7 uger\""),
    ("", "is not a length; write for example \"4 uger\""),
    ("0 dage", "is not a length; write for example \"4 dage\""),
    ("7 dage 3 uger", "is not a length; write for example \"7 dage\""),
    ("18 år -", "is not a length; write for example \"18 år\""),
    ("7,5 dage", "is not a length; write for example \"7 dage\""),
    ("36501 dage", "is longer than 36500 of a unit; write the length in a larger unit"),
    ("1 dag + 2 timer", "adds hours to days; write the whole length in timer, or in days"),
  ])
  func refuses(text: String, explanation: String) {
    let fault = #expect(throws: LengthFault.self) { try Length(text: text) }
    #expect(fault?.explanation == explanation)
  }
}

@Suite struct ReckoningTests {
  /// The vectors of the facts page, reckoned by hand.
  @Test(arguments: [
    ("7 arbejdsdage", Roll.none, "2024-12-23", "2025-01-08"),
    ("7 arbejdsdage", .none, "2026-03-30", "2026-04-13"),
    ("7 arbejdsdage", .none, "2024-04-22", "2024-05-01"), ("4 uger", .forward, "2026-04-16", "2026-05-15"),
    ("4 uger", .forward, "2026-05-08", "2026-06-08"), ("4 måneder", .none, "2025-10-31", "2026-02-28"),
    ("60 dage", .none, "2023-03-01", "2023-04-30"), ("60 arbejdsdage", .none, "2023-03-01", "2023-06-01"),
    ("18 år - 6 måneder", .none, "2008-08-31", "2026-02-28"),
    ("18 år - 4 måneder", .none, "2008-08-31", "2026-04-30"),
    ("18 år - 6 måneder", .backward, "2008-08-31", "2026-02-27"),
    ("18 år", .none, "2008-02-29", "2026-02-28"),
    ("7 dage", .forward, "2023-04-01", "2023-04-11"), ("7 dage", .backward, "2023-04-01", "2023-04-05"),
    ("- 3 arbejdsdage", .none, "2025-01-02", "2024-12-23"),
    ("1 arbejdsdag", .none, "2024-12-21", "2024-12-23"),
  ])
  func vectors(length: String, roll: Roll, start: String, due: String) throws {
    let reckoner = Reckoner(calendar: Make.law, zone: .utc)
    #expect(reckoner.dueDay(from: Make.date(start), try Length(text: length), roll: roll) == Make.date(due))
  }

  /// Where only helligdage count, 24 and 31 December are working days.
  @Test func plainCalendar() throws {
    let reckoner = Reckoner(calendar: Make.plain, zone: .utc)
    #expect(
      reckoner.dueDay(from: Make.date("2024-12-23"), try Length(text: "7 arbejdsdage"), roll: .none)
        == Make.date("2025-01-06"))
    #expect(
      reckoner.dueDay(from: Make.date("2023-03-01"), try Length(text: "60 arbejdsdage"), roll: .none)
        == Make.date("2023-06-01"))
  }

  @Test(arguments: [
    // In the night of 30 to 31 March 2024 an hour is missing, in that of 26 to 27 October one comes twice.
    ("24 timer", "2024-03-30T12:00", "2024-03-31T13:00"),
    ("24 timer", "2024-10-26T12:00", "2024-10-27T11:00"),
    ("72 timer", "2024-03-29T23:30", "2024-04-02T00:30"),
    ("72 timer", "2024-10-25T08:00", "2024-10-28T07:00"),
    ("24 timer", "2024-05-08", "2024-05-09T00:00"), ("1 time", "2024-03-31T01:30", "2024-03-31T03:30"),
    // 02:30 does not exist in spring, and is taken at its first pass in autumn.
    ("24 timer", "2024-03-31T02:30", "2024-04-01T03:30"),
    ("24 timer", "2024-10-27T02:30", "2024-10-28T01:30"),
  ])
  func hoursAreElapsedHours(length: String, start: String, due: String) throws {
    let reckoner = Reckoner(calendar: Make.law, zone: Make.copenhagen)
    let found = try #require(reckoner.due(from: Make.moment(start), try Length(text: length), roll: .none))
    #expect(found.description == due)
  }

  @Test(arguments: Seeds.all)
  func dueDaysAreMonotoneInTheirStart(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let reckoner = Reckoner(calendar: Make.law, zone: .utc)
    for _ in 0..<3_000 {
      let unit = try #require(LengthUnit.allCases.filter { $0 != .hours }.randomElement(using: &random))
      let length = try #require(Length(terms: [LengthTerm(Int.random(in: 1...90, using: &random), unit)]))
      let roll = try #require(Roll.allCases.randomElement(using: &random))
      let start = CivilDate(day: Int32.random(in: 0...30_000, using: &random))
      let due = try #require(reckoner.dueDay(from: start, length, roll: roll))
      let next = try #require(reckoner.dueDay(from: start + 1, length, roll: roll))
      #expect(due <= next, "\(length) \(roll) from \(start)")
      if roll != .none { #expect(Make.law.isWorkingDay(due) == true) }
    }
  }

  @Test func nothingIsGuessedOutsideTheCalendar() throws {
    let reckoner = Reckoner(calendar: Make.law, zone: .utc)
    let start = Make.moment("2199-12-01")
    #expect(reckoner.due(from: start, try Length(text: "2 måneder"), roll: .none) == nil)
    #expect(reckoner.due(from: start, try Length(text: "30 arbejdsdage"), roll: .none) == nil)
    #expect(reckoner.due(from: start, try Length(text: "36500 år"), roll: .forward) == nil)
    #expect(reckoner.due(from: start, try Length(text: "1000 timer"), roll: .none) == nil)
  }
}

@Suite struct ZoneTableTests {
  @Test(arguments: Seeds.all)
  func everyInstantComesBack(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let zone = Make.copenhagen
    for _ in 0..<5_000 {
      let instant = Instant(seconds: Int64.random(in: 1_577_836_800...1_924_992_000, using: &random))
      let local = zone.local(instant)
      let back = zone.instant(local.date, local.time ?? .midnight)
      // The second pass of the autumn hour is read as the first.
      #expect(back == instant || back.seconds == instant.seconds - 3_600, "\(instant.seconds)")
      #expect(zone.local(back) == local)
    }
  }

  @Test func utcHasNoOffset() {
    #expect(ZoneTable.utc.local(Instant(seconds: 0)).description == "1970-01-01T00:00")
    #expect(ZoneTable.utc.local(Instant(seconds: -1)).description == "1969-12-31T23:59:59")
  }
}
