/// Why a day did not count.
package enum SkipReason: Hashable, Sendable {
  /// A Saturday or Sunday without a name of its own.
  case weekend
  /// A helligdag or closing day, by its name.
  case named(String)
  /// The clock stood still.
  case paused
}

/// A day that was passed over while a deadline was counted.
package struct SkippedDay: Hashable, Sendable {
  package let date: CivilDate
  package let reason: SkipReason

  /// True for Saturday and Sunday, named or not.
  package var isOnWeekend: Bool { date.weekday.isWeekend }
}

/// How one due day was counted, so that a person, or a second program, can count it again.
package struct Trace: Hashable, Sendable {
  /// One term of the length: from where to where it led, and what it passed over.
  package struct Step: Hashable, Sendable {
    package let term: LengthTerm
    package let from: CivilDate
    package let through: CivilDate
    /// In order of time; only units of working days skip any.
    package let skipped: [SkippedDay]
  }

  package let start: CivilDate
  package let steps: [Step]
  /// Paused days that moved a due day in calendar units, in order; for working days they stand in the steps.
  package let held: [CivilDate]
  /// Where the count ended, before it rolled.
  package let counted: CivilDate
  /// The days that the roll passed over, `counted` first; empty where it did not move.
  package let rolled: [SkippedDay]
  /// The due day itself, where it is no working day and stayed there.
  package let restsOn: SkippedDay?
  package let due: CivilDate
}

extension Reckoner {
  /// The same reckoning as ``dueDay(from:_:roll:pauses:)``, told step by step; nil where that has no answer.
  package func trace(from start: CivilDate, _ length: Length, roll: Roll, pauses: Pauses = .none) -> Trace? {
    guard let due = dueDay(from: start, length, roll: roll, pauses: pauses),
      let counted = dueDay(from: start, length, roll: .none, pauses: pauses)
    else { return nil }
    var steps: [Trace.Step] = []
    var date = start
    for (index, term) in length.terms.enumerated() {
      guard let reached = step(from: date, term) else { return nil }
      // A paused length in working days has one term, which ends where the count does.
      let isPausedCount = !pauses.isEmpty && !term.unit.endsOnAnyDay
      let end = isPausedCount && index == length.terms.count - 1 ? counted : reached
      steps.append(
        Trace.Step(
          term: term, from: date, through: end, skipped: skipped(from: date, to: end, term.unit, pauses)))
      date = end
    }
    let held = date == counted ? [] : pauses.days(after: start, through: counted)
    return Trace(
      start: start, steps: steps, held: held, counted: counted, rolled: rolledOver(from: counted, to: due),
      restsOn: calendar.isWorkingDay(due) == false ? skippedDay(due, calendar) : nil, due: due)
  }

  /// The days between that a unit of working days did not count; forward without the first, backward too.
  private func skipped(
    from start: CivilDate, to end: CivilDate, _ unit: LengthUnit, _ pauses: Pauses
  ) -> [SkippedDay] {
    guard unit == .workingDays || unit == .weekdays else { return [] }
    let table = table(of: unit)
    let (first, last) = start < end ? (start + 1, end) : (end, start - 1)
    guard first <= last else { return [] }
    let paused = Set(pauses.days(after: start, through: end))
    return (0...(last - first)).map { first + $0 }.compactMap { day in
      if table.isWorkingDay(day) == false { return skippedDay(day, table) }
      return paused.contains(day) ? SkippedDay(date: day, reason: .paused) : nil
    }
  }

  private func rolledOver(from counted: CivilDate, to due: CivilDate) -> [SkippedDay] {
    let distance = abs(due - counted)
    return (0..<distance).map { skippedDay(due > counted ? counted + $0 : counted - $0, calendar) }
  }

  private func skippedDay(_ day: CivilDate, _ table: WorkingDays) -> SkippedDay {
    SkippedDay(date: day, reason: table.name(of: day).map { .named($0) } ?? .weekend)
  }
}
