/// Renders a reminder as HTML for mail programs: no style sheet that they would strip, nothing fetched.
package enum ReminderHTML {
  /// The whole message.
  package static func render(_ reminder: Reminder, kommune: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="da">
    <head><meta charset="utf-8"><title>\(escaped(reminder.subject))</title></head>
    <body style="font-family: sans-serif; line-height: 1.45; max-width: 42em">
    \(reminder.groups.map(render).joined(separator: "\n"))
    <p style="font-size: smaller">\(escaped(ReminderClosing.text(kommune: kommune)))</p>
    </body>
    </html>

    """
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
