import Notifier
import Rules
import TestSupport
import Testing

@Suite struct CalendarFileTests {
  private let book = CalendarBook(
    Ledger(begun: Make.moment("2023-06-14T09:00")), domain: "gentofte.example", zone: Make.copenhagen)

  @Test func theCalendarIsAsItWasRead() throws {
    let bytes = CalendarFile.bytes(Sample.notices(Sample.threeCases).compactMap { book.event($0.clock) })
    #expect(try Golden.difference("frister.ics", String(decoding: bytes, as: UTF8.self)) == nil)
    for line in bytes.split(separator: 0x0A) {
      #expect(line.count <= 76 && line.last == 0x0D)
    }
  }

  @Test func anEntryStandsOnce() {
    let events = Sample.notices(Sample.threeCases).compactMap { book.event($0.clock) }
    #expect(CalendarFile.bytes(events + events) == CalendarFile.bytes(events))
  }

  @Test func aCalendarToSubscribeToHasAName() {
    let text = String(decoding: CalendarFile.bytes([], name: "Frister · Børn, Unge"), as: UTF8.self)
    #expect(text.contains("\r\nX-WR-CALNAME:Frister · Børn\\, Unge\r\n"))
    #expect(!text.contains("VEVENT"))
  }

  private func clock(_ events: [String: String], now: String) throws -> Clock {
    try #require(Make.verdict(Sample.book, [.caseID: "S"], events, now: now).clocks.first)
  }

  private func ledger(_ before: Ledger?, _ clock: Clock, now: String) -> Ledger {
    var pass = LedgerPass(before, now: Make.now(now))
    pass.take(clock, department: "Social og Handicap", .shown)
    return pass.finish().ledger
  }

  /// Whatever happens in between, the entry keeps its UID, and its SEQUENCE grows with each change of the day
  /// and with nothing else.
  @Test func theSequenceGrowsWithTheDayAndWithNothingElse() throws {
    let received = ["modtaget": "2023-03-01"]
    let moved = received.merging(["underrettet": "2023-05-20", "ny_frist": "2023-07-03"]) { $1 }
    let movedAgain = received.merging(["underrettet": "2023-05-20", "ny_frist": "2023-08-01"]) { $1 }
    var told: Ledger?
    var seen: [CalendarEvent] = []
    for (events, now) in [
      (received, "2023-05-22"), (received, "2023-05-23"), (moved, "2023-05-24"), (moved, "2023-05-30"),
      (movedAgain, "2023-06-01"), (moved, "2023-06-02"),
    ] {
      let clock = try clock(events, now: now)
      let next = ledger(told, clock, now: now)
      seen.append(
        try #require(CalendarBook(next, domain: "k.example", zone: Make.copenhagen).event(clock)))
      told = next
    }
    #expect(Set(seen.map(\.name)).count == 1)
    #expect(seen.map(\.sequence) == [0, 0, 1, 1, 2, 3])
    #expect(seen[0] == seen[1] && seen[2] == seen[3])
    #expect(seen[2].stamp.description == "2023-05-23T22:00")
  }
}
