/// A time in which a clock stands still, from one event to another; the value of `pause` names the two.
package struct Pause: Hashable, Sendable {
  /// The clock stands still from this day on, the day itself included.
  package let from: CivilMoment
  /// The clock runs again on this day, which counts; nil while the pause lasts.
  package let until: CivilMoment?

  package init(from: CivilMoment, until: CivilMoment?) {
    self.from = from
    self.until = until
  }
}

/// The pauses of one clock in order, without overlap, as they stand at one now.
package struct Pauses: Hashable, Sendable {
  package let all: [Pause]
  /// A pause that lasts has held everything up to this moment.
  private let now: Now

  package static let none = Pauses()

  private init() {
    all = []
    now = Now(CivilMoment(CivilDate.supportedDays.lowerBound))
  }

  private init(all: [Pause], now: Now) {
    self.all = all
    self.now = now
  }

  package var isEmpty: Bool { all.isEmpty }

  /// The pause that has no end yet.
  package var open: Pause? { all.last.flatMap { $0.until == nil ? $0 : nil } }

  /// Pairs beginnings and ends: each end closes what began before it; a beginning inside a pause changes nothing.
  ///
  /// - Throws: the end that nothing precedes.
  package init(from: [CivilMoment], until: [CivilMoment], now: Now) throws(UnbegunPause) {
    var pauses: [Pause] = []
    var ends = until.sorted { $0.earliest < $1.earliest }[...]
    for begun in from.sorted(by: { $0.earliest < $1.earliest }) {
      if let last = pauses.last, last.until.map({ begun.earliest < $0.earliest }) ?? true { continue }
      if let end = ends.first, end.earliest < begun.earliest { throw UnbegunPause(end: end) }
      pauses.append(Pause(from: begun, until: ends.popFirst()))
    }
    if let end = ends.first { throw UnbegunPause(end: end) }
    all = pauses
    self.now = now
  }

  /// When `pause` ends, or now while it lasts.
  package func end(of pause: Pause) -> CivilMoment {
    pause.until ?? CivilMoment(now.latest.0, now.latest.1)
  }

  /// The pauses that begin at `from` or later and before `until`; one that lasts longer ends there. Nil is no border.
  package func within(from: CivilMoment?, until: CivilMoment?) -> Pauses {
    let kept = all.compactMap { pause -> Pause? in
      if let from, pause.from.precedes(from) { return nil }
      guard let until else { return pause }
      if until.precedes(pause.from) { return nil }
      return Pause(from: pause.from, until: pause.until.map { until.precedes($0) ? until : $0 } ?? until)
    }
    return Pauses(all: kept, now: now)
  }

  /// The paused days after `start` up to and including `end`.
  package func days(after start: CivilDate, through end: CivilDate) -> [CivilDate] {
    all.flatMap { pause -> [CivilDate] in
      let first = max(pause.from.date, start + 1)
      let last = min(pause.until.map { $0.date - 1 } ?? now.today, end)
      return first > last ? [] : (0...(last - first)).map { first + $0 }
    }
  }
}

/// The end of a pause that never began.
package struct UnbegunPause: Error, Hashable, Sendable {
  package let end: CivilMoment
}
