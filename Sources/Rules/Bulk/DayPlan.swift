/// One rule under one of its variants, made ready for cases whose events are whole days, each at most once.
///
/// That is what nearly every row of nearly every register is. It says what ``RulePlan`` would say, which is
/// tested; a row that needs more than this knows is ``Judgement/odd`` and goes to that one. It holds nothing
/// but numbers, so that no case counts references.
struct DayPlan {
  /// An event that the case does not have; later than every day, so that the earliest of several stops is the
  /// least.
  static let absent = Int32.max

  /// What a rule makes of a case.
  enum Judgement: UInt8 {
    /// A clock, in the order of ``StateName/position``.
    case running, soon, exceeded, kept, late, paused, lapsed, unclear
    /// The start event has not happened.
    case notStarted
    /// The rule held before or holds after the start, not on it.
    case notValid
    case odd

    @inline(__always)
    var isClock: Bool { rawValue < Judgement.notStarted.rawValue }

    /// True for a clock that a report lists.
    @inline(__always)
    var isListed: Bool {
      switch self {
      case .soon, .exceeded: true
      default: false
      }
    }
  }

  /// A judgement, and the days of a clock; ``absent`` where it has none.
  struct Verdict {
    let judgement: Judgement
    let due: Int32
    /// The stop or the closing.
    let end: Int32

    @inline(__always)
    init(_ judgement: Judgement, due: Int32 = DayPlan.absent, end: Int32 = DayPlan.absent) {
      self.judgement = judgement
      self.due = due
      self.end = end
    }
  }

  let start: Int
  let startsAtBirth: Bool
  let hasDisclosures: Bool
  /// The last due day of which somebody may have been told, or is to be, when open clocks are watched.
  let lastTold: Int32
  /// True once no clock can start under the rule any more, so that no case waits for it.
  let isOver: Bool
  fileprivate let stop: Int
  fileprivate let hasOtherStops: Bool
  fileprivate let closing: Int
  fileprivate let reopening: Int
  fileprivate let pauseFrom: Int
  fileprivate let pauseUntil: Int
  fileprivate let notice: Int
  fileprivate let newDate: Int
  fileprivate let validFrom: Int32
  fileprivate let validThrough: Int32
  fileprivate let isRepeated: Bool
  fileprivate let today: Int32
  /// True where the rule counts what a day is too coarse for.
  fileprivate let isBeyondDays: Bool
  /// The last day within the horizon; nil where it depends on the version of the calendar.
  fileprivate let horizon: Int32?
  /// Nil where the law sets no number of days.
  fileprivate let dues: DueTable.Look?
  /// For what few cases ask; it outlives the plan.
  fileprivate let terms: Unmanaged<PlanTerms>

  init(_ terms: PlanTerms) {
    let rule = terms.rule
    start = terms.index(rule.start)
    startsAtBirth = rule.startsAtBirth
    hasDisclosures = !rule.disclosures.isEmpty
    lastTold = rule.lastTold(by: terms.today).day
    let stops = terms.stops
    stop = stops[0]
    hasOtherStops = stops.count > 1
    closing = terms.index(EventSchema.closing)
    reopening = terms.index(EventSchema.reopening)
    pauseFrom = terms.index(rule.pausing?.from)
    pauseUntil = terms.index(rule.pausing?.until)
    notice = terms.index(rule.extending?.notice)
    newDate = terms.index(rule.extending?.newDate)
    isOver = rule.validity.through.map { $0 < terms.today } ?? false
    validFrom = rule.validity.from?.day ?? Int32.min
    validThrough = rule.validity.through?.day ?? Int32.max
    isRepeated = rule.repetition == .atEachStop
    today = terms.today.day
    let events =
      [closing, reopening, notice, pauseFrom, pauseUntil] + stops + (rule.startsAtBirth ? [] : [start])
    isBeyondDays = terms.terms.length?.isInHours ?? false || events.contains { terms.announced.contains($0) }
    horizon = rule.calendars.count > 1 ? nil : terms.horizon(from: today)
    dues = terms.dues?.look
    self.terms = .passUnretained(terms)
  }

  /// What nearly every case asks of it.
  var usual: UsualPlan {
    UsualPlan(
      UsualPlan.Events(
        start: start, stop: stop, closing: closing, absent: [reopening, pauseFrom, pauseUntil, notice]),
      from: validFrom, through: min(validThrough, today), today: today, horizon: horizon,
      dues: isBeyondDays || hasOtherStops || isRepeated ? nil : dues)
  }

  /// The notice of a clock that ended on `end` or has not; nil where there was none in its time.
  func notice(_ days: UnsafePointer<Int32>, end: Int32) -> (on: Int32, newDate: Int32?)? {
    let notice = days[notice]
    guard notice != Self.absent, notice <= end else { return nil }
    return (notice, days[newDate] == Self.absent ? nil : days[newDate])
  }

  /// The days of the rule's disclosures from the start of the clock as far as they have come; ``absent``
  /// where one was not made.
  func disclosed(_ days: UnsafePointer<Int32>) -> [Int32] {
    terms._withUnsafeGuaranteedRef { terms in
      terms.disclosures.map { days[$0] >= days[start] && days[$0] <= today ? days[$0] : Self.absent }
    }
  }
}

extension UnsafePointer<DayPlan> {
  /// What the rule makes of the case with these `days`, one for each event of the schema and
  /// ``DayPlan/absent`` behind them.
  ///
  /// By the pointer, because a plan is large.
  @inline(never)
  func verdict(_ days: UnsafePointer<Int32>) -> DayPlan.Verdict {
    let start = days[pointee.start]
    // A birthday may be still to come: the one start that is no event.
    if start > pointee.today { return DayPlan.Verdict(.notStarted) }
    if pointee.isBeyondDays { return DayPlan.Verdict(.odd) }
    let breaks = min(days[pointee.reopening], min(days[pointee.pauseFrom], days[pointee.pauseUntil]))
    if breaks != DayPlan.absent { return DayPlan.Verdict(.odd) }
    let stop = pointee.hasOtherStops ? earliestStop(days) : days[pointee.stop]
    if stop < start || (pointee.isRepeated && stop != DayPlan.absent) { return DayPlan.Verdict(.odd) }
    if start < pointee.validFrom || start > pointee.validThrough { return DayPlan.Verdict(.notValid) }
    var closing = days[pointee.closing]
    if closing < start { closing = DayPlan.absent }
    let end = stop != DayPlan.absent ? stop : closing
    guard let dues = pointee.dues else {
      let state: DayPlan.Judgement =
        stop != DayPlan.absent ? .kept : closing != DayPlan.absent ? .lapsed : .running
      return DayPlan.Verdict(state, end: end)
    }
    var due = dues.due(from: start) ?? reckoned(start)
    if due == DueTable.beyond { return DayPlan.Verdict(.odd) }
    let notice = days[pointee.notice]
    if notice != DayPlan.absent, notice <= end {
      guard notice >= start, let moved = moved(due, notice, days[pointee.newDate], start) else {
        return DayPlan.Verdict(.odd)
      }
      due = moved
    }
    return DayPlan.Verdict(state(stop, closing, due, start), due: due, end: end)
  }

  private func state(_ stop: Int32, _ closing: Int32, _ due: Int32, _ start: Int32) -> DayPlan.Judgement {
    if stop != DayPlan.absent { return stop <= due ? .kept : .late }
    if closing != DayPlan.absent { return .lapsed }
    if due < pointee.today { return .exceeded }
    return due <= (pointee.horizon ?? ask { $0.horizon(from: start) }) ? .soon : .running
  }

  // MARK: What few cases ask

  private func ask<Answer>(_ question: (PlanTerms) -> Answer) -> Answer {
    pointee.terms._withUnsafeGuaranteedRef(question)
  }

  private func earliestStop(_ days: UnsafePointer<Int32>) -> Int32 {
    ask { $0.stops.reduce(DayPlan.absent) { min($0, days[$1]) } }
  }

  private func reckoned(_ start: Int32) -> Int32 { ask { $0.dues?.reckoned(start) ?? DueTable.beyond } }

  private func moved(_ due: Int32, _ notice: Int32, _ newDate: Int32, _ start: Int32) -> Int32? {
    guard notice <= due, newDate != DayPlan.absent else { return due }
    return ask { $0.rolled(newDate, from: start) }.map { Swift.max(due, $0) }
  }
}
