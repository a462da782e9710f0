import Notifier
package import Rules

/// The days on which something happens.
package enum ScheduleDays: Hashable, Sendable {
  case daily
  /// Working days of the rule book's first calendar.
  case workingDays
  case weekdays([Weekday])

  /// `dagligt`, `arbejdsdage`, or weekdays: `mandag, torsdag`.
  ///
  /// - Throws: ``Remedy`` for anything else.
  init(text: String) throws(Remedy) {
    switch text {
    case "dagligt": self = .daily
    case "arbejdsdage": self = .workingDays
    default:
      var days: [Weekday] = []
      for name in commaList(text) {
        guard let day = Weekday.allCases.first(where: { $0.danish == name }) else {
          let names = ["dagligt", "arbejdsdage"] + Weekday.allCases.map(\.danish)
          throw Remedy("\"\(shortened(name))\" is no day" + suggestion(for: name, among: names))
        }
        days.append(day)
      }
      self = .weekdays(days)
    }
  }

  /// True when it happens on `date`; `calendar` says what a working day is.
  package func contains(_ date: CivilDate, calendar: WorkingDays) -> Bool {
    switch self {
    case .daily: true
    case .workingDays: calendar.isWorkingDay(date) ?? false
    case .weekdays(let days): days.contains(date.weekday)
    }
  }
}

/// When a digest or a report is sent: `arbejdsdage 07:00`.
package struct Schedule: Hashable, Sendable {
  package let days: ScheduleDays
  package let time: TimeOfDay

  package init(text: String) throws(Remedy) {
    guard let space = text.lastIndex(of: " "), let time = TimeOfDay(text: text[text.index(after: space)...])
    else {
      throw Remedy("\"\(shortened(text))\" is no time to send at; write for example arbejdsdage 07:00")
    }
    days = try ScheduleDays(text: trimmed(text[..<space]))
    self.time = time
  }

  /// The latest day whose time has come by `now`; nil when there was none in the last month.
  ///
  /// By day, not by instant: a clock change can neither skip nor double it.
  package func latestDay(at now: Now, calendar: WorkingDays) -> CivilDate? {
    let (today, clock) = now.latest
    return (0...31).lazy.map { today - $0 }.first { day in
      days.contains(day, calendar: calendar) && (day < today || time <= clock)
    }
  }
}

/// The hours in which reminders may be sent: `arbejdsdage 07:00 .. 17:00`, both ends inclusive.
package struct SendWindow: Hashable, Sendable {
  package let days: ScheduleDays
  package let hours: ClosedRange<TimeOfDay>

  package init(text: String) throws(Remedy) {
    let ends = text.components(separatedBy: "..")
    let words = ends[0].split(separator: " ")
    guard ends.count == 2, let first = words.last.flatMap({ TimeOfDay(text: $0) }),
      let last = TimeOfDay(text: ends[1]), first < last, words.count > 1
    else {
      throw Remedy("\"\(shortened(text))\" is no window; write for example arbejdsdage 07:00 .. 17:00")
    }
    days = try ScheduleDays(text: words.dropLast().joined(separator: " "))
    hours = first...last
  }

  /// True when reminders may go out at `now`; of a now without a time only the day is asked.
  package func isOpen(at now: Now, calendar: WorkingDays) -> Bool {
    days.contains(now.today, calendar: calendar) && (now.moment.time.map(hours.contains) ?? true)
  }
}
