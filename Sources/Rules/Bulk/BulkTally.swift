/// What the fast way counted in one stretch of a register, by the numbers of ``Combinations``.
package struct BulkTally: Sendable {
  package internal(set) var cases = 0
  /// Their numbers.
  package internal(set) var caseHashes = CaseHashes()
  /// Those of them that an earlier pass has read, so that this one only counted them.
  package internal(set) var again = 0
  /// How often each figure stood in each state: all states of the first, in the order of
  /// ``StateName/position``, then those of the next.
  package internal(set) var states: [Int] = []
  /// Rules that fit a case whose start event has not happened.
  package internal(set) var waiting = 0
  /// Cases that no rule fits, by combination.
  package internal(set) var unmatched: [Int: Int] = [:]
  /// By combination: how many cases have a department that the configuration does not know, and the line of
  /// the first, counted from 0 at the beginning of the stretch.
  package internal(set) var unknownDepartments: [Int: (cases: Int, line: Int)] = [:]
  /// Line breaks, those inside quotes included.
  package internal(set) var lines = 0
}
