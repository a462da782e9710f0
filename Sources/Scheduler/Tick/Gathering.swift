package import Notifier
package import Rules

/// One pass over the register: cases → clocks → what is counted and what is reported. Each case is shown on the way.
package struct Gathering: RegisterSink {
  private var survey: Survey
  private let evaluator: Evaluator
  private let file: String
  private let onCase: (Case, CaseVerdict) -> Void

  private init(_ setup: Setup, file: String, onCase: @escaping (Case, CaseVerdict) -> Void) {
    survey = Survey(now: setup.now, organisation: setup.configuration.organisation)
    evaluator = Evaluator(setup.book, schema: setup.layout.schema, zone: setup.zone, now: setup.now)
    self.file = file
    self.onCase = onCase
  }

  /// Reads the whole register.
  ///
  /// - Parameter onCase: sees every case with its clocks, kept or not, in the register's order.
  /// - Throws: ``RegisterFault`` when the register cannot be used; then nothing of it counts.
  package static func survey(
    _ setup: Setup, files: any FileSystem, onCase: (Case, CaseVerdict) -> Void = { _, _ in }
  ) throws(RegisterFault) -> Survey {
    let reader = RegisterReader(setup.configuration.register, layout: setup.layout, files: files)
    return try withoutActuallyEscaping(onCase) { onCase throws(RegisterFault) in
      var gathering = Gathering(setup, file: reader.name, onCase: onCase)
      try reader.read(into: &gathering)
      gathering.survey.finish()
      return gathering.survey
    }
  }

  package mutating func take(_ row: Case) {
    let verdict = evaluator.verdict(on: row)
    survey.add(row, verdict, file: file)
    onCase(row, verdict)
  }

  package mutating func take(_ problem: RegisterProblem) {
    survey.add(problem)
  }
}
