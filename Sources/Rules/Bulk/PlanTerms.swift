/// What a ``DayPlan`` stands for, and what it asks that is no number.
final class PlanTerms {
  let rule: Rule
  let terms: RuleTerms
  let today: CivilDate
  /// Indices of the dates that are no events.
  let announced: Set<Int>
  /// The indices of the stop events, and of those of the rule's ``Rule/disclosures``.
  let stops: [Int]
  let disclosures: [Int]
  /// Nil where the law sets no number of days.
  let dues: DueTable?
  private let schema: EventSchema
  /// The calendar of every start, which lives as long as the rule; nil where there are several versions.
  /// Nobody counts references to it here: all readers have the same one, and would wait for one another.
  private let calendar: Unmanaged<WorkingDays>?

  init(
    _ rule: Rule, _ terms: RuleTerms, _ dues: DueTable?, schema: EventSchema, announced: Set<Int>,
    today: CivilDate
  ) {
    self.rule = rule
    self.terms = terms
    self.dues = dues
    self.today = today
    self.announced = announced
    self.schema = schema
    calendar = rule.calendars.count == 1 ? .passUnretained(rule.latestCalendar) : nil
    stops = rule.stops.map { schema.place(of: $0) }
    disclosures = rule.disclosures.map { schema.place(of: $0.event) }
  }

  /// The index of an event; that behind the last one, where nothing ever happens, for one that the rule does
  /// not have.
  func index(_ event: String?) -> Int { schema.place(of: event) }

  /// The last day that is soon for a clock that started on `start`.
  func horizon(from start: Int32) -> Int32 {
    let calendar = rule.calendar(on: CivilDate(day: start))
    return (calendar.advance(today, by: Horizon.workingDays) ?? today).day
  }

  /// Where a new date that a notice gave leads; nil beyond the calendars.
  func rolled(_ newDate: Int32, from start: Int32) -> Int32? {
    let (date, roll) = (CivilDate(day: newDate), terms.roll ?? .forward)
    guard let calendar else { return rule.calendar(on: CivilDate(day: start)).roll(date, roll)?.day }
    return calendar._withUnsafeGuaranteedRef { $0.roll(date, roll)?.day }
  }
}

extension EventSchema {
  fileprivate func place(of event: String?) -> Int {
    event.flatMap { index(of: $0) } ?? names.count
  }
}
