/// What the rule book says of one case.
package struct CaseVerdict: Sendable {
  package let caseID: String
  package let clocks: [Clock]
  /// The rules that fit and have no clock yet because their start event has not happened, each once.
  let waiting: [String]
  /// Events dated after now: ignored, and told to whoever keeps the register.
  package let future: [(event: String, at: CivilMoment)]
  /// Stops before the start of every clock that they could stop, each beside a later one that counts: told
  /// likewise.
  package let earlyStops: [StopEvent]
  /// True where a rule asks for consent, and what the case says of it cannot be read: it counts as none.
  package let hasUnreadableConsent: Bool
  /// True when a rule that is `fortrolig` applies to the case, whether or not it has a clock there.
  package let isConfidential: Bool

  package var coverage: Coverage {
    clocks.isEmpty && waiting.isEmpty ? .unmatched : .covered(waiting: waiting.count)
  }
}

/// Whether the rule book has anything to say of a case.
package enum Coverage: Hashable, Sendable {
  /// At least one rule fits; `waiting` of them have no clock yet because their start event has not happened.
  case covered(waiting: Int)
  /// No rule fits: counted, never passed over as fine.
  case unmatched
}

/// Evaluates cases against a rule book at one now; pure.
package struct Evaluator: Sendable {
  private let plans: [RulePlan]
  private let schema: EventSchema
  private let now: Now
  private let confidential: [Rule]
  private let announced: Set<Int>

  package init(_ book: RuleBook, schema: EventSchema, zone: ZoneTable, now: Now) {
    plans = book.rules.map { RulePlan($0, schema: schema, zone: zone, now: now) }
    announced = book.announcedDates(in: schema)
    confidential = book.rules.filter { $0.confidentiality == .confidential }
    self.schema = schema
    self.now = now
  }

  /// The clocks of `row`, in the order of the rule book.
  package func verdict(on row: Case) -> CaseVerdict {
    var clocks: [Clock] = []
    var waiting: [String] = []
    var stops = RulePlan.Finding.Stops()
    var asksForConsent = false
    let isConfidential = isConfidential(row)
    let hasDates = row.dates.contains(where: \.isPresent) || !row.further.isEmpty
    for plan in plans {
      guard let variant = plan.rule.variant(for: row.fields) else { continue }
      if plan.rule.consent == .required { asksForConsent = true }
      let found: [RulePlan.Finding.Clocked]
      switch plan.finding(on: row, variant.terms) {
      case .clocks(let rounds, let more):
        found = rounds
        stops.early += more.early
        stops.others += more.others
      case .notStarted where !hasDates: found = [.unclear(.noDates)]
      // A rule whose time is over waits for nothing any more.
      case .notStarted where plan.rule.validity.through.map { $0 < now.today } ?? false: continue
      case .notStarted:
        if !waiting.contains(plan.rule.id) { waiting.append(plan.rule.id) }
        continue
      }
      for round in found {
        // Which of several versions of a rule holds only a start can say; without one the first speaks for
        // all.
        if case .unclear = round.course,
          clocks.contains(where: { $0.rule.id == plan.rule.id && $0.rule !== plan.rule })
        {
          continue
        }
        clocks.append(
          Clock(
            fields: row.fields, rule: plan.rule, terms: variant.terms, origin: round.origin,
            round: round.number,
            course: round.course, audience: audience(of: plan.rule, row, isConfidential)))
      }
    }
    return CaseVerdict(
      caseID: row.id, clocks: clocks, waiting: waiting,
      future: future(row), earlyStops: Self.useless(stops),
      hasUnreadableConsent: asksForConsent && ConsentWord(row.fields.text(.consent)) == .unreadable,
      isConfidential: isConfidential)
  }

  /// The early stops that no rule has a use for, each once.
  private static func useless(_ stops: RulePlan.Finding.Stops) -> [StopEvent] {
    if stops.early.isEmpty { return [] }
    var seen = Set(stops.others)
    return stops.early.filter { seen.insert($0).inserted }
  }

  /// True when some rule that is `fortrolig` applies to the case, whether or not it has a clock there.
  private func isConfidential(_ row: Case) -> Bool {
    confidential.contains { $0.variant(for: row.fields) != nil }
  }

  private func audience(of rule: Rule, _ row: Case, _ isConfidential: Bool) -> Audience {
    if isConfidential { return .adviser(because: .confidential) }
    return rule.hasConsent(of: row.fields) ? rule.audience : .adviser(because: .noConsent)
  }

  private func future(_ row: Case) -> [(event: String, at: CivilMoment)] {
    var future: [(event: String, at: CivilMoment)] = []
    for index in row.dates.indices where !announced.contains(index) {
      for case .at(let moment) in row.readings(of: index) where !now.hasSeen(moment) {
        future.append((schema.names[index], moment))
      }
    }
    return future
  }
}

extension RuleBook {
  /// Indices of the dates that are no events: new due dates that a notice announced, and birthdays, which no
  /// report shows.
  func announcedDates(in schema: EventSchema) -> Set<Int> {
    let newDates = rules.compactMap { $0.extending.flatMap { schema.index(of: $0.newDate) } }
    return Set(newDates + [schema.index(of: EventSchema.birthday)].compactMap(\.self))
  }
}

extension Rule {
  /// The variant that a case with these fields falls under; nil when the rule does not apply to it.
  package func variant(for fields: FieldValues) -> RuleVariant? {
    variantIndex(for: fields).map { variants[$0] }
  }

  /// The place in ``Rule/variants`` of the variant that a case with these fields falls under; nil as there.
  package func variantIndex(for fields: FieldValues) -> Int? {
    guard conditions.areMet(by: fields) else { return nil }
    return variants.firstIndex { $0.conditions.areMet(by: fields) }
  }

  /// True when the department may hear of a case with these fields, as far as consent goes.
  func hasConsent(of fields: FieldValues) -> Bool {
    consent == .notRequired || ConsentWord(fields.text(.consent)) == .yes
  }
}
