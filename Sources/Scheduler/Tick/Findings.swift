import Notifier
import Rules

/// What one pass over the register found: register bytes → cases → clocks → due notices, and what else each clock is for.
struct Findings {
  let survey: Survey
  let notices: DueNotices
  let agenda: Agenda
  /// What was told, with what this pass tells.
  let ledger: Ledger
  let feeds: CalendarFeeds

  /// Reads the register once.
  ///
  /// - Parameters:
  ///   - ledger: what was told before; nil where nothing was.
  ///   - onClock: sees every clock, in the register's order; nil where nobody wants to.
  /// - Throws: ``RegisterFault`` when the register cannot be used; then nothing of it counts.
  static func gather(
    _ setup: Setup, files: any FileSystem, _ ledger: Ledger?, _ state: JournalState,
    _ onClock: ((Clock) -> Void)?
  ) throws(RegisterFault) -> Findings {
    var notices = DueNotices(setup, state)
    var agenda = Agenda(setup)
    var pass = LedgerPass(ledger, now: setup.now)
    var feeds = CalendarFeeds(setup)
    let organisation = setup.configuration.organisation
    let take = { (verdict: CaseVerdict) in
      agenda.take(verdict)
      for clock in verdict.clocks {
        onClock?(clock)
        let isTold = notices.take(clock) == .shown
        let isFed = feeds.take(clock)
        pass.take(
          clock, department: organisation.reportedDepartment(of: clock),
          isTold || isFed || clock.state == .soon ? .shown : .unseen)
      }
    }
    // A calendar shows every open deadline, so there each case has to be seen.
    let survey =
      if onClock == nil, setup.configuration.calendarDirectory == nil {
        try Gathering.survey(setup, files: files, watch: Watch(ledger), take)
      } else {
        try Gathering.survey(setup, files: files) { _, verdict in take(verdict) }
      }
    notices.conceal(survey.concealment)
    feeds.conceal(survey.concealment)
    let told = pass.finish(survey.concealment)
    return Findings(survey: survey, notices: notices, agenda: agenda, ledger: told, feeds: feeds)
  }
}

extension Watch {
  /// Every case of which somebody may have to be told, or was: the open ones near their due day, and those of the ledger.
  init(_ ledger: Ledger?) {
    self.init(.seen, cases: ledger?.clocks.keys.map(\.caseID) ?? [])
  }
}
