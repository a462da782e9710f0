package import Notifier
package import Rules

/// Why a tick stopped before it sent anything, or before it could write down what it sent.
package enum TickFault: Error, Hashable, Sendable {
  case register(RegisterFault)
  /// The register lost more rows since the last pass than the configuration allows.
  case shrunken(Problem)
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
  package let deliveries: [Delivery]
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
  /// - Throws: ``TickFault``. Where the register is to blame nothing was sent and nothing written.
  package func run() throws(TickFault) -> TickResult {
    let lock = try lockState()
    defer { lock.release() }
    let journal = try openJournal()
    let gathering = try gather(journal.state)
    try checkShrinking(gathering.survey, journal.state)
    let messages = compose(gathering, journal.state)
    let (deliveries, remarks) = try deliver(messages, journal, cases: gathering.survey.cases)
    let report = try writeReports(gathering.survey, remarks)
    return TickResult(
      survey: gathering.survey, report: report, htmlFile: writer.htmlFile, deliveries: deliveries,
      waiting: messages.waiting, tornBytes: journal.tornBytes)
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
    do throws(JournalFault) {
      return try Journal(path: statePath("journal"), files: files, now: setup.now)
    } catch {
      throw .journal(error)
    }
  }

  private func gather(_ state: JournalState) throws(TickFault) -> Gathering {
    do throws(RegisterFault) {
      return try Gathering.read(setup, files: files) { state.holds($0) }
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

  /// What goes out in this tick, and what waits for the window to open.
  private struct Outgoing {
    let messages: [ComposedMessage]
    /// Whether mails of earlier ticks may be tried again.
    let retry: Retry
    /// Notices that wait.
    let waiting: Int

    enum Retry {
      case now
      case whenTheWindowOpens
    }
  }

  /// The reminders, where the window is open, and the reports and digests whose time has come.
  private func compose(_ gathering: Gathering, _ state: JournalState) -> Outgoing {
    let composer = Composer(letterhead: configuration.letterhead, now: setup.now, zone: setup.zone)
    let reports = ScheduledReports(setup, gathering.survey, state.remarks).due(composer) { state.holds($0) }
    if let window = configuration.window, let calendar = setup.calendar,
      !window.isOpen(at: setup.now, calendar: calendar)
    {
      return Outgoing(messages: reports, retry: .whenTheWindowOpens, waiting: gathering.notices.count)
    }
    return Outgoing(messages: composer.compose(gathering.notices) + reports, retry: .now, waiting: 0)
  }

  private func deliver(
    _ outgoing: Outgoing, _ journal: Journal, cases: Int
  ) throws(TickFault) -> ([Delivery], [DeliveryRemark]) {
    var outbox = Outbox(
      journal: journal, spool: statePath("spool"), files: files, transport: transport,
      bounce: configuration.letterhead.bounce, now: setup.now)
    do throws(JournalFault) {
      let retried = outgoing.retry == .now ? try outbox.resume() : []
      let deliveries = retried + (try outbox.send(outgoing.messages))
      try outbox.finish(cases: cases)
      return (deliveries, retried.compactMap(\.remark) + outbox.state.remarks)
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
        survey, kommune: configuration.kommune, organisation: configuration.organisation, remarks: remarks
      ).document
    let domain = configuration.letterhead.sender.address.domain
    let events = survey.reported.compactMap { clock -> CalendarEvent? in
      guard clock.state == .soon, let reckoning = clock.reckoning else { return nil }
      return CalendarEvent(clock, reckoning, domain: domain)
    }
    let written = MailMessage.WrittenAt(setup.now, zone: setup.zone)
    calendar = events.isEmpty ? nil : CalendarFile.bytes(events, stamp: written.utc)
  }
}
