/// What people were told of one clock, by report, reminder or calendar.
package struct ToldClock: Hashable, Sendable {
  package let identity: ClockIdentity
  /// The name of the deadline, for when the rule book has it no more.
  package let name: String
  /// The department under which it is reported.
  package let department: String
  /// False when the adviser alone may hear; also where the register has the case no more, so that nobody can
  /// tell.
  package let mayReachDepartment: Bool
  package let shown: ShownDue
  package let verdict: Verdict
  /// The latest change of what was told that no event since can explain; nil where there was none.
  package let change: VerdictChange?

  package init(
    identity: ClockIdentity, name: String, department: String, mayReachDepartment: Bool, shown: ShownDue,
    verdict: Verdict, change: VerdictChange?
  ) {
    self.identity = identity
    self.name = name
    self.department = department
    self.mayReachDepartment = mayReachDepartment
    self.shown = shown
    self.verdict = verdict
    self.change = change
  }

  /// The same, for the adviser alone where another row of the case says so.
  func concealed(by concealment: Concealment) -> ToldClock {
    guard mayReachDepartment, concealment.reason(caseID: identity.caseID, rule: identity.rule) != nil else {
      return self
    }
    return ToldClock(
      identity: identity, name: name, department: department, mayReachDepartment: false, shown: shown,
      verdict: verdict, change: change)
  }

  /// The same clock as a pass finds it; `shown` is the due day that it leaves.
  func seeing(
    _ reading: Reading, department: String, mayReachDepartment: Bool, shown: ShownDue, at now: CivilMoment
  ) -> ToldClock {
    let (verdict, change) = verdict.seeing(reading, due: self.shown.due, at: now)
    return ToldClock(
      identity: identity, name: name, department: department, mayReachDepartment: mayReachDepartment,
      shown: shown, verdict: verdict, change: change ?? self.change)
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

  /// The same, or one step further where the due day moved. While a clock stands still its day moves with
  /// every other, and no calendar shows it.
  func showing(_ reading: Reading, at now: CivilMoment) -> ShownDue {
    guard let due = reading.due, due != self.due, reading.standing != .paused else { return self }
    return ShownDue(due: due, sequence: sequence + 1, since: now)
  }
}

/// A verdict that was told, and the other one that the register, or a changed rule, gives of the same past.
package struct VerdictChange: Hashable, Sendable {
  package let from: Reading
  package let to: Reading
  /// The pass that saw it first.
  package let seen: CivilMoment

  package init(from: Reading, to: Reading, seen: CivilMoment) {
    self.from = from
    self.to = to
    self.seen = seen
  }
}

/// How a clock stood when it was last seen. Every moment is that of the pass that saw it so first.
package enum Verdict: Hashable, Sendable {
  /// Only its due day was shown.
  case pending
  case exceeded(since: CivilMoment)
  /// It was exceeded, since then, and is so no more.
  case ended(Reading, seen: CivilMoment, since: CivilMoment)

  /// The verdict after a pass that finds `reading`, and what that changes of the one before.
  ///
  /// - Parameter due: the due day that was told before.
  func seeing(
    _ reading: Reading, due: CivilMoment, at now: CivilMoment
  ) -> (verdict: Verdict, change: VerdictChange?) {
    func changed(_ from: Reading) -> VerdictChange { VerdictChange(from: from, to: reading, seen: now) }
    switch (self, reading.standing) {
    case (.pending, .exceeded): return (.exceeded(since: now), nil)
    case (.pending, _): return (self, nil)
    case (.exceeded, .exceeded):
      // Still exceeded, but another number of days.
      return (self, reading.due == due ? nil : changed(Reading(.exceeded, due: due)))
    case (.exceeded(let since), _):
      let reported = Reading(.exceeded, due: due)
      return (
        .ended(reading, seen: now, since: since), reading.contradicts(reported) ? changed(reported) : nil
      )
    case (.ended(let before, _, _), .exceeded) where before.mayBecomeExceeded:
      return (.exceeded(since: now), nil)
    case (.ended(let before, _, let since), .exceeded): return (.exceeded(since: since), changed(before))
    case (.ended(let before, let seen, let since), _):
      if reading.isSame(as: before) || reading.standing == .gone { return (self, nil) }
      let isNews = reading.standing != before.standing
      return (
        .ended(reading, seen: isNews ? now : seen, since: since),
        before.isNotInTime && reading.contradicts(before) ? changed(before) : nil
      )
    }
  }
}
