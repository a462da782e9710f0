import Rules

/// The words of a reminder: no blame, no officialese, and nothing of the citizen but the case number.
struct ReminderWording {
  let today: CivilDate
  /// The register's address of a case, with `{sagsnr}` where its number goes.
  let link: String?

  /// `3 frister: 1 overskredet, 1 i dag, 1 på fredag`.
  func subject(exceeded: Int, open: [CivilDate]) -> String {
    let dueToday = open.filter { $0 == today }.count
    let later = open.filter { $0 > today }
    var parts: [String] = []
    if exceeded > 0 { parts.append("\(danish(exceeded)) \(exceeded == 1 ? "overskredet" : "overskredne")") }
    if dueToday > 0 { parts.append("\(danish(dueToday)) i dag") }
    if let first = later.first {
      let isOneDay = later.allSatisfy { $0 == first }
      parts.append("\(danish(later.count)) \(isOneDay ? on(first) : "senere")")
    }
    let all = counted(exceeded + open.count, "frist", "frister")
    if exceeded == 0, dueToday == 0, let first = later.first, later.contains(where: { $0 != first }) {
      return "\(all), den første \(on(first))"
    }
    if open.isEmpty { return "\(all) er overskredet" }
    // Of one kind only, its number would only repeat the sum.
    if parts.count == 1, let words = parts[0].split(separator: " ", maxSplits: 1).last {
      return "\(all) \(words)"
    }
    return "\(all): \(parts.joined(separator: ", "))"
  }

  /// `I dag`, or `Fredag 16. juni, om 2 arbejdsdage`.
  func heading(_ day: CivilDate, _ clock: Clock) -> String {
    guard day > today else { return "I dag" }
    let name = day.danish(asSeenFrom: today)
    let words = name.prefix(1).uppercased() + name.dropFirst()
    guard let left = clock.calendar.count(from: today, to: day), left > 0 else { return words }
    return "\(words), om \(counted(left, "arbejdsdag", "arbejdsdage"))"
  }

  func item(_ notice: Notice) -> Reminder.Item {
    let clock = notice.clock
    var details: [String] = []
    if let told = toldSentence(notice) { details.append(told) }
    details.append("Mangler: \(EventWording.missing(clock.rule))")
    details.append("Hjemmel: \(clock.terms.basis)")
    if let detour = notice.recipient.detour { details.append(detour.danish) }
    if notice.fell < today {
      details.append("Varslet var sat til \(notice.fell.danish(asSeenFrom: today)).")
    }
    return Reminder.Item(
      caseID: shown(clock.caseID), name: clock.terms.name, due: due(notice), details: details,
      link: link.map { Self.address($0, clock.caseID) })
  }

  private func on(_ day: CivilDate) -> String {
    if day - today == 1 { return "i morgen" }
    return day - today < 7 ? "på \(day.weekday.danish)" : day.danish(asSeenFrom: today)
  }

  private func due(_ notice: Notice) -> String {
    let due = notice.reckoning.due
    let words = due.danish(asSeenFrom: today)
    guard notice.reckoning.outcome == .exceeded else {
      return due.date == today ? "forfalder i dag, \(words)" : "forfalder \(words)"
    }
    guard let late = notice.clock.calendar.count(from: due.date, to: today), late > 0 else {
      return "forfaldt \(words)"
    }
    return "forfaldt \(words), for \(counted(late, "arbejdsdag", "arbejdsdage")) siden"
  }

  /// Whether those who must hear of a delay have heard.
  private func toldSentence(_ notice: Notice) -> String? {
    let (rule, reckoning) = (notice.clock.rule, notice.reckoning)
    guard reckoning.outcome == .exceeded else {
      guard case .timely(let given, let newDate) = reckoning.notice else { return nil }
      return
        "Ny frist efter underretning \(given.date.danish(asSeenFrom: today)): \(newDate.danish(asSeenFrom: today))."
    }
    let untold = zip(rule.disclosures, reckoning.disclosed).filter { $1 == nil }.map(\.0.party)
    if !untold.isEmpty { return "Endnu ikke orienteret om forsinkelsen: \(enumerated(untold))." }
    guard rule.extending != nil else { return nil }
    return switch reckoning.notice {
    case nil: "Ansøgeren har ikke fået besked om forsinkelsen."
    case .timely: "Den dato, som ansøgeren har fået besked om, er også passeret. Der skal gives ny besked."
    case .withoutDate: "Ansøgeren har fået besked om forsinkelsen, men ikke en ny dato."
    case .late: "Ansøgeren fik besked om forsinkelsen, men først efter fristen."
    }
  }

  /// `template` with the case number in place, every byte that is no letter or digit percent-encoded.
  private static func address(_ template: String, _ caseID: String) -> String {
    let parts = template.components(separatedBy: "{sagsnr}")
    var number: [UInt8] = []
    for byte in shown(caseID).utf8 {
      let isPlain = isASCIILetterOrDigit(byte) || "-._".utf8.contains(byte)
      number += isPlain ? [byte] : [UInt8(ascii: "%")] + hexDigits(byte)
    }
    return parts.joined(separator: String(decoding: number, as: UTF8.self))
  }
}
