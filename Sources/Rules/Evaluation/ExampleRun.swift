extension Rule {
  /// Runs the rule's worked examples through the same evaluation as the register and reports those that fail.
  func runExamples(zone: ZoneTable, problems: inout ProblemList) {
    for example in examples {
      do throws(Remedy) {
        try run(example, zone: zone)
      } catch {
        problems.add(example.place, "eksempel: \(error.message)")
      }
    }
  }

  private func run(_ example: Example, zone: ZoneTable) throws(Remedy) {
    let schema = EventSchema(reading: eventNames)
    for fact in example.events where schema.index(of: fact.event) == nil {
      throw Remedy(
        "[frist \(id)] does not read the event \"\(fact.event)\""
          + suggestion(for: fact.event, among: schema.names))
    }
    let variant = try variant(stating: example.fields)
    let starts = example.events.filter { $0.event == start }
    guard let begun = starts.first?.at else {
      throw Remedy("the start event is missing; add \(start) and a date")
    }
    guard starts.contains(where: { validity.contains($0.at.date) }) else {
      throw Remedy("\(start) \(begun) lies outside gyldig; choose a date for which the rule holds")
    }
    let plan = RulePlan(self, schema: schema, zone: zone, now: now(of: example))
    guard case .clocks(let clocks, _) = plan.finding(on: row(of: example, schema), variant.terms),
      let last = clocks.last
    else { throw Remedy("\(start) \(begun) is still to come on the day that the example asks for") }
    try compare(example, last.course, variant)
  }

  /// Of several rounds the last is meant.
  private func compare(_ example: Example, _ course: Course, _ variant: RuleVariant) throws(Remedy) {
    switch (example.expectation, course) {
    case (.due(let wanted), .reckoned(let reckoning)):
      guard reckoning.due.description == wanted.description else {
        throw Remedy("\(example.facts) gives \(reckoning.due), the example says \(wanted)")
      }
    case (.due(let wanted), .unlimited):
      throw Remedy(
        "\(example.facts) has no due day, because længde is hurtigst muligt; the example says \(wanted)")
    case (.due(let wanted), .unclear):
      throw Remedy("\(example.facts) cannot be computed, the example says \(wanted)")
    case (.state(let wanted, let date), let course):
      let found = Clock(
        fields: FieldValues(example.fields), rule: self, terms: variant.terms, origin: .event,
        round: 1,
        course: course, audience: .department)
      guard found.state == wanted else {
        throw Remedy(
          "\(example.facts) is \(found.state.rawValue) on \(date), the example says \(wanted.rawValue)")
      }
    }
  }

  /// The facts as a row of a register: the first occurrence of an event in its column, the others as the
  /// events file would add them. A new due date belongs to the notice before it.
  private func row(of example: Example, _ schema: EventSchema) -> Case {
    var dates = [DateReading](repeating: .absent, count: schema.names.count)
    var further: [Int: [Occurrence]] = [:]
    let notice = extending.flatMap { schema.index(of: $0.notice) }
    for fact in example.events {
      guard let index = schema.index(of: fact.event) else { continue }
      if fact.event == extending?.newDate, let notice, let last = further[notice]?.popLast() {
        further[notice]?.append(Occurrence(date: last.date, newDate: .at(fact.at)))
      } else if dates[index].isPresent {
        further[index, default: []].append(Occurrence(date: .at(fact.at)))
      } else {
        dates[index] = .at(fact.at)
      }
    }
    return Case(fields: FieldValues(example.fields), dates: dates, further: further, line: 0)
  }

  /// The day on which the state is asked for; for a due date the day of the last event.
  private func now(of example: Example) -> Now {
    if case .state(_, let date) = example.expectation { return Now(CivilMoment(date)) }
    let days = example.events.filter { $0.event != extending?.newDate }.map(\.at.date)
    return Now(CivilMoment(days.max() ?? CivilDate.supportedDays.upperBound))
  }
}

extension Rule {
  /// The variant for somebody who states only what matters: a condition on a field that is left out is taken
  /// as met, but of several rows of a table it must be clear which is meant.
  ///
  /// - Throws: ``Remedy`` when a stated field contradicts the rule, or no row fits.
  package func variant(stating stated: [Field: String]) throws(Remedy) -> RuleVariant {
    let fields = FieldValues(stated)
    for condition in conditions where stated[condition.field] != nil && !condition.isMet(by: fields) {
      throw Remedy(
        "[frist \(id)] does not apply to \(condition.field.rawValue) \"\(shortened(fields[condition.field]))\""
      )
    }
    let fitting = variants.filter { variant in
      variant.conditions.allSatisfy { stated[$0.field] == nil ? variants.count == 1 : $0.isMet(by: fields) }
    }
    guard let variant = fitting.first else {
      let columns = Set(variants.flatMap(\.conditions).map(\.field.rawValue)).sorted().joined(separator: ", ")
      throw Remedy("[frist \(id)] has no row for what is stated; state its columns: \(columns)")
    }
    return variant
  }
}
