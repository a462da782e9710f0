import Notifier
import Rules

/// The adviser's report and the departments' digests whose time has come and that were not sent.
struct ScheduledReports {
  private let setup: Setup
  private let survey: Survey
  private let proofs: [DeliveryProof]
  private let commissioned: CivilDate?
  private var configuration: Configuration { setup.configuration }

  /// - Parameter commissioned: the day from which on the program could have sent something.
  init(_ setup: Setup, _ survey: Survey, _ proofs: [DeliveryProof], commissioned: CivilDate?) {
    self.commissioned = commissioned
    self.setup = setup
    self.survey = survey
    self.proofs = proofs
  }

  private func isOwed(_ day: CivilDate) -> Bool {
    day < setup.now.today && (commissioned.map { $0 <= day } ?? false)
  }

  /// A day that was missed is made up for with one report, of where everything stands now.
  func due(_ composer: Composer, isSent: (ProductKey) -> Bool) -> [ComposedMessage] {
    guard let calendar = setup.calendar else { return [] }
    var messages: [ComposedMessage] = []
    func add(
      _ schedule: Schedule, _ scope: ReportScope, _ recipient: EmailAddress, _ key: (CivilDate) -> ProductKey
    ) {
      guard let day = schedule.latestDay(at: setup.now, calendar: calendar) else { return }
      let key = key(day)
      guard !isSent(key) else { return }
      let report = Fristrapport(
        survey, kommune: configuration.kommune, scope: scope, proofs: proofs,
        owedSince: isOwed(day) ? day : nil)
      messages.append(composer.compose(report.document, to: recipient, keys: [key.description]))
    }
    if let schedule = configuration.reportSchedule {
      let adviser = configuration.organisation.adviser
      add(schedule, .kommune, adviser) { .report(of: $0, to: adviser) }
    }
    for (name, schedule) in configuration.digestSchedules.sorted(by: { $0.key < $1.key }) {
      guard let department = configuration.organisation.departments[name],
        let recipient = department.mailbox ?? department.leader
      else { continue }
      add(schedule, .department(name), recipient) { .digest(of: name, on: $0, to: recipient) }
    }
    return messages
  }
}
