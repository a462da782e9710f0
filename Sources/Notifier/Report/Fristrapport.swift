import Rules

/// Whom a report is for.
package enum ReportScope: Hashable, Sendable {
  /// The adviser: everything.
  case kommune
  /// One department: its own exceeded and coming deadlines, of cases that it may hear of.
  case department(String)
}

/// Builds the daily fristrapport: the figure of the day first, then what is exceeded, what falls due, what cannot
/// be computed, and what is wrong with the register.
package struct Fristrapport: Sendable {
  private let survey: Survey
  private var organisation: Organisation { survey.organisation }
  private let kommune: String
  private let scope: ReportScope
  private let remarks: [DeliveryRemark]
  private var today: CivilDate { survey.now.today }

  /// Rows of one department beyond these are left to `overdue/`: a list longer than that is not read.
  package static let rowsShown = 50

  package init(
    _ survey: Survey, kommune: String, scope: ReportScope = .kommune,
    remarks: [DeliveryRemark] = []
  ) {
    self.survey = survey
    self.kommune = kommune
    self.scope = scope
    self.remarks = remarks
  }

  package var document: ReportDocument {
    switch scope {
    case .kommune:
      ReportDocument(
        title: "Fristrapport", subtitle: "\(kommune) Kommune · \(today.danish)",
        figures: figures + [
          .init(number: survey.count(.unclear), label: "kan ikke beregnes", remark: nil, urgency: .middle)
        ],
        tables: [
          exceededTable, soonTable, pausedTable, unclearTable, problemTable, futureTable, deliveryTable,
          countTable,
        ]
        .filter { !$0.groups.isEmpty || $0.empty != "" },
        notes: coverage + [Self.guidance])
    case .department(let name):
      ReportDocument(
        title: "Frister i \(heading(of: name))", subtitle: "\(kommune) Kommune · \(today.danish)",
        figures: figures,
        tables: [exceededTable, soonTable], notes: [Self.guidance])
    }
  }

  // MARK: The figure of the day

  private var figures: [ReportDocument.Figure] {
    let exceeded = clocks(.exceeded)
    let soon = clocks(.soon)
    let today = soon.filter { $0.reckoning.due.date == self.today }.count
    return [
      .init(number: exceeded.count, label: "overskredet", remark: remark(onNew: exceeded), urgency: .high),
      .init(number: today, label: "forfalder i dag", remark: nil, urgency: .middle),
      .init(
        number: soon.count - today, label: "inden \(Horizon.workingDays) arbejdsdage", remark: nil,
        urgency: .low),
    ]
  }

  /// How many became exceeded since the working day before today.
  private func remark(onNew exceeded: [Dated]) -> String? {
    guard let calendar = exceeded.first?.clock.calendar,
      let before = calendar.advance(today, by: -1)
    else { return nil }
    let new = exceeded.filter { $0.reckoning.due.date >= before }.count
    guard new > 0 else { return nil }
    return
      "\(danish(new)) \(new == 1 ? "ny" : "nye") siden \(before == today - 1 ? "i går" : before.weekday.danish)"
  }

  // MARK: Tables

  private var exceededTable: ReportDocument.Table {
    let columns = [
      column("sag"), column("sagsbehandler"), column("frist"), column("forfald"),
      column("arbejdsdage over", .trailing),
      column("underrettet"),
    ]
    return ReportDocument.Table(
      title: "Overskredet", columns: columns,
      groups: byDepartment(clocks(.exceeded), file: "overdue/") { dated in
        let late = dated.clock.calendar.count(from: dated.reckoning.due.date, to: today) ?? 0
        return described(dated) + [danish(late), dated.reckoning.told(dated.clock.rule)]
      },
      empty: "Ingen frister er overskredet.")
  }

  private var soonTable: ReportDocument.Table {
    let columns = [
      column("sag"), column("sagsbehandler"), column("frist"), column("forfald"),
      column("arbejdsdage til", .trailing),
    ]
    return ReportDocument.Table(
      title: "Forfalder i dag og inden \(Horizon.workingDays) arbejdsdage", columns: columns,
      groups: byDepartment(clocks(.soon), file: nil) { dated in
        let left = dated.clock.calendar.count(from: today, to: dated.reckoning.due.date) ?? 0
        return described(dated) + [dated.reckoning.due.date == today ? "i dag" : danish(left)]
      },
      empty: "Ingen frister forfalder i dag eller inden \(Horizon.workingDays) arbejdsdage.")
  }

  /// A pause that somebody forgot would otherwise be silent for ever.
  private var pausedTable: ReportDocument.Table {
    ReportDocument.Table(
      title: "I bero",
      columns: [
        column("sag"), column("sagsbehandler"), column("frist"), column("forfald, tidligst"), column("siden"),
      ],
      groups: byDepartment(clocks(.paused), file: nil) { dated in
        guard case .paused(let since) = dated.reckoning.outcome else { return described(dated) + [""] }
        return described(dated) + [since.date.danish(asSeenFrom: today)]
      }, empty: "")
  }

  private var unclearTable: ReportDocument.Table {
    let rows = survey.reported.compactMap { clock -> [String]? in
      guard case .unclear(let doubt) = clock.course else { return nil }
      return [shown(clock.caseID), heading(of: clock.fields[.department]), clock.terms.name, doubt.danish]
    }
    return ReportDocument.Table(
      title: "Kan ikke beregnes",
      columns: [column("sag"), column("afdeling"), column("frist"), column("hvorfor")],
      groups: single(rows, total: rows.count), empty: "")
  }

  private var problemTable: ReportDocument.Table {
    ReportDocument.Table(
      title: "Registeret bør rettes", columns: [column("hvor og hvad")],
      groups: single(survey.defects.map { [$0.danish] }, total: survey.defectCount),
      empty: "")
  }

  private var futureTable: ReportDocument.Table {
    ReportDocument.Table(
      title: "Endnu ikke sket", columns: [column("hvor og hvad")],
      groups: single(survey.futures.map { [$0.danish] }, total: survey.futureCount), empty: "")
  }

  private var deliveryTable: ReportDocument.Table {
    ReportDocument.Table(
      title: "Mail uden sikker aflevering",
      columns: [column("til"), column("indhold"), column("hvad der vides")],
      groups: single(remarks.map(\.cells), total: remarks.count), empty: "")
  }

  private var countTable: ReportDocument.Table {
    let states = StateName.allCases.filter { survey.count($0) > 0 }
    var byDepartment: [String: [StateName: Int]] = [:]
    for (tally, count) in survey.counts {
      byDepartment[tally.department, default: [:]][tally.state, default: 0] += count
    }
    var rows = byDepartment.sorted { collates(heading(of: $0.key), before: heading(of: $1.key)) }.map {
      name, counts in
      [heading(of: name)] + states.map { danish(counts[$0] ?? 0) }
    }
    rows.append(["I alt"] + states.map { danish(survey.count($0)) })
    return ReportDocument.Table(
      title: "Alle frister", columns: [column("afdeling")] + states.map { column($0.danish, .trailing) },
      groups: survey.counts.isEmpty ? [] : [.init(heading: "", rows: rows, more: nil)], empty: "")
  }

  private static let guidance = "En beregnet dato er vejledende; hjemlen afgør."

  private var coverage: [String] {
    var notes = [
      "\(counted(survey.cases, "sag", "sager")) og \(counted(survey.clocks, "frist", "frister")) er gennemgået."
    ]
    if survey.unmatched > 0 {
      notes.append("\(counted(survey.unmatched, "sag", "sager")) er ikke omfattet af nogen regel.")
    }
    if survey.waiting > 0 { notes.append(WaitingWording.sentence(survey.waiting)) }
    return notes
  }

  // MARK: Rows

  private struct Dated {
    let clock: Clock
    let reckoning: Reckoning
  }

  private func clocks(_ state: StateName) -> [Dated] {
    survey.reported.compactMap { clock in
      guard clock.state == state, isInScope(clock), let reckoning = clock.reckoning else { return nil }
      return Dated(clock: clock, reckoning: reckoning)
    }
  }

  private func isInScope(_ clock: Clock) -> Bool {
    guard case .department(let name) = scope else { return true }
    return clock.fields[.department] == name && clock.mayReachDepartment
  }

  private func described(_ dated: Dated) -> [String] {
    let address = organisation.address(of: dated.clock.fields[.caseworker])
    return [
      shown(dated.clock.caseID), address.map { shown(String($0.localPart)) } ?? "ukendt",
      dated.clock.terms.name,
      dated.reckoning.due.danish(asSeenFrom: today),
    ]
  }

  /// Groups by department, oldest due day first.
  private func byDepartment(
    _ clocks: [Dated], file: String?, _ row: (Dated) -> [String]
  ) -> [ReportDocument.Group] {
    let grouped = Dictionary(grouping: clocks) { survey.department(of: $0.clock) }
    return grouped.sorted { collates(heading(of: $0.key), before: heading(of: $1.key)) }.map { name, clocks in
      let sorted = clocks.sorted {
        ($0.reckoning.due.date, $0.clock.caseID, $0.clock.rule.id) < (
          $1.reckoning.due.date, $1.clock.caseID, $1.clock.rule.id
        )
      }
      let hidden = sorted.count - Self.rowsShown
      let place = file.map { "; alle står i \($0)\(FileName.department(name)).csv" } ?? ""
      return ReportDocument.Group(
        heading: heading(of: name), rows: sorted.prefix(Self.rowsShown).map(row),
        more: hidden > 0 ? "og \(danish(hidden)) flere\(place)" : nil)
    }
  }

  private func single(_ rows: [[String]], total: Int) -> [ReportDocument.Group] {
    guard !rows.isEmpty else { return [] }
    let hidden = total - min(rows.count, Self.rowsShown)
    return [
      ReportDocument.Group(
        heading: "", rows: Array(rows.prefix(Self.rowsShown)),
        more: hidden > 0 ? "og \(danish(hidden)) flere" : nil)
    ]
  }

  private func heading(of department: String) -> String { organisation.shownDepartment(department) }

  private func column(
    _ title: String, _ alignment: ReportDocument.Alignment = .leading
  ) -> ReportDocument.Column {
    ReportDocument.Column(title: title, alignment: alignment)
  }
}
