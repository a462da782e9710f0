import Rules
import TestSupport
import Testing

/// An explanation is right when somebody who knows only the explanation counts to the same day.
@Suite struct TraceTests {
  /// A second reckoner: walks day by day, passing over exactly the days that the explanation names.
  private func replay(_ trace: Trace) -> CivilDate {
    var date = trace.start
    for step in trace.steps {
      if step.term.unit.endsOnAnyDay {
        date = byCalendar(date, step.term)
        continue
      }
      let skipped = Set(step.skipped.map(\.date))
      var left = abs(step.term.count)
      while left > 0 {
        date = date + (step.term.count > 0 ? 1 : -1)
        if !skipped.contains(date) { left -= 1 }
      }
    }
    date = date + trace.held.count
    for day in trace.rolled {
      precondition(day.date == date)
      date = date + (trace.due > trace.counted ? 1 : -1)
    }
    return date
  }

  private func byCalendar(_ date: CivilDate, _ term: LengthTerm) -> CivilDate {
    switch term.unit {
    case .days: return date + term.count
    case .weeks: return date + 7 * term.count
    default:
      // Month by month from the first of the month, then as many days on as the month has.
      var (year, month, day) = date.components
      for _ in 0..<abs(term.count) * (term.unit == .years ? 12 : 1) {
        month += term.count > 0 ? 1 : -1
        if month == 13 { (year, month) = (year + 1, 1) }
        if month == 0 { (year, month) = (year - 1, 12) }
      }
      while CivilDate(year: year, month: month, day: day) == nil { day -= 1 }
      return CivilDate(year: year, month: month, day: day) ?? date
    }
  }

  private func randomLength(_ random: inout SeededGenerator) -> Length? {
    let units = LengthUnit.allCases.filter { $0 != .hours }
    let terms = (0..<Int.random(in: 1...2, using: &random)).map { _ in
      let unit = units[Int.random(in: 0..<units.count, using: &random)]
      let most = unit == .years ? 18 : unit == .months ? 24 : 60
      return LengthTerm(
        Int.random(in: 1...most, using: &random) * (Int.random(in: 0...5, using: &random) == 0 ? -1 : 1), unit
      )
    }
    return Length(terms: terms)
  }

  /// Clocks of one seed; with `FRISTVAGT_CLOCKS` more, as CI asks for.
  private static let clocks = Repository.number("FRISTVAGT_CLOCKS") ?? 20_000

  @Test(arguments: Seeds.all)
  func aReplayedExplanationGivesTheSameDay(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let reckoner = Reckoner(
      calendar: Make.law, weekdays: WorkingDays(Make.law.definition, weekdays: .mondayToSaturday), zone: .utc)
    for _ in 0..<Self.clocks {
      let length = try #require(randomLength(&random))
      let start = CivilDate(day: Int32.random(in: 9_000...32_000, using: &random))
      let roll = Roll.allCases[Int.random(in: 0..<3, using: &random)]
      let trace = try #require(reckoner.trace(from: start, length, roll: roll))
      let due = reckoner.dueDay(from: start, length, roll: roll)
      if trace.due != due || replay(trace) != due {
        Issue.record("\(length) \(roll) from \(start): \(String(describing: due)), replayed \(replay(trace))")
      }
    }
  }

  @Test(arguments: Seeds.all)
  func pausedExplanationsReplayToo(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let reckoner = Reckoner(calendar: Make.law, zone: .utc)
    for _ in 0..<2_000 {
      let unit: LengthUnit = Bool.random(using: &random) ? .weeks : .workingDays
      let length = try #require(Length(terms: [LengthTerm(Int.random(in: 1...12, using: &random), unit)]))
      let start = CivilDate(day: Int32.random(in: 19_000...20_500, using: &random))
      let from = start + Int.random(in: -3...20, using: &random)
      let pauses = try Pauses(
        from: [CivilMoment(from)], until: [CivilMoment(from + Int.random(in: 0...30, using: &random))],
        now: Now(CivilMoment(start + 90)))
      let trace = try #require(reckoner.trace(from: start, length, roll: .forward, pauses: pauses))
      #expect(replay(trace) == trace.due, "\(length) from \(start), paused from \(from)")
      #expect(trace.due == reckoner.dueDay(from: start, length, roll: .forward, pauses: pauses))
    }
  }

  @Test func everySkippedDayHasItsName() throws {
    let reckoner = Reckoner(calendar: Make.law, zone: .utc)
    let length = try Length(text: "60 arbejdsdage")
    let trace = try #require(reckoner.trace(from: Make.date("2023-03-01"), length, roll: .none))
    let named = trace.steps[0].skipped.compactMap { day -> String? in
      guard case .named(let name) = day.reason, !day.isOnWeekend else { return nil }
      return "\(day.date) \(name)"
    }
    #expect(
      named == [
        "2023-04-06 skærtorsdag", "2023-04-07 langfredag", "2023-04-10 2. påskedag",
        "2023-05-05 store bededag",
        "2023-05-18 Kristi himmelfartsdag", "2023-05-29 2. pinsedag",
      ])
  }

  @Test func theRollNamesTheDayThatCausedIt() throws {
    let reckoner = Reckoner(calendar: Make.law, zone: .utc)
    let trace = try #require(
      reckoner.trace(from: Make.date("2026-05-08"), try Length(text: "4 uger"), roll: .forward))
    #expect(trace.counted == Make.date("2026-06-05") && trace.due == Make.date("2026-06-08"))
    #expect(trace.rolled.map(\.reason) == [.named("grundlovsdag"), .weekend, .weekend])
  }
}
