package import Rules

extension Composer {
  /// A report as a mail; `key` names it in the journal, so that it is sent once.
  package func compose(_ report: ReportDocument, to recipient: EmailAddress, key: String) -> ComposedMessage {
    let figures = report.figures.map { "\(danish($0.number)) \($0.label)" }.joined(separator: ", ")
    let message = MailMessage(
      sender: letterhead.sender, recipient: recipient, subject: "\(report.title): \(figures)",
      identity: SHA256.name(of: key), references: [], text: ReportText.render(report),
      html: ReportHTML.render(report),
      attachments: [], written: MailMessage.WrittenAt(now, zone: zone))
    return ComposedMessage(message: message, keys: [key])
  }
}
