/// How a clock came to start.
package enum Origin: Hashable, Sendable {
  /// The start event.
  case event
  /// The case was opened again after the clock had stopped: it runs anew with its full length.
  case reopening
  /// The stop before it, of a rule that repeats.
  case repetition
}

/// One run of a clock, from a start to what ends it.
struct Round: Hashable {
  let start: CivilMoment
  let origin: Origin
  let isFirst: Bool
  /// The first stop that does not lie before the start; nil while there is none.
  let stop: CivilMoment?
  /// When the case was closed in this round; nil where it was not.
  let closing: CivilMoment?
  /// What ended it; nil while it runs.
  var end: CivilMoment? { stop ?? closing }
  /// Where the next round starts, so that what belongs to it is not counted here.
  let nextStart: CivilMoment?
}

/// A stop of a case: which event, and when.
package struct StopEvent: Hashable, Sendable {
  package let name: String
  package let at: CivilMoment
}

/// The events of one case as one rule sees them, each list in order of time; what is dated after now is not
/// in them.
struct RuleEvents {
  let starts: [CivilMoment]
  let stops: [StopEvent]
  let reopenings: [CivilMoment]
  let closings: [CivilMoment]

  /// The stops before the first start, and the others.
  var sortedStops: RulePlan.Finding.Stops {
    guard let first = starts.first else { return RulePlan.Finding.Stops() }
    let split = stops.firstIndex { !$0.at.precedes(first) } ?? stops.count
    return RulePlan.Finding.Stops(early: Array(stops[..<split]), others: Array(stops[split...]))
  }

  /// A register that repeats itself without end is not worth more rounds than these.
  private static let mostRounds = 1_000

  /// Splits the events into rounds. A stop ends one, and so does the closing of the case; after it a
  /// reopening or a new start event begins the next, and for a rule that repeats the stop itself does, as
  /// long as the case is open.
  ///
  /// - Throws: ``Doubt`` when every stop lies before the first start.
  func rounds(repeats: Bool) throws(Doubt) -> [Round] {
    guard let first = starts.first else { return [] }
    if let early = stops.first, stops.allSatisfy({ $0.at.precedes(first) }) {
      throw .stopBeforeStart(event: early.name, stop: early.at, start: first)
    }
    var rounds: [Round] = []
    var next: (start: CivilMoment, origin: Origin)? = (first, .event)
    // What ended or began a round is spent: on one day a stop and a reopening could otherwise call each other
    // for ever.
    var (stops, closings, reopenings) = (stops.map(\.at)[...], closings[...], reopenings[...])
    while let (start, origin) = next, rounds.count < Self.mostRounds {
      stops = stops.drop { $0.precedes(start) }
      // A closing before the start closed what came before; on the day of a reopening it did so too.
      let closing = closings.first { origin == .reopening ? start.precedes($0) : !$0.precedes(start) }
      let end = end(stop: stops.first, closing: closing, reopenings)
      next = self.start(after: end, closing, reopenings, repeats: repeats)
      if let last = end.last {
        stops = stops.drop { !last.precedes($0) }
        closings = closings.drop { !last.precedes($0) }
      }
      if let next, next.origin == .reopening {
        reopenings = reopenings.drop { $0.precedes(next.start) }.dropFirst()
      }
      rounds.append(
        Round(
          start: start, origin: origin, isFirst: rounds.isEmpty, stop: end.stop, closing: end.closing,
          nextStart: next?.start))
    }
    return rounds
  }

  /// What ended a round; a closing ends it only where no stop followed before the case began again.
  private struct End {
    let stop: CivilMoment?
    let closing: CivilMoment?

    var last: CivilMoment? { stop ?? closing }
  }

  private func end(stop: CivilMoment?, closing: CivilMoment?, _ reopenings: ArraySlice<CivilMoment>) -> End {
    guard let stop, let closing, closing.date < stop.date else { return End(stop: stop, closing: closing) }
    let reopened = reopenings.first { !$0.precedes(closing) }
    let begun = starts.first { closing.precedes($0) }
    let again = [reopened, begun].compactMap(\.self).contains { !stop.precedes($0) }
    return again ? End(stop: nil, closing: closing) : End(stop: stop, closing: closing)
  }

  private func start(
    after end: End, _ closing: CivilMoment?, _ reopenings: ArraySlice<CivilMoment>, repeats: Bool
  ) -> (start: CivilMoment, origin: Origin)? {
    guard let last = end.last else { return nil }
    if repeats, let stop = end.stop, closing.map({ stop.precedes($0) }) ?? true { return (stop, .repetition) }
    let begun = starts.first { last.precedes($0) }
    let reopened = reopenings.first { !$0.precedes(last) }
    guard let reopened else { return begun.map { ($0, .event) } }
    guard let begun, begun.precedes(reopened) else { return (reopened, .reopening) }
    return (begun, .event)
  }
}

extension CivilMoment {
  /// True when this lies before `other` beyond doubt: on an earlier day, or earlier that day where both have
  /// a time.
  package func precedes(_ other: CivilMoment) -> Bool {
    guard date == other.date, let time, let otherTime = other.time else { return date < other.date }
    return time < otherTime
  }
}
