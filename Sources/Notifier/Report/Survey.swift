package import Rules

/// What one pass over the register found: every clock counted, and those kept that somebody must hear of.
package struct Survey: Sendable {
  /// What `counts.csv` counts by.
  package struct Tally: Hashable, Sendable {
    package let department: String
    package let rule: String
    package let state: StateName
  }

  package let now: Now
  package let organisation: Organisation
  package private(set) var cases = 0
  package private(set) var counts: [Tally: Int] = [:]
  /// Exceeded, due within the horizon, standing still, or not to be computed; in the register's order.
  package private(set) var reported: [Clock] = []
  /// What only the adviser may hear of, over all rows.
  package private(set) var concealment = Concealment()
  /// What the pictures show.
  package private(set) var trends: Trends
  /// Cases that no rule fits.
  package private(set) var unmatched = 0
  /// Rules that fit a case whose start event has not happened.
  package private(set) var waiting = 0
  /// What somebody must mend, at most ``keptProblems`` and then every unknown department.
  package private(set) var defects: [RegisterProblem] = []
  package private(set) var defectCount = 0
  /// Events that are still to come, at most ``keptProblems``.
  package private(set) var futures: [RegisterProblem] = []
  package private(set) var futureCount = 0
  private var unknownDepartments: [String: (place: Place, cases: Int)] = [:]

  /// Problems beyond these are counted, not kept: a register of a million bad rows has one cause.
  package static let keptProblems = 200

  package init(now: Now, organisation: Organisation) {
    self.now = now
    self.organisation = organisation
    trends = Trends(today: now.today)
  }

  package var clocks: Int { counts.values.reduce(0, +) }

  /// Every department that has a clock, in byte order.
  package var departments: [String] {
    Set(counts.keys.map(\.department)).sorted(by: precedesInBytes)
  }

  /// How many clocks are in `state`.
  package func count(_ state: StateName) -> Int {
    counts.reduce(0) { $0 + ($1.key.state == state ? $1.value : 0) }
  }

  /// Adds one case; `file` names the register in problems.
  package mutating func add(_ row: Case, _ verdict: CaseVerdict, file: String) {
    cases += 1
    let department = organisation.reportedDepartment(row.fields[.department])
    for clock in verdict.clocks {
      let tally = Tally(department: department, rule: clock.rule.id, state: clock.state)
      counts[tally, default: 0] += 1
      trends.take(clock, department: department)
      switch clock.state {
      case .exceeded, .soon, .unclear, .paused: reported.append(clock)
      case .running, .kept, .late, .lapsed: break
      }
    }
    switch verdict.coverage {
    case .unmatched: unmatched += 1
    case .covered(let rules): waiting += rules
    }
    concealment.take(row, verdict)
    let place = Place(file, row.line)
    for event in verdict.future { add(RegisterProblem(place, .future(event: event.event, at: event.at))) }
    if organisation.isUnknown(department: row.fields[.department]) {
      unknownDepartments[row.fields[.department], default: (place, 0)].cases += 1
    }
  }

  /// Adds something that somebody should mend, or that is still to come.
  package mutating func add(_ problem: RegisterProblem) {
    if problem.isDefect {
      defectCount += 1
      if defects.count < Self.keptProblems { defects.append(problem) }
    } else {
      futureCount += 1
      if futures.count < Self.keptProblems { futures.append(problem) }
    }
  }

  /// Ends the pass: turns what was gathered by name into problems.
  package mutating func finish() {
    if !concealment.isEmpty { reported = reported.map(concealment.concealed) }
    let unknown = unknownDepartments.map { name, found in
      RegisterProblem(found.place, .unknownDepartment(name: name, cases: found.cases))
    }
    unknownDepartments = [:]
    defectCount += unknown.count
    defects = (defects + unknown).sorted { ($0.place.line ?? 0) < ($1.place.line ?? 0) }
  }
}
