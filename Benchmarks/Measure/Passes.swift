import Notifier
import Rules
import Scheduler

/// What a due date in bulk costs, and a pass over the register without a report.
struct Passes {
  private let setup: Setup

  init(_ setup: Setup) {
    self.setup = setup
  }

  func measure() throws {
    if let rule = setup.book.rules.first { try measureDueDates(rule) }
    for _ in 0..<5 {
      var survey: Survey?
      let time = try microseconds { survey = try Gathering.survey(setup, files: DiskFileSystem()) }
      print("pass: \(time) µs, \(survey?.cases ?? 0) cases, \(survey?.clocks ?? 0) clocks")
    }
  }

  private func measureDueDates(_ rule: Rule) throws {
    let today = setup.now.today
    let starts = (0..<1_000_000).map { today.day - Int32($0 * 7_919 % 3_650) }
    for text in [
      "7 dage", "3 uger", "4 måneder", "18 år", "7 arbejdsdage", "60 arbejdsdage", "600 arbejdsdage",
    ] {
      let table = DueTable(of: try Length(text: text), rule, roll: .forward, zone: setup.zone, around: today)
      var sum: Int64 = 0
      let time = best(of: 5) { sum &+= table.sum(from: starts) }
      print("due date, \(text): \(Int(time * 1e12 / Double(starts.count)).description) ps (\(sum))")
    }
  }

  /// The least time of several runs, in seconds: what disturbs a run only ever makes it longer.
  private func best(of runs: Int, _ body: () -> Void) -> Double {
    (0..<runs).map { _ in
      let start = seconds()
      body()
      return seconds() - start
    }.min() ?? 0
  }
}
