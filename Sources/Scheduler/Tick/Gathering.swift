package import Notifier
package import Rules

/// One pass over the register: cases → clocks → what is counted, what is reported, which notices are due.
package struct Gathering: RegisterSink {
  package private(set) var survey: Survey
  package private(set) var notices: [Notice] = []
  private var keys: Set<NoticeKey> = []
  private let evaluator: Evaluator
  private let decider: NoticeDecider
  private let organisation: Organisation
  private let file: String
  private let isSent: (NoticeKey) -> Bool
  private let onClock: (Clock) -> Void

  /// - Parameters:
  ///   - isSent: what the journal says of a notice.
  ///   - onClock: sees every clock, kept or not, in the register's order.
  private init(
    _ setup: Setup, file: String, isSent: @escaping (NoticeKey) -> Bool, onClock: @escaping (Clock) -> Void
  ) {
    organisation = setup.configuration.organisation
    survey = Survey(now: setup.now)
    evaluator = Evaluator(setup.book, schema: setup.layout.schema, zone: setup.zone, now: setup.now)
    decider = NoticeDecider(organisation: organisation, zone: setup.zone, now: setup.now)
    self.file = file
    self.isSent = isSent
    self.onClock = onClock
  }

  /// Reads the whole register.
  ///
  /// - Throws: ``RegisterFault`` when it cannot be used; then nothing of it counts.
  package static func read(
    _ setup: Setup, files: any FileSystem, isSent: @escaping (NoticeKey) -> Bool = { _ in true },
    onClock: @escaping (Clock) -> Void = { _ in }
  ) throws(RegisterFault) -> Gathering {
    let reader = RegisterReader(setup.configuration.register, layout: setup.layout, files: files)
    var gathering = Gathering(setup, file: reader.name, isSent: isSent, onClock: onClock)
    try reader.read(into: &gathering)
    gathering.survey.finish()
    return gathering
  }

  package mutating func take(_ row: Case) {
    let verdict = evaluator.verdict(on: row)
    survey.add(row, verdict, file: file, organisation: organisation)
    for clock in verdict.clocks {
      onClock(clock)
      // A case that stands in two rows has one clock twice, and its reader hears of it once.
      notices += decider.notices(for: clock, sent: isSent).filter { keys.insert($0.key).inserted }
    }
  }

  package mutating func take(_ problem: RegisterProblem) {
    survey.add(problem)
  }
}
