/// What people were told of one clock, by report, reminder or calendar.
package struct ToldClock: Hashable, Sendable {
  package let identity: ClockIdentity
  /// The name of the deadline, for when the rule book has it no more.
  package let name: String
  /// The department under which it is reported.
  package let department: String
  /// False when the adviser alone may hear; also where the register has the clock no more, so that nobody can tell.
  package let mayReachDepartment: Bool
  package let shown: ShownDue
  package let verdict: Verdict

  package init(
    identity: ClockIdentity, name: String, department: String, mayReachDepartment: Bool, shown: ShownDue,
    verdict: Verdict
  ) {
    self.identity = identity
    self.name = name
    self.department = department
    self.mayReachDepartment = mayReachDepartment
    self.shown = shown
    self.verdict = verdict
  }

  /// The same clock after the register has lost it or reads it under another start.
  func withoutClock(_ reading: Reading, at now: CivilMoment) -> ToldClock {
    ToldClock(
      identity: identity, name: name, department: department, mayReachDepartment: false, shown: shown,
      verdict: verdict.seeing(reading, due: shown.due, at: now))
  }
}

/// The due day that a calendar shows, and how often it moved.
package struct ShownDue: Hashable, Sendable {
  /// Local time.
  package let due: CivilMoment
  /// 0 at first, one higher each time the due day moved: the SEQUENCE of RFC 5545, 3.8.7.4.
  package let sequence: Int
  /// Since when this due day is shown.
  package let since: CivilMoment

  package init(due: CivilMoment, sequence: Int, since: CivilMoment) {
    self.due = due
    self.sequence = sequence
    self.since = since
  }

  /// The same, or one step further where the due day moved.
  func showing(_ due: CivilMoment, at now: CivilMoment) -> ShownDue {
    due == self.due ? self : ShownDue(due: due, sequence: sequence + 1, since: now)
  }
}

/// What was said of a clock, and what became of that. Every moment is that of the pass that saw it first.
package enum Verdict: Hashable, Sendable {
  /// Only its due day was shown.
  case pending
  case exceeded(since: CivilMoment)
  /// It was exceeded and is so no more, by something that happened after.
  case settled(Reading, seen: CivilMoment)
  /// It was exceeded, and now the register reads as if it never had been.
  case changed(from: Reading, to: Reading, seen: CivilMoment)

  /// The verdict after a pass that finds `reading`.
  ///
  /// - Parameter due: the due day that was told before.
  func seeing(_ reading: Reading, due: CivilMoment, at now: CivilMoment) -> Verdict {
    let isExceeded = reading.standing == .exceeded
    switch self {
    case .pending: return isExceeded ? .exceeded(since: now) : .pending
    case .exceeded:
      return isExceeded ? self : Self.ended(Reading(.exceeded, due: due), reading, at: now)
    case .settled(let before, let seen):
      if isExceeded { return .exceeded(since: now) }
      if reading.standing == .gone { return self }
      return reading.contradicts(before)
        ? .changed(from: before, to: reading, seen: now) : .settled(reading, seen: seen)
    case .changed(let from, let to, _):
      if isExceeded { return .exceeded(since: now) }
      return reading == to || reading.standing == .gone ? self : Self.ended(from, reading, at: now)
    }
  }

  private static func ended(_ reported: Reading, _ reading: Reading, at now: CivilMoment) -> Verdict {
    reading.contradicts(reported)
      ? .changed(from: reported, to: reading, seen: now) : .settled(reading, seen: now)
  }
}
