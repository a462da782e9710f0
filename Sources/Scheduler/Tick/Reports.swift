package import Notifier
package import Rules

/// Builds the reports of one pass: what they show besides the register is what was told before, and what
/// arrived.
package struct Reports: Sendable {
  private let setup: Setup
  private let material: ReportMaterial
  private let ledger: Ledger
  private let state: JournalState
  private let policy: RetryPolicy
  private var today: CivilDate { setup.now.today }

  /// - Parameter ledger: that after the pass.
  package init(
    _ setup: Setup, _ survey: Survey, ledger: Ledger, _ state: JournalState, _ policy: RetryPolicy = .standard
  ) {
    self.setup = setup
    material = ReportMaterial(survey: survey, letterhead: setup.configuration.letterhead, texts: setup.texts)
    self.ledger = ledger
    self.state = state
    self.policy = policy
  }

  /// The adviser's report of everything.
  package func fristrapport(_ occasion: ReportOccasion = .ordinary) -> ReportDocument {
    Fristrapport(material, changes: changes, proofs: proofs, occasion: occasion).document
  }

  /// The same without what only the adviser may hear.
  package var openReport: ReportDocument { OpenReport(material, changes: changes).document }

  /// What is different since the report before.
  private var changes: Changes? {
    since(.report, setup.configuration.reportSchedule).map { Changes(ledger, since: $0, today: today) }
  }

  /// The digest of one department.
  package func digest(of department: Department, _ occasion: ReportOccasion = .ordinary) -> DepartmentDigest {
    let schedule = setup.configuration.digests[department.name]?.schedule
    let changes = since(.digest(of: department.name), schedule).map {
      Changes(ledger, since: $0, today: today) { $0.department == department.name && $0.mayReachDepartment }
    }
    return DepartmentDigest(material, of: department, changes: changes, occasion: occasion)
  }

  /// What lay behind when the program was first used.
  func opening(
    _ department: String?, _ notices: [Notice], _ occasion: ReportOccasion
  ) -> ReportDocument {
    OpeningDigest(notices, department: department, material, occasion: occasion).document
  }

  /// The calendar of what falls due within the horizon; nil where nothing does.
  package var calendar: [UInt8]? {
    material.survey.calendar(Composer(setup, ledger, material.survey.numbers).calendarBook)
  }

  /// The mails since the working day before today, which is when the last daily report was written, and every
  /// one that did not simply arrive.
  package var proofs: [DeliveryProof] { state.proofs(since: dayBefore, today: today, policy: policy) }

  private var dayBefore: CivilDate { setup.calendar?.advance(today, by: -1) ?? today - 1 }

  /// With what a product is compared: with the one before it, and where there is none with the day before
  /// today; nil where nothing was told before today.
  private func since(_ series: ProductKey.Series, _ schedule: Schedule?) -> CivilMoment? {
    let day = setup.calendar.flatMap { schedule?.latestDay(at: setup.now, calendar: $0) } ?? today
    if let last = state.lastWritten(series, before: day) { return last }
    guard ledger.begun.date < today else { return nil }
    return series == .report ? CivilMoment(dayBefore) : ledger.begun
  }
}
