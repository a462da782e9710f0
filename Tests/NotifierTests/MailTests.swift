import Notifier
import Rules
import TestSupport
import Testing

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
    let composer = try Sample.composer()
    let composed = composer.compose(Sample.notices(Sample.threeCases))
    #expect(composed.map(\.message.recipient.description) == ["sb117@gentofte.example"])
    #expect(composed[0].keys.count == 4)
    #expect(composer.compose([]).isEmpty)
  }

  /// Whatever stands in the case number, the message keeps its headers and shows neither CPR number nor
  /// control.
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
      kommune: "K", sender: try Mailbox(text), bounce: Make.address("b@k.example"), numbers: CaseNumbers())
    let composer = try Sample.composer(letterhead)
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
