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

  /// The union of the pauses that these beginnings and ends write, however they overlap: the clock stands
  /// still from a beginning until as many ends have come as beginnings before them.
  ///
  /// A beginning inside a pause that has no end of its own changes nothing: registers write down each
  /// rejection, and one answer to all of them. Nor does an end that stands twice end more than there is to
  /// end. What is still to come only says which beginnings will have an end.
  ///
  /// - Throws: the end that nothing precedes.
  package init(from: [CivilMoment], until: [CivilMoment], now: Now) throws(UnbegunPause) {
    let turns = Turn.inOrder(from: from, until: until)
    let open = Turn.openForGood(turns)
    var pauses: [Pause] = []
    var (since, depth, without) = (CivilMoment?.none, 0, 0)
    for (turn, open) in zip(turns, open) where now.hasSeen(turn.moment) {
      guard depth > 0 || turn.begun > 0 else {
        // An end of the same day as the last one is that end once more.
        guard let last = pauses.last?.until, !last.precedes(turn.moment) else {
          throw UnbegunPause(end: turn.moment)
        }
        continue
      }
      since = since ?? turn.moment
      let isInside = depth > turn.ended
      for index in 0..<turn.begun {
        if isInside || index > 0, without < open { without += 1 } else { depth += 1 }
      }
      depth = max(0, depth - turn.ended)
      if depth == 0, let from = since {
        pauses.append(Pause(from: from, until: turn.moment))
        since = nil
      }
    }
    if let since { pauses.append(Pause(from: since, until: nil)) }
    all = pauses
    self.now = now
  }

  /// How many pauses begin and end at one moment.
  private struct Turn {
    let moment: CivilMoment
    var begun: Int
    var ended: Int

    static func inOrder(from: [CivilMoment], until: [CivilMoment]) -> [Turn] {
      let all =
        from.map { Turn(moment: $0, begun: 1, ended: 0) } + until.map { Turn(moment: $0, begun: 0, ended: 1) }
      var turns: [Turn] = []
      for turn in all.sorted(by: { $0.moment.earliest < $1.moment.earliest }) {
        if let last = turns.last, last.moment.earliest == turn.moment.earliest {
          turns[turns.count - 1].begun += turn.begun
          turns[turns.count - 1].ended += turn.ended
        } else {
          turns.append(turn)
        }
      }
      return turns
    }

    /// For each turn how many of the beginnings up to it never find an end.
    static func openForGood(_ turns: [Turn]) -> [Int] {
      var (depth, depths) = (0, [Int]())
      for turn in turns {
        depth = max(0, depth + turn.begun - turn.ended)
        depths.append(depth)
      }
      for index in depths.indices.dropLast().reversed() {
        depths[index] = min(depths[index], depths[index + 1])
      }
      return depths
    }
  }

  /// Those that began before `moment` beyond doubt, whole.
  func begun(before moment: CivilMoment) -> Pauses {
    Pauses(all: all.filter { $0.from.precedes(moment) }, now: now)
  }

  /// When `pause` ends, or now while it lasts.
  package func end(of pause: Pause) -> CivilMoment {
    pause.until ?? CivilMoment(now.latest.0, now.latest.1)
  }

  /// The pauses that begin at `from` or later and before `until`; one that lasts longer ends there. Nil is no
  /// border.
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
