extension BulkBook.Terms {
  /// What is known of one clock that a report lists; day numbers.
  package struct Days {
    /// The day that it is counted from.
    package let start: Int32
    /// The due day that holds, notices and all.
    package let due: Int32
    /// The day of a notice in this round, and the date that it gave; nil where there was none.
    package let notice: (on: Int32, newDate: Int32?)?
    /// One for each of the rule's disclosures; ``BulkScan/absent`` where there was none.
    package let disclosed: [Int32]

    package init(start: Int32, due: Int32, notice: (on: Int32, newDate: Int32?)?, disclosed: [Int32]) {
      self.start = start
      self.due = due
      self.notice = notice
      self.disclosed = disclosed
    }
  }

  /// The clock as ``Evaluator`` makes it of the whole row.
  ///
  /// - Parameter outcome: an open one.
  package func clock(_ fields: FieldValues, _ days: Days, _ outcome: Outcome) -> Clock {
    Clock(
      fields: fields, rule: rule, terms: terms, origin: .event, round: 1,
      course: .reckoned(reckoning(days, outcome)), audience: rule.audience)
  }

  /// The dates of the clock.
  package func reckoning(_ days: Days, _ outcome: Outcome) -> Reckoning {
    let (start, due) = (CivilDate(day: days.start), Due.day(CivilDate(day: days.due)))
    let original = days.notice == nil ? due : originalDue(from: start) ?? due
    return Reckoning(
      start: CivilMoment(start), originalDue: original, due: due,
      notices: days.notice.map {
        [NoticeStep(standing: standing($0, against: original, from: start), due: due)]
      } ?? [],
      pauses: .none, countedPauses: .none, outcome: outcome,
      disclosed: days.disclosed.isEmpty
        ? rule.disclosures.map { _ in nil }
        : days.disclosed.map { $0 == BulkScan.absent ? nil : CivilMoment(CivilDate(day: $0)) })
  }

  private func originalDue(from start: CivilDate) -> Due? {
    terms.length.flatMap {
      rule.reckoner(from: start, zone: zone).due(from: CivilMoment(start), $0, roll: terms.roll ?? .none)
    }
  }

  private func standing(
    _ notice: (on: Int32, newDate: Int32?), against due: Due, from start: CivilDate
  ) -> NoticeStanding {
    let moment = CivilMoment(CivilDate(day: notice.on))
    let newDate = notice.newDate.map { CivilDate(day: $0) }
    guard moment.date <= due.date else {
      let calendar = rule.calendar(on: start)
      return .late(on: moment, newDate.flatMap { Promise($0, on: moment.date, calendar, terms.roll) })
    }
    return newDate.map { .timely(on: moment, newDate: $0) } ?? .withoutDate(on: moment)
  }
}

extension BulkScan {
  /// The clock that stands in `text`, an open one, as ``Evaluator`` makes it.
  package func clock(_ clock: DayClock, _ text: UnsafeRawBufferPointer) -> Clock {
    var fields = combinations.fields[clock.combination]
    fields[.caseID] = RegisterText.decoded(Array(text[clock.caseID])[...])
    if let caseworker = clock.caseworker { fields[.caseworker] = caseworkers[caseworker] }
    let terms = book.terms[clock.plan]
    let days = BulkBook.Terms.Days(
      start: clock.start, due: clock.due, notice: clock.notice,
      disclosed: Array(finds.disclosed[clock.disclosed]))
    return terms.clock(fields, days, clock.state == .exceeded ? .exceeded : .soon)
  }
}
