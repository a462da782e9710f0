package import Notifier
package import Rules

/// What one tick did.
package struct TickResult: Sendable {
  package let survey: Survey
  package let report: ReportDocument
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
  /// When the next tick has something to do although the register stands still.
  package let next: CivilMoment
}

/// One pass from the register to the reports, one stage after another.
package struct Tick: Sendable {
  private let setup: Setup
  private let files: any FileSystem
  private let transport: any MailTransport
  private let policy: RetryPolicy
  private let stop: StopSignal

  package init(
    _ setup: Setup, files: any FileSystem, transport: any MailTransport, policy: RetryPolicy = .standard,
    stop: StopSignal = StopSignal()
  ) {
    self.setup = setup
    self.files = files
    self.transport = transport
    self.policy = policy
    self.stop = stop
  }

  /// Runs the tick. Running it again at the same now sends nothing again.
  ///
  /// - Parameters:
  ///   - lock: shows that the state folder is this process's own.
  ///   - onClock: sees every clock, in the register's order.
  /// - Throws: ``TickFault``. Where the register or the clock is to blame no notice was sent; a fault in writing the
  ///   reports comes after the mails, which are written down.
  package func run(
    holding lock: StateLock, onClock: (Clock) -> Void = { _ in }
  ) throws(TickFault) -> TickResult {
    try TickGuards.checkYear(setup)
    let journal = try openJournal()
    var outbox = Outbox(
      journal: journal, spool: Path.join(configuration.stateDirectory, "spool"), files: files,
      transport: transport, bounce: configuration.letterhead.bounce, policy: policy, stop: stop,
      now: setup.now)
    let found = try gather(&outbox, onClock)
    let sent = try journaled { () throws(JournalFault) in try send(found, &outbox) }
    guard !stop.isRaised else { throw .interrupted }
    try journaled { () throws(JournalFault) in try finish(found, postponed: sent.postponed, &outbox) }
    let report = try writeReports(found.survey, outbox.state)
    return TickResult(
      survey: found.survey, report: report, htmlFile: writer.htmlFile, messages: sent.messages,
      deliveries: sent.deliveries,
      troubles: Proofs(setup, policy).listed(outbox.state).filter(\.needsAttention),
      waiting: isWindowOpen ? 0 : found.notices.all.count, postponed: sent.postponed,
      tornBytes: journal.tornBytes,
      next: found.agenda.next(setup, outbox.state, policy))
  }

  private var configuration: Configuration { setup.configuration }
  private var writer: ReportWriter { ReportWriter(directory: configuration.reportDirectory, files: files) }
  private var composer: Composer {
    Composer(letterhead: configuration.letterhead, now: setup.now, zone: setup.zone)
  }

  private func openJournal() throws(TickFault) -> Journal {
    try journaled { () throws(JournalFault) in
      try Journal(path: Path.join(configuration.stateDirectory, "journal"), files: files, now: setup.now)
    }
  }

  // MARK: Register → cases → clocks → due notices

  private struct Found {
    let survey: Survey
    let notices: DueNotices
    let agenda: Agenda
  }

  /// What the register holds; a clock or a register that cannot be trusted ends the tick, and the adviser hears of it.
  private func gather(_ outbox: inout Outbox, _ onClock: (Clock) -> Void) throws(TickFault) -> Found {
    do throws(TickFault) {
      let guards = TickGuards(setup: setup, state: outbox.state)
      try guards.checkClock()
      let found = try read(outbox.state, onClock)
      try guards.checkShrinking(found.survey)
      return found
    } catch {
      if let standstill = error.standstill {
        try journaled { () throws(JournalFault) in try tell(standstill, &outbox) }
      }
      throw error
    }
  }

  private func read(_ state: JournalState, _ onClock: (Clock) -> Void) throws(TickFault) -> Found {
    var notices = DueNotices(setup, state)
    var agenda = Agenda(setup)
    do throws(RegisterFault) {
      let survey = try Gathering.survey(setup, files: files) { _, verdict in
        agenda.take(verdict)
        for clock in verdict.clocks {
          onClock(clock)
          notices.take(clock)
        }
      }
      return Found(survey: survey, notices: notices, agenda: agenda)
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
  }

  /// Mails of earlier ticks first, then the new ones; at last the adviser hears which of all these reached nobody.
  private func send(_ found: Found, _ outbox: inout Outbox) throws(JournalFault) -> Sent {
    var sent = Sent()
    if isWindowOpen { sent.deliveries = try outbox.resume() }
    try send(compose(found, outbox.state), &outbox, &sent)
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

  /// The reminders, where the window is open, and the reports and digests whose time has come.
  private func compose(_ found: Found, _ state: JournalState) -> [ComposedMessage] {
    let organisation = configuration.organisation
    let reports = ScheduledReports(
      setup, found.survey, Proofs(setup, policy).listed(state), commissioned: state.commissioned?.date
    ).due(composer) { state.holds($0) }
    guard isWindowOpen else { return reports }
    let notices = SortedNotices(
      found.notices.all, isFirstRun: state.commissioned == nil, organisation: organisation,
      today: setup.now.today)
    let openings = notices.openings.map { department, notices in
      Opening(setup).compose(department, notices, composer)
    }
    return openings + composer.compose(notices.reminders) + reports
  }

  private func finish(_ found: Found, postponed: Int, _ outbox: inout Outbox) throws(JournalFault) {
    // While the window is closed, or a digest waits, the past is not summed up yet.
    if outbox.state.commissioned == nil, isWindowOpen, postponed == 0 { try outbox.note(.commissioned) }
    try outbox.note(.pass(JournalRecord.Pass(cases: found.survey.cases, clocks: found.survey.clocks)))
    try outbox.tidy(live: found.notices.held)
  }

  private func tell(_ standstill: Alarm.Standstill, _ outbox: inout Outbox) throws(JournalFault) {
    _ = try outbox.send(Alarms(setup, policy).standstill(standstill, outbox.state, composer))
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

  private func writeReports(_ survey: Survey, _ state: JournalState) throws(TickFault) -> ReportDocument {
    let product = ReportProduct(survey, setup, proofs: Proofs(setup, policy).listed(state))
    do throws(FileFault) {
      try writer.write(survey, product.document, product.calendar)
    } catch {
      throw .file(error)
    }
    return product.document
  }
}
