import Rules

/// A clock that has dates.
struct DatedClock {
  let clock: Clock
  let reckoning: Reckoning
}

/// Tables of deadlines by department, the oldest due day first.
struct DeadlineTables {
  let organisation: Organisation
  let today: CivilDate

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

  func exceeded(_ clocks: [DatedClock], more: More) -> ReportDocument.Table {
    ReportDocument.Table(
      title: "Overskredet",
      columns: Self.columns + [.trailing("arbejdsdage over"), .leading("underrettet")],
      groups: byDepartment(clocks, more: more) { dated in
        let late = dated.clock.calendar.count(from: dated.reckoning.due.date, to: today) ?? 0
        return described(dated) + [danish(late), dated.reckoning.told(dated.clock.rule)]
      },
      empty: "Ingen frister er overskredet.")
  }

  /// - Parameter title: another than that of the horizon.
  func upcoming(
    _ clocks: [DatedClock], title: String? = nil, more: More = .unnamed
  ) -> ReportDocument.Table {
    ReportDocument.Table(
      title: title ?? "Forfalder i dag og inden \(Horizon.workingDays) arbejdsdage",
      columns: Self.columns + [.trailing("arbejdsdage til")],
      groups: byDepartment(clocks, more: more) { dated in
        let left = dated.clock.calendar.count(from: today, to: dated.reckoning.due.date) ?? 0
        return described(dated) + [dated.reckoning.due.date == today ? "i dag" : danish(left)]
      },
      empty: "Ingen frister forfalder i dag eller inden \(Horizon.workingDays) arbejdsdage.")
  }

  private static let columns: [ReportDocument.Column] = [
    .leading("sag"), .leading("sagsbehandler"), .leading("frist"), .leading("forfald"),
  ]

  /// Case, caseworker, deadline and due day.
  func described(_ dated: DatedClock) -> [String] {
    let address = organisation.address(of: dated.clock.fields[.caseworker])
    return [
      shown(dated.clock.caseID), address.map { shown(String($0.localPart)) } ?? "ukendt",
      dated.clock.terms.name, dated.reckoning.due.danish(asSeenFrom: today),
    ]
  }

  func byDepartment(
    _ clocks: [DatedClock], more: More, _ row: (DatedClock) -> [String]
  ) -> [ReportDocument.Group] {
    let grouped = Dictionary(grouping: clocks) {
      organisation.reportedDepartment($0.clock.fields[.department])
    }
    let sorted = grouped.map { (name: $0, heading: organisation.shownDepartment($0), clocks: $1) }
      .sorted { collates($0.heading, before: $1.heading) }
    return sorted.map { name, heading, clocks in
      let rows = clocks.sorted { Self.position($0) < Self.position($1) }
      let shown = more == .shown ? rows.count : min(rows.count, Self.rowsShown)
      let place = more == .overdueFile ? "; alle står i overdue/\(FileName.department(name)).csv" : ""
      return ReportDocument.Group(
        heading: heading, rows: rows.prefix(shown).map(row),
        more: rows.count > shown ? "og \(danish(rows.count - shown)) flere\(place)" : nil)
    }
  }

  private static func position(_ dated: DatedClock) -> (CivilDate, String, String) {
    (dated.reckoning.due.date, dated.clock.caseID, dated.clock.rule.id)
  }
}
