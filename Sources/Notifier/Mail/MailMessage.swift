package import Rules

/// A name and an address, as they stand in `From`.
package struct Mailbox: Hashable, Sendable {
  /// Empty where there is none.
  package let name: String
  package let address: EmailAddress

  /// `Fristvagt <fristvagt@kommune.example>` or the address alone.
  ///
  /// - Throws: ``Remedy`` for anything else.
  package init(_ text: String) throws(Remedy) {
    guard let open = text.firstIndex(of: "<"), text.last == ">" else {
      name = ""
      address = try EmailAddress(text)
      return
    }
    name = trimmed(SafeText.masked(String(text[..<open])))
    address = try EmailAddress(text[text.index(after: open)...].dropLast())
  }
}

/// A file that travels with a message.
package struct Attachment: Hashable, Sendable {
  /// ASCII letters, digits, `-` and `.`.
  package let fileName: String
  /// `text/calendar; charset=utf-8; method=PUBLISH`.
  package let contentType: String
  package let bytes: [UInt8]
}

/// A finished mail, before it is bytes.
package struct MailMessage: Hashable, Sendable {
  package let sender: Mailbox
  package let recipient: EmailAddress
  package let subject: String
  /// The left part of the Message-ID; follows from what the message is about, so that a retry has the same.
  package let identity: String
  /// Left parts of the Message-IDs that it belongs to.
  package let references: [String]
  package let text: String
  package let html: String
  package let attachments: [Attachment]
  /// When it was written, and how far local time then was from UTC.
  package let written: WrittenAt

  /// A moment in local time with its distance from UTC.
  package struct WrittenAt: Hashable, Sendable {
    package let local: CivilMoment
    /// Seconds east of UTC.
    package let offset: Int64

    /// The same in UTC.
    package var utc: CivilMoment {
      CivilMoment(localSeconds: local.localSeconds - offset)
    }

    package init(_ now: Now, zone: ZoneTable) {
      let (date, time) = (now.moment.date, now.moment.time ?? Self.unknownTime)
      local = CivilMoment(date, time)
      offset = zone.offset(at: zone.instant(date, time))
    }

    /// A message that is written on a day without a time is dated at its noon.
    private static let unknownTime = TimeOfDay(wrapping: 12 * 3_600)
  }

  /// `<…@domain>`.
  package var messageID: String { "<\(identity)@\(sender.address.domain)>" }

  /// The bytes that sendmail takes on its standard input: LF line breaks, ASCII only, lines of at most 78.
  package var bytes: [UInt8] {
    let boundary = "=_\(identity.prefix(24))"
    let mixed = "\(boundary)_m"
    let alternative = "\(boundary)_a"
    var body = headers.joined(separator: "\n") + "\n"
    let parts =
      "--\(alternative)\n" + part("text/plain", text) + "--\(alternative)\n" + part("text/html", html)
      + "--\(alternative)--\n"
    let alternativeType = "Content-Type: multipart/alternative;\n boundary=\"\(alternative)\"\n\n"
    guard !attachments.isEmpty else { return Array((body + alternativeType + parts).utf8) }
    body += "Content-Type: multipart/mixed;\n boundary=\"\(mixed)\"\n\n"
    body += "--\(mixed)\n" + alternativeType + parts
    for attachment in attachments { body += "--\(mixed)\n" + part(attachment) }
    return Array((body + "--\(mixed)--\n").utf8)
  }

  private var headers: [String] {
    var headers = [
      "Date: \(written.rfc5322)", "From: \(from)", "To: \(recipient)",
      "Subject: " + TransferEncoding.headerText(SafeText.masked(subject), used: "Subject: ".utf8.count),
      folded("Message-ID:", [messageID]), "MIME-Version: 1.0", "Auto-Submitted: auto-generated",
      "X-Auto-Response-Suppress: OOF, AutoReply, RN, NRN",
    ]
    if !references.isEmpty {
      headers.append(folded("References:", references.map { "<\($0)@\(sender.address.domain)>" }))
    }
    return headers
  }

  private var from: String {
    guard !sender.name.isEmpty else { return sender.address.description }
    return TransferEncoding.headerPhrase(sender.name, used: "From: ".utf8.count)
      + (sender.name.utf8.count > 20 ? "\n " : " ") + "<\(sender.address)>"
  }

  private func folded(_ name: String, _ words: [String]) -> String {
    var header = name
    var width = name.utf8.count
    for word in words {
      let breaks = width + 1 + word.utf8.count > 78
      header += (breaks ? "\n " : " ") + word
      width = (breaks ? 0 : width) + 1 + word.utf8.count
    }
    return header
  }

  private func part(_ type: String, _ content: String) -> String {
    """
    Content-Type: \(type); charset=utf-8
    Content-Transfer-Encoding: quoted-printable

    \(TransferEncoding.quotedPrintable(content))

    """
  }

  private func part(_ attachment: Attachment) -> String {
    """
    Content-Type: \(attachment.contentType)
    Content-Disposition: attachment; filename="\(attachment.fileName)"
    Content-Transfer-Encoding: base64

    \(TransferEncoding.base64(attachment.bytes))
    """
  }
}

extension MailMessage.WrittenAt {
  /// `Mon, 16 Dec 2024 08:00:00 +0100`.
  var rfc5322: String {
    let (year, month, day) = local.date.components
    let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][local.date.weekday.rawValue]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let clock = local.earliest.1.digitPairs.joined(separator: ":")
    let minutes = Int(abs(offset)) / 60
    let zone = (offset < 0 ? "-" : "+") + padded(minutes / 60, to: 2) + padded(minutes % 60, to: 2)
    return "\(weekday), \(day) \(months[month - 1]) \(year) \(clock) \(zone)"
  }
}
