/// One `eksempel` of a rule: facts about a case, and what must come of them. `check` runs it.
package struct Example: Hashable, Sendable {
  package enum Expectation: Hashable, Sendable {
    /// `frist 2023-06-01`, with a time of day for a rule in hours.
    case due(CivilMoment)
    /// `overskredet den 2023-06-02`.
    case state(StateName, on: CivilDate)
  }

  package let fields: [Field: String]
  package let events: [String: CivilMoment]
  package let expectation: Expectation
  package let place: Place
  /// The facts as they were written, for messages.
  package let facts: String
}
