package import Notifier
package import Rules
import Scheduler

/// A clock that stands still.
package struct FixedClock: TimeSource {
  private let instant: Instant

  package init(_ seconds: Int64) {
    instant = Instant(seconds: seconds)
  }

  package func now() -> Instant { instant }
}

/// Keeps what is printed.
package final class RecordingConsole: Console {
  private let streams = Locked((output: "", error: ""))
  private let input: [String]

  package init(input: [String] = []) {
    self.input = input
  }

  package var output: String { streams.with { $0.output } }
  package var error: String { streams.with { $0.error } }

  package func print(_ text: String) { streams.with { $0.output += text } }

  package func printError(_ text: String) { streams.with { $0.error += text } }

  package func readLines(_ body: (String) -> Void) { input.forEach(body) }
}

/// A mail system in memory: keeps what it accepts, and answers as it is told.
package final class RecordingTransport: MailTransport {
  private let state = Locked((accepted: [Envelope](), attempts: 0))
  private let answer: @Sendable (Envelope, _ attempt: Int) -> DeliveryResult
  private let files: InMemoryFileSystem?

  /// - Parameters:
  ///   - files: the disk of the process that hands over; where that dies nothing is accepted any more, and
  ///     the moments before the mail system takes a mail and after it count as steps.
  ///   - answer: what becomes of an envelope; `attempt` counts all calls, from 1.
  package init(
    on files: InMemoryFileSystem? = nil,
    _ answer: @escaping @Sendable (Envelope, _ attempt: Int) -> DeliveryResult = { _, _ in .accepted }
  ) {
    self.files = files
    self.answer = answer
  }

  package var accepted: [Envelope] { state.with { $0.accepted } }
  package var attempts: Int { state.with { $0.attempts } }
  package var destination: String { "en prøve" }

  package func deliver(_ envelope: Envelope) -> DeliveryResult {
    guard files?.survives() ?? true else { return .uncertain("the process is gone") }
    let attempt = state.with { state in
      state.attempts += 1
      return state.attempts
    }
    let result = answer(envelope, attempt)
    if result == .accepted { state.with { $0.accepted.append(envelope) } }
    _ = files?.survives()
    return result
  }
}
