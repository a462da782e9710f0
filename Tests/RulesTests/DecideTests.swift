import Rules
import TestSupport
import Testing

@Suite struct DecideTests {
  /// Received 4 March 2024, due Wednesday 13 March.
  private static let book = Make.soundBook(
    Make.ruleFile(
      """
      varsel = 3 arbejdsdage før: sagsbehandler
      varsel = på dagen: sagsbehandler, leder
      varsel = 1 arbejdsdag efter: leder, borgerrådgiver; gentag 5 arbejdsdage
      """))

  private static let organisation = Organisation(
    adviser: Make.address("raad@k.example"),
    departments: [
      Department(
        name: "Jobcenter", directorate: "Beskæftigelse", leader: Make.address("leder@k.example"),
        mailbox: Make.address("job@k.example"), deputy: Make.address("vice@k.example"))
    ],
    staff: ["Sagsbehandler 12": Make.address("sb12@k.example")], absences: [],
    domains: ["kommune.example"])

  private func notices(
    _ now: String, fields: [Field: String] = [:], events: [String: String] = ["modtaget": "2024-03-04"],
    organisation: Organisation = organisation, book: RuleBook = book,
    sent: (NoticeKey) -> Bool = { _ in false }
  ) -> [Notice] {
    let decider = NoticeDecider(organisation: organisation, zone: Make.copenhagen, now: Make.now(now))
    return Make.verdict(book, fields, events, now: now).clocks.flatMap {
      decider.notices(for: $0, sent: sent)
    }
  }

  private func told(_ notices: [Notice]) -> String {
    notices.map { "\($0.key.step)#\($0.key.repetition) \($0.recipient.address.localPart)" }.joined(
      separator: ", ")
  }

  @Test(arguments: [
    ("2024-03-07", ""), ("2024-03-08", "3 arbejdsdage før#0 sb1"), ("2024-03-10", "3 arbejdsdage før#0 sb1"),
    ("2024-03-13", "på dagen#0 sb1, på dagen#0 leder"),
    ("2024-03-14", "på dagen#0 sb1, 1 arbejdsdag efter#0 leder, 1 arbejdsdag efter#0 raad"),
    ("2024-03-20", "på dagen#0 sb1, 1 arbejdsdag efter#0 leder, 1 arbejdsdag efter#0 raad"),
    ("2024-03-21", "på dagen#0 sb1, 1 arbejdsdag efter#1 leder, 1 arbejdsdag efter#1 raad"),
    // Skærtorsdag to 2. påskedag are no working days.
    ("2024-04-02", "på dagen#0 sb1, 1 arbejdsdag efter#2 leder, 1 arbejdsdag efter#2 raad"),
    ("2025-03-14", "på dagen#0 sb1, 1 arbejdsdag efter#50 leder, 1 arbejdsdag efter#50 raad"),
  ])
  func eachPersonsLatestFallenStepAlone(now: String, expected: String) {
    #expect(told(notices(now)) == expected)
  }

  @Test func everyStepOnceWhenEveryDayIsATick() {
    var sent: Set<NoticeKey> = []
    var log: [String] = []
    var day = Make.date("2024-03-04")
    while day <= Make.date("2024-04-05") {
      for notice in notices(day.description, sent: { sent.contains($0) }) {
        #expect(sent.insert(notice.key).inserted)
        log.append("\(day) \(notice.recipient.address.localPart) \(notice.key.step)#\(notice.key.repetition)")
      }
      day = day + 1
    }
    #expect(
      log == [
        "2024-03-08 sb1 3 arbejdsdage før#0", "2024-03-13 sb1 på dagen#0", "2024-03-13 leder på dagen#0",
        "2024-03-14 leder 1 arbejdsdag efter#0", "2024-03-14 raad 1 arbejdsdag efter#0",
        "2024-03-21 leder 1 arbejdsdag efter#1", "2024-03-21 raad 1 arbejdsdag efter#1",
        "2024-04-02 leder 1 arbejdsdag efter#2", "2024-04-02 raad 1 arbejdsdag efter#2",
      ])
  }

  @Test func aStoppedClosedOrUnclearClockTellsNobody() {
    for events in [
      ["modtaget": "2024-03-04", "besvaret": "2024-03-12"],
      ["modtaget": "2024-03-04", "besvaret": "2024-03-18"],
      ["modtaget": "2024-03-04", "lukket": "2024-03-12"],
      ["modtaget": "2024-03-04", "besvaret": "2024-02-30"],
    ] {
      #expect(notices("2024-03-20", events: events).isEmpty)
    }
  }

  @Test func theDayOnWhichTheStepFellIsSaid() {
    #expect(notices("2024-03-12").map(\.fell.description) == ["2024-03-08"])
  }

  @Test func aMovedDueDayIsANewKey() throws {
    let book = Make.soundBook(Make.ruleFile("udsættelse = underrettet → ny_frist\nvarsel = på dagen: leder"))
    let before = try #require(notices("2024-03-13", book: book).first)
    let events = ["modtaget": "2024-03-04", "underrettet": "2024-03-13", "ny_frist": "2024-03-20"]
    let after = try #require(notices("2024-03-20", events: events, book: book).first)
    #expect(before.key != after.key)
    #expect(notices("2024-03-13", events: events, book: book).isEmpty)
  }

  @Test func twoRolesBehindOneAddressAreOneNotice() {
    let small = Organisation(
      adviser: Make.address("leder@k.example"),
      departments: [Department(name: "Jobcenter", leader: Make.address("leder@k.example"))], staff: [:],
      absences: [], domains: ["kommune.example"])
    #expect(told(notices("2024-03-14", organisation: small)) == "på dagen#0 sb1, 1 arbejdsdag efter#0 leder")
  }

  @Test func stepsInHverdageCountSaturdaysWhereTheRuleDoes() {
    let book = Make.soundBook(
      Make.ruleFile(
        "længde = 6 hverdage\nhverdage = mandag-lørdag\nvarsel = 3 hverdage før: leder\neksempel = modtaget 2026-03-02 → frist 2026-03-09"
      ))
    // Due Monday 9 March: Saturday, Friday, Thursday.
    #expect(notices("2026-03-04", events: ["modtaget": "2026-03-02"], book: book).isEmpty)
    #expect(notices("2026-03-05", events: ["modtaget": "2026-03-02"], book: book).count == 1)
  }

  @Test func keysCannotBeForgedByACaseNumber() throws {
    func key(_ id: String) throws -> String {
      try #require(notices("2024-03-13", fields: [.caseID: id]).first).key.description
    }
    #expect(try key("S-1") == "S-1|svar|2024-03-04|2024-03-13|på%20dagen|0|sb1@kommune.example")
    #expect(try key("a|b") == "a%7Cb|svar|2024-03-04|2024-03-13|på%20dagen|0|sb1@kommune.example")
    #expect(try key("a%7Cb") != key("a|b"))
    #expect(try !key("a b\n\u{1}c").contains { $0 == " " || $0 == "\n" || $0 == "\u{1}" })
  }

  // MARK: Who hears

  private func recipient(
    _ role: Role, fields: [Field: String] = [:], organisation: Organisation = organisation,
    book: RuleBook = book
  ) throws -> String {
    let clock = try #require(
      Make.verdict(book, fields, ["modtaget": "2024-03-04"], now: "2024-03-14").clocks.first)
    let found = organisation.recipient(for: role, of: clock, on: Make.date("2024-03-14"))
    #expect(found.role == role)
    return (["\(found.address.localPart)"] + found.detours.map { "\($0)" }).joined(separator: " ")
  }

  @Test(
    arguments: [
      (Role.caseworker, [:], "sb1"), (.leader, [:], "leder"), (.mailbox, [:], "job"), (.adviser, [:], "raad"),
      (.caseworker, [.caseworker: "Sagsbehandler 12"], "sb12"),
      (.caseworker, [.caseworker: "Ukendt Navn"], "vice unknownCaseworker"),
      (.caseworker, [.caseworker: ""], "vice unknownCaseworker"),
      (.caseworker, [.caseworker: "a@b, c@d"], "vice unknownCaseworker"),
      (.caseworker, [.caseworker: "sb@elsewhere.example"], "vice foreignCaseworker"),
      (.caseworker, [.caseworker: "sb@sub.kommune.example"], "vice foreignCaseworker"),
      (.caseworker, [.caseworker: "sb@KOMMUNE.example"], "sb"),
      (.caseworker, [.department: "Nowhere"], "raad unknownDepartment"),
      (.leader, [.department: "Nowhere"], "raad unknownDepartment"),
      (.adviser, [.department: "Nowhere"], "raad"),
    ] as [(Role, [Field: String], String)])
  func roles(role: Role, fields: [Field: String], expected: String) throws {
    #expect(try recipient(role, fields: fields) == expected)
  }

  @Test(arguments: [
    ("ja", "sb1"), ("nej", "raad adviserAlone(Rules.Audience.Reason.noConsent)"),
    ("", "raad adviserAlone(Rules.Audience.Reason.noConsent)"),
    ("Ja", "sb1"), ("JA ", "sb1"), ("x", "sb1"), ("1", "sb1"), ("true", "sb1"),
    ("0", "raad adviserAlone(Rules.Audience.Reason.noConsent)"),
    ("måske", "raad adviserAlone(Rules.Audience.Reason.noConsent)"),
  ])
  func withoutConsentTheAdviserAlone(consent: String, expected: String) throws {
    let book = Make.soundBook(Make.ruleFile("samtykke = kræves\nvarsel = på dagen: sagsbehandler"))
    #expect(try recipient(.caseworker, fields: [.consent: consent], book: book) == expected)
    #expect(try recipient(.adviser, fields: [.consent: consent], book: book) == "raad")
  }

  @Test func ofAConfidentialCaseTheAdviserAloneHearsWhateverItsOtherRulesSay() throws {
    let book = Make.soundBook(
      Make.ruleFile("varsel = på dagen: sagsbehandler")
        + Make.ruleFile(
          "gælder = område: hemmelig\nfra = anmeldt\nfortrolig = ja\neksempel = anmeldt 2024-12-23 → frist 2025-01-08",
          id: "hemmelig"
        )
        .replacing(Make.lawSection, with: ""))
    for (area, expected) in [
      ("hemmelig", "raad adviserAlone(Rules.Audience.Reason.confidential)"), ("andet", "sb1"),
    ] {
      let found = try recipient(.caseworker, fields: [.area: area, .consent: "ja"], book: book)
      #expect(found == expected)
    }
  }

  @Test func withoutDepartmentsEverythingGoesToWhoIsKnown() throws {
    let bare = Organisation(
      adviser: Make.address("raad@k.example"), departments: [], staff: [:], absences: [],
      domains: ["kommune.example"])
    #expect(try recipient(.caseworker, organisation: bare) == "sb1")
    #expect(try recipient(.leader, organisation: bare) == "raad noAddress(Rules.Role.leader)")
  }

  private func away(_ pairs: [(String, String)]) -> Organisation {
    Organisation(
      adviser: Make.address("raad@k.example"), departments: Array(Self.organisation.departments.values),
      staff: [:],
      absences: pairs.map {
        Absence(
          person: Make.address("\($0)@kommune.example"),
          period: Make.date("2024-03-01")...Make.date("2024-03-14"),
          deputy: Make.address("\($1)@kommune.example"))
      })
  }

  @Test(
    arguments: [
      ([("sb1", "sb2")], "sb2"), ([("sb1", "sb2"), ("sb2", "sb3")], "sb3"),
      // A circle ends at the leader, or at who stands in for him.
      ([("SB1", "sb2")], "sb2"),
      ([("sb1", "sb2"), ("sb2", "sb1")], "leder"), ([("sb1", "sb1")], "leder"), ([("sb9", "sb2")], "sb1"),
    ] as [([(String, String)], String)])
  func deputies(pairs: [(String, String)], expected: String) throws {
    let found = try recipient(.caseworker, organisation: away(pairs))
    #expect(found.split(separator: " ").first.map(String.init) == expected)
    #expect(found.contains("tandsInFor") == (expected != "sb1"))
    #expect(found.contains("nobodyStandsInFor") == (expected == "leder"))
  }

  @Test func aCircleThatEndsAtAnAbsentAdviserEndsAtWhoStandsIn() throws {
    let all = away([("sb1", "sb1")])
    let leader = Make.address("leder@k.example")
    let organisation = Organisation(
      adviser: all.adviser, departments: Array(all.departments.values), staff: [:],
      absences: all.absences + [
        Absence(
          person: all.adviser, period: Make.date("2024-03-01")...Make.date("2024-03-31"),
          deputy: Make.address("vikar@k.example")),
        Absence(
          person: leader, period: Make.date("2024-03-01")...Make.date("2024-03-31"), deputy: leader),
      ])
    #expect(try recipient(.caseworker, organisation: organisation).hasPrefix("vikar nobodyStandsInFor"))
    #expect(try recipient(.adviser, organisation: organisation).hasPrefix("vikar standsInFor"))
  }

  @Test func hourStepsFallAtTheirHour() {
    let book = Make.soundBook(
      Make.ruleFile(
        """
        længde = 24 timer
        varsel = 4 timer før: sagsbehandler
        varsel = 1 time efter: leder; gentag 2 timer
        eksempel = modtaget 2024-05-08T09:30 → frist 2024-05-09T09:30
        """))
    func told(_ now: String) -> String {
      self.told(notices(now, events: ["modtaget": "2024-05-08T09:30"], book: book))
    }
    #expect(told("2024-05-09T05:29") == "")
    #expect(told("2024-05-09T05:30") == "4 timer før#0 sb1")
    #expect(told("2024-05-09T10:29") == "4 timer før#0 sb1")
    #expect(told("2024-05-09T10:30") == "4 timer før#0 sb1, 1 time efter#0 leder")
    #expect(told("2024-05-09T12:30") == "4 timer før#0 sb1, 1 time efter#1 leder")
  }
}
