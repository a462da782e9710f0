import Notifier
import Rules
import TestSupport
import Testing

/// One reader, five hundred cases on one morning.
@Suite struct LongMessageTests {
  private static let cases = (1...500).map { number in
    ("G-\(1_000 + number)", ["modtaget": number <= 12 ? "2023-03-10" : "2023-03-13"])
  }

  private func message() throws -> MailMessage {
    let composed = try Sample.composer().compose(Sample.notices(Self.cases))
    #expect(composed.count == 1)
    return try #require(composed.first).message
  }

  @Test func theFirstScreenSaysWhatMatters() throws {
    let message = try message()
    #expect(message.subject == "500 frister: 12 overskredne, 488 i dag")
    #expect(try Golden.difference("reminder-500.txt", String(message.text.prefix(4_000))) == nil)
    let screen = message.text.split(separator: "\n").prefix(8).joined(separator: "\n")
    #expect(screen.contains("500  Merudgifter til voksne, serviceloven § 100, heraf 12 overskredne"))
    #expect(screen.contains("Overskredet"))
  }

  @Test func everyCaseStandsOnceWithItsDayAndItsLink() throws {
    let message = try message()
    // The letters name their cases too.
    let list = try #require(message.text.split(separator: "Udkast til underretning").first)
    for (id, _) in Self.cases {
      let lines = list.split(separator: "\n").filter { $0.contains("\(id) ·") }
      #expect(lines.count == 1, "\(id)")
      #expect(list.contains("https://register.gentofte.example/sag/\(id)"))
      #expect(message.html.contains(">\(id)</a>"))
    }
    let calendar = String(decoding: try #require(message.attachments.first).bytes, as: UTF8.self)
    #expect(calendar.split(separator: "BEGIN:VEVENT").count == 501)
  }

  @Test func theMostUrgentStandInFullAndOnlyAFewLettersFollow() throws {
    let reminder = try Sample.reminder(Self.cases)
    #expect(reminder.groups.map(\.items.count) == [12, Reminder.itemsInFull - 12])
    #expect(reminder.groups.flatMap(\.blocks).map(\.items.count) == [475])
    #expect(reminder.drafts.drafts.count == LetterDrafts.shownDrafts && reminder.drafts.further == 492)
    #expect(try message().text.contains("Udkastet kan også bruges til de øvrige 492 sager"))
  }

  @Test func nothingIsShortenedUpToTheLimit() throws {
    let reminder = try Sample.reminder(Array(Self.cases.prefix(Reminder.itemsInFull)))
    #expect(reminder.overview.isEmpty && reminder.groups.flatMap(\.blocks).isEmpty)
  }
}
