import Glibc
package import Rules

/// What tells the time; read once, at the top of a run.
package protocol TimeSource: Sendable {
  func now() -> Instant
}

/// The computer's clock.
package struct SystemClock: TimeSource {
  package init() {}

  package func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(seconds: Int64(time.tv_sec))
  }
}
