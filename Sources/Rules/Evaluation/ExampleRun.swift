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
    let schema = EventSchema(eventNames + [EventSchema.closing])
    for name in example.events.keys.sorted() where schema.index(of: name) == nil {
      throw Remedy(
        "[frist \(id)] does not read the event \"\(name)\"" + suggestion(for: name, among: schema.names))
    }
    let variant = try variant(for: example)
    guard let begun = example.events[start] else {
      throw Remedy("the start event is missing; add \(start) and a date")
    }
    guard validity.contains(begun.date) else {
      throw Remedy("\(start) \(begun) lies outside gyldig; choose a date for which the rule holds")
    }
    let dates = schema.names.map { name in example.events[name].map { DateReading.at($0) } ?? .absent }
    let plan = RulePlan(self, schema: schema, zone: zone, now: example.now)
    switch (example.expectation, plan.course(from: begun, variant.terms, dates)) {
    case (.due(let wanted), .reckoned(let reckoning)):
      guard reckoning.due.description == wanted.description else {
        throw Remedy("\(example.facts) gives \(reckoning.due), the example says \(wanted)")
      }
    case (.due(let wanted), .unclear):
      throw Remedy("\(example.facts) cannot be computed, the example says \(wanted)")
    case (.state(let wanted, let date), let course):
      let found = Clock(
        fields: FieldValues(example.fields), line: 0, rule: self, terms: variant.terms, course: course)
      guard found.state == wanted else {
        throw Remedy(
          "\(example.facts) is \(found.state.rawValue) on \(date), the example says \(wanted.rawValue)")
      }
    }
  }

  /// An example states what matters: conditions on fields that it leaves out are taken as met.
  private func variant(for example: Example) throws(Remedy) -> RuleVariant {
    let fields = FieldValues(example.fields)
    for condition in conditions where example.fields[condition.field] != nil && !condition.isMet(by: fields) {
      throw Remedy("the rule does not apply to \(condition.field.rawValue) \"\(fields[condition.field])\"")
    }
    if variants.count == 1 { return variants[0] }
    guard let variant = variants.first(where: { $0.conditions.areMet(by: fields) }) else {
      let columns = Set(variants.flatMap(\.conditions).map(\.field.rawValue)).sorted().joined(separator: ", ")
      throw Remedy(
        "no row of the table fits; state its columns (\(columns)), for example \(columns) and a value")
    }
    return variant
  }
}

extension Example {
  /// The day on which the state is asked for; for a due date a day after every event.
  fileprivate var now: Now {
    switch expectation {
    case .state(_, let date): Now(CivilMoment(date))
    case .due: Now(CivilMoment(CivilDate.supportedDays.upperBound))
    }
  }
}
