import Notifier
import Rules

/// What one pass over the register found: register bytes → cases → clocks → due notices, and what else each
/// clock is for.
struct Findings {
  let survey: Survey
  let notices: DueNotices
  let agenda: Agenda
  /// What was told, with what this pass tells.
  let told: LedgerUpdate
  let feeds: CalendarFeeds
  /// What the next pass may go by; nil where it has to look at everything.
  let register: RegisterMemory?
  /// True where every case was seen that may ask for something, not only those that may ask for something
  /// else than before.
  let isComplete: Bool

  /// Reads the register once.
  ///
  /// - Parameters:
  ///   - ledger: what was told before; nil where nothing was.
  ///   - register: what the pass before left; nil where there was none.
  ///   - onClock: sees every clock, in the register's order; nil where nobody wants to.
  /// - Throws: ``RegisterFault`` when the register cannot be used; then nothing of it counts.
  static func gather(
    _ setup: Setup, files: any FileSystem, _ ledger: consuming Ledger?, _ state: JournalState,
    _ register: consuming RegisterMemory?, rows: Watch.Rows, _ onClock: ((Clock) -> Void)?
  ) throws(RegisterFault) -> Findings {
    // A calendar shows every open deadline, so there each case has to be seen.
    if onClock == nil, setup.configuration.calendarDirectory == nil {
      var memory = RegisterMemory(register, copy ledger, on: setup.now.today)
      while let result = try BulkPass(
        setup, files: files, memory.watch(rows: rows), remembering: memory.readers
      ).run() {
        if let scope = memory.scope(of: result) {
          return Asking(setup, ledger, state).findings(result, scope, consume memory)
        }
        memory = memory.withoutRows
      }
    }
    var asking = Asking(setup, ledger, state)
    let survey = try Gathering.survey(setup, files: files) { found in
      if let onClock { found.verdict.clocks.forEach(onClock) }
      _ = asking.take(found.verdict)
    }
    return asking.findings(survey, .wholeRegister, nil)
  }
}

/// What the cases of one pass ask for, taken one by one.
private struct Asking {
  private let organisation: Organisation
  private var notices: DueNotices
  private var agenda: Agenda
  private var pass: LedgerPass
  private var feeds: CalendarFeeds

  init(_ setup: Setup, _ ledger: consuming Ledger?, _ state: JournalState) {
    organisation = setup.configuration.organisation
    notices = DueNotices(setup, state, told: ToldBefore(setup, copy ledger, state))
    agenda = Agenda(setup)
    pass = LedgerPass(ledger, now: setup.now)
    feeds = CalendarFeeds(setup)
  }

  /// Takes one case and says whether it asks for nothing before another day comes.
  mutating func take(_ verdict: CaseVerdict) -> Bool {
    agenda.take(verdict)
    let due = notices.all.count
    for clock in verdict.clocks {
      let isTold = notices.take(clock) == .shown
      let isFed = feeds.take(clock)
      pass.take(
        clock, department: organisation.reportedDepartment(of: clock),
        isTold || isFed || clock.state == .soon ? .shown : .unseen)
    }
    return notices.all.count == due && verdict.changesByDayOnly
  }

  /// Takes what a pass has seen, and ends it.
  consuming func findings(
    _ result: BulkPass.Result, _ scope: LedgerPass.Scope, _ memory: consuming RegisterMemory
  ) -> Findings {
    var isQuiet: [Bool] = []
    // A masked case is told by its line, which every pass has to look up.
    let numbers = result.survey.numbers
    for seen in result.seen { isQuiet.append(take(seen.verdict) && !numbers.hides(seen.id)) }
    memory.take(result, isQuiet, scope, result.survey.concealment)
    return findings(result.survey, scope, memory)
  }

  consuming func findings(
    _ survey: Survey, _ scope: LedgerPass.Scope, _ memory: consuming RegisterMemory?
  ) -> Findings {
    notices.conceal(survey.concealment)
    feeds.conceal(survey.concealment)
    let isComplete = if case .wholeRegister = scope { true } else { false }
    return Findings(
      survey: survey, notices: notices, agenda: agenda, told: pass.finish(survey.concealment, scope),
      feeds: feeds, register: memory, isComplete: isComplete)
  }
}
