/// Decides which notices are due; pure, given what was already sent.
package struct NoticeDecider: Sendable {
  private let organisation: Organisation
  private let zone: ZoneTable
  private let now: Now

  package init(organisation: Organisation, zone: ZoneTable, now: Now) {
    self.organisation = organisation
    self.zone = zone
    self.now = now
  }

  /// The notices of `clock` that have fallen and are not `sent`.
  ///
  /// Only an open clock that does not stand still has any. Each person hears of the latest step that is
  /// theirs and has fallen: who was not told of an earlier one (the program stood still) is told once, of
  /// where the clock stands now, and nobody is passed over because a step for somebody else fell later.
  package func notices(for clock: Clock, sent: (NoticeKey) -> Bool) -> [Notice] {
    guard let reckoning = clock.reckoning, reckoning.outcome.isOpen, reckoning.onHoldSince == nil else {
      return []
    }
    let calls = calls(of: clock, reckoning)
    let latest = Dictionary(calls.map { ($0.recipient.address, $0.fall.at) }, uniquingKeysWith: max)
    var notices: [Notice] = []
    var told: Set<EmailAddress> = []
    for call in calls where call.fall.at == latest[call.recipient.address] {
      let key = NoticeKey(
        caseID: clock.caseID, rule: clock.rule.id, start: reckoning.knownStart, due: call.due,
        step: call.step.offset.description, repetition: call.fall.repetition,
        recipient: call.recipient.address)
      if sent(key) { told.insert(call.recipient.address) }
      notices.append(
        Notice(
          key: key, clock: clock, reckoning: reckoning, fell: call.fall.date, recipient: call.recipient))
    }
    // Two steps, or two roles, may lead to one person on one day: he is told once, whichever of them told
    // him.
    return notices.filter { told.insert($0.recipient.address).inserted }
  }

  /// A step that has fallen, for one who is to hear of it.
  private struct Call {
    let step: LadderStep
    let due: Due
    let fall: LadderSchedule.Fall
    let recipient: Recipient
  }

  /// The fallen steps of the due day, and of the date that was promised after it had passed.
  private func calls(of clock: Clock, _ reckoning: Reckoning) -> [Call] {
    var targets = [(since: reckoning.start, due: reckoning.due)]
    if let (given, promise) = reckoning.lastPromise { targets.append((given, .day(promise.date))) }
    let reckoner = clock.rule.reckoner(from: reckoning.start.date, zone: zone)
    return targets.flatMap { target in
      let schedule = LadderSchedule(reckoner, start: target.since, due: target.due)
      return clock.rule.ladder.flatMap { step in
        schedule.latestFall(of: step, at: now).map { fall in
          step.roles.map { role in
            Call(
              step: step, due: target.due, fall: fall,
              recipient: organisation.recipient(for: role, of: clock, on: now.today))
          }
        } ?? []
      }
    }
  }
}

/// When the steps of a ladder fall for one due day or instant.
package struct LadderSchedule: Sendable {
  /// One fallen step.
  package struct Fall: Hashable, Sendable {
    /// Local seconds since 1970; orders steps in days and in hours.
    package let at: Int64
    package let date: CivilDate
    /// 0 for the step itself.
    package let repetition: Int
  }

  private let reckoner: Reckoner
  private let start: CivilMoment
  private let due: Due

  /// - Parameters:
  ///   - reckoner: what counted the clock, and counts its steps.
  ///   - start: of the clock; a step before it has never fallen.
  package init(_ reckoner: Reckoner, start: CivilMoment, due: Due) {
    self.reckoner = reckoner
    self.start = start
    self.due = due
  }

  /// The step, or its latest repetition, that has fallen by `now`; nil when it is still to come.
  package func latestFall(of step: LadderStep, at now: Now) -> Fall? {
    // Ten days before a deadline of seven nobody could be told.
    guard var fall = fall(of: step, repetition: 0), hasFallen(fall, at: now), !liesBeforeStart(fall) else {
      return nil
    }
    guard step.repetition != nil else { return fall }
    // Doubling, then halving: years of weekly repetitions cost a handful of look-ups.
    var stride = 1
    while let next = self.fall(of: step, repetition: fall.repetition + stride), hasFallen(next, at: now) {
      fall = next
      stride *= 2
    }
    while stride > 0 {
      if let next = self.fall(of: step, repetition: fall.repetition + stride), hasFallen(next, at: now) {
        fall = next
      }
      stride /= 2
    }
    return fall
  }

  /// When the step falls next after `now`, in local seconds since 1970; nil when it never does again.
  package func nextFall(of step: LadderStep, after now: Now) -> Int64? {
    guard let last = latestFall(of: step, at: now) else {
      return fall(of: step, repetition: 0).flatMap {
        hasFallen($0, at: now) || liesBeforeStart($0) ? nil : $0.at
      }
    }
    return step.repetition == nil ? nil : fall(of: step, repetition: last.repetition + 1)?.at
  }

  private func hasFallen(_ fall: Fall, at now: Now) -> Bool {
    let (date, time) = now.latest
    return fall.at <= CivilMoment(date, time).localSeconds
  }

  /// Compared by the day, and in hours by the hour.
  private func liesBeforeStart(_ fall: Fall) -> Bool {
    guard case .instant = due else { return fall.date < start.date }
    return fall.at < start.localSeconds
  }

  private func fall(of step: LadderStep, repetition: Int) -> Fall? {
    let (sign, term): (Int, LengthTerm?) =
      switch step.offset {
      case .before(let term): (-1, term)
      case .onDay: (0, nil)
      case .after(let term): (1, term)
      }
    guard let first = shifted(due.local.localSeconds, by: term, times: sign) else { return nil }
    guard let at = shifted(first, by: step.repetition, times: repetition) else { return nil }
    return Fall(at: at, date: CivilMoment(localSeconds: at).date, repetition: repetition)
  }

  private func shifted(_ position: Int64, by term: LengthTerm?, times: Int) -> Int64? {
    guard let term, times != 0 else { return position }
    let count = term.count * times
    let from = CivilMoment(localSeconds: position)
    if term.unit == .hours {
      let instant = reckoner.zone.instant(from.date, from.earliest.1)
      return reckoner.zone.local(Instant(seconds: instant.seconds + Int64(count) * 3_600)).localSeconds
    }
    return reckoner.step(from: from.date, LengthTerm(count, term.unit))
      .map { CivilMoment($0, from.time).localSeconds }
  }
}
