import Dispatch
import Glibc
import Synchronization

/// Why a waiting service goes on.
package enum Wake: Hashable, Sendable {
  case timer
  /// Somebody asked that the configuration be read anew (SIGHUP).
  case reload
  /// Somebody asked the program to leave (SIGTERM, SIGINT).
  case stop
}

/// What a service waits on.
package protocol WakeSource {
  /// Returns when `seconds` have passed on the wall clock, or something else happens before.
  func wait(seconds: Int) -> Wake
}

/// A Dispatch timer on the wall clock, and the signals of a service.
///
/// The timer only wakes: it follows the wall clock forward, also over a suspend, but hears nothing of a clock
/// that is set back (libdispatch). So a wait is short, and what is due is reckoned anew each time.
package struct DispatchWake: WakeSource {
  private let inbox = WakeInbox()
  private let timer: any DispatchSourceTimer
  private let signals: [any DispatchSourceSignal]

  /// - Parameter stop: raised as soon as the program is asked to leave, also in the middle of a tick.
  package init(stop: StopSignal) {
    let queue = DispatchQueue(label: "fristvagt.wake")
    let inbox = inbox
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler { inbox.put(.timer) }
    signals = [(SIGHUP, Wake.reload), (SIGTERM, .stop), (SIGINT, .stop)].map { number, wake in
      // Dispatch sees a signal only where the default action does not come first.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if wake == .stop { stop.raise() }
        inbox.put(wake)
      }
      source.resume()
      return source
    }
    timer.schedule(wallDeadline: .distantFuture)
    timer.resume()
  }

  package func wait(seconds: Int) -> Wake {
    timer.schedule(wallDeadline: .now() + .seconds(seconds), leeway: .milliseconds(100))
    return inbox.take()
  }
}

/// Hands wakes from the queue on which they happen to the thread that waits for them.
private final class WakeInbox: Sendable {
  private let pending = Mutex<[Wake]>([])
  private let semaphore = DispatchSemaphore(value: 0)

  func put(_ wake: Wake) {
    pending.withLock { $0.append(wake) }
    semaphore.signal()
  }

  /// The oldest wake; a request to leave goes before all others.
  func take() -> Wake {
    semaphore.wait()
    return pending.withLock { pending in
      if pending.contains(.stop) { return .stop }
      return pending.isEmpty ? .timer : pending.removeFirst()
    }
  }
}
