import Notifier
import Rules
import TestSupport
import Testing

/// What the pictures show, against evaluating the same register on each of those days.
@Suite struct TrendTests {
  private static let book = Make.soundBook(
    Make.ruleFile(
      "pause = bero_fra .. bero_til\nudsættelse = underrettet → ny_frist\nlængde = 20 arbejdsdage\neksempel = modtaget 2024-01-02 → frist 2024-01-30"
    ))
  private static let today = Make.date("2024-06-19")

  private struct Row {
    let department: String
    let events: [String: String]
  }

  private func rows(_ random: inout SeededGenerator) -> [Row] {
    (0..<60).map { _ in
      let received = Self.today - Int.random(in: 0...200, using: &random)
      var events = ["modtaget": received.description]
      func add(_ event: String, _ odds: Int, _ days: ClosedRange<Int>) {
        guard Int.random(in: 0..<odds, using: &random) == 0 else { return }
        let day = received + Int.random(in: days, using: &random)
        if day <= Self.today { events[event] = day.description }
      }
      add("besvaret", 2, 1...90)
      if events["besvaret"] == nil { add("lukket", 4, 1...90) }
      return Row(department: ["Børn", "Job", "Ældre"].randomElement(using: &random) ?? "Job", events: events)
    }
  }

  private func survey(_ rows: [Row], on day: CivilDate) -> Survey {
    var survey = Survey(
      now: Now(CivilMoment(day)),
      organisation: Organisation(
        adviser: Make.address("raad@k.example"), departments: [], staff: [:], absences: []))
    for (index, row) in rows.enumerated() {
      let fields: [Field: String] = [.caseID: "S-\(index)", .department: row.department]
      survey.add(
        JudgedCase(
          Case(fields: FieldValues(fields), dates: [], line: index + 2),
          Make.verdict(Self.book, fields, row.events, now: day.description)), file: "register.csv")
    }
    return survey
  }

  @Test(arguments: Seeds.all)
  func thePastIsWhatEachDayWouldHaveFound(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let rows = rows(&random)
    let byWeek = survey(rows, on: Self.today).exceededByWeek
    for week in 0..<Trends.weeks {
      let then = survey(rows, on: Self.today - 7 * (Trends.weeks - 1 - week))
      for department in ["Børn", "Job", "Ældre"] {
        let found = then.counts.filter { $0.key.department == department && $0.key.state == .exceeded }
          .values.reduce(0, +)
        #expect(
          (byWeek[department]?[week] ?? 0) == found, "seed \(seed), week \(week), \(department)")
      }
    }
  }

  @Test(arguments: Seeds.all)
  func everyOpenClockHasOneAgeAndAtMostOneWeek(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let survey = survey(rows(&random), on: Self.today)
    let (running, exceeded) = (survey.count(.running) + survey.count(.soon), survey.count(.exceeded))
    #expect(survey.trends.ages.reduce(0, +) == running + exceeded)
    // Up to 100 % is in time, beyond it is exceeded, whatever the days say.
    #expect(survey.trends.ages.prefix(4).reduce(0, +) == running)
    #expect(survey.trends.coming.reduce(0, +) == running)
  }

  /// Received 1 March, due 1 June: 92 days.
  @Test(arguments: [
    ("2023-03-02", 0), ("2023-03-24", 0), ("2023-03-25", 1), ("2023-06-01", 3), ("2023-06-02", 4),
    ("2023-07-17", 4), ("2023-07-18", 5), ("2023-09-01", 5), ("2023-09-02", 6),
  ])
  func ages(now: String, band: Int) throws {
    var survey = Survey(now: Make.now(now), organisation: Sample.organisation)
    let fields: [Field: String] = [.caseID: "G-1", .department: "Social og Handicap"]
    survey.add(
      JudgedCase(
        Case(fields: FieldValues(fields), dates: [], line: 2),
        Make.verdict(Sample.book, fields, ["modtaget": "2023-03-01"], now: now)), file: "register.csv")
    #expect(survey.trends.ages.firstIndex(of: 1) == band)
  }
}
