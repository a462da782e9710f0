package import Rules

/// What every message of one configuration shares.
package struct Letterhead: Hashable, Sendable {
  package let kommune: String
  package let sender: Mailbox
  /// Where bounces go.
  package let bounce: EmailAddress
  package private(set) var numbers: CaseNumbers

  package init(kommune: String, sender: Mailbox, bounce: EmailAddress, numbers: CaseNumbers) {
    self.kommune = kommune
    self.sender = sender
    self.bounce = bounce
    self.numbers = numbers
  }

  /// The same with what a pass has learnt of the case numbers.
  package func with(numbers: CaseNumbers) -> Letterhead {
    var copy = self
    copy.numbers = numbers
    return copy
  }
}

/// One message and the notices that it carries.
package struct ComposedMessage: Sendable {
  package let message: MailMessage
  /// What it carries, as the journal keeps it; at least one.
  package let keys: [String]

  package init(message: MailMessage, keys: [String]) {
    self.message = message
    self.keys = keys
  }
}

/// Turns what is to be told into messages; pure.
package struct Composer: Sendable {
  let letterhead: Letterhead
  let texts: Texts
  /// What was told before, and with this tick; calendars take their numbers from it.
  let ledger: Ledger
  let now: Now
  let zone: ZoneTable

  /// A thread header with more cases than these would only bury the message among strangers.
  private static let threadedCases = 10

  package init(letterhead: Letterhead, texts: Texts, ledger: Ledger, now: Now, zone: ZoneTable) {
    self.letterhead = letterhead
    self.texts = texts
    self.ledger = ledger
    self.now = now
    self.zone = zone
  }

  /// The messages that carry `notices`, each once: one for each person, in the order of their addresses.
  package func compose(_ notices: [Notice]) -> [ComposedMessage] {
    let byRecipient = Dictionary(grouping: notices) { $0.recipient.address }
    return byRecipient.sorted { $0.key < $1.key }.map { recipient, notices in
      ComposedMessage(message: message(to: recipient, notices), keys: notices.map(\.key.description))
    }
  }

  private func message(to recipient: EmailAddress, _ notices: [Notice]) -> MailMessage {
    let reminder = Reminder(notices, letterhead: letterhead, texts: texts, today: now.today)
    let keys = notices.map(\.key.description).sorted()
    let cases = Set(notices.map(\.clock.caseID)).sorted()
    // The hash of a number that may be a CPR number tells it to whoever tries them all.
    let named = cases.filter { !letterhead.numbers.hides($0) }
    return MailMessage(
      sender: letterhead.sender, recipient: recipient, subject: reminder.subject,
      identity: SHA256.name(of: keys.joined(separator: "\n")),
      references: cases.count > Self.threadedCases ? [] : named.map { SHA256.name(of: "sag \($0)") },
      text: ReminderText.render(reminder), html: ReminderHTML.render(reminder),
      attachments: [calendar(notices)], written: MailMessage.WrittenAt(now, zone: zone))
  }

  private func calendar(_ notices: [Notice]) -> Attachment {
    let book = calendarBook
    let events = Reminder.byUrgency(notices).flatMap { book.events($0.clock) }
    return Attachment(
      fileName: "frister.ics", contentType: "text/calendar; charset=utf-8; method=PUBLISH",
      bytes: CalendarFile.bytes(events))
  }

  /// How case numbers are shown.
  package var numbers: CaseNumbers { letterhead.numbers }

  /// What makes calendar entries of clocks.
  package var calendarBook: CalendarBook {
    CalendarBook(ledger, domain: letterhead.sender.address.domain, zone: zone, numbers: letterhead.numbers)
  }
}
