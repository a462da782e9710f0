package import Notifier
package import Rules

/// Why a tick stopped.
package enum TickFault: Error, Hashable, Sendable {
  case register(RegisterFault)
  /// The register lost more rows since the last pass than the configuration allows.
  case shrunken(Problem)
  /// The clock stands before the newest record of the journal.
  case clockBehind(Problem)
  case journal(JournalFault)
  case file(FileFault)
  /// Another process holds the state folder.
  case locked(path: String)
}

/// What one tick did.
package struct TickResult: Sendable {
  package let survey: Survey
  package let report: ReportDocument
  package let htmlFile: String
  /// The mails that were written in this tick.
  package let messages: [MailMessage]
  package let deliveries: [Delivery]
  /// Mails of which it is not certain that they arrived once.
  package let remarks: [DeliveryRemark]
  /// Notices that wait because the sending window is closed.
  package let waiting: Int
  /// Bytes of a torn journal record that were cut off.
  package let tornBytes: Int
}

/// One pass from the register to the reports, one stage after another.
package struct Tick: Sendable {
  private let setup: Setup
  private let files: any FileSystem
  private let transport: any MailTransport

  package init(_ setup: Setup, files: any FileSystem, transport: any MailTransport) {
    self.setup = setup
    self.files = files
    self.transport = transport
  }

  /// Runs the tick. Running it again at the same now sends nothing again.
  ///
  /// - Parameter onClock: sees every clock, in the register's order.
  /// - Throws: ``TickFault``. Where the register or the clock is to blame nothing was sent; a fault in writing the
  ///   reports comes after the mails, which are written down.
  package func run(onClock: (Clock) -> Void = { _ in }) throws(TickFault) -> TickResult {
    let lock = try lockState()
    defer { lock.release() }
    let journal = try openJournal()
    try checkClock(journal.state)
    let (survey, notices) = try gather(journal.state, onClock)
    try checkShrinking(survey, journal.state)
    var outbox = Outbox(
      journal: journal, spool: statePath("spool"), files: files, transport: transport,
      bounce: configuration.letterhead.bounce, now: setup.now)
    let retried = try journaled { () throws(JournalFault) in isWindowOpen ? try outbox.resume() : [] }
    let repeated = retried.compactMap(\.remark)
    let messages = compose(survey, notices, outbox.state, repeated)
    let sent = try journaled { () throws(JournalFault) in
      let deliveries = try outbox.send(messages)
      try outbox.finish(cases: survey.cases)
      return deliveries
    }
    let remarks = repeated + outbox.state.remarks(on: setup.now.today)
    let report = try writeReports(survey, remarks)
    return TickResult(
      survey: survey, report: report, htmlFile: writer.htmlFile, messages: messages.map(\.message),
      deliveries: retried + sent, remarks: remarks,
      waiting: isWindowOpen ? 0 : notices.count, tornBytes: journal.tornBytes)
  }

  private var configuration: Configuration { setup.configuration }
  private var writer: ReportWriter { ReportWriter(directory: configuration.reportDirectory, files: files) }
  private func statePath(_ name: String) -> String { Path.join(configuration.stateDirectory, name) }

  private func lockState() throws(TickFault) -> any FileLock {
    let path = statePath("lock")
    let lock: (any FileLock)?
    do throws(FileFault) {
      try files.createDirectory(configuration.stateDirectory)
      lock = try files.lock(path)
    } catch {
      throw .file(error)
    }
    guard let lock else { throw .locked(path: path) }
    return lock
  }

  private func openJournal() throws(TickFault) -> Journal {
    try journaled { () throws(JournalFault) in
      try Journal(path: statePath("journal"), files: files, now: setup.now)
    }
  }

  private func gather(
    _ state: JournalState, _ onClock: (Clock) -> Void
  ) throws(TickFault) -> (survey: Survey, notices: [Notice]) {
    var due = DueNotices(setup, state)
    do throws(RegisterFault) {
      let survey = try Gathering.survey(setup, files: files) { _, verdict in
        for clock in verdict.clocks {
          onClock(clock)
          due.take(clock)
        }
      }
      return (survey, due.all)
    } catch {
      throw .register(error)
    }
  }

  private func checkShrinking(_ survey: Survey, _ state: JournalState) throws(TickFault) {
    guard let limit = configuration.register.shrinkLimit, let before = state.lastCases,
      survey.cases * 100 < before * (100 - limit)
    else { return }
    throw .shrunken(
      Problem(
        configuration.register.place,
        "the register holds \(survey.cases) cases and held \(before) at the last pass, more than \(limit) % fewer; "
          + "export it again, or raise skrump once if it is right"))
  }

  /// A clock that was set back would send everything between again, in the wrong order; so nothing is sent.
  private func checkClock(_ state: JournalState) throws(TickFault) {
    guard let newest = state.newest else { return }
    let now = setup.now.latest
    let behind = newest.localSeconds - CivilMoment(now.0, now.1).localSeconds
    // In the autumn night one local hour comes twice, and the journal keeps local time.
    let midnight = setup.zone.instant(now.0, .midnight)
    let shift = setup.zone.offset(at: midnight) - setup.zone.offset(at: setup.zone.instant(now.0, .endOfDay))
    guard behind > Self.toleratedSeconds + max(0, shift) else { return }
    throw .clockBehind(
      Problem(
        Place(statePath("journal")),
        "the clock says \(setup.now.moment), but the last pass was at \(newest); set the clock right, "
          + "or try another time out with report, or with another tilstandsmappe"))
  }

  /// How far a clock may be set back by those who keep it, in seconds.
  private static let toleratedSeconds: Int64 = 300

  /// True where reminders may go out now.
  private var isWindowOpen: Bool {
    guard let window = configuration.window, let calendar = setup.calendar else { return true }
    return window.isOpen(at: setup.now, calendar: calendar)
  }

  /// The reminders, where the window is open, and the reports and digests whose time has come.
  private func compose(
    _ survey: Survey, _ notices: [Notice], _ state: JournalState, _ repeated: [DeliveryRemark]
  ) -> [ComposedMessage] {
    let composer = Composer(letterhead: configuration.letterhead, now: setup.now, zone: setup.zone)
    let remarks = repeated + state.remarks(on: setup.now.today)
    let reports = ScheduledReports(setup, survey, remarks).due(composer) { state.holds($0) }
    return (isWindowOpen ? composer.compose(notices) : []) + reports
  }

  private func journaled<Value>(_ body: () throws(JournalFault) -> Value) throws(TickFault) -> Value {
    do throws(JournalFault) {
      return try body()
    } catch {
      throw .journal(error)
    }
  }

  private func writeReports(_ survey: Survey, _ remarks: [DeliveryRemark]) throws(TickFault) -> ReportDocument
  {
    let product = ReportProduct(survey, setup, remarks: remarks)
    do throws(FileFault) {
      try writer.write(survey, product.document, product.calendar)
    } catch {
      throw .file(error)
    }
    return product.document
  }
}

/// The fristrapport of one survey: its document, and the calendar of what falls due within the horizon.
package struct ReportProduct: Sendable {
  package let document: ReportDocument
  /// Nil where nothing falls due.
  package let calendar: [UInt8]?

  package init(_ survey: Survey, _ setup: Setup, remarks: [DeliveryRemark] = []) {
    let configuration = setup.configuration
    document =
      Fristrapport(
        survey, kommune: configuration.kommune, remarks: remarks
      ).document
    let domain = configuration.letterhead.sender.address.domain
    let events = survey.reported.compactMap { clock -> CalendarEvent? in
      guard clock.state == .soon, let reckoning = clock.reckoning else { return nil }
      return CalendarEvent(clock, reckoning, domain: domain, writtenOn: survey.now.today)
    }
    let written = MailMessage.WrittenAt(setup.now, zone: setup.zone)
    calendar = events.isEmpty ? nil : CalendarFile.bytes(events, stamp: written.utc)
  }
}
