/// Renders a reminder as plain text.
package enum ReminderText {
  /// The whole message.
  package static func render(_ reminder: Reminder) -> String {
    var parts = reminder.opening
    if !reminder.overview.isEmpty { parts += [reminder.subject, render(reminder.overview)] }
    for group in reminder.groups {
      parts.append(group.heading)
      parts += group.items.map(render) + group.blocks.map(render)
    }
    for draft in reminder.drafts.drafts {
      parts += [LetterWording.heading(draft), draft.text]
    }
    if let further = LetterWording.further(reminder.drafts) { parts.append(further) }
    return (parts + [reminder.closing.joined(separator: "\n")]).joined(separator: "\n\n") + "\n"
  }

  private static func render(_ shares: [Reminder.Share]) -> String {
    let numbers = shares.map { danish($0.count) }
    let width = numbers.map(\.count).max() ?? 0
    let lines = zip(shares, numbers).map { share, number in
      "  " + String(repeating: " ", count: width - number.count) + number + "  "
        + OverviewWording.words(share)
    }
    return (lines + ["", OverviewWording.sentence]).joined(separator: "\n")
  }

  private static func render(_ item: Reminder.Item) -> String {
    let lines =
      [item.due] + item.remarks + [item.action, "Hjemmel: \(item.basis)"] + [item.link].compactMap(\.self)
    return (["  \(item.caseID) · \(item.name)"] + lines.filter { !$0.isEmpty }.map { "    \($0)" })
      .joined(separator: "\n")
  }

  private static func render(_ block: Reminder.Block) -> String {
    let shared = [block.action, "Hjemmel: \(block.basis)"].filter { !$0.isEmpty }.map { "    \($0)" }
    let items = block.items.map { item in
      "    "
        + ([item.caseID, item.due] + item.remarks + [item.link].compactMap(\.self)).joined(separator: " · ")
    }
    return (["  \(block.name) · \(counted(block.items.count, "sag", "sager")) mere"] + shared + items)
      .joined(separator: "\n")
  }
}

/// The words around the drafts of letters.
enum LetterWording {
  static func heading(_ draft: LetterDrafts.Draft) -> String { "Udkast til underretning, \(draft.caseID)" }

  static func further(_ drafts: LetterDrafts) -> String? {
    guard drafts.further > 0 else { return nil }
    return
      "Udkastet kan også bruges til \(drafts.further == 1 ? "den sidste sag" : "de øvrige \(danish(drafts.further)) sager"); ret sagsnummer, frist og dato."
  }
}

/// The words of the overview over a long message.
enum OverviewWording {
  static func words(_ share: Reminder.Share) -> String {
    guard share.exceeded > 0 else { return share.name }
    if share.exceeded == share.count { return "\(share.name), overskredet" }
    return "\(share.name), heraf \(counted(share.exceeded, "overskredet", "overskredne"))"
  }

  static let sentence =
    "De \(Reminder.itemsInFull) mest presserende sager står først med alle oplysninger, de øvrige med en linje hver. Alle står i den vedhæftede kalender."
}
