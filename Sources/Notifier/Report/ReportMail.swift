package import Rules

extension Composer {
  /// A report as a mail; `keys` name in the journal what it carries, so that it is sent once.
  package func compose(_ report: ReportDocument, to recipient: EmailAddress, keys: [String])
    -> ComposedMessage
  {
    let report = report.mailed
    let figures = report.figures.filter { $0.number > 0 }.map { "\(danish($0.number)) \($0.label)" }
    let summary = figures.isEmpty ? report.quietSummary : figures.joined(separator: ", ")
    let message = MailMessage(
      sender: letterhead.sender, recipient: recipient, subject: "\(report.title): \(summary)",
      identity: SHA256.name(of: keys.joined(separator: "\n")), references: [],
      text: ReportText.render(report), html: ReportHTML.render(report, for: .mail),
      attachments: [], written: MailMessage.WrittenAt(now, zone: zone))
    return ComposedMessage(message: message, keys: keys)
  }
}
