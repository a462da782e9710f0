import Notifier
import Rules

/// What counts as told although the journal does not know of it, because it lacked records when somebody
/// accepted it.
///
/// The rule: a notice was told where it was due at the latest pass of which the ledger knows that it handed
/// over all that was due, and the ledger has shown its deadline by then with the due day that the register
/// gives now. What was handed over by then, and would be due again, is among these; what fell later is told.
struct ToldBefore {
  private let ledger: Ledger
  /// The time of that pass.
  private let then: Now
  private let decider: NoticeDecider

  /// Nil where the journal lacks nothing, and where nothing is known to have been told.
  init?(_ setup: Setup, _ ledger: Ledger?, _ state: JournalState) {
    guard let then = state.openGap?.told.notices.map(Now.init), let ledger else { return nil }
    self.ledger = ledger
    self.then = then
    decider = NoticeDecider(
      organisation: setup.configuration.organisation, zone: setup.zone, now: then)
  }

  /// The notices of a clock that count as told.
  func keys(of clock: Clock) -> Set<NoticeKey> {
    guard let told = ledger[ClockIdentity(clock)], told.shown.due == Reading(clock).due,
      told.shown.since.localSeconds <= then.lastSecond
    else { return [] }
    return Set(decider.notices(for: clock) { _ in false }.map(\.key))
  }
}
