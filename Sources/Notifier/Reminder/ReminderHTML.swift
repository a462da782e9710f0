/// Renders a reminder as HTML for mail programs: no style sheet that they would strip, nothing fetched.
package enum ReminderHTML {
  /// The whole message.
  package static func render(_ reminder: Reminder, kommune: String) -> String {
    MailPage.html(
      title: reminder.subject,
      body: """
        \(reminder.groups.map(render).joined(separator: "\n"))
        <p style="font-size: smaller">\(escaped(ReminderClosing.text(kommune: kommune)))</p>
        """)
  }

  private static func render(_ group: Reminder.Group) -> String {
    "<h2 style=\"font-size: 1.1em\">\(escaped(group.heading))</h2>\n<ul>\n"
      + group.items.map(render).joined(separator: "\n") + "\n</ul>"
  }

  private static func render(_ item: Reminder.Item) -> String {
    let id = escaped(item.caseID)
    let title = item.link.map { "<a href=\"\(escaped($0))\">\(id)</a>" } ?? id
    let lines =
      ["<strong>\(title)</strong> · \(escaped(item.name))", escaped(item.due)] + item.details.map(escaped)
    return "<li>\(lines.joined(separator: "<br>\n"))</li>"
  }
}
