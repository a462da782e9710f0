/// Which way a due day moves that is no working day; the value of `ruller`.
package enum Roll: String, Hashable, Sendable, CaseIterable {
  /// To the next working day.
  case forward = "frem"
  /// To the working day before.
  case backward = "tilbage"
  /// Nowhere.
  case none = "nej"
}

/// The working days of one calendar as tables, so that counting 7 or 600 of them costs the same.
///
/// It covers ``CivilDate/supportedDays``. Whatever leads outside it has no answer (nil), never a guess. A
/// class, because whatever counts on it points at it; immutable.
package final class WorkingDays: Sendable {
  package let definition: CalendarDefinition
  /// Which days of the week may be working days.
  package let weekdays: WeekdaySet

  /// For each covered day the number of working days up to and including it.
  private let countUpTo: [Int32]
  /// The day numbers of all working days, in order.
  private let workingDays: [Int32]

  private static let firstDay = CivilDate.supportedDays.lowerBound.day
  private static let dayCount = CivilDate.supportedDays.upperBound - CivilDate.supportedDays.lowerBound + 1

  /// Tabulates `definition`: the days of the week in `weekdays` without its named days.
  package init(_ definition: CalendarDefinition, weekdays: WeekdaySet = .mondayToFriday) {
    self.definition = definition
    self.weekdays = weekdays
    var isFree = [Bool](repeating: false, count: Self.dayCount)
    let firstFree = (weekdays == .mondayToFriday ? Weekday.saturday : .sunday).rawValue
    let firstWeekday = CivilDate(day: Self.firstDay).weekday.rawValue
    for weekday in firstFree..<7 {
      let first = (weekday - firstWeekday + 7) % 7
      for index in stride(from: first, to: Self.dayCount, by: 7) { isFree[index] = true }
    }
    for year in CivilDate.supportedYears {
      for day in definition.days(in: year) { isFree[Int(day.date.day - Self.firstDay)] = true }
    }
    // Every process begins with this, so no array grows and nothing is gone through twice.
    var workingDays: [Int32] = []
    countUpTo = [Int32](unsafeUninitializedCapacity: Self.dayCount) { counts, counted in
      counted = Self.dayCount
      workingDays = [Int32](unsafeUninitializedCapacity: Self.dayCount) { days, filled in
        filled = Self.tabulate(isFree, counts, days)
      }
    }
    self.workingDays = workingDays
  }

  /// Fills both tables.
  ///
  /// - Returns: how many working days there are.
  private static func tabulate(
    _ isFree: [Bool], _ counts: UnsafeMutableBufferPointer<Int32>, _ days: UnsafeMutableBufferPointer<Int32>
  ) -> Int {
    guard let counts = counts.baseAddress, let days = days.baseAddress else { return 0 }
    var count = 0
    isFree.withUnsafeBufferPointer { isFree in
      for index in 0..<isFree.count {
        // A free day is written too, where the next one overwrites it.
        days[count] = firstDay &+ Int32(truncatingIfNeeded: index)
        count &+= isFree[index] ? 0 : 1
        counts[index] = Int32(truncatingIfNeeded: count)
      }
    }
    return count
  }

  /// True for a working day; nil outside the tables.
  package func isWorkingDay(_ date: CivilDate) -> Bool? {
    guard let index = index(date) else { return nil }
    return countUpTo[index] != (index == 0 ? 0 : countUpTo[index - 1])
  }

  /// The `count`th working day after `date`, or before it when negative.
  ///
  /// `date` itself is not counted. From a day that is no working day, forward counting starts as from the
  /// working day before, backward counting as from the working day after; 0 leaves the date where it is.
  package func advance(_ date: CivilDate, by count: Int) -> CivilDate? {
    guard count != 0 else { return date }
    guard let index = index(date) else { return nil }
    let anchor = count > 0 ? Int(countUpTo[index]) - 1 : index == 0 ? 0 : Int(countUpTo[index - 1])
    return workingDay(anchor + count)
  }

  /// `date` itself when it is a working day, otherwise the next or the previous one.
  package func roll(_ date: CivilDate, _ roll: Roll) -> CivilDate? {
    guard roll != .none else { return date }
    guard let index = index(date), let isWorking = isWorkingDay(date) else { return nil }
    if isWorking { return date }
    return workingDay(Int(countUpTo[index]) - (roll == .forward ? 0 : 1))
  }

  /// The number of working days after `start` up to and including `end`; negative when `end` comes first.
  package func count(from start: CivilDate, to end: CivilDate) -> Int? {
    guard let first = index(start), let last = index(end) else { return nil }
    return Int(countUpTo[last] - countUpTo[first])
  }

  /// Why `date` is no working day: the name of the helligdag or closing day. Nil on weekdays without one, and
  /// on weekends that have no name of their own.
  package func name(of date: CivilDate) -> String? {
    definition.namedDays(in: date.year).first { $0.date == date }?.name
  }

  private func index(_ date: CivilDate) -> Int? {
    let index = Int(date.day) - Int(Self.firstDay)
    return (0..<Self.dayCount).contains(index) ? index : nil
  }

  private func workingDay(_ ordinal: Int) -> CivilDate? {
    workingDays.indices.contains(ordinal) ? CivilDate(day: workingDays[ordinal]) : nil
  }
}
