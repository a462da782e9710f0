/// What was told of every clock that stood in a report as exceeded, or in somebody's calendar.
package struct Ledger: Hashable, Sendable {
  /// The first pass; what it found is no news.
  package let begun: CivilMoment
  /// The latest pass.
  package private(set) var newest: CivilMoment
  /// The clocks of each case in their order; no case without one.
  private var cases: [String: [ToldClock]]
  /// How many clocks it knows.
  package private(set) var count: Int

  /// - Parameter cases: the clocks of each case, each identity once and under its own case.
  package init(begun: CivilMoment, newest: CivilMoment, cases: [String: [ToldClock]]) {
    self.begun = begun
    self.newest = newest
    self.cases = cases.compactMapValues { $0.isEmpty ? nil : Self.inOrder($0) }
    count = cases.values.reduce(0) { $0 + $1.count }
  }

  /// One that nothing was told in.
  package init(begun: CivilMoment) {
    self.init(begun: begun, newest: begun, cases: [:])
  }

  private static func inOrder(_ clocks: [ToldClock]) -> [ToldClock] {
    clocks.count > 1 ? clocks.sorted { $0.identity < $1.identity } : clocks
  }

  package var isEmpty: Bool { cases.isEmpty }

  /// The numbers of the cases that it knows, in no order.
  package var caseIDs: some Collection<String> { cases.keys }

  /// What was told of one case.
  package func clocks(of caseID: String) -> [ToldClock] { cases[caseID] ?? [] }

  /// What was told of one clock; nil where nothing was.
  package subscript(identity: ClockIdentity) -> ToldClock? {
    cases[identity.caseID]?.first { $0.identity == identity }
  }

  /// The clocks of which `isIncluded` says so, in an order that does not depend on how they are kept.
  package func filter(_ isIncluded: (ToldClock) -> Bool) -> [ToldClock] {
    var included: [ToldClock] = []
    for clocks in cases.values {
      for clock in clocks where isIncluded(clock) { included.append(clock) }
    }
    return included.sorted { $0.identity < $1.identity }
  }

  /// All clocks, in that order.
  package var sorted: [ToldClock] { filter { _ in true } }

  /// The same after a pass at `moment`.
  package mutating func passed(at moment: CivilMoment) { newest = moment }

  /// Puts `clocks` in the place of all that was told of a case.
  ///
  /// - Returns: false where that is what it held.
  package mutating func replace(_ caseID: String, with clocks: [ToldClock]) -> Bool {
    let (before, clocks) = (self.clocks(of: caseID), Self.inOrder(clocks))
    guard before != clocks else { return false }
    count += clocks.count - before.count
    cases[caseID] = clocks.isEmpty ? nil : clocks
    return true
  }

  /// For how many days a verdict is remembered after it ended.
  package static let rememberedDays = 3 * 366
}

/// A ledger after a pass, and what the pass changed.
package struct LedgerUpdate: Sendable {
  package let ledger: Ledger
  /// The cases of which something else is told now, sorted.
  package let changed: [String]

  package init(_ ledger: Ledger, changed: [String]) {
    self.ledger = ledger
    self.changed = changed
  }
}
