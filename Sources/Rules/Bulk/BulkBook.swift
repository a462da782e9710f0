/// A rule book made ready for the fast way, at one now. It remembers due days, so each thread has its own.
package final class BulkBook {
  /// One rule under one of its variants.
  package struct Terms: Sendable {
    package let rule: Rule
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
    planTerms = terms.map {
      PlanTerms($0.rule, $0.terms, schema: schema, announced: announced, zone: zone, today: now.today)
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
