package import Rules

/// All notices of one tick to one person, as what they say; text and HTML are rendered from it.
package struct Reminder: Hashable, Sendable {
  /// One case.
  package struct Item: Hashable, Sendable {
    package let caseID: String
    /// The name of the deadline.
    package let name: String
    /// `forfaldt torsdag 1. juni, for 8 arbejdsdage siden`.
    package let due: String
    /// Sentences and facts below it, a line each.
    package let details: [String]
    package let link: String?
  }

  /// The cases of one day, or the exceeded ones.
  package struct Group: Hashable, Sendable {
    package let heading: String
    package let items: [Item]
  }

  package let subject: String
  /// By urgency: exceeded (longest first), today, then day by day.
  package let groups: [Group]

  /// - Parameters:
  ///   - notices: at least one, all to the same person.
  ///   - link: the register's address of a case, with `{sagsnr}` where its number goes.
  package init(_ notices: [Notice], today: CivilDate, link: String?) {
    let sorted = Self.byUrgency(notices)
    let exceeded = sorted.filter { $0.reckoning.outcome == .exceeded }
    let open = sorted.filter { $0.reckoning.outcome != .exceeded }
    let days = open.map(\.reckoning.due.date).reduce(into: [CivilDate]()) {
      if $0.last != $1 { $0.append($1) }
    }

    let wording = ReminderWording(today: today, link: link)
    var groups: [Group] = []
    if !exceeded.isEmpty { groups.append(Group(heading: "Overskredet", items: exceeded.map(wording.item))) }
    for day in days {
      let notices = open.filter { $0.reckoning.due.date == day }
      groups.append(
        Group(heading: wording.heading(day, notices[0].clock), items: notices.map(wording.item)))
    }
    self.groups = groups
    subject = wording.subject(exceeded: exceeded.count, open: open.map(\.reckoning.due.date))
  }

  /// The longest exceeded first, then day by day; the same whatever order they came in.
  static func byUrgency(_ notices: [Notice]) -> [Notice] {
    notices.sorted { position($0) < position($1) }
  }

  private static func position(_ notice: Notice) -> (CivilDate, String, String) {
    (notice.reckoning.due.date, notice.clock.caseID, notice.clock.rule.id)
  }
}
