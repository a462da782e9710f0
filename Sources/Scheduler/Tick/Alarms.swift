import Notifier
import Rules

/// The alarms of one tick that the adviser has not had yet.
struct Alarms {
  private let setup: Setup
  private let policy: RetryPolicy

  init(_ setup: Setup, _ policy: RetryPolicy) {
    self.setup = setup
    self.policy = policy
  }

  private var adviser: EmailAddress { setup.configuration.organisation.adviser }

  /// A standstill is told once a day; a clock that is wrong has no days, so it is told once.
  func standstill(
    _ standstill: Alarm.Standstill, _ state: JournalState, _ composer: Composer
  ) -> [ComposedMessage] {
    let incident =
      switch standstill {
      case .clockBehind(let newest): newest
      case .unreadable, .unusable, .changing, .shrunken: CivilMoment(setup.now.today)
      }
    let key = ProductKey.alarm("\(standstill.reason.rawValue) \(incident)", to: adviser)
    guard !state.holds(key) else { return [] }
    let alarm = Alarm(standstill, now: setup.now, lastPass: state.lastPass?.at)
    return [composer.compose(alarm, to: adviser, keys: [key.description])]
  }

  /// One mail about all that reached nobody and that was not told of; alarms themselves are only in the report.
  func undelivered(_ state: JournalState, _ composer: Composer) -> [ComposedMessage] {
    let untold = state.mails.compactMap { mail -> (key: String, mail: Mail)? in
      guard mail.isUndelivered(policy), mail.intent.content != .alarm else { return nil }
      let key = ProductKey.alarm("delivery \(mail.intent.identity)", to: adviser)
      return state.holds(key) ? nil : (key.description, mail)
    }
    guard !untold.isEmpty else { return [] }
    let alarm = Alarm(
      undelivered: untold.map { .init(proof: $0.mail.proof(policy), notices: $0.mail.intent.notices) },
      today: setup.now.today)
    return [composer.compose(alarm, to: adviser, keys: untold.map(\.key))]
  }
}
