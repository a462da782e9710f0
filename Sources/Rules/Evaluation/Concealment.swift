/// Which clocks the adviser alone may hear of, over all rows of a register: a case number that stands in two
/// rows keeps the secret of either.
package struct Concealment: Hashable, Sendable {
  private var cases: Set<String> = []
  private var clocks: Set<CaseAndRule> = []

  package init() {}

  /// True where no row conceals anything.
  package var isEmpty: Bool { cases.isEmpty && clocks.isEmpty }

  /// The cases of which it conceals something.
  package var caseIDs: Set<String> { cases.union(clocks.map(\.caseID)) }

  /// Takes what the rule book says of one row.
  package mutating func take(_ row: Case, _ verdict: CaseVerdict) {
    if verdict.isConfidential { cases.insert(row.id) }
    for clock in verdict.clocks where clock.audience == .adviser(because: .noConsent) {
      clocks.insert(CaseAndRule(caseID: clock.caseID, rule: clock.rule.id))
    }
  }

  /// Takes what other rows of the register conceal.
  package mutating func merge(_ other: Concealment) {
    cases.formUnion(other.cases)
    clocks.formUnion(other.clocks)
  }

  /// Why a clock is concealed; nil for one that its department may hear of.
  package func reason(caseID: String, rule: String) -> Audience.Reason? {
    if cases.contains(caseID) { return .confidential }
    return clocks.contains(CaseAndRule(caseID: caseID, rule: rule)) ? .noConsent : nil
  }

  /// True for a clock of which its own row would let somebody in the department hear, and another row of the
  /// case does not.
  package func hides(_ clock: Clock) -> Bool {
    clock.audience.followsLadder && reason(caseID: clock.caseID, rule: clock.rule.id) != nil
  }

  /// The clock with the audience that all rows of its case leave.
  package func concealed(_ clock: Clock) -> Clock {
    guard hides(clock), let reason = reason(caseID: clock.caseID, rule: clock.rule.id) else { return clock }
    return clock.with(audience: .adviser(because: reason))
  }
}
