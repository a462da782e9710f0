package import Rules

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
  private let proofs: [DeliveryProof]
  private let owedSince: CivilDate?
  private var today: CivilDate { survey.now.today }

  private var tables: DeadlineTables { DeadlineTables(organisation: organisation, today: today) }

  /// - Parameter owedSince: the day on which it should have been sent, where that was missed.
  package init(
    _ survey: Survey, kommune: String, scope: ReportScope = .kommune, proofs: [DeliveryProof] = [],
    owedSince: CivilDate? = nil
  ) {
    self.owedSince = owedSince
    self.survey = survey
    self.kommune = kommune
    self.scope = scope
    self.proofs = proofs
  }

  package var document: ReportDocument {
    switch scope {
    case .kommune:
      ReportDocument(
        title: "Fristrapport", subtitle: "\(kommune) Kommune · \(today.danish)", lead: lead,
        figures: figures + [
          .init(number: survey.count(.unclear), label: "kan ikke beregnes", remark: nil, urgency: .middle)
        ],
        tables: [
          tables.exceeded(clocks(.exceeded), more: .overdueFile), tables.upcoming(clocks(.soon)), pausedTable,
          unclearTable, problemTable, futureTable, deliveryTable,
          countTable,
        ]
        .filter { !$0.groups.isEmpty || $0.empty != "" },
        notes: coverage + [Self.guidance])
    case .department(let name):
      ReportDocument(
        title: "Frister i \(heading(of: name))", subtitle: "\(kommune) Kommune · \(today.danish)",
        lead: lead, figures: figures,
        tables: [tables.exceeded(clocks(.exceeded), more: .unnamed), tables.upcoming(clocks(.soon))],
        notes: [Self.guidance])
    }
  }

  private var lead: [String] {
    guard let owedSince else { return [] }
    return [
      "Den skulle have været sendt \(owedSince.danish(asSeenFrom: today)); siden da er der ikke sendt nogen. Her står, hvordan det ser ud nu."
    ]
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
  private func remark(onNew exceeded: [DatedClock]) -> String? {
    guard let calendar = exceeded.first?.clock.calendar,
      let before = calendar.advance(today, by: -1)
    else { return nil }
    let new = exceeded.filter { $0.reckoning.due.date >= before }.count
    guard new > 0 else { return nil }
    return
      "\(danish(new)) \(new == 1 ? "ny" : "nye") siden \(before == today - 1 ? "i går" : before.weekday.danish)"
  }

  // MARK: Tables

  /// A pause that somebody forgot would otherwise be silent for ever.
  private var pausedTable: ReportDocument.Table {
    ReportDocument.Table(
      title: "I bero",
      columns: [
        .leading("sag"), .leading("sagsbehandler"), .leading("frist"), .leading("forfald, tidligst"),
        .leading("siden"),
      ],
      groups: tables.byDepartment(clocks(.paused), more: .unnamed) { dated in
        guard case .paused(let since) = dated.reckoning.outcome else { return tables.described(dated) + [""] }
        return tables.described(dated) + [since.date.danish(asSeenFrom: today)]
      }, empty: "")
  }

  private var unclearTable: ReportDocument.Table {
    let rows = survey.reported.compactMap { clock -> [String]? in
      guard case .unclear(let doubt) = clock.course else { return nil }
      return [shown(clock.caseID), heading(of: clock.fields[.department]), clock.terms.name, doubt.danish]
    }
    return ReportDocument.Table(
      title: "Kan ikke beregnes",
      columns: [.leading("sag"), .leading("afdeling"), .leading("frist"), .leading("hvorfor")],
      groups: single(rows, total: rows.count), empty: "")
  }

  private var problemTable: ReportDocument.Table {
    ReportDocument.Table(
      title: "Registeret bør rettes", columns: [.leading("hvor og hvad")],
      groups: single(survey.defects.map { [$0.danish] }, total: survey.defectCount),
      empty: "")
  }

  private var futureTable: ReportDocument.Table {
    ReportDocument.Table(
      title: "Endnu ikke sket", columns: [.leading("hvor og hvad")],
      groups: single(survey.futures.map { [$0.danish] }, total: survey.futureCount), empty: "")
  }

  private var deliveryTable: ReportDocument.Table {
    ReportDocument.Table(
      title: "Bevis for aflevering",
      columns: [.leading("til"), .leading("indhold"), .leading("skrevet"), .leading("hvad der vides")],
      groups: single(proofs.map { $0.cells(asSeenFrom: today) }, total: proofs.count), empty: "")
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
      title: "Alle frister", columns: [.leading("afdeling")] + states.map { .trailing($0.danish) },
      groups: survey.counts.isEmpty ? [] : [.init(heading: "", rows: rows, more: nil)], empty: "")
  }

  static let guidance = "En beregnet dato er vejledende; hjemlen afgør."

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

  private func clocks(_ state: StateName) -> [DatedClock] {
    survey.reported.compactMap { clock in
      guard clock.state == state, isInScope(clock), let reckoning = clock.reckoning else { return nil }
      return DatedClock(clock: clock, reckoning: reckoning)
    }
  }

  private func isInScope(_ clock: Clock) -> Bool {
    guard case .department(let name) = scope else { return true }
    return clock.fields[.department] == name && clock.mayReachDepartment
  }

  private func single(_ rows: [[String]], total: Int) -> [ReportDocument.Group] {
    guard !rows.isEmpty else { return [] }
    let hidden = total - min(rows.count, DeadlineTables.rowsShown)
    return [
      ReportDocument.Group(
        heading: "", rows: Array(rows.prefix(DeadlineTables.rowsShown)),
        more: hidden > 0 ? "og \(danish(hidden)) flere" : nil)
    ]
  }

  private func heading(of department: String) -> String { organisation.shownDepartment(department) }
}
