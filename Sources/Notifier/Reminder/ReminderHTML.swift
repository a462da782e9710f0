/// Renders a reminder as HTML for mail programs: no style sheet that they would strip, nothing fetched.
package enum ReminderHTML {
  /// The whole message.
  package static func render(_ reminder: Reminder) -> String {
    var parts = reminder.opening.map { "<p>\(escaped($0))</p>" }
    if !reminder.overview.isEmpty {
      parts += ["<p><strong>\(escaped(reminder.subject))</strong></p>", render(reminder.overview)]
    }
    parts += reminder.groups.map(render)
    for draft in reminder.drafts.drafts {
      parts.append(heading(LetterWording.heading(draft)))
      parts.append("<div style=\"\(letterStyle)\">\(escaped(draft.text))</div>")
    }
    if let further = LetterWording.further(reminder.drafts) { parts.append("<p>\(escaped(further))</p>") }
    parts.append(
      "<p style=\"font-size: smaller\">\(reminder.closing.map(escaped).joined(separator: "<br>\n"))</p>")
    return MailPage.html(title: reminder.subject, body: parts.joined(separator: "\n"))
  }

  private static let letterStyle =
    "white-space: pre-wrap; border-left: 3px solid #8a939e; padding: 0 0 0 1em; margin: 0 0 1em"

  private static func heading(_ text: String) -> String {
    "<h2 style=\"font-size: 1.1em\">\(escaped(text))</h2>"
  }

  private static func render(_ shares: [Reminder.Share]) -> String {
    let rows = shares.map { share in
      "<tr><td style=\"text-align: right; padding-right: .5em\"><strong>\(danish(share.count))</strong></td>"
        + "<td>\(escaped(OverviewWording.words(share)))</td></tr>"
    }
    return
      "<table role=\"presentation\">\n\(rows.joined(separator: "\n"))\n</table>\n<p>\(escaped(OverviewWording.sentence))</p>"
  }

  private static func render(_ group: Reminder.Group) -> String {
    var html = heading(group.heading)
    if !group.items.isEmpty {
      html += "\n<ul>\n" + group.items.map(render).joined(separator: "\n") + "\n</ul>"
    }
    return html + group.blocks.map { "\n" + render($0) }.joined()
  }

  private static func render(_ item: Reminder.Item) -> String {
    let lines =
      ["<strong>\(number(item))</strong> · \(escaped(item.name))"]
      + ([item.due] + item.remarks + [item.action, "Hjemmel: \(item.basis)"]).filter { !$0.isEmpty }.map(
        escaped)
    return "<li style=\"margin-bottom: .75em\">\(lines.joined(separator: "<br>\n"))</li>"
  }

  private static func render(_ block: Reminder.Block) -> String {
    let shared = [block.action, "Hjemmel: \(block.basis)"].filter { !$0.isEmpty }.map(escaped)
    let items = block.items.map { item in
      "<li>\(([number(item)] + ([item.due] + item.remarks).map(escaped)).joined(separator: " · "))</li>"
    }
    return """
      <p><strong>\(escaped(block.name))</strong> · \(counted(block.items.count, "sag", "sager")) mere<br>
      \(shared.joined(separator: "<br>\n"))</p>
      <ul>
      \(items.joined(separator: "\n"))
      </ul>
      """
  }

  /// The case number, leading to the register where that has an address.
  private static func number(_ item: Reminder.Item) -> String {
    let id = escaped(item.caseID)
    return item.link.map { "<a href=\"\(escaped($0))\">\(id)</a>" } ?? id
  }
}
