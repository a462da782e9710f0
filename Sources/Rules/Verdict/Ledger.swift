/// What was told of every clock that stood in a report as exceeded, or in somebody's calendar.
package struct Ledger: Hashable, Sendable {
  /// The first pass; what it found is no news.
  package let begun: CivilMoment
  /// The latest pass.
  package let newest: CivilMoment
  package let clocks: [ClockIdentity: ToldClock]

  package init(begun: CivilMoment, newest: CivilMoment, clocks: [ClockIdentity: ToldClock]) {
    self.begun = begun
    self.newest = newest
    self.clocks = clocks
  }

  /// One that nothing was told in.
  package init(begun: CivilMoment) {
    self.init(begun: begun, newest: begun, clocks: [:])
  }

  /// The clocks in an order that does not depend on how they are kept.
  package var sorted: [ToldClock] { clocks.values.sorted { $0.identity < $1.identity } }

  /// For how many days a verdict is remembered after it ended.
  package static let rememberedDays = 3 * 366
}

/// One pass over the register, held against the ledger.
package struct LedgerPass: Sendable {
  private let before: Ledger
  private let now: CivilMoment
  private var found: [ClockIdentity: ToldClock] = [:]
  /// The pairs of case and rule that the ledger knows.
  private let known: Set<CaseAndRule>
  /// Clocks of such a pair that the ledger does not know: where a start was corrected, the old clock reads as this one.
  /// Of several the first.
  private var strays: [CaseAndRule: Stray] = [:]

  private struct Stray {
    let reading: Reading
    let start: CivilMoment?
    let pair: CaseAndRule
    let department: String
    let mayReachDepartment: Bool

    init(_ clock: Clock, _ reading: Reading, department: String) {
      let identity = ClockIdentity(clock)
      self.reading = reading
      start = identity.start
      pair = identity.caseAndRule
      self.department = department
      mayReachDepartment = clock.mayReachDepartment
    }
  }

  /// - Parameter before: nil begins a ledger.
  package init(_ before: Ledger?, now: Now) {
    self.now = now.moment
    self.before = before ?? Ledger(begun: now.moment)
    known = Set(self.before.clocks.keys.map(\.caseAndRule))
  }

  /// Whether somebody sees the clock in this pass, beyond what is exceeded anyway.
  package enum Showing: Sendable {
    case shown
    case unseen
  }

  /// Takes one clock; `department` is the one under which it is reported.
  package mutating func take(_ clock: Clock, department: String, _ showing: Showing) {
    let identity = ClockIdentity(clock)
    let reading = Reading(clock)
    let earlier = before.clocks[identity]
    if earlier == nil, !known.isEmpty, known.contains(identity.caseAndRule) {
      addStray(Stray(clock, reading, department: department))
    }
    guard earlier != nil || showing == .shown || reading.standing == .exceeded else { return }
    // A case that stands in two rows has one clock twice; what is exceeded in one of them is exceeded.
    if found[identity] != nil, reading.standing != .exceeded { return }
    guard let due = reading.due ?? earlier?.shown.due else { return }
    let told =
      earlier
      ?? ToldClock(
        identity: identity, name: clock.terms.name, department: department,
        mayReachDepartment: clock.mayReachDepartment,
        shown: ShownDue(due: due, sequence: 0, since: now), verdict: .pending, change: nil)
    found[identity] = told.seeing(
      reading, department: department, mayReachDepartment: clock.mayReachDepartment,
      shown: told.shown.showing(reading, at: now), at: now)
  }

  private mutating func addStray(_ stray: Stray) {
    if let start = strays[stray.pair]?.start, let other = stray.start,
      start.localSeconds <= other.localSeconds
    {
      return
    }
    strays[stray.pair] = stray
  }

  /// The ledger after the pass.
  ///
  /// - Parameter concealment: what the rows of the whole register leave to the adviser alone.
  package func finish(_ concealment: Concealment = Concealment()) -> Ledger {
    var clocks = found.mapValues { $0.concealed(by: concealment) }
    for (identity, told) in before.clocks where found[identity] == nil {
      clocks[identity] = missing(told)
    }
    return Ledger(begun: before.begun, newest: now, clocks: clocks.filter { isRemembered($0.value) })
  }

  /// Nil where nobody was told that it is exceeded.
  private func missing(_ told: ToldClock) -> ToldClock? {
    if told.verdict == .pending { return nil }
    guard let stray = strays[told.identity.caseAndRule] else {
      return told.seeing(
        Reading(.gone), department: told.department, mayReachDepartment: false, shown: told.shown, at: now)
    }
    let isLater = stray.start.map { $0.date > told.shown.due.date } ?? false
    let reading = isLater ? Reading(.replaced, due: stray.reading.due, at: stray.start) : stray.reading
    return told.seeing(
      reading.standing == .exceeded ? Reading(.moved, due: reading.due, at: stray.start) : reading,
      department: stray.department, mayReachDepartment: stray.mayReachDepartment, shown: told.shown, at: now)
  }

  private func isRemembered(_ told: ToldClock) -> Bool {
    switch told.verdict {
    case .exceeded: true
    case .pending: now.date - told.shown.due.date <= 366
    case .ended(_, let seen, _): now.date - seen.date <= Ledger.rememberedDays
    }
  }
}
