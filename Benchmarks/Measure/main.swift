import Glibc
import Notifier
import Rules
import Scheduler

// usage: measure CONFIGURATION [YYYY-MM-DD]
// Prints what a due date in bulk and one pass over the register cost. See Benchmarks/README.md.

/// Seconds of a clock that never goes back.
func seconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

/// The least time of several runs, in seconds: what disturbs a run only ever makes it longer.
func best(of runs: Int, _ body: () -> Void) -> Double {
  (0..<runs).map { _ in
    let start = seconds()
    body()
    return seconds() - start
  }.min() ?? 0
}

let arguments = CommandLine.arguments
guard arguments.count >= 2 else {
  print("usage: measure CONFIGURATION [YYYY-MM-DD]")
  exit(64)
}
let today = try CivilDate(iso: arguments.count > 2 ? arguments[2] : "2026-11-20")
var problems = ProblemList()
let files = DiskFileSystem()
guard
  let setup = Setup.load(
    arguments[1], files: files, clock: SystemClock(), override: Now(CivilMoment(today)), problems: &problems),
  let rule = setup.book.rules.first
else {
  print(problems.all.map(\.description).joined(separator: "\n"))
  exit(78)
}

let starts = (0..<1_000_000).map { today.day - Int32($0 * 7_919 % 3_650) }
for text in ["7 dage", "3 uger", "4 måneder", "18 år", "7 arbejdsdage", "60 arbejdsdage", "600 arbejdsdage"] {
  let table = DueTable(of: try Length(text: text), rule, roll: .forward, zone: setup.zone, around: today)
  var sum: Int64 = 0
  let time = best(of: 5) { sum &+= table.sum(from: starts) }
  print("due date, \(text): \(Int(time * 1e12 / Double(starts.count)).description) ps (\(sum))")
}
for _ in 0..<5 {
  let start = seconds()
  let survey = try Gathering.survey(setup, files: files)
  print("pass: \(Int((seconds() - start) * 1e6)) µs, \(survey.cases) cases, \(survey.clocks) clocks")
}
