import Notifier
import Rules

/// The adviser's report and the departments' digests whose time has come and that were not sent.
struct ScheduledReports {
  private let setup: Setup
  private let survey: Survey
  private let remarks: [DeliveryRemark]
  private var configuration: Configuration { setup.configuration }

  init(_ setup: Setup, _ survey: Survey, _ remarks: [DeliveryRemark]) {
    self.setup = setup
    self.survey = survey
    self.remarks = remarks
  }

  /// A day that was missed is made up for with one report, of where everything stands now.
  func due(_ composer: Composer, isSent: (String) -> Bool) -> [ComposedMessage] {
    var messages: [ComposedMessage] = []
    func add(_ kind: String, _ recipient: EmailAddress, _ schedule: Schedule, _ scope: ReportScope) {
      guard let calendar = setup.calendar, let day = schedule.latestDay(at: setup.now, calendar: calendar)
      else { return }
      let key = [kind, day.description, recipient.description].map(escapedForJournal).joined(separator: "|")
      guard !isSent(key) else { return }
      let report = Fristrapport(
        survey, kommune: configuration.kommune, scope: scope,
        remarks: remarks)
      messages.append(composer.compose(report.document, to: recipient, key: key))
    }
    if let schedule = configuration.reportSchedule {
      add("rapport", configuration.organisation.adviser, schedule, .kommune)
    }
    for (name, schedule) in configuration.digestSchedules.sorted(by: { $0.key < $1.key }) {
      guard let department = configuration.organisation.departments[name],
        let recipient = department.mailbox ?? department.leader
      else { continue }
      add("digest \(name)", recipient, schedule, .department(name))
    }
    return messages
  }
}
