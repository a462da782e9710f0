import Notifier
import Rules

/// The adviser's report and the departments' digests whose time has come and that were not sent.
struct ScheduledReports {
  private let setup: Setup
  private let reports: Reports
  private let state: JournalState
  private var configuration: Configuration { setup.configuration }
  private var organisation: Organisation { configuration.organisation }
  private var today: CivilDate { setup.now.today }

  /// What is to be done about them.
  struct Due {
    fileprivate(set) var messages: [ComposedMessage] = []
    /// Digests that have nothing to tell, and whose department wants none then.
    fileprivate(set) var leftOut: [ProductKey] = []
    /// What is taken as sent because a journal was accepted that lacked records.
    fileprivate(set) var assumed: [ProductKey] = []
  }

  init(_ setup: Setup, _ reports: Reports, _ state: JournalState) {
    self.setup = setup
    self.reports = reports
    self.state = state
  }

  /// A day that was missed is made up for with one report, of where everything stands now.
  func due(_ composer: Composer) -> Due {
    var due = Due()
    if let schedule = configuration.reportSchedule {
      let reader = organisation.presentAdviser(on: today)
      if let (key, occasion) = owed(.report, schedule, to: organisation.adviser, reader, &due) {
        let report = reports.fristrapport(occasion)
        due.messages.append(composer.compose(report, to: reader.address, keys: [key.description]))
      }
    }
    for (name, settings) in configuration.digests.sorted(by: { $0.key < $1.key }) {
      guard let department = organisation.departments[name],
        let reader = organisation.reader(of: department, on: today),
        let addressee = department.mailbox ?? department.leader,
        let (key, occasion) = owed(.digest(of: name), settings.schedule, to: addressee, reader, &due)
      else { continue }
      let digest = reports.digest(of: department, occasion)
      if digest.hasNews || settings.silence == .sent {
        due.messages.append(composer.compose(digest.document, to: reader.address, keys: [key.description]))
      } else {
        due.leftOut.append(key)
      }
    }
    return due
  }

  /// The key of what is to be sent, and why now; nil where nothing is.
  private func owed(
    _ series: ProductKey.Series, _ schedule: Schedule, to addressee: EmailAddress, _ reader: Recipient,
    _ due: inout Due
  ) -> (ProductKey, ReportOccasion)? {
    guard let calendar = setup.calendar, let day = schedule.latestDay(at: setup.now, calendar: calendar)
    else {
      return nil
    }
    let key = ProductKey(series, of: day, to: addressee)
    guard !state.holds(key) else { return nil }
    // It was owed at a pass of which the ledger knows that it handed over all that were.
    if let told = state.openGap?.told.reports, schedule.latestDay(at: Now(told), calendar: calendar) == day {
      due.assumed.append(key)
      return nil
    }
    let isLate = day < today && (state.commissioned.map { $0.date <= day } ?? false)
    return (key, ReportOccasion(owedSince: isLate ? day : nil, detours: reader.detours))
  }
}
