package import Notifier
package import Rules
import Synchronization

/// What one tick did.
package struct TickResult: Sendable {
  package let survey: Survey
  /// The report as text.
  package let report: String
  package let htmlFile: String
  /// The mails that were written in this tick.
  package let messages: [MailMessage]
  package let deliveries: [Delivery]
  /// Mails that somebody may have to look after.
  package let troubles: [DeliveryProof]
  /// Notices that wait because the sending window is closed.
  package let waiting: Int
  /// Mails that wait for the next tick because the mail system does not answer.
  package let postponed: Int
  /// Bytes of a torn journal record that were cut off.
  package let tornBytes: Int
  /// What came of a journal that lacked records and was accepted; nil where none was.
  package let acceptance: Acceptance?
  /// Why nobody can tell what was told before, where that is so.
  package let ledgerFault: LedgerFault?
  /// When the next tick has something to do although the register stands still.
  package let next: CivilMoment

  /// What a tick made of a journal that lacked records.
  package struct Acceptance: Hashable, Sendable {
    package let gap: JournalGap
    /// How many notices, reports and digests it took as told.
    package let assumed: Int
    /// The files of mails that no record names any more, and that were perhaps not handed over.
    package let unknownMails: [String]
  }
}

/// One pass from the register to the reports, one stage after another.
package struct Tick: Sendable {
  private let setup: Setup
  private let files: any FileSystem
  private let transport: any MailTransport
  private let policy: RetryPolicy
  private let stop: StopSignal
  private let trust: Journal.Trust

  package init(
    _ setup: Setup, files: any FileSystem, transport: any MailTransport, policy: RetryPolicy = .standard,
    stop: StopSignal = StopSignal(), journal trust: Journal.Trust = .whole
  ) {
    self.setup = setup
    self.files = files
    self.transport = transport
    self.policy = policy
    self.stop = stop
    self.trust = trust
  }

  /// Runs the tick. Running it again at the same now sends nothing again.
  ///
  /// - Parameters:
  ///   - lock: shows that the state folder is this process's own.
  ///   - onClock: sees every clock, in the register's order; nil where nobody wants to.
  /// - Throws: ``TickFault``, as ``run(holding:remembering:onClock:)``.
  package func run(
    holding lock: StateLock, onClock: ((Clock) -> Void)? = nil
  ) throws(TickFault) -> TickResult {
    var memory = TickMemory(rows: .forgotten)
    return try run(holding: lock, remembering: &memory, onClock: onClock)
  }

  /// The same as one tick of many.
  ///
  /// - Parameters:
  ///   - lock: shows that the state folder is this process's own.
  ///   - memory: what the tick before left, and then what this one leaves; nothing where it stops.
  ///   - onClock: sees every clock, in the register's order; nil where nobody wants to.
  /// - Throws: ``TickFault``. Where the register or the clock is to blame no notice was sent; a fault in
  ///   writing the reports comes after the mails, which are written down.
  package func run(
    holding lock: StateLock, remembering memory: inout TickMemory, onClock: ((Clock) -> Void)? = nil
  ) throws(TickFault) -> TickResult {
    var recalled = memory
    memory = TickMemory(rows: recalled.rows)
    try TickGuards.checkYear(setup)
    let stored = recalled.takeLedger(at: LedgerFile.path(configuration), files)
    // A ledger that lies there otherwise may know of another journal.
    let recalledJournal = stored == nil ? nil : recalled.journal(at: journalPath, files)
    var told = LedgerMemory(configuration, files: files, consume stored)
    let journal = try openJournal(recalledJournal, beside: told.witness)
    var outbox = Outbox(
      journal: journal, spool: Path.join(configuration.stateDirectory, "spool"), files: files,
      transport: transport, bounce: configuration.letterhead.bounce, policy: policy, stop: stop,
      now: setup.now)
    let gap = outbox.state.openGap
    if gap != nil { try journaled { () throws(JournalFault) in try outbox.setUnknownAside() } }
    let register = recalled.takeRegister(recalledJournal != nil)
    let found = try gather(told.takeLedger(), consume register, memory.rows, &outbox, onClock)
    let sent = try journaled { () throws(JournalFault) in try send(found, &outbox) }
    guard !stop.isRaised else { throw .interrupted }
    // Before the pass is finished, which closes the gap: a fault here leaves them to be named by the next
    // tick.
    let unknown = try journaled { () throws(JournalFault) in gap == nil ? [] : try outbox.unknownMails() }
    try journaled { () throws(JournalFault) in try finish(found, sent, &outbox) }
    let reports = Reports(setup, found.survey, ledger: found.told.ledger, outbox.state, policy)
    let (report, kept) = try write(reports, found, told, standing(of: outbox.journal, sent, told.witness))
    memory.keep(outbox.journal, at: journalPath, files)
    if let kept { memory.keep(kept, at: LedgerFile.path(configuration), files) }
    memory.keep(found.register)
    return TickResult(
      survey: found.survey, report: report, htmlFile: writer.htmlFile, messages: sent.messages,
      deliveries: sent.deliveries,
      troubles: reports.proofs.filter(\.needsAttention),
      waiting: isWindowOpen ? 0 : found.notices.all.count, postponed: sent.postponed,
      tornBytes: journal.tornBytes,
      acceptance: gap.map {
        .init(gap: $0, assumed: found.notices.assumed.count + sent.assumed.count, unknownMails: unknown)
      },
      ledgerFault: told.fault,
      next: found.agenda.next(setup, outbox.state, policy))
  }

  private var configuration: Configuration { setup.configuration }
  private var writer: ReportWriter { ReportWriter(directory: configuration.reportDirectory, files: files) }
  private func composer(_ found: Findings) -> Composer {
    Composer(setup, found.told.ledger, found.survey.numbers)
  }

  private var journalPath: String { Journal.path(configuration) }

  /// - Parameters:
  ///   - recalled: the journal as it was left; nil where it has to be read.
  ///   - witness: what the ledger knows of it; nil where there is no ledger.
  private func openJournal(
    _ recalled: Journal?, beside witness: JournalWitness?
  ) throws(TickFault) -> Journal {
    if let recalled { return recalled }
    return try journaled { () throws(JournalFault) in
      switch trust {
      case .whole: try Journal(path: journalPath, files: files, now: setup.now, beside: witness)
      case .accepted: try Journal(accepting: journalPath, files: files, now: setup.now, beside: witness)
      }
    }
  }

  /// Where the journal stands at the end of the pass.
  ///
  /// A mail that is not finished is no told notice yet: without the journal its spool file alone would show
  /// otherwise.
  private func standing(
    of journal: Journal, _ sent: Sent, _ witness: JournalWitness?
  ) -> JournalStanding {
    let (before, now) = (witness?.mark?.told ?? .nothing, setup.now.moment)
    let hasToldReports = sent.postponed == 0
    let hasToldNotices = hasToldReports && isWindowOpen && journal.state.unfinished(policy).isEmpty
    let told = ToldUntil(
      notices: hasToldNotices ? now : before.notices,
      reports: hasToldReports ? now : before.reports)
    return JournalStanding(JournalMark(head: journal.head, told: told), news: journal.news)
  }

  // MARK: Register → cases → clocks → due notices

  /// What the register holds; a clock or a register that cannot be trusted ends the tick, and the adviser
  /// hears of it.
  private func gather(
    _ ledger: consuming Ledger?, _ register: consuming RegisterMemory?, _ rows: Watch.Rows,
    _ outbox: inout Outbox,
    _ onClock: ((Clock) -> Void)?
  ) throws(TickFault) -> Findings {
    do throws(TickFault) {
      let guards = TickGuards(setup: setup, state: outbox.state)
      try guards.checkClock()
      let found = try read(ledger, register, rows, outbox.state, onClock)
      try guards.checkShrinking(found.survey)
      return found
    } catch {
      if let standstill = error.standstill {
        try journaled { () throws(JournalFault) in try tell(standstill, &outbox) }
      }
      throw error
    }
  }

  private func read(
    _ ledger: consuming Ledger?, _ register: consuming RegisterMemory?, _ rows: Watch.Rows,
    _ state: JournalState,
    _ onClock: ((Clock) -> Void)?
  ) throws(TickFault) -> Findings {
    do throws(RegisterFault) {
      return try Findings.gather(setup, files: files, ledger, state, register, rows: rows, onClock)
    } catch {
      throw .register(error)
    }
  }

  // MARK: Due notices → messages → journal, sendmail, journal

  /// True where reminders may go out now.
  private var isWindowOpen: Bool {
    guard let window = configuration.window, let calendar = setup.calendar else { return true }
    return window.isOpen(at: setup.now, calendar: calendar)
  }

  private struct Sent {
    /// The mails that were written, in the order of their sending.
    var messages: [MailMessage] = []
    var deliveries: [Delivery] = []
    var postponed = 0
    /// Digests that had nothing to tell.
    var leftOut: [ProductKey] = []
    /// What was taken as sent.
    var assumed: [ProductKey] = []
  }

  /// Mails of earlier ticks first, then the new ones; at last the adviser hears which of all these reached
  /// nobody.
  private func send(_ found: Findings, _ outbox: inout Outbox) throws(JournalFault) -> Sent {
    var sent = Sent()
    if isWindowOpen { sent.deliveries = try outbox.resume() }
    let composer = composer(found)
    let reports = Reports(setup, found.survey, ledger: found.told.ledger, outbox.state, policy)
    let scheduled = ScheduledReports(setup, reports, outbox.state).due(composer)
    (sent.leftOut, sent.assumed) = (scheduled.leftOut, scheduled.assumed)
    let reminders = reminders(found, reports, outbox.state, composer)
    try send(reminders + scheduled.messages, &outbox, &sent)
    try send(Alarms(setup, policy).undelivered(outbox.state, composer), &outbox, &sent)
    return sent
  }

  private func send(
    _ messages: [ComposedMessage], _ outbox: inout Outbox, _ sent: inout Sent
  ) throws(JournalFault) {
    let deliveries = try outbox.send(messages)
    sent.messages += messages.prefix(deliveries.count).map(\.message)
    sent.deliveries += deliveries
    sent.postponed += messages.count - deliveries.count
  }

  /// The reminders, where the window is open; on the first day what lay behind is summed up.
  private func reminders(
    _ found: Findings, _ reports: Reports, _ state: JournalState, _ composer: Composer
  ) -> [ComposedMessage] {
    guard isWindowOpen else { return [] }
    let notices = SortedNotices(
      found.notices.all, isFirstRun: state.commissioned == nil, organisation: configuration.organisation,
      today: setup.now.today)
    let opening = Opening(setup, reports)
    return notices.openings.map { opening.compose($0.department, $0.notices, composer) }
      + composer.compose(notices.reminders)
  }

  private func finish(_ found: Findings, _ sent: Sent, _ outbox: inout Outbox) throws(JournalFault) {
    let assumed = found.notices.assumed.sorted() + sent.assumed.map(\.description)
    if !assumed.isEmpty { try outbox.note(.told(keys: assumed)) }
    for key in sent.leftOut { try outbox.note(.leftOut(key: key.description)) }
    // While the window is closed, or a digest waits, the past is not summed up yet.
    if outbox.state.commissioned == nil, isWindowOpen, sent.postponed == 0 { try outbox.note(.commissioned) }
    try outbox.note(.pass(JournalRecord.Pass(cases: found.survey.cases, clocks: found.survey.clocks)))
    try outbox.tidy(live: found.isComplete ? found.notices.held : nil)
  }

  private func tell(_ standstill: Alarm.Standstill, _ outbox: inout Outbox) throws(JournalFault) {
    _ = try outbox.send(
      Alarms(setup, policy).standstill(
        standstill, outbox.state,
        Composer(setup, Ledger(begun: setup.now.moment), configuration.letterhead.numbers)))
    // Told once for each day and reason, however often it is tried meanwhile.
    let known = outbox.state.stop
    guard known?.reason != standstill.reason || known?.at.date != setup.now.today else { return }
    try outbox.note(.stopped(standstill.reason))
  }

  private func journaled<Value>(_ body: () throws(JournalFault) -> Value) throws(TickFault) -> Value {
    do throws(JournalFault) {
      return try body()
    } catch {
      throw .journal(error)
    }
  }

  // MARK: Reports

  /// What was told is on the disk before the files that tell it to whoever looks.
  private func write(
    _ reports: Reports, _ found: Findings, _ told: LedgerMemory, _ journal: JournalStanding
  ) throws(TickFault) -> (report: String, kept: LedgerFile.Stored?) {
    do throws(FileFault) {
      let kept = Mutex<LedgerFile.Stored?>(nil)
      let report = try writer.write(found.survey, reports) { () throws(FileFault) in
        let stored = try told.write(found.told, journal)
        kept.withLock { $0 = stored }
      }
      try found.feeds.write(composer(found).calendarBook, behind: writer.htmlFile, files)
      return (report, kept.withLock { $0 })
    } catch {
      throw .file(error)
    }
  }
}

extension Composer {
  /// - Parameter numbers: with what the pass has learnt of them.
  init(_ setup: Setup, _ ledger: Ledger, _ numbers: CaseNumbers) {
    self.init(
      letterhead: setup.configuration.letterhead.with(numbers: numbers), texts: setup.texts, ledger: ledger,
      now: setup.now,
      zone: setup.zone)
  }
}
