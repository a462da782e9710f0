import Notifier
import Rules

/// The notices of one pass that have fallen and were not sent, each key once: a case that stands in two rows
/// has one clock twice, and its reader hears of it once.
struct DueNotices {
  private(set) var all: [Notice] = []
  /// The keys that the register asks for and the journal holds.
  private(set) var held: Set<String> = []
  /// The keys that are taken as told because a journal was accepted that lacked records.
  private(set) var assumed: Set<String> = []
  private var keys: Set<NoticeKey> = []
  private let decider: NoticeDecider
  private let state: JournalState
  private let told: ToldBefore?

  /// - Parameter told: what counts as told although the journal does not know of it; nil where nothing does.
  init(_ setup: Setup, _ state: JournalState, told: ToldBefore? = nil) {
    decider = NoticeDecider(organisation: setup.configuration.organisation, zone: setup.zone, now: setup.now)
    self.state = state
    self.told = told
  }

  /// Takes one clock and says whether somebody was told of it, or is to be.
  mutating func take(_ clock: Clock) -> LedgerPass.Showing {
    var held: [String] = []
    let before = told?.keys(of: clock) ?? []
    let due = decider.notices(for: clock) { key in
      let isHeld = state.holds(key)
      if !isHeld, before.contains(key) { assumed.insert(key.description) }
      guard isHeld || before.contains(key) else { return false }
      held.append(key.description)
      return true
    }
    self.held.formUnion(held)
    all += due.filter { keys.insert($0.key).inserted }
    return held.isEmpty && due.isEmpty ? .unseen : .shown
  }
}

extension DueNotices {
  /// Decides anew about what another row of its case conceals.
  mutating func conceal(_ concealment: Concealment) {
    let hidden = all.filter { concealment.hides($0.clock) }
    guard !hidden.isEmpty else { return }
    all.removeAll { concealment.hides($0.clock) }
    keys.subtract(hidden.map(\.key))
    for notice in hidden { _ = take(concealment.concealed(notice.clock)) }
  }
}

/// The due notices of a pass as they go out: one by one, or summed up because they fell before the program
/// was first used.
struct SortedNotices {
  let reminders: [Notice]
  /// By department, and under nil for the adviser.
  let openings: [(department: String?, notices: [Notice])]

  init(_ notices: [Notice], isFirstRun: Bool, organisation: Organisation, today: CivilDate) {
    guard isFirstRun else {
      reminders = notices
      openings = []
      return
    }
    let isToldByItself = { (notice: Notice) in
      notice.fell >= today || notice.stands(inNoDigestBesides: organisation.adviser)
    }
    reminders = notices.filter(isToldByItself)
    let past = Dictionary(grouping: notices.filter { !isToldByItself($0) }) { notice -> String? in
      organisation.mayReadOpening(of: notice) ? notice.clock.fields[.department] : nil
    }
    openings = past.sorted { ($0.key ?? "") < ($1.key ?? "") }.map { ($0.key, $0.value) }
  }
}

extension Notice {
  /// True for what is confidential, and for what a department hears by reminders alone.
  fileprivate func stands(inNoDigestBesides adviser: EmailAddress) -> Bool {
    switch clock.audience {
    case .adviser(because: .confidential): true
    case .ladder: recipient.role != .adviser && recipient.address != adviser
    case .department, .adviser(because: .noConsent): false
    }
  }
}

extension Organisation {
  /// True where the past of a notice is summed up with its department; false where only the adviser may hear
  /// or is to.
  func mayReadOpening(of notice: Notice) -> Bool {
    guard notice.clock.mayReachDepartment, notice.recipient.address != adviser,
      let department = departments[notice.clock.fields[.department]]
    else { return false }
    return department.mailbox != nil || department.leader != nil
  }
}
