/// What a ``DayPlan`` asks of nearly every case, in numbers that lie side by side: one stop at most, no
/// notice, no break.
///
/// It says what the plan would say, or nothing.
struct UsualPlan {
  /// Where the days of events stand.
  struct Events {
    let start: Int
    let stop: Int
    let closing: Int
    /// Those that have not happened in a usual case.
    let absent: [Int]
  }

  private let start: Int32
  private let stop: Int32
  private let closing: Int32
  private let absent: EventBits
  /// The start days of which something may be said: the first, and how many.
  private let firstStart: Int32
  private let starts: UInt32
  private let today: Int32
  private let horizon: Int32
  /// The due day of each of those; nil where there are none.
  private let dues: UnsafePointer<Int32>?

  /// - Parameters:
  ///   - first: on which the rule holds; `last` likewise, or today.
  ///   - horizon: the last day within it; nil where that depends on the start.
  ///   - dues: nil for a rule that needs to see more than a usual case has.
  init(
    _ events: Events, from first: Int32, through last: Int32, today: Int32, horizon: Int32?,
    dues: DueTable.Look?
  ) {
    (start, stop, closing) = (Int32(events.start), Int32(events.stop), Int32(events.closing))
    absent = EventBits(events.absent)
    self.today = today
    self.horizon = horizon ?? today
    guard let dues, horizon != nil, max(first, dues.starts.lowerBound) <= min(last, dues.starts.upperBound)
    else {
      (firstStart, starts, self.dues) = (0, 0, nil)
      return
    }
    firstStart = max(first, dues.starts.lowerBound)
    starts = UInt32(min(last, dues.starts.upperBound) - firstStart) + 1
    self.dues = dues.entries(from: firstStart)
  }

  /// What the rule makes of the case with these `days`; nil where the plan has to say it.
  ///
  /// - Parameters:
  ///   - happened: at least the events that have a day.
  ///   - states: those of ``states``.
  @inline(__always)
  func verdict(
    _ days: UnsafePointer<Int32>, _ happened: EventBits, _ states: UnsafePointer<DayPlan.Judgement>
  ) -> DayPlan.Verdict? {
    let start = days[Int(start)]
    let (stop, closing) = (days[Int(stop)], days[Int(closing)])
    let index = UInt32(bitPattern: start &- firstStart)
    guard index < starts, let dues else { return start > today ? DayPlan.Verdict(.notStarted) : nil }
    let due = dues[Int(index)]
    guard stop >= start, closing >= start, happened.isDisjoint(with: absent), due != DueTable.unknown,
      due != DueTable.beyond
    else { return nil }
    let state =
      isLess(horizon, due) | isLess(due, today) << 1 | isLess(due, stop) << 2
      | isLess(closing, DayPlan.absent) << 3 | isLess(stop, DayPlan.absent) << 4
    return DayPlan.Verdict(states[state], due: due, end: stop == DayPlan.absent ? closing : stop)
  }

  /// One where it is; reckoned, because which it is no processor can guess.
  @inline(__always)
  private func isLess(_ a: Int32, _ b: Int32) -> Int {
    Int(truncatingIfNeeded: UInt64(bitPattern: Int64(a) &- Int64(b)) &>> 63)
  }

  /// The state for each of the numbers that ``verdict(_:_:_:)`` may reckon.
  static var states: [DayPlan.Judgement] {
    (0..<32).map { number in
      if number & 16 != 0 { return number & 4 == 0 ? .kept : .late }
      if number & 8 != 0 { return .lapsed }
      if number & 2 != 0 { return .exceeded }
      return number & 1 == 0 ? .soon : .running
    }
  }
}
