/// Renders a reminder as plain text.
package enum ReminderText {
  /// The whole message.
  package static func render(_ reminder: Reminder, kommune: String) -> String {
    var text = ""
    for group in reminder.groups {
      text += "\(group.heading)\n\n"
      for item in group.items { text += render(item) + "\n" }
    }
    return text + ReminderClosing.text(kommune: kommune) + "\n"
  }

  private static func render(_ item: Reminder.Item) -> String {
    let lines =
      ["\(item.caseID) · \(item.name)", "  \(item.due)"] + item.details.map { "  \($0)" }
      + [item.link].compactMap(\.self).map { "  \($0)" }
    return lines.map { "  \($0)\n" }.joined()
  }
}

/// The last lines of every reminder.
enum ReminderClosing {
  static func text(kommune: String) -> String {
    "Sendt automatisk af fristvagten i \(kommune) Kommune. En beregnet dato er vejledende; hjemlen afgør."
  }
}
