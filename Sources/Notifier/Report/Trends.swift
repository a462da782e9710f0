package import Rules

/// What the pictures of a report show, gathered clock by clock: how many were exceeded on each of the last
/// weeks' days, how old open cases are against their deadline, and what falls due in the coming weeks.
///
/// All of it follows from the register as it stands today; what somebody changed since is in the past, too.
package struct Trends: Sendable {
  /// Weeks back and ahead.
  package static let weeks = 8

  /// The shares of a deadline, in percent, up to which an open case is counted together with those before;
  /// the last band has no end.
  package static let shares = [25, 50, 75, 100, 150, 200]

  /// Open clocks by the week in which they fall due, this week first.
  package private(set) var coming = [Int](repeating: 0, count: weeks)
  /// Open clocks by how much of their time has passed, in the bands of ``shares`` and beyond.
  package private(set) var ages = [Int](repeating: 0, count: shares.count + 1)

  /// For each department, by its number, one number for each week and one more: how many more were exceeded
  /// at the end of the day seven weeks ago than before, six weeks ago than seven, … today; the last is of no
  /// interest.
  private var changes: [Int] = []

  /// Days as numbers, here and below: every clock comes through.
  private let today: Int32
  private let thisMonday: CivilDate
  /// The first day whose end counts.
  private let first: Int32
  /// ``shares``, and where a whole deadline stands among them; every clock asks for them.
  private let bounds = shares.map { Int32($0) }
  private let full = shares.firstIndex(of: 100) ?? 0

  init(today: CivilDate) {
    self.today = today.day
    thisMonday = today.monday
    first = Self.firstDay(asSeenFrom: today).day
  }

  /// The first day whose end a picture shows: what ended before it stands in none.
  package static func firstDay(asSeenFrom today: CivilDate) -> CivilDate { today - 7 * (weeks - 1) }

  /// By department, those that are not empty: how many were exceeded at the end of the day seven weeks ago, …
  /// today.
  func exceeded(_ departments: [String]) -> [String: [Int]] {
    var byName: [String: [Int]] = [:]
    for (number, name) in departments.enumerated() where number * Self.places < changes.count {
      var exceeded = 0
      let weeks = changes[number * Self.places..<number * Self.places + Self.weeks].map { change in
        exceeded += change
        return exceeded
      }
      if weeks.contains(where: { $0 != 0 }) { byName[name] = weeks }
    }
    return byName
  }

  /// Of one department in ``changes``.
  private static let places = weeks + 1

  /// Adds what was gathered elsewhere; `numbers` says which department of this one each of the other's is.
  mutating func merge(_ other: Trends, _ numbers: [Int]) {
    for (index, change) in other.changes.enumerated() where change != 0 {
      let (department, week) = index.quotientAndRemainder(dividingBy: Self.places)
      makeRoom(for: numbers[department])
      changes[numbers[department] * Self.places + week] += change
    }
    for index in coming.indices { coming[index] += other.coming[index] }
    for index in ages.indices { ages[index] += other.ages[index] }
  }

  /// Adds one clock; `department` is a number.
  mutating func take(_ point: TrendPoint, department: Int) {
    switch point.state {
    case .exceeded:
      count(department, from: point.due &+ 1)
      // It has passed its whole length, and nothing else has.
      addAge(point, among: full + 1...bounds.count)
    case .running, .soon:
      addAge(point, among: 0...full)
      let week = (CivilDate(day: point.due).monday - thisMonday) / 7
      if coming.indices.contains(week) { coming[week] += 1 }
    case .late, .lapsed: count(department, from: point.due &+ 1, before: point.end)
    case .kept, .paused, .unclear: break
    }
  }

  /// From this day on one clock of the department is exceeded; hours count as their day.
  private mutating func count(_ department: Int, from first: Int32) {
    makeRoom(for: department)
    // A deadline in hours that passed today is exceeded today.
    changes[department &* Self.places &+ firstWeek(from: min(first, today))] &+= 1
  }

  /// The same, up to a day on which it is no more.
  private mutating func count(_ department: Int, from first: Int32, before end: Int32) {
    let (from, behind) = (firstWeek(from: min(first, today)), firstWeek(from: end))
    guard from < behind else { return }
    makeRoom(for: department)
    changes[department &* Self.places &+ from] &+= 1
    changes[department &* Self.places &+ behind] &-= 1
  }

  @inline(__always)
  private mutating func makeRoom(for department: Int) {
    let more = (department &+ 1) &* Self.places &- changes.count
    if more > 0 { changes += [Int](repeating: 0, count: more) }
  }

  /// The first of the weeks whose day is `day` or later; their number where none is.
  private func firstWeek(from day: Int32) -> Int {
    let passed = Int(day) &- Int(first)
    return passed <= 0 ? 0 : min(Self.weeks, (passed &+ 6) / 7)
  }

  private mutating func addAge(_ point: TrendPoint, among bands: ClosedRange<Int>) {
    // Against eighteen years of childhood no case is old.
    guard !point.startsAtBirth else { return }
    let length = max(1, point.due &- point.start)
    let passed = (today &- point.start) &* 100
    var band = bands.lowerBound
    while band < bands.upperBound, passed > bounds[band] &* length { band &+= 1 }
    ages[band] &+= 1
  }
}

/// A clock as pictures see it.
struct TrendPoint {
  let state: StateName
  let start: Int32
  let due: Int32
  /// The day of its stop or closing; of no matter while it is open.
  let end: Int32
  let startsAtBirth: Bool

  /// Nil for a clock that is never due.
  init?(_ clock: Clock) {
    guard let reckoning = clock.reckoning else { return nil }
    state = clock.state
    start = reckoning.start.date.day
    due = reckoning.due.date.day
    startsAtBirth = clock.rule.startsAtBirth
    end =
      switch reckoning.outcome {
      case .kept(let end), .late(let end), .lapsed(let end): end.date.day
      case .running, .soon, .exceeded, .paused: reckoning.due.date.day
      }
  }

  init(_ clock: DayClock) {
    state = clock.state
    start = clock.start
    due = clock.due
    end = clock.end
    startsAtBirth = clock.startsAtBirth
  }
}
