package import Notifier
package import Rules

/// One pass over the register: cases → clocks → what is counted and what is reported. Each case is shown on
/// the way.
package struct Gathering: RegisterSink {
  package internal(set) var survey: Survey
  private let evaluator: Evaluator
  private let file: String
  private let keeping: Keeping
  /// What was kept, in the register's order.
  private(set) var seen: [SeenCase] = []
  /// The bytes of the row at hand, where it may have to be known again.
  var text: [UInt8] = []

  /// What becomes of what was found, beyond the survey.
  enum Keeping {
    case nothing
    case verdicts
    case handedOver((JudgedCase) -> Void)
  }

  /// - Parameter survey: what is known already.
  init(_ setup: Setup, file: String, keeping: Keeping, survey: Survey? = nil) {
    self.survey =
      survey
      ?? Survey(
        now: setup.now, organisation: setup.configuration.organisation,
        numbers: setup.configuration.letterhead.numbers)
    evaluator = Evaluator(setup.book, schema: setup.layout.schema, zone: setup.zone, now: setup.now)
    self.file = file
    self.keeping = keeping
  }

  /// Reads the whole register, the fast way where that is possible.
  ///
  /// - Throws: ``RegisterFault`` when the register cannot be used; then nothing of it counts.
  package static func survey(_ setup: Setup, files: any FileSystem) throws(RegisterFault) -> Survey {
    try survey(setup, files: files, watch: .nothing) { _ in }
  }

  /// The same.
  ///
  /// - Parameter onVerdict: sees every case that is watched, and perhaps others, in the register's order.
  static func survey(
    _ setup: Setup, files: any FileSystem, watch: Watch, _ onVerdict: (CaseVerdict) -> Void
  ) throws(RegisterFault) -> Survey {
    if let result = try BulkPass(setup, files: files, watch).run() {
      for seen in result.seen { onVerdict(seen.verdict) }
      return result.survey
    }
    return try survey(setup, files: files) { onVerdict($0.verdict) }
  }

  /// Reads the whole register, one row after another.
  ///
  /// - Parameter onCase: sees every case with its clocks, kept or not, in the register's order.
  /// - Throws: ``RegisterFault`` when the register cannot be used; then nothing of it counts.
  package static func survey(
    _ setup: Setup, files: any FileSystem, onCase: (JudgedCase) -> Void
  ) throws(RegisterFault) -> Survey {
    let reader = RegisterReader(setup.configuration.register, layout: setup.layout, files: files)
    return try withoutActuallyEscaping(onCase) { onCase throws(RegisterFault) in
      var gathering = Gathering(setup, file: reader.name, keeping: .handedOver(onCase))
      try reader.read(into: &gathering)
      gathering.survey.finish()
      return gathering.survey
    }
  }

  package mutating func take(_ rows: CaseRows) {
    let found = evaluator.judge(rows)
    survey.add(found, file: file)
    switch keeping {
    case .nothing: break
    case .verdicts: seen.append(SeenCase(verdict: found.verdict, row: text))
    case .handedOver(let onCase): onCase(found)
    }
  }

  package mutating func take(_ problem: RegisterProblem) {
    survey.add(problem)
  }
}

/// What the rule book says of a case that a pass has seen.
package struct SeenCase: Sendable {
  package let verdict: CaseVerdict
  /// Its bytes with the line break; none where nobody has to know it again, or where it stands in several
  /// rows.
  package let row: [UInt8]

  package var id: String { verdict.caseID }
}
