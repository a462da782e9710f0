import Notifier
import Rules
import TestSupport
import Testing

/// What every mail of these tests is about.
enum Sample {
  static let book = Make.soundBook(
    Make.ruleFile(
      """
      navn = Merudgifter til voksne, serviceloven § 100
      hjemmel = retssikkerhedsloven § 3, stk. 2
      slags = kommunal
      til = afgjort
      længde = 60 arbejdsdage
      udsættelse = underrettet → ny_frist
      varsel = 10 arbejdsdage før: sagsbehandler
      varsel = på dagen: sagsbehandler
      varsel = 1 arbejdsdag efter: sagsbehandler
      eksempel = modtaget 2023-03-01 → frist 2023-06-01
      """, id: "merudgifter-100"))

  static let organisation = Organisation(
    adviser: Make.address("raad@gentofte.example"),
    departments: [
      Department(
        name: "Social og Handicap", directorate: "Social & Sundhed",
        leader: Make.address("leder@gentofte.example"))
    ], staff: [:], absences: [])

  /// How the numbers of the sample's cases are shown, with a link.
  static let numbers = CaseNumbers(link: "https://register.gentofte.example/sag/{sagsnr}")

  static func letterhead(link: String? = "https://register.gentofte.example/sag/{sagsnr}") throws
    -> Letterhead
  {
    Letterhead(
      kommune: "Gentofte", sender: try Mailbox("Fristvagt i Gentofte <fristvagt@gentofte.example>"),
      bounce: Make.address("retur@gentofte.example"), numbers: CaseNumbers(link: link))
  }

  /// The notices of cases by number, each with its events, on 14 June 2023.
  static func notices(_ cases: [(id: String, events: [String: String])]) -> [Notice] {
    let decider = NoticeDecider(organisation: organisation, zone: Make.copenhagen, now: now)
    return cases.flatMap { entry in
      Make.verdict(
        book, [.caseID: entry.id, .department: "Social og Handicap", .caseworker: "sb117@gentofte.example"],
        entry.events,
        now: now.moment.description
      ).clocks.flatMap { decider.notices(for: $0) { _ in false } }
    }
  }

  static let now = Make.now("2023-06-14T09:00")

  static let threeCases: [(id: String, events: [String: String])] = [
    ("G-2023-0533", ["modtaget": "2023-03-15"]), ("G-2023-0412", ["modtaget": "2023-03-01"]),
    ("G-2023-0519", ["modtaget": "2023-03-13"]),
    ("G-2023-0498", ["modtaget": "2023-03-02", "underrettet": "2023-05-30", "ny_frist": "2023-06-12"]),
  ]

  static func message(_ cases: [(id: String, events: [String: String])] = threeCases) throws -> MailMessage {
    try #require(composer().compose(notices(cases)).first).message
  }

  static func composer(_ letterhead: Letterhead? = nil, ledger: Ledger = Ledger(begun: now.moment)) throws
    -> Composer
  {
    Composer(
      letterhead: try letterhead ?? Self.letterhead(), texts: Make.texts, ledger: ledger, now: now,
      zone: Make.copenhagen)
  }

  /// What a reminder about cases says.
  static func reminder(_ cases: [(id: String, events: [String: String])], link: String? = nil) throws
    -> Reminder
  {
    Reminder(notices(cases), letterhead: try letterhead(link: link), texts: Make.texts, today: now.today)
  }
}
