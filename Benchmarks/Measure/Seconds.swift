import Glibc

/// Seconds of a clock that never goes back.
func seconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

/// How many microseconds `body` takes.
func microseconds(_ body: () throws -> Void) rethrows -> Int {
  let start = seconds()
  try body()
  return Int((seconds() - start) * 1e6)
}
