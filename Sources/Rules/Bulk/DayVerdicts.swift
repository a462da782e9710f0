/// What the rules make of the rows at hand: the last stage, which goes over all rules of all rows in one
/// list.
final class DayVerdicts {
  /// One rule on one row.
  struct Task {
    let row: Int32
    /// In ``Combinations/entries``.
    let entry: Int32
  }

  private(set) var count = 0
  let tasks: UnsafeMutablePointer<Task>
  /// One for each task.
  let verdicts: UnsafeMutablePointer<DayPlan.Verdict>
  /// For each row whether some rule counts something of it.
  let isMatched: UnsafeMutablePointer<Bool>
  /// For each row whether it has a clock of which somebody is told, or may be; see ``watch(_:_:)``.
  let isWatched: UnsafeMutablePointer<Bool>
  /// Tasks that something is still to be done about.
  private let noted: UnsafeMutablePointer<Int32>
  /// See ``UsualPlan``.
  private let states: UnsafeMutablePointer<DayPlan.Judgement>
  private let book: BulkBook
  private let recent: Int32

  /// More rules than these on one row cannot be judged here.
  static let mostPerRow = 64
  /// So many rules fit most rows.
  private static let usual = 4

  /// - Parameter recent: the first day on which the end of a clock is still of interest.
  init(_ book: BulkBook, recent: Int32, capacity: Int) {
    let most = capacity * Self.mostPerRow + Self.usual
    tasks = .allocate(capacity: most)
    verdicts = .allocate(capacity: most)
    noted = .allocate(capacity: most)
    isMatched = .allocate(capacity: capacity)
    isWatched = .allocate(capacity: capacity)
    let states = UsualPlan.states
    self.states = .allocate(capacity: states.count)
    self.states.initialize(from: states, count: states.count)
    self.book = book
    self.recent = recent
  }

  deinit {
    tasks.deallocate()
    verdicts.deallocate()
    noted.deallocate()
    isMatched.deallocate()
    isWatched.deallocate()
    states.deallocate()
  }

  // MARK: The rules that fit

  /// Lists which rules fit which row.
  func list(_ table: RowTable, _ texts: TextColumns) {
    let (isOdd, numbers) = (table.isOdd, texts.numbers)
    var next = tasks
    texts.combinations.combinations.withUnsafeBufferPointer { combinations in
      for row in 0..<table.count where !isOdd[row] {
        let combination = combinations[Int(numbers[row])]
        if combination.isOdd { isOdd[row] = true } else { Self.append(row, combination.entries, to: &next) }
      }
    }
    count = next - tasks
  }

  /// Some are written whether there are as many or not, because how many nobody can guess.
  @inline(__always)
  private static func append(_ row: Int, _ entries: Range<Int>, to next: inout UnsafeMutablePointer<Task>) {
    for index in 0..<usual { next[index] = task(row, entries.lowerBound &+ index) }
    if entries.count > usual {
      for index in usual..<entries.count { next[index] = task(row, entries.lowerBound &+ index) }
    }
    next += entries.count
  }

  @inline(__always)
  private static func task(_ row: Int, _ entry: Int) -> Task {
    Task(row: Int32(truncatingIfNeeded: row), entry: Int32(truncatingIfNeeded: entry))
  }

  // MARK: What they say

  /// Odd are rows of which a rule needs to see more than days.
  func judge(_ table: RowTable, _ dates: DayColumns, _ texts: TextColumns) {
    let (tasks, verdicts, noted, states) = (tasks, verdicts, noted, UnsafePointer(states))
    let (plans, usual) = (UnsafePointer(book.plans), UnsafePointer(book.usualPlans))
    let (days, stride, happened) = (UnsafePointer(dates.days), dates.stride, dates.happened)
    texts.combinations.entries.withUnsafeBufferPointer { entries in
      var unusual = 0
      for index in 0..<count {
        let task = tasks[index]
        let plan = usual + entries[Int(task.entry)].plan
        let row = Int(task.row)
        if let verdict = plan.pointee.verdict(days + row &* stride, happened[row], states) {
          verdicts[index] = verdict
        } else {
          noted[unusual] = Int32(truncatingIfNeeded: index)
          unusual &+= 1
        }
      }
      // Afterwards, because a loop that calls nothing keeps its numbers at hand.
      for index in UnsafeBufferPointer(start: noted, count: unusual) {
        let task = tasks[Int(index)]
        let plan = plans + entries[Int(task.entry)].plan
        verdicts[Int(index)] = plan.verdict(days + Int(task.row) &* stride)
        if verdicts[Int(index)].judgement == .odd { table.isOdd[Int(task.row)] = true }
      }
    }
  }

  /// Tells which rows have a clock of which somebody is told, or may be.
  func watch(_ table: RowTable, _ texts: TextColumns) {
    isWatched.update(repeating: false, count: table.count)
    let (tasks, verdicts, isWatched) = (tasks, verdicts, isWatched)
    texts.combinations.entries.withUnsafeBufferPointer { entries in
      for index in 0..<count {
        let (task, verdict) = (tasks[index], verdicts[index])
        let isTold =
          switch verdict.judgement {
          case .exceeded, .soon: true
          case .running: verdict.due <= book.plans[entries[Int(task.entry)].plan].lastTold
          default: false
          }
        if isTold { isWatched[Int(task.row)] = true }
      }
    }
  }

  // MARK: What is counted

  /// Counts the rows that are not odd.
  ///
  /// - Returns: the tasks whose clocks are of interest, and how many rules wait for their start.
  func tally(
    _ table: RowTable, _ texts: TextColumns, in counts: StateCounts
  ) -> (kept: UnsafeBufferPointer<Int32>, waiting: Int) {
    isMatched.update(repeating: false, count: table.count)
    let states = counts.counts(figures: texts.combinations.figures.count)
    let (tasks, verdicts, isOdd, isMatched, recent) = (tasks, verdicts, table.isOdd, isMatched, recent)
    var (next, waiting) = (noted, 0)
    texts.combinations.entries.withUnsafeBufferPointer { entries in
      for index in 0..<count {
        let (task, verdict) = (tasks[index], verdicts[index])
        let row = Int(task.row)
        if isOdd[row] { continue }
        guard verdict.judgement.isClock else {
          if verdict.judgement == .notStarted, waits(index, entries) {
            isMatched[row] = true
            waiting += 1
          }
          continue
        }
        isMatched[row] = true
        states[entries[Int(task.entry)].figure &* StateCounts.states &+ Int(verdict.judgement.rawValue)] &+= 1
        next.pointee = Int32(truncatingIfNeeded: index)
        next += Self.interest(of: verdict, recent)
      }
    }
    return (UnsafeBufferPointer(start: noted, count: next - noted), waiting)
  }

  /// True for a rule that some day starts on its row; of rules with the same id the first.
  private func waits(_ index: Int, _ entries: UnsafeBufferPointer<Combinations.Entry>) -> Bool {
    let entry = entries[Int(tasks[index].entry)]
    guard !book.plans[entry.plan].isOver else { return false }
    // Those of the same row stand before it in the list.
    return !entry.sameRule.contains { earlier in
      verdicts[index - earlier].judgement == .notStarted
        && !book.plans[entries[Int(tasks[index - earlier].entry)].plan].isOver
    }
  }

  /// One for an open clock, and for one that was missed and ended a short while ago; by bits and not by
  /// cases, because which it is no processor can guess.
  @inline(__always)
  private static func interest(of verdict: DayPlan.Verdict, _ recent: Int32) -> Int {
    let missed = verdict.end > recent ? bit(.late) | bit(.lapsed) : 0
    let interesting = bit(.running) | bit(.soon) | bit(.exceeded) | missed
    let isOpen = interesting &>> Int(verdict.judgement.rawValue) & 1
    return verdict.due == DayPlan.absent ? 0 : isOpen
  }

  @inline(__always)
  private static func bit(_ judgement: DayPlan.Judgement) -> Int { 1 &<< Int(judgement.rawValue) }
}
