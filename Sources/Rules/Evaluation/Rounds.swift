/// How a clock came to start.
package enum Origin: Hashable, Sendable {
  /// The start event.
  case event
  /// The case was opened again after the clock had stopped: it runs anew with its full length.
  case reopening
  /// The stop before it, of a rule that repeats.
  case repetition
}

/// One run of a clock, from a start to the stop that ends it.
struct Round: Hashable {
  let start: CivilMoment
  let origin: Origin
  /// The first stop that does not lie before the start; nil while there is none.
  let stop: CivilMoment?
  /// Where the next round starts, so that what belongs to it is not counted here.
  let nextStart: CivilMoment?
}

/// The events of one case as one rule sees them, each list in order of time; what is dated after now is not in them.
struct RuleEvents {
  let starts: [CivilMoment]
  let stops: [(name: String, at: CivilMoment)]
  let reopenings: [CivilMoment]
  let closing: CivilMoment?

  /// A register that repeats itself without end is not worth more rounds than these.
  private static let mostRounds = 1_000

  /// Splits the events into rounds: a stop ends one; after it a new start event or a reopening begins the next, and
  /// for a rule that repeats the stop itself does, as long as the case is not closed.
  ///
  /// - Throws: ``Doubt`` when the only stop lies before the only start.
  func rounds(repeats: Bool) throws(Doubt) -> [Round] {
    guard let first = starts.first else { return [] }
    if let stop = stops.first, stops.allSatisfy({ $0.at.precedes(first) }) {
      throw .stopBeforeStart(event: stop.name, stop: stop.at, start: first)
    }
    var rounds: [Round] = []
    var start = first
    var origin = Origin.event
    while rounds.count < Self.mostRounds {
      let isFirst = rounds.isEmpty
      // A repeated round begins with the stop of the one before, which does not end it as well.
      let stop = stops.map(\.at).first { origin == .repetition ? start.precedes($0) : !$0.precedes(start) }
      let next = stop.flatMap { self.start(after: $0, repeats: repeats) }
      if isFirst, let early = stops.first, early.at.precedes(first), starts.count == 1, reopenings.isEmpty,
        !repeats
      {
        throw .stopBeforeStart(event: early.name, stop: early.at, start: first)
      }
      rounds.append(Round(start: start, origin: origin, stop: stop, nextStart: next?.start))
      guard let next else { break }
      (start, origin) = next
    }
    return rounds
  }

  private func start(after stop: CivilMoment, repeats: Bool) -> (start: CivilMoment, origin: Origin)? {
    if repeats {
      let isClosed = closing.map { !stop.precedes($0) } ?? false
      return isClosed ? nil : (stop, .repetition)
    }
    let begun = starts.first { stop.precedes($0) }
    let reopened = reopenings.first { !$0.precedes(stop) }
    guard let reopened else { return begun.map { ($0, .event) } }
    guard let begun, begun.precedes(reopened) else { return (reopened, .reopening) }
    return (begun, .event)
  }
}

extension CivilMoment {
  /// True when this lies before `other` beyond doubt: on an earlier day, or earlier that day where both have a time.
  func precedes(_ other: CivilMoment) -> Bool {
    guard date == other.date, let time, let otherTime = other.time else { return date < other.date }
    return time < otherTime
  }
}
