package import Notifier
import Rules

/// The fristrapport of one survey: its document, and the calendar of what falls due within the horizon.
package struct ReportProduct: Sendable {
  package let document: ReportDocument
  /// Nil where nothing falls due.
  package let calendar: [UInt8]?

  package init(_ survey: Survey, _ setup: Setup, proofs: [DeliveryProof] = []) {
    let configuration = setup.configuration
    document = Fristrapport(survey, kommune: configuration.kommune, proofs: proofs).document
    let domain = configuration.letterhead.sender.address.domain
    let events = survey.reported.compactMap { clock -> CalendarEvent? in
      guard clock.state == .soon, let reckoning = clock.reckoning else { return nil }
      return CalendarEvent(clock, reckoning, domain: domain, writtenOn: survey.now.today)
    }
    let written = MailMessage.WrittenAt(setup.now, zone: setup.zone)
    calendar = events.isEmpty ? nil : CalendarFile.bytes(events, stamp: written.utc)
  }
}

/// Which mails a report of one now shows.
struct Proofs {
  private let setup: Setup
  private let policy: RetryPolicy

  init(_ setup: Setup, _ policy: RetryPolicy) {
    self.setup = setup
    self.policy = policy
  }

  /// Those since the working day before today, which is when the last daily report was written, and every one that did not
  /// simply arrive.
  func listed(_ state: JournalState) -> [DeliveryProof] {
    let today = setup.now.today
    let since = setup.calendar?.advance(today, by: -1) ?? today - 1
    return state.proofs(since: since, today: today, policy: policy)
  }
}
