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

  /// Whom the keys name, so that one incident is told once whoever stands in.
  private var adviser: EmailAddress { setup.configuration.organisation.adviser }

  private var reader: EmailAddress {
    setup.configuration.organisation.presentAdviser(on: setup.now.today).address
  }

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
    return [composer.compose(alarm, to: reader, keys: [key.description])]
  }

  /// One mail about all that reached nobody and that the adviser does not know of; alarms themselves are only
  /// in the report.
  ///
  /// Where the alarm itself did not arrive, because the mail system as a whole was at fault, there is another
  /// one on the next day.
  func undelivered(_ state: JournalState, _ composer: Composer) -> [ComposedMessage] {
    let arrived = state.mails.filter { $0.intent.isAlarm && !$0.isUndelivered(policy) }
    let told = Set(arrived.flatMap(\.intent.keys).compactMap(Self.undelivered))
    let untold = state.mails.compactMap { mail -> (key: ProductKey, mail: Mail)? in
      guard mail.isUndelivered(policy), !mail.intent.isAlarm, !told.contains(mail.intent.identity)
      else { return nil }
      let incident = [Self.undeliveredMark, mail.intent.identity, setup.now.today.description]
      let key = ProductKey.alarm(incident.joined(separator: " "), to: adviser)
      return state.holds(key) ? nil : (key, mail)
    }
    guard !untold.isEmpty else { return [] }
    let alarm = Alarm(
      undelivered: untold.map { .init(proof: $0.mail.proof(policy), notices: $0.mail.intent.notices) },
      numbers: composer.numbers, today: setup.now.today)
    return [composer.compose(alarm, to: reader, keys: untold.map(\.key.description))]
  }

  private static let undeliveredMark = "delivery"

  /// The identity of the mail that an alarm's key is about; nil where it is about something else.
  private static func undelivered(_ key: String) -> String? {
    let words = ProductKey.subject(of: key).split(separator: " ")
    return words.count == 3 && words[0] == undeliveredMark ? String(words[1]) : nil
  }
}
