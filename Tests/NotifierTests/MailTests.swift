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

  static func letterhead(link: String? = "https://register.gentofte.example/sag/{sagsnr}") throws
    -> Letterhead
  {
    Letterhead(
      kommune: "Gentofte", sender: try Mailbox("Fristvagt i Gentofte <fristvagt@gentofte.example>"),
      bounce: Make.address("retur@gentofte.example"), link: link)
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
    let composer = Composer(letterhead: try letterhead(), now: now, zone: Make.copenhagen)
    let composed = composer.compose(notices(cases))
    return try #require(composed.first).message
  }
}

@Suite struct MailTests {
  @Test func theWholeMessageIsAsItWasRead() throws {
    let text = String(decoding: try Sample.message().bytes, as: UTF8.self)
    #expect(try Golden.difference("reminder.eml", text) == nil)
  }

  @Test func theTextIsAsItWasRead() throws {
    #expect(try Golden.difference("reminder.txt", try Sample.message().text) == nil)
    #expect(try Golden.difference("reminder.html", try Sample.message().html) == nil)
  }

  @Test func theSameNoticesMakeTheSameBytesWhateverTheirOrder() throws {
    #expect(try Sample.message().bytes == Sample.message(Sample.threeCases.reversed()).bytes)
  }

  @Test func linesAreShortASCIIWithoutCR() throws {
    let bytes = try Sample.message((0..<40).map { ("S-\($0)", ["modtaget": "2023-03-01"]) }).bytes
    #expect(bytes.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    for line in bytes.split(separator: 0x0A) { #expect(line.count <= 78) }
  }

  @Test func oneMessageForEachPerson() throws {
    let composer = Composer(letterhead: try Sample.letterhead(), now: Sample.now, zone: Make.copenhagen)
    let composed = composer.compose(Sample.notices(Sample.threeCases))
    #expect(composed.map(\.message.recipient.description) == ["sb117@gentofte.example"])
    #expect(composed[0].keys.count == 4)
    #expect(composer.compose([]).isEmpty)
  }

  /// Whatever stands in the case number, the message keeps its headers and shows neither CPR number nor control.
  @Test(arguments: [
    "S-1\r\nBcc: x@y", "010190-1234", "<b>S</b>", "S\u{202E}1", "S\u{0}1",
    String(repeating: "9", count: 10_000), "=?UTF-8?Q?x?=",
    "../../x", "S-1\" onclick=\"", "å", "\u{85}\u{2028}",
  ])
  func anyCaseNumberIsHarmless(id: String) throws {
    let message = try Sample.message([(id, ["modtaget": "2023-03-01"])])
    let text = String(decoding: message.bytes, as: UTF8.self)
    let headers = text.split(separator: "\n\n", maxSplits: 1)[0]
    #expect(!headers.contains("Bcc"))
    #expect(
      !message.text.contains("010190-1234") && !message.html.contains("<b>")
        && !message.html.contains("\" onclick"))
    #expect(
      message.text.unicodeScalars.allSatisfy {
        $0 == "\n" || ($0.properties.generalCategory != .control && $0.properties.generalCategory != .format)
      })
    #expect(message.text.count < 2_000)
  }

  @Test(arguments: [
    ("fristvagt@k.example", "From: fristvagt@k.example"),
    ("Fristvagt <f@k.example>", "From: Fristvagt <f@k.example>"),
    ("Borgerrådgiveren <f@k.example>", "From: =?UTF-8?Q?Borgerr=C3=A5dgiveren?= <f@k.example>"),
    ("A, B \"C\" <f@k.example>", "From: =?UTF-8?Q?A=2C_B_=22C=22?= <f@k.example>"),
  ])
  func senders(text: String, header: String) throws {
    let letterhead = Letterhead(
      kommune: "K", sender: try Mailbox(text), bounce: Make.address("b@k.example"), link: nil)
    let composer = Composer(letterhead: letterhead, now: Sample.now, zone: Make.copenhagen)
    let message = try #require(composer.compose(Sample.notices(Sample.threeCases)).first).message
    let lines = String(decoding: message.bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.contains { $0 == header })
  }

  @Test func theDateSaysHowFarFromUTCItWas() throws {
    let summer = MailMessage.WrittenAt(Make.now("2024-07-01T08:05:09"), zone: Make.copenhagen)
    let winter = MailMessage.WrittenAt(Make.now("2024-12-16"), zone: Make.copenhagen)
    #expect(summer.utc.description == "2024-07-01T06:05:09")
    #expect(winter.utc.description == "2024-12-16T11:00")
  }
}

@Suite struct CalendarFileTests {
  @Test func theCalendarIsAsItWasRead() throws {
    let events = Sample.notices(Sample.threeCases).map {
      CalendarEvent($0.clock, $0.reckoning, domain: "gentofte.example", writtenOn: Sample.now.today)
    }
    let bytes = CalendarFile.bytes(events, stamp: Make.moment("2023-06-14T07:00"))
    #expect(try Golden.difference("frister.ics", String(decoding: bytes, as: UTF8.self)) == nil)
    for line in bytes.split(separator: 0x0A) {
      #expect(line.count <= 76 && line.last == 0x0D)
    }
  }

  @Test func aMovedDeadlineKeepsItsEntryAndRaisesItsSequence() throws {
    func event(_ events: [String: String], on today: String) throws -> CalendarEvent {
      let clock = try #require(
        Make.verdict(Sample.book, [.caseID: "S"], events, now: "2023-06-14").clocks.first)
      return CalendarEvent(
        clock, try #require(clock.reckoning), domain: "k.example", writtenOn: Make.date(today))
    }
    let before = try event(["modtaget": "2023-03-01"], on: "2023-05-29")
    let after = try event(
      ["modtaget": "2023-03-01", "underrettet": "2023-05-30", "ny_frist": "2023-07-03"], on: "2023-06-14")
    #expect(before.uid == after.uid)
    #expect(before.sequence < after.sequence)
    #expect(after.day == Make.date("2023-07-03"))
  }
}
