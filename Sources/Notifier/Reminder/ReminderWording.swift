import Rules

/// The words of a reminder: no blame, no officialese, and nothing of the citizen but the case number.
struct ReminderWording {
  let today: CivilDate
  let numbers: CaseNumbers
  let texts: Texts

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

  /// `I dag`, or `Fredag 16. juni`.
  func heading(_ day: CivilDate) -> String {
    day > today ? sentence(day.danish(asSeenFrom: today)) : "I dag"
  }

  func item(_ notice: Notice) -> Reminder.Item {
    let clock = notice.clock
    var remarks: [String] = []
    if let told = toldSentence(notice) { remarks.append(told) }
    remarks += notice.recipient.detours.map(\.danish)
    if notice.fell < today {
      remarks.append("Varslet var sat til \(notice.fell.danish(asSeenFrom: today)).")
    }
    return Reminder.Item(
      caseID: numbers.shown(clock.caseID), name: clock.terms.name, basis: clock.terms.basis, due: due(notice),
      remarks: remarks, action: action(notice),
      link: numbers.link(to: clock.caseID))
  }

  private func action(_ notice: Notice) -> String {
    let hasLetter = LetterDrafts.isOwed(notice)
    let name: TextName =
      switch notice.reckoning.outcome {
      case .exceeded: hasLetter ? .actionAfterDueWithLetter : .actionAfterDue
      default: hasLetter ? .actionWithLetter : .action
      }
    // One line, whatever lines it was written in.
    let text = texts.text(
      name,
      [
        .missing: EventWording.missing(notice.clock),
        .due: notice.reckoning.due.danish(asSeenFrom: today), .deadline: notice.clock.terms.name,
      ])
    return text.split(separator: "\n").map { trimmed($0) }.joined(separator: " ")
  }

  private func on(_ day: CivilDate) -> String {
    if day - today == 1 { return "i morgen" }
    return day - today < 7 ? "på \(day.weekday.danish)" : day.danish(asSeenFrom: today)
  }

  /// `Forfalder fredag 16. juni, om 2 arbejdsdage`.
  private func due(_ notice: Notice) -> String {
    let due = notice.reckoning.due
    let words = due.danish(asSeenFrom: today)
    let calendar = notice.clock.calendar
    guard notice.reckoning.outcome == .exceeded else {
      return due.date > today
        ? "Forfalder \(words), om \(calendar.distance(from: today, to: due.date))"
        : "Forfalder i dag, \(words)"
    }
    guard due.date < today else { return "Forfaldt \(words)" }
    let over = notice.reckoning.over(on: calendar, today: today)
    return notice.reckoning.heldWorkingDays(on: calendar, today: today) == 0
      ? "Forfaldt \(words), for \(over) siden"
      : "Forfaldt \(words), \(over) over, når tiden i bero ikke tælles med"
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
    case nil: "Borgeren har ikke fået besked om forsinkelsen."
    case .timely: "Den dato, som borgeren har fået besked om, er også passeret. Der skal gives ny besked."
    case .withoutDate: "Borgeren har fået besked om forsinkelsen, men ikke en ny dato."
    case .late(_, nil): "Borgeren fik besked om forsinkelsen, men først efter fristen."
    case .late(_, let promise?):
      promise.isBroken(on: today)
        ? "Lovet igen og ikke holdt: Også den dato, som borgeren fik besked om efter fristen, "
          + "\(promise.date.danish(asSeenFrom: today)), er passeret. Der skal gives ny besked."
        : "Borgeren fik først besked efter fristen og er lovet svar senest \(promise.date.danish(asSeenFrom: today))."
    }
  }
}
