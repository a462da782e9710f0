import Rules

/// Days and calendars in words.
enum CalendarWording {
  /// What counts as a working day: `mandag–fredag uden helligdage, 5. juni, 24. december og 31. december`.
  static func workingDays(_ calendar: WorkingDays, _ weekdays: WeekdaySet) -> String {
    let days = weekdays == .mondayToSaturday ? "mandag–lørdag" : "mandag–fredag"
    var without = calendar.definition.holidays == .danish ? ["helligdage"] : []
    var hasLocal = false
    for closing in calendar.definition.closed {
      guard case .yearly(let month, let day, _) = closing else {
        hasLocal = true
        continue
      }
      without.append("\(day). \(CivilDate.danishMonth(month))")
    }
    if hasLocal { without.append("kommunens lukkedage") }
    return without.isEmpty ? days : "\(days) uden \(enumerated(without))"
  }

  /// The days among `skipped` that only their name keeps from being working days, three to a line; the year
  /// where it is another than the first day's.
  static func named(_ skipped: [SkippedDay], around start: CivilDate) -> [String] {
    let words = skipped.filter { !$0.isOnWeekend }.compactMap { day -> String? in
      let year = day.date.year == start.year ? "" : " \(day.date.year)"
      let (_, month, number) = day.date.components
      switch day.reason {
      case .named(let name): return "\(name) \(number). \(CivilDate.danishMonth(month))\(year)"
      case .weekend, .paused: return nil
      }
    }
    return stride(from: 0, to: words.count, by: 3).map {
      words[$0..<min($0 + 3, words.count)].joined(separator: " · ")
    }
  }

  /// What a day is called that is no working day: its name, or its weekday.
  static func name(_ day: SkippedDay) -> String {
    switch day.reason {
    case .named(let name): name
    case .weekend: day.date.weekday.danish
    case .paused: "i bero"
    }
  }
}

extension WorkingDays {
  /// How far one day lies behind another: `2 arbejdsdage`; where no working day has begun between them,
  /// `1 dag`.
  func distance(from start: CivilDate, to end: CivilDate) -> String {
    let working = count(from: start, to: end) ?? 0
    return working > 0 ? counted(working, "arbejdsdag", "arbejdsdage") : counted(end - start, "dag", "dage")
  }
}

extension Reckoning {
  /// How far the due day lies behind `today`; where the clock has stood still since, by the working days on
  /// which it ran.
  func over(on calendar: WorkingDays, today: CivilDate) -> String {
    heldWorkingDays(on: calendar, today: today) == 0
      ? calendar.distance(from: due.date, to: today)
      : counted(workingDaysOver(on: calendar, today: today), "arbejdsdag", "arbejdsdage")
  }
}
