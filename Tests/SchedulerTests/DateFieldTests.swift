import Rules
import Scheduler
import TestSupport
import Testing

@Suite struct DateFieldTests {
  @Test(arguments: [
    ("2024-12-31", "2024-12-31"), ("31-12-2024", "2024-12-31"), ("31.12.2024", "2024-12-31"),
    ("31/12/2024", "2024-12-31"),
    ("1-2-2024", "2024-02-01"), ("01-02-2024 07:05", "2024-02-01T07:05"),
    ("2024-12-31T23:59:59", "2024-12-31T23:59:59"),
    ("2024-12-31 10:15", "2024-12-31T10:15"), ("2024-12-31 10:15:30.250", "2024-12-31T10:15:30"),
    ("31/12/2024 9:05", "2024-12-31T09:05"),
    ("31.12.24", "2024-12-31"), ("31/12/24", "2024-12-31"), ("1.2.24", "2024-02-01"),
    ("5/1-26", "2026-01-05"), ("5/1-2026", "2026-01-05"), ("05/01-2026", "2026-01-05"),
    ("31/12-24 8:05", "2024-12-31T08:05"),
    ("1.1.00", "2000-01-01"), ("1.1.68", "2068-01-01"), ("1.1.69", "1969-01-01"), ("1.1.99", "1999-01-01"),
    ("29.02.24", "2024-02-29"),
    ("2024-01-02 8:05 PM", "2024-01-02T20:05"), ("2/1/2024 8:05:30 am", "2024-01-02T08:05:30"),
    ("2024-01-02 12:00 AM", "2024-01-02T00:00"), ("2024-01-02 12:00 PM", "2024-01-02T12:00"),
    ("2024-01-02 12:59AM", "2024-01-02T00:59"), ("2024-01-02 11:59:59.5 pm", "2024-01-02T23:59:59"),
    ("2024-01-02 8:05\u{202F}PM", "2024-01-02T20:05"),
    ("2024-01-02T08:00:00Z", "2024-01-02T08:00"), ("2024-01-02 08:00:00+01", "2024-01-02T07:00"),
    ("2024-01-02T08:00:00.123+01:00", "2024-01-02T07:00"), ("2024-01-02T08:00-0530", "2024-01-02T13:30"),
    ("2024-01-01T00:30+14:00", "2023-12-31T10:30"), ("2024-01-02 8:05 PM +01:00", "2024-01-02T19:05"),
    ("2/1/24 08:00 +0000", "2024-01-02T08:00"),
  ])
  func reads(text: String, moment: String) throws {
    #expect(try DateField.danish.read(Array(text.utf8)[...]).description == moment)
  }

  @Test(arguments: [
    ("2026-02-30", DateFault.dayOfMonth(year: 2026, month: 2, has: 28)),
    ("30-02-2024", .dayOfMonth(year: 2024, month: 2, has: 29)),
    ("2024-13-01", .month(13)), ("00-01-2024", .dayOfMonth(year: 2024, month: 1, has: 31)),
    ("0024-01-01", .year(24)),
    ("31-12-24", .form), ("2024-1-1", .form), ("2024/12/31", .form), ("31-12.2024", .form),
    ("31122024", .form),
    ("i går", .form), ("2024-12-31 25:00", .time), ("2024-12-31 10", .time),
    // It may begin with its year.
    ("24-12-31", .form), ("5-1/26", .form), ("5.1-26", .form), ("5/1.26", .form), ("1/2/024", .form),
    ("5/13-26", .month(13)), ("03/17/2026", .month(17)),
    ("29.02.23", .dayOfMonth(year: 2023, month: 2, has: 28)),
    ("31.12.24Z", .form), ("2024-12-31Z", .form), ("2024-12-31 Z", .time), ("2024-12-31 13:05 PM", .time),
    ("2024-12-31 0:05 AM", .time), ("2024-12-31 8 PM", .time), ("2024-12-31 8:05 XM", .time),
    ("2024-12-31 8:5 PM", .time),
    ("2024-12-31T10:15z", .time), ("2024-12-31T10:15+1", .offset), ("2024-12-31T10:15+15:00", .offset),
    ("2024-12-31T10:15+01:60", .offset), ("2024-12-31T10:15+01:0", .offset), ("2024-12-31T10:15+", .offset),
    ("2024-12-31T10:15+01:00x", .offset), ("2024-12-31T10:15ZZ", .time),
    ("2199-12-31T23:30-01:00", .year(2200)),
    ("2024-12-31x", .form), ("-1-12-2024", .form), ("12024-12-31", .form),
  ])
  func refuses(text: String, fault: DateFault) {
    #expect(throws: fault) { try DateField.danish.read(Array(text.utf8)[...]) }
  }
}

/// The order of day and month, the century and the zone of a column.
@Suite struct DateColumnTests {
  private func read(_ text: String, _ field: DateField) -> String {
    do throws(DateFault) {
      return try field.read(Array(text.utf8)[...]).description
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("03/17/2026", "2026-03-17"), ("03/04/2026", "2026-03-04"), ("3-17-26", "month(17)"),
    ("3/17/26 8:05 PM", "2026-03-17T20:05"),
    ("03-04-2026", "2026-03-04"), ("2026-03-04", "2026-03-04"), ("3/4-26", "2026-04-03"),
    ("17/03/2026", "month(17)"),
    ("02/30/2026", "dayOfMonth(year: 2026, month: 2, has: 28)"),
  ])
  func monthFirst(text: String, moment: String) {
    let found = read(text, DateField(.monthFirst, zone: .utc))
    #expect(text == "3-17-26" ? found == "form" : found == moment)
  }

  /// What can be read in one way only is read, whatever the column; what is no date in either order is none
  /// for its own reason.
  @Test(arguments: [
    ("03/17/2026", "order"), ("17.03.2026", "order"), ("03-04-26", "form"), ("03/04/2026 8:05 PM", "order"),
    ("2026-03-04", "2026-03-04"), ("3/4-26", "2026-04-03"), ("30/30/2026", "month(30)"),
    ("30.02.2026", "dayOfMonth(year: 2026, month: 2, has: 28)"), ("03/17/2226", "year(2226)"),
  ])
  func anOrderThatNobodyKnows(text: String, moment: String) {
    #expect(read(text, DateField(nil, zone: .utc)) == moment)
  }

  @Test(
    arguments: [
      ("03/17/2026", OrderClue.monthFirst), ("3.17.26", .monthFirst), ("03-17-2026 10:15", .monthFirst),
      ("17/3/2026", .dayFirst),
      ("03/04/2026", .either), (" 03/03/2026 ", .either),
      ("2026-03-17", nil), ("17/3-26", nil), ("02/30/2026", nil), ("03/17/2026 25:00", nil), ("", nil),
      ("3/17", nil),
    ] as [(String, OrderClue?)])
  func whatADateSaysOfItsColumn(text: String, clue: OrderClue?) {
    #expect(DateField.clue(Array(text.utf8)[...]) == clue)
  }

  /// Nobody is born tomorrow.
  @Test(arguments: [
    ("01.02.26", "2026-02-01"), ("15.03.26", "2026-03-15"), ("16.03.26", "1926-03-16"),
    ("01.02.40", "1940-02-01"),
    ("01.02.70", "1970-02-01"), ("29.02.28", "1928-02-29"), ("1/2-99", "1999-02-01"),
    ("01.02.2040", "2040-02-01"),
  ])
  func aBirthdayLiesBehind(text: String, day: String) {
    #expect(read(text, DateField(.dayFirst, zone: .utc, latest: Make.date("2026-03-15"))) == day)
  }

  @Test(arguments: [
    ("2024-01-02 08:00:00+01", "2024-01-02T08:00"), ("2024-07-02 08:00Z", "2024-07-02T10:00"),
    ("2024-12-31T23:30:00Z", "2025-01-01T00:30"), ("2024-07-02T00:30+03:00", "2024-07-01T23:30"),
    ("2024-03-31T00:59Z", "2024-03-31T01:59"), ("2024-03-31T01:00Z", "2024-03-31T03:00"),
    ("2024-10-27T00:30Z", "2024-10-27T02:30"), ("2024-10-27T01:30Z", "2024-10-27T02:30"),
    ("2024-10-27 02:30+02:00", "2024-10-27T02:30"), ("2024-10-27 02:30+01:00", "2024-10-27T02:30"),
  ])
  func anOffsetIsAnInstant(text: String, moment: String) {
    #expect(read(text, DateField(.dayFirst, zone: Make.copenhagen)) == moment)
  }

  /// Every instant of the nights in which clocks change comes back as itself, the hour that stands twice too.
  @Test func anInstantComesBack() throws {
    let zone = Make.copenhagen
    let field = DateField(.dayFirst, zone: zone)
    for day in ["2024-03-30", "2024-03-31", "2024-10-26", "2024-10-27"] {
      for minute in 0..<1_440 {
        let time = "\(padded(minute / 60, to: 2)):\(padded(minute % 60, to: 2))"
        let moment = try field.read(Array("\(day)T\(time)Z".utf8)[...])
        #expect(zone.instant(moment).seconds == Make.moment("\(day)T\(time)").localSeconds, "\(day) \(time)")
      }
    }
    let second = try field.read(Array("2024-10-27 02:30+01:00".utf8)[...])
    #expect(second.pass == .second)
    #expect(
      second == CivilMoment(second.date, second.time)
        && Set([second, CivilMoment(second.date, second.time)]).count == 1)
  }

  /// Whatever can only be month first is found among the bytes of a register, wherever the pieces end.
  @Test(arguments: Seeds.all)
  func theSearchMissesNothing(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let letters = Array("0123456789//-. ;\n".utf8)
    var found = 0
    for round in 0..<20_000 {
      var cell = Array("03/17/2026".utf8)
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        cell[Int.random(in: 0..<10, using: &random)] = letters.randomElement(using: &random) ?? 0
      }
      cell.removeLast(Int.random(in: 0...2, using: &random))
      let isMonthFirst = DateField.clue(cell[...]) == .monthFirst
      var search = MonthFirstSearch()
      let cut = Int.random(in: 0...cell.count, using: &random)
      for piece in [Array("S-1;".utf8)[...], cell[..<cut], cell[cut...], Array(";x\n".utf8)[...]] {
        search.look(at: piece)
      }
      if isMonthFirst {
        found += 1
        #expect(search.hasFound, "\(String(decoding: cell, as: UTF8.self)), seed \(seed), round \(round)")
      }
    }
    #expect(found > 500, "seed \(seed): only \(found)")
    var search = MonthFirstSearch()
    search.look(
      at: Array("S-1;2024-12-31;31-12-2024;1.2.24;10/12/2024 08:00:13;1/32/2024;a/17/2024;1/17-2024\n".utf8)[
        ...])
    #expect(!search.hasFound)
  }
}
