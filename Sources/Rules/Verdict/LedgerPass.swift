/// One pass over the register, held against the ledger.
package struct LedgerPass: Sendable {
  private var ledger: Ledger
  private let now: CivilMoment
  /// The clocks that were found and are told, by their case.
  private var found: [String: [ToldClock]] = [:]
  /// Clocks of a case and rule that the ledger knows, but not as these: where a start was corrected, the old
  /// clock reads as this one. Of several the first.
  private var strays: [CaseAndRule: Stray] = [:]

  /// Who may hear of the clocks of a case and rule that the ledger knows, by those that the register has.
  private var audiences: [CaseAndRule: Audience] = [:]

  private struct Audience {
    let department: String
    let mayReachDepartment: Bool
  }

  private struct Stray {
    let reading: Reading
    let start: CivilMoment?
    let pair: CaseAndRule
  }

  /// - Parameter before: nil begins a ledger.
  package init(_ before: consuming Ledger?, now: Now) {
    self.now = now.moment
    ledger = before ?? Ledger(begun: now.moment)
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
    let known = ledger.clocks(of: identity.caseID)
    let earlier = known.first { $0.identity == identity }
    if known.contains(where: { $0.identity.rule == identity.rule }) {
      let pair = identity.caseAndRule
      let isOpen = audiences[pair]?.mayReachDepartment ?? true
      audiences[pair] = Audience(
        department: department, mayReachDepartment: isOpen && clock.mayReachDepartment)
      if earlier == nil { addStray(Stray(reading: reading, start: identity.start, pair: pair)) }
    }
    guard earlier != nil || showing == .shown || reading.standing == .exceeded else { return }
    // A case that stands in two rows has one clock twice; what is exceeded in one of them is exceeded.
    let place = found[identity.caseID]?.firstIndex { $0.identity == identity }
    if place != nil, reading.standing != .exceeded { return }
    guard let due = reading.due ?? earlier?.shown.due else { return }
    let told =
      earlier
      ?? ToldClock(
        identity: identity, name: clock.terms.name, department: department,
        mayReachDepartment: clock.mayReachDepartment,
        shown: ShownDue(due: due, sequence: 0, since: now), verdict: .pending, change: nil)
    let seen = told.seeing(
      reading, department: department, mayReachDepartment: clock.mayReachDepartment,
      shown: told.shown.showing(reading, at: now), at: now)
    if let place {
      found[identity.caseID]?[place] = seen
    } else {
      found[identity.caseID, default: []].append(seen)
    }
  }

  private mutating func addStray(_ stray: Stray) {
    if let start = strays[stray.pair]?.start, let other = stray.start,
      start.localSeconds <= other.localSeconds
    {
      return
    }
    strays[stray.pair] = stray
  }

  // MARK: The end of the pass

  /// What a pass has looked at.
  package enum Scope: Sendable {
    case wholeRegister
    /// These cases alone; of the others everything is as it was, and on the same day.
    case cases(Set<String>)
  }

  /// Ends the pass: the ledger after it.
  ///
  /// - Parameters:
  ///   - concealment: what the rows of the whole register leave to the adviser alone.
  ///   - scope: the cases of which all clocks were taken.
  package mutating func finish(
    _ concealment: Concealment = Concealment(), _ scope: Scope = .wholeRegister
  ) -> LedgerUpdate {
    let cases =
      switch scope {
      case .wholeRegister: Set(ledger.caseIDs).union(found.keys)
      case .cases(let cases): cases
      }
    var changed: [String] = []
    for caseID in cases where replace(caseID, with: clocks(of: caseID), concealment) {
      changed.append(caseID)
    }
    // What a row of such a case conceals holds for its other rows, too.
    for caseID in concealment.caseIDs where !cases.contains(caseID) {
      if replace(caseID, with: ledger.clocks(of: caseID), concealment) { changed.append(caseID) }
    }
    ledger.passed(at: now)
    return LedgerUpdate(ledger, changed: changed.sorted())
  }

  private mutating func replace(
    _ caseID: String, with clocks: [ToldClock], _ concealment: Concealment
  ) -> Bool {
    ledger.replace(caseID, with: clocks.map { $0.concealed(by: concealment) })
  }

  /// What is told of one case that was looked at.
  private func clocks(of caseID: String) -> [ToldClock] {
    let found = found[caseID] ?? []
    let missing = ledger.clocks(of: caseID).filter { told in
      !found.contains { $0.identity == told.identity }
    }
    return (found + missing.compactMap(self.missing)).filter(isRemembered)
  }

  /// Nil where nobody was told that it is exceeded.
  private func missing(_ told: ToldClock) -> ToldClock? {
    if told.verdict == .pending { return nil }
    // Of a case that the register has no more nobody can tell who may hear of it.
    let audience = audiences[told.identity.caseAndRule]
    return told.seeing(
      reading(ofMissing: told), department: audience?.department ?? told.department,
      mayReachDepartment: audience?.mayReachDepartment ?? false, shown: told.shown, at: now)
  }

  private func reading(ofMissing told: ToldClock) -> Reading {
    guard let stray = strays[told.identity.caseAndRule] else { return Reading(.gone) }
    let isLater = stray.start.map { $0.date > told.shown.due.date } ?? false
    let reading = isLater ? Reading(.replaced, due: stray.reading.due, at: stray.start) : stray.reading
    return reading.standing == .exceeded ? Reading(.moved, due: reading.due, at: stray.start) : reading
  }

  private func isRemembered(_ told: ToldClock) -> Bool {
    switch told.verdict {
    case .exceeded: true
    case .pending: now.date - told.shown.due.date <= 366
    case .ended(_, let seen, _): now.date - seen.date <= Ledger.rememberedDays
    }
  }
}
