import Rules

/// What the pictures of a report show, gathered clock by clock: how many were exceeded on each of the last weeks' days,
/// how old open cases are against their deadline, and what falls due in the coming weeks.
///
/// All of it follows from the register as it stands today; what somebody changed since is in the past, too.
package struct Trends: Hashable, Sendable {
  /// Weeks back and ahead.
  package static let weeks = 8

  /// The shares of a deadline, in percent, up to which an open case is counted together with those before; the last band has no
  /// end.
  package static let shares = [25, 50, 75, 100, 150, 200]

  /// By department: how many were exceeded at the end of the day seven weeks ago, six weeks ago, … today.
  package private(set) var exceeded: [String: [Int]] = [:]
  /// Open clocks by the week in which they fall due, this week first.
  package private(set) var coming = [Int](repeating: 0, count: weeks)
  /// Open clocks by how much of their time has passed, in the bands of ``shares`` and beyond.
  package private(set) var ages = [Int](repeating: 0, count: shares.count + 1)

  private let today: CivilDate

  init(today: CivilDate) {
    self.today = today
  }

  mutating func take(_ clock: Clock, department: String) {
    guard let reckoning = clock.reckoning else { return }
    let due = reckoning.due.date
    switch reckoning.outcome {
    case .exceeded:
      count(department, from: due + 1, through: today)
      addAge(reckoning, isExceeded: true, clock.rule)
    case .running, .soon:
      addAge(reckoning, isExceeded: false, clock.rule)
      let week = (due.monday - today.monday) / 7
      if coming.indices.contains(week) { coming[week] += 1 }
    case .late(let end), .lapsed(let end): count(department, from: due + 1, through: end.date - 1)
    case .kept, .paused: break
    }
  }

  /// On each of these days, both inclusive, one clock of the department was exceeded; hours count as their day.
  private mutating func count(_ department: String, from first: CivilDate, through last: CivilDate) {
    guard last >= today - 7 * (Self.weeks - 1) else { return }
    for index in 0..<Self.weeks {
      let day = today - 7 * (Self.weeks - 1 - index)
      // A deadline in hours that passed today is exceeded today.
      guard min(first, today) <= day, day <= last else { continue }
      exceeded[department, default: [Int](repeating: 0, count: Self.weeks)][index] += 1
    }
  }

  private mutating func addAge(_ reckoning: Reckoning, isExceeded: Bool, _ rule: Rule) {
    // Against eighteen years of childhood no case is old.
    guard !rule.startsAtBirth else { return }
    let length = max(1, reckoning.due.date - reckoning.start.date)
    let passed = (today - reckoning.start.date) * 100
    let full = Self.shares.firstIndex(of: 100) ?? 0
    let band = Self.shares.firstIndex { passed <= $0 * length } ?? Self.shares.count
    ages[isExceeded ? max(band, full + 1) : min(band, full)] += 1
  }
}
