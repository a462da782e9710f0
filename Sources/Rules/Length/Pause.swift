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
  /// Register and events file may both tell of one moment, so a beginning that stands twice counts twice only
  /// where there is an end for both, and an end that stands twice ends no more than there is to end.
  ///
  /// - Throws: the end that nothing precedes.
  package init(from: [CivilMoment], until: [CivilMoment], now: Now) throws(UnbegunPause) {
    var pauses: [Pause] = []
    var ends = until.sorted { $0.earliest < $1.earliest }[...]
    var beginnings = Self.withoutRepetition(from.sorted { $0.earliest < $1.earliest }, most: until.count)[...]
    var (since, depth) = (CivilMoment?.none, 0)
    while let moment = [beginnings.first, ends.first].compactMap(\.self).min(by: { $0.earliest < $1.earliest }
    ) {
      let isNow = { (other: CivilMoment) in other.earliest == moment.earliest }
      let (begun, ended) = (beginnings.prefix(while: isNow), ends.prefix(while: isNow))
      (beginnings, ends) = (beginnings.dropFirst(begun.count), ends.dropFirst(ended.count))
      depth += begun.count
      guard depth > 0 else {
        // An end of the same day as the last one is that end once more.
        guard let last = pauses.last?.until, !last.precedes(moment) else { throw UnbegunPause(end: moment) }
        continue
      }
      since = since ?? moment
      depth = max(0, depth - ended.count)
      if depth == 0, let from = since {
        pauses.append(Pause(from: from, until: moment))
        since = nil
      }
    }
    if let since { pauses.append(Pause(from: since, until: nil)) }
    all = pauses
    self.now = now
  }

  /// `beginnings`, in order, without those that stand twice, as long as there are more than `most`.
  private static func withoutRepetition(_ beginnings: [CivilMoment], most: Int) -> [CivilMoment] {
    var surplus = beginnings.count - most
    var kept: [CivilMoment] = []
    for moment in beginnings {
      if surplus > 0, let last = kept.last, last == moment { surplus -= 1 } else { kept.append(moment) }
    }
    return kept
  }

  /// Those that began before `moment` beyond doubt, whole.
  func begun(before moment: CivilMoment) -> Pauses {
    Pauses(all: all.filter { $0.from.precedes(moment) }, now: now)
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
