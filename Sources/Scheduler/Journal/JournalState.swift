package import Notifier
package import Rules

/// What the journal says, folded record by record.
package struct JournalState: Hashable, Sendable {
  /// A mail that was not accepted yet.
  package struct Unfinished: Hashable, Sendable {
    package let intent: Intent
    package let standing: Standing
    /// The day of its newest record.
    package let on: CivilDate
  }

  /// What is known of its last attempt.
  package enum Standing: Hashable, Sendable {
    /// The program stopped between the intent and its result: nobody knows whether the mail went out.
    case unanswered
    /// It was sent again after such a stop, and the program stopped again.
    case unansweredTwice
    /// Not accepted, so it may be tried again.
    case refused(String)
    /// It may have gone out; it is not tried again.
    case uncertain(String)
  }

  /// The keys of all notices that a mail was made of: they are in somebody's hands, or in the spool on their way.
  private var keys = Set<String>()
  private var unfinishedByIdentity: [String: Unfinished] = [:]
  private var order: [String] = []
  /// How many cases the register held at the last finished pass.
  package private(set) var lastCases: Int?
  /// The time of the newest record.
  package private(set) var newest: CivilMoment?

  package init() {}

  /// True when the notice was handed over, or waits in the spool to be.
  package func holds(_ key: NoticeKey) -> Bool { keys.contains(key.description) }

  /// The same for the key of a report or a digest.
  package func holds(_ key: String) -> Bool { keys.contains(key) }

  /// The mails that were not accepted, oldest first.
  package var unfinished: [Unfinished] { order.compactMap { unfinishedByIdentity[$0] } }

  /// For how many days the report lists a mail that may not have arrived; nobody will learn more of it later.
  package static let listedDays = 14

  /// The same for the report of `today`: what was refused stays listed until it has arrived, what is uncertain for
  /// ``listedDays``.
  package func remarks(on today: CivilDate) -> [DeliveryRemark] {
    unfinished.compactMap { unfinished in
      if case .uncertain = unfinished.standing, today - unfinished.on > Self.listedDays { return nil }
      let standing: DeliveryRemark.Standing =
        switch unfinished.standing {
        case .refused(let reason): .refused(attempt: unfinished.intent.attempt, reason)
        case .uncertain(let reason): .uncertain(reason)
        case .unanswered, .unansweredTwice: .unanswered
        }
      return DeliveryRemark(
        recipient: unfinished.intent.recipient, notices: unfinished.intent.noticeCount, standing: standing)
    }
  }

  /// Takes the next record.
  package mutating func apply(_ record: JournalRecord) {
    if newest.map({ $0.earliest <= record.time.earliest }) ?? true { newest = record.time }
    switch record.event {
    case .opened: break
    case .pass(let cases): lastCases = cases
    case .intent(let intent):
      keys.formUnion(intent.keys)
      let earlier = unfinishedByIdentity[intent.identity]?.standing
      if earlier == nil { order.append(intent.identity) }
      unfinishedByIdentity[intent.identity] = Unfinished(
        intent: intent, standing: earlier == .unanswered ? .unansweredTwice : .unanswered,
        on: record.time.date)
    case .result(let identity, let result):
      guard let intent = unfinishedByIdentity[identity]?.intent else { return }
      switch result {
      case .accepted:
        unfinishedByIdentity[identity] = nil
        order.removeAll { $0 == identity }
      case .refused(let reason):
        unfinishedByIdentity[identity] = Unfinished(
          intent: intent, standing: .refused(reason), on: record.time.date)
      case .uncertain(let reason):
        unfinishedByIdentity[identity] = Unfinished(
          intent: intent, standing: .uncertain(reason), on: record.time.date)
      }
    }
  }
}
