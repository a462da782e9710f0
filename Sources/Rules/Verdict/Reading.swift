/// How the register reads a clock: what a report says of it, small enough to be remembered.
package struct Reading: Hashable, Sendable {
  /// The states that a verdict can change between; the raw value is how the ledger writes it.
  package enum Standing: String, Hashable, Sendable, CaseIterable {
    /// Not yet due, near or far.
    case running = "løber"
    case exceeded = "overskredet"
    case kept = "overholdt"
    case late = "for-sent"
    case paused = "i-bero"
    case lapsed = "bortfaldet"
    case unclear = "uafklaret"
    /// The register or the rule book does not have the clock any more.
    case gone = "væk"
    /// The same rule runs on the case anew, from a day after the old clock was due.
    case replaced = "afløst"
    /// Somebody corrected the day from which it counts, and from there it is exceeded too.
    case moved = "flyttet"
  }

  package let standing: Standing
  /// When the clock is due, in local time; nil where that is not known.
  package let due: CivilMoment?
  /// When it was stopped, closed or paused, or started anew; nil where nothing of the kind happened.
  package let at: CivilMoment?

  package init(_ standing: Standing, due: CivilMoment? = nil, at: CivilMoment? = nil) {
    self.standing = standing
    self.due = due
    self.at = at
  }

  package init(_ clock: Clock) {
    let due = clock.reckoning?.due.local
    switch clock.outcome {
    case nil: self.init(.unclear)
    case .running, .soon: self.init(.running, due: due)
    case .exceeded: self.init(.exceeded, due: due)
    // Its due day moves with every day that it stands still, so it says nothing.
    case .paused(let since): self.init(.paused, at: since)
    case .kept(let stop): self.init(.kept, due: due, at: stop)
    case .late(let stop): self.init(.late, due: due, at: stop)
    case .lapsed(let closing): self.init(.lapsed, due: due, at: closing)
    }
  }

  /// True where this can only be so because the register, or a rule, was changed after `reported` was told: a
  /// deadline that was passed has not been kept since, nor is it to come.
  package func contradicts(_ reported: Reading) -> Bool {
    switch standing {
    case .exceeded, .late, .replaced: return false
    case .running, .kept, .paused, .unclear, .moved: return true
    // Finished cases leave a register in time; one that still waited does not.
    case .gone: return reported.standing == .exceeded
    case .lapsed:
      guard let at, let due = reported.due else { return false }
      return at.date <= due.date
    }
  }
}

extension Reading {
  /// True for the verdicts that say that a deadline was not kept.
  var isNotInTime: Bool {
    switch standing {
    case .exceeded, .late, .lapsed: true
    case .running, .kept, .paused, .unclear, .gone, .replaced, .moved: false
    }
  }

  /// True where time alone can make it exceeded.
  var mayBecomeExceeded: Bool {
    switch standing {
    case .running, .paused: true
    case .exceeded, .kept, .late, .lapsed, .unclear, .gone, .replaced, .moved: false
    }
  }

  /// True for the same verdict by the same event.
  func isSame(as other: Reading) -> Bool { standing == other.standing && at == other.at }
}
