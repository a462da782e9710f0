import Rules

/// A clock that has dates.
struct DatedClock {
  let clock: Clock
  let reckoning: Reckoning

  /// Nil for a clock without dates.
  init?(_ clock: Clock) {
    guard let reckoning = clock.reckoning else { return nil }
    self.clock = clock
    self.reckoning = reckoning
  }
}

/// Tables of deadlines by department, the oldest due day first.
struct DeadlineTables {
  let organisation: Organisation
  let today: CivilDate
  let numbers: CaseNumbers
  /// Of whose deadlines the tables are.
  let watch: WatchedDeadlines

  /// Rows of one department beyond these are counted, not shown: a list longer than that is not read.
  static let rowsShown = 50

  /// What becomes of the rows beyond ``rowsShown``.
  enum More {
    /// They stand in the department's file in `overdue/`.
    case overdueFile
    case unnamed
    /// They are shown too, because they are told nowhere else.
    case shown
  }

  func exceeded(
    _ clocks: ClockList, more: More, picture: Picture? = nil
  ) -> ReportDocument.Table {
    ReportDocument.Table(
      title: "Overskredet", picture: picture,
      columns: Self.columns + [.trailing("arbejdsdage over"), .leading("underrettet")],
      groups: byDepartment(clocks, more: more) { dated in
        described(dated) + [
          danish(daysLate(dated)), dated.reckoning.told(dated.clock.rule, asSeenFrom: today),
        ]
      },
      empty: watch.sentenceWhereNoneIsExceeded)
  }

  /// - Parameter title: another than that of the horizon.
  func upcoming(
    _ clocks: ClockList, title: String? = nil, more: More = .unnamed, picture: Picture? = nil
  ) -> ReportDocument.Table {
    ReportDocument.Table(
      title: title ?? "Forfalder i dag og inden \(Horizon.workingDays) arbejdsdage", picture: picture,
      columns: Self.columns + [.trailing("arbejdsdage til")],
      groups: byDepartment(clocks, more: more) { dated in
        described(dated) + [left(dated)]
      },
      empty: "Ingen frister forfalder i dag eller inden \(Horizon.workingDays) arbejdsdage.")
  }

  /// Exceeded, and somebody who must hear of it has not, or was given a date that has passed too.
  func withoutNotice(_ clocks: ClockList, title: String) -> ReportDocument.Table {
    ReportDocument.Table(
      title: title, columns: Self.columns + [.leading("mangler besked"), .trailing("arbejdsdage over")],
      groups: byDepartment(clocks.filterByWhatIsTold { $0.lacksNotice(on: today) }, more: .unnamed) { dated in
        let parties = dated.reckoning.partiesWithoutNotice(under: dated.clock.rule, on: today)
        return described(dated) + [enumerated(parties), danish(daysLate(dated))]
      })
  }

  /// Deadlines that a notice moved, and whose new day is near.
  func extensionsRunningOut(_ clocks: ClockList) -> ReportDocument.Table {
    ReportDocument.Table(
      title: "Udsatte frister, der løber ud",
      columns: Self.columns + [.leading("oprindelig frist"), .trailing("arbejdsdage til")],
      groups: byDepartment(clocks.filterByWhatIsTold(\.isExtended), more: .unnamed) {
        described($0) + [
          $0.reckoning.originalDue.danish(asSeenFrom: today),
          left($0),
        ]
      })
  }

  /// Exceeded, and the citizen was promised a date after the deadline had passed: that date is watched like
  /// any other.
  func promised(_ clocks: ClockList) -> ReportDocument.Table {
    ReportDocument.Table(
      title: "Lovet en ny dato efter fristen",
      columns: Self.columns + [.leading("lovet"), .leading("hvor langt")],
      groups: byDepartment(clocks.filterByWhatIsTold { $0.reckoning?.promise != nil }, more: .unnamed) {
        dated in
        guard let promise = dated.reckoning.promise else { return described(dated) + ["", ""] }
        let distance = distance(to: promise.date, on: dated.clock.calendar)
        return described(dated) + [
          promise.date.danish(asSeenFrom: today),
          promise.isBroken(on: today) ? "lovet igen og ikke holdt, \(distance)" : distance,
        ]
      })
  }

  /// Clocks that a receipt stops, due within the horizon or before.
  func withoutReceipt(_ clocks: ClockList) -> ReportDocument.Table {
    ReportDocument.Table(
      title: "Mangler kvittering", columns: Self.columns + [.leading("hvor langt")],
      groups: byDepartment(clocks, more: .unnamed) {
        described($0) + [standing($0)]
      })
  }

  /// A pause that somebody forgot would otherwise be silent for ever.
  ///
  /// - Parameter exceeded: of these those that have stood still since they were exceeded.
  func paused(_ paused: ClockList, exceeded: ClockList) -> ReportDocument.Table {
    let clocks = paused + exceeded.filterByWhatIsTold { $0.reckoning?.onHoldSince != nil }
    return ReportDocument.Table(
      title: "I bero",
      columns: Self.columns.dropLast() + [.leading("forfald, tidligst"), .leading("siden")],
      groups: byDepartment(clocks, more: .unnamed) { dated in
        let since =
          if case .paused(let since) = dated.reckoning.outcome { since } else { dated.reckoning.onHoldSince }
        return described(dated) + [since.map { $0.date.danish(asSeenFrom: today) } ?? ""]
      })
  }

  // MARK: Rows

  private static let columns: [ReportDocument.Column] = [
    .leading("sag"), .leading("sagsbehandler"), .leading("frist"), .leading("forfald"),
  ]

  /// Case, caseworker, deadline and due day.
  private func described(_ dated: DatedClock) -> [String] {
    let address = organisation.address(of: dated.clock.fields[.caseworker])
    return [
      numbers.shown(dated.clock.caseID), address.map { shown(String($0.localPart)) } ?? "ukendt",
      dated.clock.terms.name, due(dated),
    ]
  }

  /// The due day, and since when a clock that was exceeded stands still.
  private func due(_ dated: DatedClock) -> String {
    let due = dated.reckoning.due.danish(asSeenFrom: today)
    return dated.reckoning.onHoldSince.map { "\(due); i bero siden \($0.date.danish(asSeenFrom: today))" }
      ?? due
  }

  private func daysLate(_ dated: DatedClock) -> Int {
    dated.reckoning.workingDaysOver(on: dated.clock.calendar, today: today)
  }

  private func daysLeft(_ dated: DatedClock) -> Int {
    dated.clock.calendar.count(from: today, to: dated.reckoning.due.date) ?? 0
  }

  /// A number of working days, or that it is today.
  private func left(_ dated: DatedClock) -> String {
    dated.reckoning.due.date == today ? "i dag" : danish(daysLeft(dated))
  }

  private func standing(_ dated: DatedClock) -> String {
    let due = dated.reckoning.due.date
    guard due < today else { return distance(to: due, on: dated.clock.calendar) }
    return "\(dated.reckoning.over(on: dated.clock.calendar, today: today)) over"
  }

  /// `i dag`, `om 3 arbejdsdage`, `2 arbejdsdage over`.
  private func distance(to day: CivilDate, on calendar: WorkingDays) -> String {
    if day == today { return "i dag" }
    return day < today
      ? "\(calendar.distance(from: day, to: today)) over" : "om \(calendar.distance(from: today, to: day))"
  }

  private func byDepartment(
    _ clocks: ClockList, more: More, _ cells: (DatedClock) -> [String]
  ) -> [ReportDocument.Group] {
    organisation.listed(clocks.byDepartment.lazy.map { (name: $0, value: $1) }).map { name, heading, clocks in
      let shown = more == .shown ? clocks.count : min(clocks.count, Self.rowsShown)
      let isWhole = clocks.count <= shown || more != .overdueFile || clocks.open.count == clocks.count
      let listed = isWhole ? "alle" : "de, som afdelingen må se,"
      let place = more == .overdueFile ? "; \(listed) står i overdue/\(FileName.department(name)).csv" : ""
      return ReportDocument.Group(
        heading: heading,
        rows: clocks.clocks.prefix(shown).compactMap { DatedClock($0.clock) }.map {
          .init(
            cells($0), link: numbers.link(to: $0.clock.caseID),
            readers: .init(mayReachDepartment: $0.clock.mayReachDepartment))
        },
        more: clocks.count > shown ? "og \(danish(clocks.count - shown)) flere\(place)" : nil)
    }
  }

  /// Rows under no heading, of which `total` there are in all.
  static func single(_ rows: [ReportDocument.Row], total: Int) -> [ReportDocument.Group] {
    guard !rows.isEmpty else { return [] }
    let hidden = total - min(rows.count, rowsShown)
    return [
      ReportDocument.Group(
        heading: "", rows: Array(rows.prefix(rowsShown)),
        more: hidden > 0 ? "og \(danish(hidden)) flere" : nil)
    ]
  }
}

extension ListedClock {
  /// True where a notice moved the due day.
  fileprivate var isExtended: Bool {
    guard !isOrdinary, let reckoning else { return false }
    return reckoning.due != reckoning.originalDue
  }

  /// True where somebody who must hear that the deadline is exceeded has not.
  fileprivate func lacksNotice(on today: CivilDate) -> Bool {
    reckoning.map { !$0.partiesWithoutNotice(under: rule, on: today).isEmpty } ?? false
  }
}

extension Reckoning {
  /// Who must hear that the deadline is exceeded and has not, or has only of a date that is past as well.
  fileprivate func partiesWithoutNotice(under rule: Rule, on today: CivilDate) -> [String] {
    guard outcome == .exceeded else { return [] }
    let parties = zip(rule.disclosures, disclosed).filter { $1 == nil }.map(\.0.party)
    guard rule.extending != nil else { return parties }
    return switch notice {
    // Who applied is the citizen of the disclosures.
    case nil, .withoutDate: ["borgeren"] + parties.filter { $0 != Disclosure.citizen }
    case .timely: again(parties)
    case .late(_, let promise): promise?.isBroken(on: today) ?? false ? again(parties) : parties
    }
  }

  /// The date of which the citizen heard has passed, so another must be told.
  private func again(_ parties: [String]) -> [String] {
    ["borgeren (igen)"] + parties.filter { $0 != Disclosure.citizen }
  }
}
