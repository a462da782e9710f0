import Glibc
import Notifier
import Rules
import Scheduler

// usage: measure CONFIGURATION [YYYY-MM-DD]
//        measure ticks CONFIGURATION ROUNDS [YYYY-MM-DD]
// Prints what a due date in bulk and one pass over the register cost, or what the ticks of a service cost.
// See Benchmarks/README.md.

var words = CommandLine.arguments.dropFirst()
let measuresTicks = words.first == "ticks"
if measuresTicks { words.removeFirst() }
guard let file = words.popFirst(), let rounds = measuresTicks ? words.popFirst().flatMap(Int.init) : 0 else {
  print("usage: measure CONFIGURATION [YYYY-MM-DD]\n       measure ticks CONFIGURATION ROUNDS [YYYY-MM-DD]")
  exit(64)
}
let today = try CivilDate(iso: words.popFirst() ?? "2026-11-20")
var problems = ProblemList()
let setup = Setup.load(
  file, files: DiskFileSystem(), clock: SystemClock(), override: Now(CivilMoment(today)), problems: &problems)
guard let setup else {
  print(problems.all.map(\.description).joined(separator: "\n"))
  exit(78)
}
if measuresTicks {
  try Ticks(setup).measure(rounds: rounds)
} else {
  try Passes(setup).measure()
}
