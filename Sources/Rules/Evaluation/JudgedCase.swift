/// A case with what the rule book says of it: of each of its rows, and of the case.
package struct JudgedCase: Sendable {
  /// In the order of the register; at least one.
  package let rows: [(row: Case, verdict: CaseVerdict)]
  /// The case is counted once: of each rule the clocks of that row in which it stands worst.
  package let verdict: CaseVerdict

  package var id: String { verdict.caseID }

  /// A case of one row.
  package init(_ row: Case, _ verdict: CaseVerdict) { self.init([(row, verdict)], verdict) }

  init(_ rows: [(row: Case, verdict: CaseVerdict)], _ verdict: CaseVerdict) {
    (self.rows, self.verdict) = (rows, verdict)
  }
}

extension Evaluator {
  /// What the rule book says of a case.
  package func judge(_ rows: CaseRows) -> JudgedCase {
    let first = verdict(on: rows.first)
    guard !rows.others.isEmpty else { return JudgedCase(rows.first, first) }
    let others = rows.others.map { ($0, self.verdict(on: $0)) }
    return JudgedCase([(rows.first, first)] + others, others.reduce(first) { $0.joined(with: $1.1) })
  }
}

extension CaseVerdict {
  /// The verdict on a case of which another row says something else.
  fileprivate func joined(with other: CaseVerdict) -> CaseVerdict {
    var joined: [Clock] = []
    let (mine, theirs) = (rounds, other.rounds)
    for rule in mine.order + theirs.order.filter({ mine.clocks[$0] == nil }) {
      switch (mine.clocks[rule], theirs.clocks[rule]) {
      case (let clocks?, nil), (nil, let clocks?): joined += clocks
      case (let clocks?, let others?): joined += Standing(others) < Standing(clocks) ? others : clocks
      case (nil, nil): break
      }
    }
    return CaseVerdict(
      caseID: caseID, clocks: joined,
      waiting: (waiting + other.waiting.filter { !waiting.contains($0) }).filter { rule in
        !joined.contains { $0.rule.id == rule }
      },
      future: future + other.future.filter { event in !future.contains { $0 == event } },
      earlyStops: earlyStops + other.earlyStops,
      hasUnreadableConsent: hasUnreadableConsent || other.hasUnreadableConsent,
      isConfidential: isConfidential || other.isConfidential)
  }

  /// The clocks of each rule, and the rules in their order.
  private var rounds: (order: [String], clocks: [String: [Clock]]) {
    var (order, rounds) = ([String](), [String: [Clock]]())
    for clock in clocks {
      if rounds[clock.rule.id] == nil { order.append(clock.rule.id) }
      rounds[clock.rule.id, default: []].append(clock)
    }
    return (order, rounds)
  }

  /// How bad a rule's clocks stand; the worse is the smaller.
  private struct Standing: Comparable {
    private let urgency: Int
    private let due: CivilDate?

    init(_ clocks: [Clock]) {
      urgency = clocks.map(\.state.urgency).min() ?? .max
      due = clocks.filter { [urgency] in $0.state.urgency == urgency }
        .compactMap { $0.reckoning?.due.date }.min()
    }

    static func < (a: Self, b: Self) -> Bool {
      if a.urgency != b.urgency { return a.urgency < b.urgency }
      guard let first = a.due, let second = b.due else { return a.due != nil && b.due == nil }
      return first < second
    }
  }
}

extension StateName {
  /// The place among the states from the worst to the best: first what is open and calls for somebody, at
  /// last what was kept.
  fileprivate var urgency: Int {
    switch self {
    case .exceeded: 0
    case .soon: 1
    case .unclear: 2
    case .running: 3
    case .paused: 4
    case .late: 5
    case .lapsed: 6
    case .kept: 7
    }
  }
}
