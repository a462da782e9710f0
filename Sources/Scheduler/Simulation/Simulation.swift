package import Notifier
package import Rules

/// Runs the real tick on a simulated clock, day by day, with an empty memory; nothing leaves the computer.
package struct Simulation: Sendable {
  /// One day on which something happened.
  package struct Day: Sendable {
    package let date: CivilDate
    /// What went out, in the order of the tick.
    package let messages: [MailMessage]
    /// `S-1 svar: løber → snart`, in the order of the register.
    package let changes: [String]
  }

  private let setup: Setup
  private let files: any FileSystem

  package init(_ setup: Setup, files: any FileSystem) {
    self.setup = setup
    self.files = files
  }

  /// The days of `span` on which something happened, handed to `onDay` in order.
  ///
  /// A day is a tick as `--today` runs it: all of it is past. What the first day finds is where the count
  /// begins, so its states are no changes.
  /// - Throws: ``TickFault``, as the tick itself.
  package func run(_ span: ClosedRange<CivilDate>, _ onDay: (Day) -> Void) throws(TickFault) {
    let scratch = ScratchFileSystem(over: files)
    let outlet = SimulatedTransport()
    let empty = setup.configuration.stateDirectory + "/simulation"
    var known: [ClockIdentity: StateName] = [:]
    for offset in 0...(span.upperBound - span.lowerBound) {
      let date = span.lowerBound + offset
      var moves: [(key: ClockIdentity, before: StateName?, after: StateName)] = []
      let day = setup.at(Now(CivilMoment(date)), stateDirectory: empty)
      let lock = try StateLock(day.configuration, files: scratch, command: "simulate", now: day.now)
      defer { lock.release() }
      let result = try Tick(day, files: scratch, transport: outlet).run(holding: lock) { clock in
        let key = ClockIdentity(clock)
        let before = known.updateValue(clock.state, forKey: key)
        if offset > 0, before != clock.state { moves.append((key, before, clock.state)) }
      }
      let changes = moves.map { Self.change($0.key, result.survey.numbers, $0.before, $0.after) }
      if !result.messages.isEmpty || !changes.isEmpty {
        onDay(Day(date: date, messages: result.messages, changes: changes))
      }
    }
  }

  private static func change(
    _ key: ClockIdentity, _ numbers: CaseNumbers, _ before: StateName?, _ after: StateName
  ) -> String {
    let name = "\(numbers.shown(key.caseID)) \(key.rule)"
    guard let before else { return "\(name): begynder, \(after.danish)" }
    return "\(name): \(before.danish) → \(after.danish)"
  }
}

/// A mail system that takes everything and sends nothing.
private struct SimulatedTransport: MailTransport {
  var destination: String { "ingen; det er en simulering" }

  func deliver(_ envelope: Envelope) -> DeliveryResult { .accepted }
}
