package import Rules

/// What the pictures of a report show, gathered clock by clock: how many were exceeded on each of the last weeks' days,
/// how old open cases are against their deadline, and what falls due in the coming weeks.
///
/// All of it follows from the register as it stands today; what somebody changed since is in the past, too.
package struct Trends: Sendable {
  /// Weeks back and ahead.
  package static let weeks = 8

  /// The shares of a deadline, in percent, up to which an open case is counted together with those before; the last band has no
  /// end.
  package static let shares = [25, 50, 75, 100, 150, 200]

  /// Open clocks by the week in which they fall due, this week first.
  package private(set) var coming = [Int](repeating: 0, count: weeks)
  /// Open clocks by how much of their time has passed, in the bands of ``shares`` and beyond.
  package private(set) var ages = [Int](repeating: 0, count: shares.count + 1)

  /// How many were exceeded at the end of the day seven weeks ago, six weeks ago, … today; by the number of the department.
  private var exceeded: [Weeks] = []

  /// As many numbers as there are ``weeks``.
  private typealias Weeks = SIMD8<Int32>

  private let today: CivilDate
  /// ``shares``, and where a whole deadline stands among them; every clock asks for them.
  private let bounds = shares
  private let full = shares.firstIndex(of: 100) ?? 0
  private let days: Weeks
  /// For each week a one in it and in all behind it; at last none.
  private let onward: [Weeks]

  init(today: CivilDate) {
    self.today = today
    onward = (0...Self.weeks).map { from in Weeks((0..<Self.weeks).map { $0 >= from ? 1 : 0 }) }
    days = Weeks((0..<Int32(Self.weeks)).map { today.day - 7 * (Int32(Self.weeks) - 1 - $0) })
  }

  /// The first day whose end a picture shows: what ended before it stands in none.
  package static func firstDay(asSeenFrom today: CivilDate) -> CivilDate { today - 7 * (weeks - 1) }

  /// By department, those that are not empty: how many were exceeded at the end of the day seven weeks ago, … today.
  func exceeded(_ departments: [String]) -> [String: [Int]] {
    var byName: [String: [Int]] = [:]
    for (number, weeks) in exceeded.enumerated() where weeks != .zero {
      byName[departments[number]] = (0..<Self.weeks).map { Int(weeks[$0]) }
    }
    return byName
  }

  /// Adds what was gathered elsewhere; `numbers` says which department of this one each of the other's is.
  mutating func merge(_ other: Trends, _ numbers: [Int]) {
    for (number, weeks) in other.exceeded.enumerated() where weeks != .zero {
      makeRoom(for: numbers[number])
      exceeded[numbers[number]] &+= weeks
    }
    for index in coming.indices { coming[index] += other.coming[index] }
    for index in ages.indices { ages[index] += other.ages[index] }
  }

  /// Adds one clock; `department` is a number.
  mutating func take(_ point: TrendPoint, department: Int) {
    switch point.state {
    case .exceeded:
      count(department, from: point.due + 1, through: today)
      addAge(point)
    case .running, .soon:
      addAge(point)
      let week = (point.due.monday - today.monday) / 7
      if coming.indices.contains(week) { coming[week] += 1 }
    case .late, .lapsed: count(department, from: point.due + 1, through: point.end - 1)
    case .kept, .paused, .unclear: break
    }
  }

  /// On each of these days, both inclusive, one clock of the department was exceeded; hours count as their day.
  private mutating func count(_ department: Int, from first: CivilDate, through last: CivilDate) {
    guard last.day >= days[0] else { return }
    makeRoom(for: department)
    // A deadline in hours that passed today is exceeded today.
    let from = firstWeek(from: min(first, today).day)
    let behind = firstWeek(from: last.day + 1)
    if from < behind { exceeded[department] &+= onward[from] &- onward[behind] }
  }

  /// The first of the ``days`` that is `day` or later; their number where none is.
  private func firstWeek(from day: Int32) -> Int {
    let passed = Int(day) - Int(days[0])
    return passed <= 0 ? 0 : min(Self.weeks, (passed + 6) / 7)
  }

  private mutating func makeRoom(for department: Int) {
    while exceeded.count <= department { exceeded.append(.zero) }
  }

  private mutating func addAge(_ point: TrendPoint) {
    // Against eighteen years of childhood no case is old.
    guard !point.startsAtBirth else { return }
    let length = max(1, point.due - point.start)
    let passed = (today - point.start) * 100
    var band = 0
    while band < bounds.count, passed > bounds[band] * length { band += 1 }
    ages[point.state == .exceeded ? max(band, full + 1) : min(band, full)] += 1
  }
}

/// A clock as pictures see it.
struct TrendPoint {
  let state: StateName
  let start: CivilDate
  let due: CivilDate
  /// The day of its stop or closing; of no matter while it is open.
  let end: CivilDate
  let startsAtBirth: Bool

  /// Nil for a clock that is never due.
  init?(_ clock: Clock) {
    guard let reckoning = clock.reckoning else { return nil }
    state = clock.state
    start = reckoning.start.date
    due = reckoning.due.date
    startsAtBirth = clock.rule.startsAtBirth
    end =
      switch reckoning.outcome {
      case .kept(let end), .late(let end), .lapsed(let end): end.date
      case .running, .soon, .exceeded, .paused: due
      }
  }

  init(_ clock: DayClock) {
    state = clock.state
    start = CivilDate(day: clock.start)
    due = CivilDate(day: clock.due)
    end = CivilDate(day: clock.end)
    startsAtBirth = clock.startsAtBirth
  }
}
