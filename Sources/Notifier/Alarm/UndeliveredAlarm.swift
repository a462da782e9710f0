package import Rules

extension Alarm {
  /// A mail that was given up, or of which nobody knows whether it arrived, and the notices that were in it.
  package struct Undelivered: Hashable, Sendable {
    package let proof: DeliveryProof
    package let notices: [WrittenNoticeKey]

    package init(proof: DeliveryProof, notices: [WrittenNoticeKey]) {
      self.proof = proof
      self.notices = notices
    }
  }

  /// At most this many notices of a mail are named; the number of all is always told.
  private static let noticesNamed = 25

  /// Tells the adviser whom nobody has reached, so that a person can.
  ///
  /// - Parameter mails: at least one.
  package init(undelivered mails: [Undelivered], numbers: CaseNumbers, today: CivilDate) {
    let number = counted(mails.count, "mail", "mails")
    subject = "\(number) er måske ikke nået frem"
    items = mails.flatMap { mail in
      [mail.proof.line(asSeenFrom: today)]
        + mail.notices.prefix(Self.noticesNamed).map { Self.line($0, numbers, today) }
        + (mail.notices.count > Self.noticesNamed
          ? ["– og \(counted(mail.notices.count - Self.noticesNamed, "varsel", "varsler")) mere"] : [])
    }
    paragraphs = [
      "Fristvagten kunne ikke aflevere \(number), eller ved ikke, om \(mails.count == 1 ? "den" : "de") kom frem. Står der »næste«, bliver mailen prøvet igen; ellers ikke.",
      "Giv modtageren besked på anden vis, eller ret adressen i registeret eller i konfigurationen: den nye modtager får så selv besked.",
    ]
  }

  private static func line(_ key: WrittenNoticeKey, _ numbers: CaseNumbers, _ today: CivilDate) -> String {
    let due = (try? CivilMoment(iso: key.due))?.short(asSeenFrom: today) ?? key.due
    return "– \(numbers.shown(key.caseID)) · \(key.rule) · forfald \(due) · \(key.step)"
  }
}

extension Composer {
  /// An alarm as a mail; `keys` name in the journal what it tells of, so that each is told once.
  package func compose(_ alarm: Alarm, to recipient: EmailAddress, keys: [String]) -> ComposedMessage {
    let message = MailMessage(
      sender: letterhead.sender, recipient: recipient, subject: alarm.subject,
      identity: SHA256.name(of: keys.sorted().joined(separator: "\n")), references: [], text: alarm.text,
      html: alarm.html, attachments: [], written: MailMessage.WrittenAt(now, zone: zone))
    return ComposedMessage(message: message, keys: keys)
  }
}
