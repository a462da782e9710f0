import Notifier
import Rules
import TestSupport
import Testing

/// Every product as a person read it: with something in each of its sections.
@Suite struct ProductTests {
  private static let book = Make.soundBook(
    Make.ruleFile(
      """
      navn = Merudgifter til voksne, serviceloven § 100
      hjemmel = retssikkerhedsloven § 3, stk. 2
      slags = kommunal
      gælder = type: ansøgning
      til = afgjort
      længde = 60 arbejdsdage
      udsættelse = underrettet → ny_frist
      pause = bero_fra .. bero_til
      varsel = 10 arbejdsdage før: sagsbehandler
      varsel = 1 arbejdsdag efter: leder, borgerrådgiver
      eksempel = modtaget 2023-03-01 → frist 2023-06-01
      """, id: "merudgifter-100")
      + Make.furtherRule(
        """
        navn = Kvittering, syv dage
        gælder = type: henvendelse
        til = kvitteret
        længde = 7 dage
        ruller = frem
        varsel = på dagen: sagsbehandler
        eksempel = modtaget 2023-06-01 → frist 2023-06-08
        """, id: "kvittering"
      )
      + Make.furtherRule(
        """
        navn = Svar til borgerrådgiveren, tre uger
        gælder = type: dialogsag
        længde = 3 uger
        ruller = frem
        ved-overskridelse = borger: borger_orienteret
        ved-overskridelse = rådgiver: rådgiver_orienteret
        varsel = 1 arbejdsdag efter: leder
        eksempel = modtaget 2023-05-01 → frist 2023-05-22
        """, id: "svar"
      ))

  private static let department = "Social og Handicap"

  /// Twelve cases, each with its type and events, on a day.
  private static let cases: [(id: String, type: String, events: [String: String])] = [
    ("G-1", "ansøgning", ["modtaget": "2023-03-01"]),
    ("G-2", "ansøgning", ["modtaget": "2023-03-01", "underrettet": "2023-05-20", "ny_frist": "2023-06-12"]),
    ("G-3", "ansøgning", ["modtaget": "2023-03-01", "underrettet": "2023-05-20", "ny_frist": "2023-06-16"]),
    ("G-4", "ansøgning", ["modtaget": "2023-03-13"]),
    ("G-5", "ansøgning", ["modtaget": "2023-03-13", "bero_fra": "2023-05-02"]),
    ("G-6", "henvendelse", ["modtaget": "2023-06-01"]), ("G-7", "henvendelse", ["modtaget": "2023-06-08"]),
    ("G-8", "dialogsag", ["modtaget": "2023-05-10"]),
    ("G-9", "dialogsag", ["modtaget": "2023-05-10", "borger_orienteret": "2023-06-01"]),
    ("G-10", "dialogsag", ["modtaget": "2023-05-10", "besvaret": "2023-06-13"]),
    ("G-11", "dialogsag", ["modtaget": "2023-05-10", "besvaret": "2023-05-30"]),
    ("G-12", "dialogsag", ["modtaget": "2023-05-10", "besvaret": "2023-04-30"]),
  ]

  private func clocks(_ id: String, _ type: String, _ events: [String: String], _ now: String) -> CaseVerdict
  {
    let fields: [Field: String] = [
      .caseID: id, .type: type, .department: Self.department, .caseworker: "sb117@gentofte.example",
    ]
    return Make.verdict(Self.book, fields, events, now: now)
  }

  /// The day before nothing was answered yet; on the day G-10 was answered late, and G-11, it says, in time.
  private func ledger() -> Ledger {
    var ledger: Ledger?
    for (now, isAnswered) in [
      ("2023-06-09T07:00", false), ("2023-06-13T07:00", false), ("2023-06-14T07:00", true),
    ] {
      var pass = LedgerPass(ledger, now: Make.now(now))
      for (id, type, events) in Self.cases {
        let known = isAnswered ? events : events.filter { $0.key != "besvaret" }
        for clock in clocks(id, type, known, now).clocks {
          pass.take(clock, department: Self.department, .unseen)
        }
      }
      ledger = pass.finish().ledger
    }
    return ledger ?? Ledger(begun: Make.moment("2023-06-14"))
  }

  private func survey() -> Survey {
    var survey = Survey(
      now: Make.now("2023-06-14T07:00"), organisation: Sample.organisation, numbers: Sample.numbers)
    for (index, entry) in Self.cases.enumerated() {
      let fields = FieldValues([.caseID: entry.id, .department: Self.department])
      survey.add(
        JudgedCase(
          Case(fields: fields, dates: [], line: index + 2),
          clocks(entry.id, entry.type, entry.events, "2023-06-14T07:00")), file: "register.csv")
    }
    survey.finish()
    return survey
  }

  private func material() throws -> ReportMaterial {
    ReportMaterial(survey: survey(), letterhead: try Sample.letterhead(), texts: Make.texts)
  }

  private func changes() -> Changes {
    Changes(ledger(), since: Make.moment("2023-06-13T07:00"), today: Make.date("2023-06-14"))
  }

  private let proofs = [
    DeliveryProof(
      recipient: Make.address("sb117@gentofte.example"), content: .notices(3),
      written: Make.moment("2023-06-13T07:15"),
      standing: .sent(at: Make.moment("2023-06-13T07:15"))),
    DeliveryProof(
      recipient: Make.address("leder@gentofte.example"), content: .notices(1),
      written: Make.moment("2023-06-13T07:15"),
      standing: .waiting(attempt: 2, of: 30, next: Make.moment("2023-06-14T07:45"), "451 try later")),
  ]

  @Test func theReport() throws {
    let report = Fristrapport(try material(), changes: changes(), proofs: proofs).document
    #expect(try Golden.difference("fristrapport-alt.txt", ReportText.render(report)) == nil)
    #expect(try Golden.difference("fristrapport-alt.html", ReportHTML.render(report)) == nil)
    #expect(try Golden.difference("fristrapport-mail.html", ReportHTML.render(report, for: .mail)) == nil)
    #expect(
      report.tables.map(\.title) == [
        "Overskredet", "Forfalder i dag og inden 5 arbejdsdage",
        "Overskredet uden besked til dem, der venter", "Udsatte frister, der løber ud", "Ændret bagudrettet",
        "Løst siden i går", "I bero", "Kan ikke beregnes", "Bevis for aflevering", "Alle frister",
      ])
  }

  @Test func theDigest() throws {
    let department = try #require(Sample.organisation.departments[Self.department])
    let occasion = ReportOccasion(
      owedSince: Make.date("2023-06-12"), detours: [.standsInFor(Make.address("leder@gentofte.example"))])
    let digest = DepartmentDigest(try material(), of: department, changes: changes(), occasion: occasion)
    #expect(digest.hasNews)
    #expect(try Golden.difference("digest-alt.txt", ReportText.render(digest.document)) == nil)
    let message = try Sample.composer().compose(
      digest.document, to: Make.address("post@gentofte.example"), keys: ["k"])
    #expect(try Golden.difference("digest-alt.html", message.message.html) == nil)
  }

  @Test func theDigestOfNothing() throws {
    let department = Department(name: "Park og Vej", leader: Make.address("leder@gentofte.example"))
    let digest = DepartmentDigest(try material(), of: department, changes: nil)
    #expect(!digest.hasNews)
    #expect(try Golden.difference("digest-intet.txt", ReportText.render(digest.document)) == nil)
  }

  @Test func theOpening() throws {
    let opening = OpeningDigest(
      Sample.notices(Sample.threeCases), department: Self.department, try material())
    #expect(try Golden.difference("åbning.txt", ReportText.render(opening.document)) == nil)
  }

  @Test func theAlarms() throws {
    let standstills: [Alarm.Standstill] = [
      .unreadable, .unusable, .changing, .shrunken(before: 1_204, now: 600),
      .clockBehind(newest: Make.moment("2023-06-15T07:00")),
    ]
    let alarms =
      standstills.map { Alarm($0, now: Sample.now, lastPass: Make.moment("2023-06-13T07:00")) }
      + [
        Alarm(
          undelivered: [
            Alarm.Undelivered(
              proof: proofs[1],
              notices: Sample.notices(Sample.threeCases).compactMap { WrittenNoticeKey($0.key.description) })
          ],
          numbers: CaseNumbers(), today: Sample.now.today)
      ]
    let text = alarms.map { "Emne: \($0.subject)\n\n\($0.text)\n" }.joined(separator: "\n")
    #expect(try Golden.difference("alarmer.txt", text) == nil)
  }

  /// What stands in the pictures stands in words, too.
  @Test func everyPictureSaysItsNumbers() throws {
    let html = ReportHTML.render(Fristrapport(try material(), changes: nil).document)
    #expect(html.contains("aria-label=\"Forfalder de kommende uger, uge: 24: 3, 25: 0"))
    #expect(html.split(separator: "role=\"img\"").count == 4)
    #expect(!html.contains("<script") && !html.contains("http://") && !html.contains("src="))
    let mail = ReportHTML.render(Fristrapport(try material(), changes: nil).document, for: .mail)
    #expect(!mail.contains("<svg") && mail.contains("Forfalder de kommende uger"))
  }

  @Test(arguments: [
    ("H-2024-0211", "H-2024-0211"), ("§ 3, stk. 2", "§&nbsp;3, stk.&nbsp;2"), ("a<b", "a&lt;b"),
    (String(repeating: "x", count: 24), String(repeating: "x", count: 24)),
    (
      String(repeating: "&", count: 25),
      String(repeating: "&amp;", count: 16) + "<wbr>" + String(repeating: "&amp;", count: 9)
    ),
  ])
  func breaks(text: String, html: String) {
    #expect(HTMLText.cell(text) == html)
  }
}
