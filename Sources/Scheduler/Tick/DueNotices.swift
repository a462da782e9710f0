import Rules

/// The notices of one pass that have fallen and were not sent, each key once: a case that stands in two rows has one
/// clock twice, and its reader hears of it once.
struct DueNotices {
  private(set) var all: [Notice] = []
  private var keys: Set<NoticeKey> = []
  private let decider: NoticeDecider
  private let state: JournalState

  init(_ setup: Setup, _ state: JournalState) {
    decider = NoticeDecider(organisation: setup.configuration.organisation, zone: setup.zone, now: setup.now)
    self.state = state
  }

  mutating func take(_ clock: Clock) {
    all += decider.notices(for: clock) { state.holds($0) }.filter { keys.insert($0.key).inserted }
  }
}
