import Rules

/// The numbers of the first screen.
struct DayFigures {
  let exceeded: ClockList
  let soon: ClockList
  let changes: Changes?
  let today: CivilDate

  var all: [ReportDocument.Figure] {
    let dueToday = soon.count(from: today, through: today)
    return [
      .init(exceeded.count, "overskredet", remark: remark, .high),
      .init(dueToday, "forfalder i dag", .middle),
      .init(soon.count - dueToday, "inden \(Horizon.workingDays) arbejdsdage", .low),
    ]
  }

  /// How many are new since the reader last looked; without an earlier report, since the working day before
  /// today.
  private var remark: String? {
    if let changes {
      return words(changes.new.count, changes.sinceWords(asSeenFrom: today))
    }
    guard let calendar = exceeded.first?.clock.calendar, let before = calendar.advance(today, by: -1) else {
      return nil
    }
    let new = exceeded.count(from: before)
    return words(new, "siden \(before == today - 1 ? "i går" : before.weekday.danish)")
  }

  private func words(_ new: Int, _ since: String) -> String? {
    new == 0 ? nil : "\(danish(new)) \(new == 1 ? "ny" : "nye") \(since)"
  }
}
