import Notifier
import Rules

/// Holds the register against what was told, for a command that tells nothing itself.
struct QuietPass {
  /// Nil where nothing was told, which spares a large register the work.
  private var pass: LedgerPass?
  private let setup: Setup

  init(_ ledger: Ledger?, _ setup: Setup) {
    pass = ledger.map { LedgerPass($0, now: setup.now) }
    self.setup = setup
  }

  mutating func take(_ verdict: CaseVerdict) {
    guard pass != nil else { return }
    for clock in verdict.clocks {
      let department = setup.configuration.organisation.reportedDepartment(of: clock)
      pass?.take(clock, department: department, .unseen)
    }
  }

  /// What was told, as the register now stands.
  mutating func finish(_ survey: Survey) -> Ledger {
    pass?.finish(survey.concealment).ledger ?? Ledger(begun: setup.now.moment)
  }
}
