package import Rules

/// All notices of one tick to one person, as what they say; text and HTML are rendered from it.
package struct Reminder: Hashable, Sendable {
  /// One case in full.
  package struct Item: Hashable, Sendable {
    package let caseID: String
    /// The name of the deadline.
    package let name: String
    package let basis: String
    /// `Forfaldt torsdag 1. juni, for 8 arbejdsdage siden`.
    package let due: String
    /// What else to know, a sentence each.
    package let remarks: [String]
    /// What to do now.
    package let action: String
    package let link: String?
  }

  /// Cases of one deadline that come after the urgent ones, a line each under what they share.
  package struct Block: Hashable, Sendable {
    package let name: String
    package let basis: String
    package let action: String
    package let items: [Item]
  }

  /// The cases of one day, or the exceeded ones.
  package struct Group: Hashable, Sendable {
    package let heading: String
    package let items: [Item]
    package let blocks: [Block]
  }

  /// How many of one deadline, for a message that is too long to be read at a glance.
  package struct Share: Hashable, Sendable {
    package let name: String
    package let count: Int
    package let exceeded: Int
  }

  package let subject: String
  package let opening: [String]
  /// The most frequent deadline first; empty where every case stands in full.
  package let overview: [Share]
  /// By urgency: exceeded (longest first), today, then day by day.
  package let groups: [Group]
  package let drafts: LetterDrafts
  /// The last lines, a sentence or more each.
  package let closing: [String]

  /// The most urgent cases, up to so many, stand in full; of all others the first screen tells how many, and
  /// each has its line below.
  package static let itemsInFull = 25

  /// - Parameter notices: at least one, all to the same person.
  package init(_ notices: [Notice], letterhead: Letterhead, texts: Texts, today: CivilDate) {
    let sorted = Self.byUrgency(notices)
    let wording = ReminderWording(today: today, numbers: letterhead.numbers, texts: texts)
    let exceeded = sorted.filter { $0.reckoning.outcome == .exceeded }
    let open = sorted.filter { $0.reckoning.outcome != .exceeded }
    var headed = exceeded.isEmpty ? [] : [(heading: "Overskredet", notices: exceeded)]
    for notice in open {
      let heading = wording.heading(notice.reckoning.due.date)
      if headed.last?.heading != heading { headed.append((heading, [])) }
      headed[headed.count - 1].notices.append(notice)
    }
    var left = Self.itemsInFull
    groups = headed.map { heading, notices in
      let items = notices.map(wording.item)
      defer { left = max(0, left - items.count) }
      return Group(
        heading: heading, items: Array(items.prefix(left)), blocks: Self.blocks(items.dropFirst(left)))
    }
    let values: [Placeholder: String] = [
      .kommune: letterhead.kommune, .date: today.danish, .count: danish(notices.count),
    ]
    subject = wording.subject(exceeded: exceeded.count, open: open.map(\.reckoning.due.date))
    opening = texts.paragraphs(.reminderOpening, values)
    overview = sorted.count > Self.itemsInFull ? Self.shares(sorted) : []
    drafts = LetterDrafts(sorted, letterhead: letterhead, texts: texts)
    closing = texts.paragraphs(.reminderClosing, values) + texts.paragraphs(.reservation, values)
  }

  /// In the order of their most urgent items.
  private static func blocks(_ items: ArraySlice<Item>) -> [Block] {
    var order: [[String]] = []
    let shared = Dictionary(grouping: items) { [$0.name, $0.basis, $0.action] }
    var seen: Set<[String]> = []
    for item in items {
      let key = [item.name, item.basis, item.action]
      if seen.insert(key).inserted { order.append(key) }
    }
    return order.map { Block(name: $0[0], basis: $0[1], action: $0[2], items: shared[$0] ?? []) }
  }

  private static func shares(_ notices: [Notice]) -> [Share] {
    Dictionary(grouping: notices) { $0.clock.terms.name }
      .map { name, notices in
        Share(
          name: name, count: notices.count,
          exceeded: notices.filter { $0.reckoning.outcome == .exceeded }.count)
      }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  /// The longest exceeded first, then day by day; the same whatever order they came in.
  static func byUrgency(_ notices: [Notice]) -> [Notice] {
    notices.sorted { position($0) < position($1) }
  }

  private static func position(_ notice: Notice) -> (CivilDate, String, String, Int64) {
    (
      notice.reckoning.due.date, notice.clock.caseID, notice.clock.rule.id,
      notice.reckoning.start.localSeconds
    )
  }
}
