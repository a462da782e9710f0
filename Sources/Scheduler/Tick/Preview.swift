import Notifier
import Rules

/// Every message that could be sent now, built by what builds the real ones; nothing is written and nothing
/// leaves.
struct Preview {
  /// A kind of message; the raw value is how a command line names it.
  enum Kind: String, Hashable, CaseIterable {
    /// The latest step of every open clock, told before or not.
    case reminder
    case digest
    case report
    /// What lies behind, as if the program were first used now.
    case opening
    case alarm
  }

  /// One message and what it is.
  struct Message {
    let kind: Kind
    /// Whose digest it is; nil for everything else.
    let department: String?
    let message: MailMessage
  }

  private let setup: Setup
  private let survey: Survey
  private let notices: [Notice]
  private let reports: Reports
  private let composer: Composer
  private var organisation: Organisation { setup.configuration.organisation }
  private var today: CivilDate { setup.now.today }

  /// - Parameters:
  ///   - notices: those of every open clock, sent or not.
  ///   - ledger: that after the pass.
  init(_ setup: Setup, _ survey: Survey, _ notices: [Notice], _ ledger: Ledger, _ state: JournalState) {
    self.setup = setup
    self.survey = survey
    self.notices = notices
    reports = Reports(setup, survey, ledger: ledger, state)
    composer = Composer(setup, ledger, survey.numbers)
  }

  /// The messages of one kind, in the order in which they would be sent.
  func messages(_ kind: Kind) -> [Message] {
    switch kind {
    case .reminder: messages(kind, composer.compose(notices))
    case .digest: digests
    case .report: messages(kind, [report])
    case .opening: messages(kind, openings)
    case .alarm: messages(kind, alarms)
    }
  }

  private func messages(_ kind: Kind, _ composed: [ComposedMessage]) -> [Message] {
    composed.map { Message(kind: kind, department: nil, message: $0.message) }
  }

  private var report: ComposedMessage {
    let reader = organisation.presentAdviser(on: today)
    return composer.compose(
      reports.fristrapport(ReportOccasion(detours: reader.detours)), to: reader.address,
      keys: [ProductKey(.report, of: today, to: organisation.adviser).description])
  }

  /// Of every department that has somebody to read it, scheduled or not.
  private var digests: [Message] {
    organisation.departments.values.sorted { $0.name < $1.name }.compactMap { department in
      guard let reader = organisation.reader(of: department, on: today) else { return nil }
      let digest = reports.digest(of: department, ReportOccasion(detours: reader.detours))
      let key = ProductKey(.digest(of: department.name), of: today, to: reader.address)
      let composed = composer.compose(digest.document, to: reader.address, keys: [key.description])
      return Message(kind: .digest, department: department.name, message: composed.message)
    }
  }

  private var openings: [ComposedMessage] {
    let sorted = SortedNotices(notices, isFirstRun: true, organisation: organisation, today: today)
    let opening = Opening(setup, reports)
    return sorted.openings.map { opening.compose($0.department, $0.notices, composer) }
  }

  private var alarms: [ComposedMessage] {
    let standstills: [Alarm.Standstill] = [
      .unreadable, .unusable, .changing, .shrunken(before: survey.cases, now: survey.cases / 2),
      .clockBehind(newest: setup.now.moment),
    ]
    let reader = organisation.presentAdviser(on: today).address
    return standstills.map { standstill in
      let alarm = Alarm(standstill, now: setup.now, lastPass: nil)
      let key = ProductKey.alarm(standstill.reason.rawValue, to: organisation.adviser)
      return composer.compose(alarm, to: reader, keys: [key.description])
    }
  }
}
