/// One `eksempel` of a rule: facts about a case, and what must come of them. `check` runs it.
package struct Example: Hashable, Sendable {
  /// What must come of the facts.
  package enum Expectation: Hashable, Sendable {
    /// `frist 2023-06-01`, with a time of day for a rule in hours.
    case due(CivilMoment)
    /// `overskredet den 2023-06-02`.
    case state(StateName, on: CivilDate)
  }

  /// One event and when it happened.
  package struct Fact: Hashable, Sendable {
    package let event: String
    package let at: CivilMoment
  }

  package let fields: [Field: String]
  /// In the order in which they were written; an event may stand several times.
  package let events: [Fact]
  package let expectation: Expectation
  package let place: Place
  /// The facts as they were written, for messages.
  package let facts: String
}
