/// A rule book made ready for the fast way, at one now. It remembers due days, so each thread has its own.
package final class BulkBook {
  /// One rule under one of its variants.
  package struct Terms: Sendable {
    /// The rule as the file has it, with all its variants.
    package let rule: Rule
    /// Those of the variant.
    package let terms: RuleTerms
    let zone: ZoneTable
  }

  package let now: Now
  /// What each of ``plans`` stands for, by ``DayClock/plan``.
  package let terms: [Terms]
  let rules: [Rule]
  let plans: UnsafeMutablePointer<DayPlan>
  /// Of each plan.
  let usualPlans: UnsafeMutablePointer<UsualPlan>
  /// They live as long as the plans that point to them.
  private let planTerms: [PlanTerms]
  /// How many events the schema has.
  let events: Int
  /// The dates that are no events.
  let announced: Set<Int>

  package init(_ book: RuleBook, schema: EventSchema, zone: ZoneTable, now: Now) {
    let announced = book.announcedDates(in: schema)
    let terms = book.rules.flatMap { rule in
      rule.variants.map { Terms(rule: rule, terms: $0.terms, zone: zone) }
    }
    self.now = now
    self.announced = announced
    self.terms = terms
    rules = book.rules
    events = schema.names.count
    var dues = DueTables(today: now.today)
    planTerms = terms.map {
      PlanTerms(
        $0.rule, $0.terms, dues.table(of: $0), schema: schema, announced: announced, today: now.today)
    }
    plans = .allocate(capacity: terms.count)
    usualPlans = .allocate(capacity: terms.count)
    for (index, plan) in planTerms.enumerated() {
      (plans + index).initialize(to: DayPlan(plan))
      (usualPlans + index).initialize(to: plans[index].usual)
    }
  }

  deinit {
    plans.deinitialize(count: terms.count)
    plans.deallocate()
    usualPlans.deallocate()
  }
}

/// The tables of due days of a book; variants of a rule that count alike look into the same one.
private struct DueTables {
  let today: CivilDate
  private var tables: [Key: DueTable] = [:]

  private struct Key: Hashable {
    let rule: ObjectIdentifier
    let length: Length
    let roll: Roll
  }

  init(today: CivilDate) {
    self.today = today
  }

  /// Nil where nothing is counted in days.
  mutating func table(of terms: BulkBook.Terms) -> DueTable? {
    guard let length = terms.terms.length, !length.isInHours else { return nil }
    let roll = terms.terms.roll ?? .none
    let key = Key(rule: ObjectIdentifier(terms.rule), length: length, roll: roll)
    if let known = tables[key] { return known }
    let table = DueTable(of: length, terms.rule, roll: roll, zone: terms.zone, around: today)
    tables[key] = table
    return table
  }
}
