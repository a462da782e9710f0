import Rules
import TestSupport
import Testing

/// A model of pauses, notices and stops that counts one day after another on sets of days, and knows nothing
/// of how the program pairs, sorts or reckons.
private struct DueModel {
  var length: Int
  /// From a day up to, and without, another; nil while it lasts. In no order.
  var pauses: [(from: Int, until: Int?)]
  /// In order of time.
  var notices: [(day: Int, newDate: Int?)]
  var stops: [Int]
  var today: Int

  struct Answer: Equatable {
    var due: Int
    var promise: Int?
    var state: StateName
  }

  /// Nil where the only stops lie before the start, day 0.
  var answer: Answer? {
    let stop = stops.filter { $0 >= 0 && $0 <= today }.min()
    if stop == nil, stops.contains(where: { $0 < 0 }) { return nil }
    let end = stop ?? today + 1
    var (announced, promise, isBroken) = (Int?.none, Int?.none, false)
    for notice in notices where notice.day <= min(today, stop ?? today) {
      let stood = announced ?? due(on: notice.day, until: end)
      if !isBroken, notice.day <= stood {
        if let day = notice.newDate, day > stood { announced = day }
      } else {
        isBroken = true
        if let day = notice.newDate, day >= notice.day { promise = day }
      }
    }
    let due = announced ?? due(on: nil, until: end)
    return Answer(due: due, promise: promise, state: state(due: due, stop: stop))
  }

  private func state(due: Int, stop: Int?) -> StateName {
    if let stop { return stop <= due ? .kept : .late }
    let held = held(until: today + 1)
    let isOpen = pauses.contains { $0.from <= today && ($0.until.map { $0 > today } ?? true) }
    if isOpen, beginning(of: today, in: held) <= due { return .paused }
    return due < today ? .exceeded : .running
  }

  /// The days on which the clock stands still before `end`; an end that is still to come is not known yet.
  private func held(until end: Int) -> Set<Int> {
    var held: Set<Int> = []
    for pause in pauses where pause.from <= today {
      var day = pause.from
      while day < min(pause.until.map { $0 > today ? end : $0 } ?? end, end) {
        held.insert(day)
        day += 1
      }
    }
    return held
  }

  /// Where the standstill began to which `day` belongs.
  private func beginning(of day: Int, in held: Set<Int>) -> Int {
    var since = day
    while held.contains(since - 1) { since -= 1 }
    return since
  }

  /// The due day by the standstills that had begun before `day`; nil for all.
  private func due(on day: Int?, until end: Int) -> Int {
    let all = held(until: end)
    let held = all.filter { held in day.map { beginning(of: held, in: all) < $0 } ?? true }
    var (due, left) = (0, length)
    while left > 0 {
      due += 1
      if !held.contains(due) { left -= 1 }
    }
    return due
  }
}

/// Pauses, notices and stops against ``DueModel``, in random histories.
@Suite struct DueModelTests {
  private static let count = Repository.number("FRISTVAGT_HISTORIES") ?? 1_500
  private static let day0 = Make.date("2026-03-02")

  private static func book(_ length: Int) -> RuleBook {
    Make.soundBook(
      Make.ruleFile(
        """
        længde = \(length) dage
        ruller = nej
        udsættelse = underrettet → ny_frist
        pause = bero_fra .. bero_til
        eksempel = modtaget 2026-03-02, besvaret 2026-03-02 → overholdt den 2026-06-02
        """))
  }

  private static func history(_ random: inout SeededGenerator) -> DueModel {
    let today = Int.random(in: 1...60, using: &random)
    var pauses: [(from: Int, until: Int?)] = []
    var begun: Set<Int> = []
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let from = Int.random(in: 1...40, using: &random)
      guard begun.insert(from).inserted else { continue }
      pauses.append((from, from + Int.random(in: 1...20, using: &random)))
    }
    if Int.random(in: 0..<4, using: &random) == 0 {
      let from = Int.random(in: 1...45, using: &random)
      // Inside another pause, or around one, nobody can tell which of the two has no end.
      let isAlone = pauses.allSatisfy { $0.until ?? 0 < from }
      if isAlone, begun.insert(from).inserted { pauses.append((from, nil)) }
    }
    var days: Set<Int> = []
    for _ in 0..<Int.random(in: 0...3, using: &random) { days.insert(Int.random(in: 0...50, using: &random)) }
    let notices = days.sorted().map { day in
      (
        day: day,
        newDate: Int.random(in: 0..<5, using: &random) == 0 ? nil : Int.random(in: 0...70, using: &random)
      )
    }
    var stops: [Int] = []
    if Bool.random(using: &random) { stops.append(Int.random(in: 0...60, using: &random)) }
    if Int.random(in: 0..<5, using: &random) == 0 { stops.append(-Int.random(in: 1...30, using: &random)) }
    return DueModel(
      length: Int.random(in: 5...20, using: &random), pauses: pauses, notices: notices, stops: stops,
      today: today)
  }

  private static func text(_ day: Int) -> String { (day0 + day).description }

  /// The first occurrence of each event stands in the register, the others in the events file; an end may
  /// stand in both.
  private static func verdict(_ model: DueModel, _ random: inout SeededGenerator) -> CaseVerdict {
    var events = ["modtaget": text(0)]
    var further: [(event: String, date: String, newDate: String?)] = []
    for pause in model.pauses {
      further.append(("bero_fra", text(pause.from), nil))
      if let until = pause.until { further.append(("bero_til", text(until), nil)) }
    }
    for stop in model.stops { further.append(("besvaret", text(stop), nil)) }
    further.shuffle(using: &random)
    for name in ["bero_fra", "bero_til", "besvaret"] {
      guard Bool.random(using: &random), let index = further.firstIndex(where: { $0.event == name }) else {
        continue
      }
      events[name] = further.remove(at: index).date
    }
    if model.pauses.count == 1, let until = model.pauses[0].until {
      further.append(("bero_til", text(until), nil))
    }
    further += model.notices.map { ("underrettet", text($0.day), $0.newDate.map(text)) }
    return Make.verdict(book(model.length), [:], events, further: further, now: text(model.today))
  }

  @Test(arguments: Seeds.all)
  func pausesNoticesAndStopsAgreeWithCountingDays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for number in 0..<Self.count / Seeds.all.count {
      let model = Self.history(&random)
      let verdict = Self.verdict(model, &random)
      let clock = try #require(verdict.clocks.first)
      let said = Comment(rawValue: "history \(number) of seed \(seed): \(model)")
      guard let answer = model.answer else {
        #expect(clock.state == .unclear, said)
        continue
      }
      let reckoning = try #require(clock.reckoning, said)
      let state = clock.state == .soon ? .running : clock.state
      let found = DueModel.Answer(
        due: reckoning.due.date - Self.day0, promise: reckoning.promise.map { $0.date - Self.day0 },
        state: state)
      #expect(found == answer, said)
      let early = model.stops.filter { $0 < 0 }
      #expect(verdict.earlyStops.map { $0.at.date - Self.day0 } == early, said)
    }
  }
}
