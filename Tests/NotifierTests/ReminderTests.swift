import Notifier
import Rules
import TestSupport
import Testing

@Suite struct ReminderTests {
  private func subject(_ received: [String]) throws -> String {
    let cases = received.enumerated().map { ("S-\($0.offset)", ["modtaget": $0.element]) }
    return try Sample.reminder(cases).subject
  }

  // Received 1 March: exceeded. 13 March: due today, Wednesday 14 June. 14 and 15 March: due tomorrow and on
  // Friday.
  @Test(arguments: [
    (["2023-03-01"], "1 frist er overskredet"), (["2023-03-13"], "1 frist i dag"),
    (["2023-03-14"], "1 frist i morgen"),
    (["2023-03-15"], "1 frist på fredag"), (["2023-03-22"], "1 frist fredag 23. juni"),
    (["2023-03-01", "2023-03-13", "2023-03-15"], "3 frister: 1 overskredet, 1 i dag, 1 på fredag"),
    (["2023-03-15", "2023-03-16"], "2 frister, den første på fredag"),
  ])
  func subjects(received: [String], expected: String) throws {
    #expect(try subject(received) == expected)
  }

  @Test func casesComeByUrgency() throws {
    let reminder = try Sample.reminder(Sample.threeCases)
    #expect(reminder.groups.map(\.heading) == ["Overskredet", "I dag", "Fredag 16. juni"])
    #expect(
      reminder.groups.map { $0.items.map(\.caseID) } == [
        ["G-2023-0412", "G-2023-0498"], ["G-2023-0519"], ["G-2023-0533"],
      ])
  }

  @Test func theLinkHoldsTheCaseNumberSafely() throws {
    let reminder = try Sample.reminder(
      [("S 1/å?<", ["modtaget": "2023-03-01"])], link: "https://r.example/sag/{sagsnr}/vis")
    #expect(reminder.groups[0].items[0].link == "https://r.example/sag/S%201%2F%C3%A5%3F%3C/vis")
  }

  @Test(arguments: [
    (["modtaget": "2023-03-01"], "Borgeren har ikke fået besked om forsinkelsen."),
    (
      ["modtaget": "2023-03-01", "underrettet": "2023-06-02"],
      "Borgeren fik besked om forsinkelsen, men først efter fristen."
    ),
    (
      ["modtaget": "2023-03-01", "underrettet": "2023-06-01"],
      "Borgeren har fået besked om forsinkelsen, men ikke en ny dato."
    ),
    (
      ["modtaget": "2023-03-01", "underrettet": "2023-06-01", "ny_frist": "2023-06-12"],
      "Den dato, som borgeren har fået besked om, er også passeret. Der skal gives ny besked."
    ),
    (
      ["modtaget": "2023-03-01", "underrettet": "2023-06-01", "ny_frist": "2023-06-16"],
      "Ny frist efter underretning torsdag 1. juni: fredag 16. juni."
    ),
  ])
  func whatTheCitizenWasTold(events: [String: String], sentence: String) throws {
    #expect(try Sample.reminder([("S", events)]).groups.first?.items.first?.remarks.first == sentence)
  }

  /// Whoever hears in place of the department does not work on the case.
  @Test func onlyWhoWorksOnTheCaseGetsADraft() throws {
    for (department, hasDraft) in [("Social og Handicap", true), ("Nogen Anden", false)] {
      let decider = NoticeDecider(organisation: Sample.organisation, zone: Make.copenhagen, now: Sample.now)
      let clocks = Make.verdict(
        Sample.book, [.department: department, .caseworker: "sb117@gentofte.example"],
        ["modtaget": "2023-03-01"],
        now: "2023-06-14"
      ).clocks
      let reminder = Reminder(
        clocks.flatMap { decider.notices(for: $0) { _ in false } }, letterhead: try Sample.letterhead(),
        texts: Make.texts, today: Sample.now.today)
      #expect(reminder.drafts.drafts.isEmpty != hasDraft)
      #expect(reminder.groups[0].items[0].action.contains("udkast") == hasDraft)
    }
  }

  @Test func aDetourAndAMissedDayAreSaid() throws {
    let absence = Absence(
      person: Make.address("sb117@gentofte.example"),
      period: Make.date("2023-06-01")...Make.date("2023-06-30"),
      deputy: Make.address("sb118@gentofte.example"))
    let organisation = Organisation(
      adviser: Sample.organisation.adviser, departments: Array(Sample.organisation.departments.values),
      staff: [:],
      absences: [absence])
    let decider = NoticeDecider(organisation: organisation, zone: Make.copenhagen, now: Sample.now)
    let clocks = Make.verdict(
      Sample.book, [.department: "Social og Handicap", .caseworker: "sb117@gentofte.example"],
      ["modtaget": "2023-03-01"],
      now: "2023-06-14"
    ).clocks
    let notices = clocks.flatMap { decider.notices(for: $0) { _ in false } }
    let reminder = Reminder(
      notices, letterhead: try Sample.letterhead(), texts: Make.texts, today: Sample.now.today)
    let details = try #require(reminder.groups.first?.items.first).remarks
    #expect(details.contains("Du får varslet som stedfortræder for sb117@gentofte.example."))
    #expect(details.contains("Varslet var sat til fredag 2. juni."))
  }
}
