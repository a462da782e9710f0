/// How many calendar days cases took.
package struct Durations: Sendable {
  private var counts: [Int: Int] = [:]
  private var total = 0

  package init() {}

  /// Adds a case that took so many days, the first of them not counted.
  package mutating func add(_ days: Int) {
    counts[days, default: 0] += 1
    total += 1
  }

  /// The least number of days within which so many per cent of the cases were done; nil without a case.
  ///
  /// By the nearest rank: a number that some case took, and that needs no word about how it was reckoned.
  package func days(within percent: Int) -> Int? {
    var done = 0
    for (days, count) in counts.sorted(by: { $0.key < $1.key }) {
      done += count
      if done * 100 >= percent * total { return days }
    }
    return nil
  }
}
