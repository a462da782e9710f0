import Rules

/// The adviser's daily report: the figure of the day first, then what is exceeded, what falls due, who waits
/// for a notice, what changed, what cannot be computed, and what can be proved.
package struct Fristrapport: Sendable {
  private let material: ReportMaterial
  private let changes: Changes?
  private let proofs: [DeliveryProof]
  private let occasion: ReportOccasion
  private var survey: Survey { material.survey }
  private var today: CivilDate { material.today }

  /// - Parameter changes: nil where there is no earlier report to compare with.
  package init(
    _ material: ReportMaterial, changes: Changes? = nil, proofs: [DeliveryProof] = [],
    occasion: ReportOccasion = .ordinary
  ) {
    self.material = material
    self.changes = changes
    self.proofs = proofs
    self.occasion = occasion
  }

  package var document: ReportDocument {
    let (exceeded, soon) = (survey.exceeded, survey.soon)
    let tables = material.tables
    return ReportDocument(
      title: "Fristrapport", subtitle: material.subtitle,
      lead: lead([survey.unwatched.sentence]),
      leadInMails: lead([survey.unwatched.sentenceWithoutSubjects]),
      figures: figures,
      tables: [
        tables.exceeded(exceeded, more: .overdueFile, picture: pictures.exceeded),
        tables.upcoming(soon, picture: pictures.coming),
        tables.withoutNotice(exceeded, title: "Overskredet uden besked til dem, der venter"),
        tables.promised(exceeded), tables.extensionsRunningOut(soon),
      ] + changeTables + [
        tables.paused(survey.reported.list(.paused), exceeded: exceeded),
        tables.unclear(survey.reported.unclear),
        problemTable, futureTable, deliveryTable, countTable,
      ],
      notes: coverage + material.reservation, watch: survey.watch())
  }

  private func lead(_ unwatched: [String?]) -> [String] {
    occasion.lead(asSeenFrom: today) + unwatched.compactMap(\.self)
  }

  /// Noughts of deadlines that nobody watches would say that all is well.
  private var figures: [ReportDocument.Figure] {
    guard survey.watch() == .some else { return [.init(survey.unwatched.count, "sager uden regel", .high)] }
    return DayFigures(exceeded: survey.exceeded, soon: survey.soon, changes: changes, today: today).all + [
      .init(survey.count(.unclear), "kan ikke beregnes", .middle)
    ]
  }

  private var pictures: ReportPictures { ReportPictures(survey, material.organisation) }

  // MARK: Tables

  private var changeTables: [ReportDocument.Table] {
    guard let changes else { return [] }
    let tables = ChangeTables(material, changes, .kommune)
    return [tables.changed, tables.new, tables.settled]
  }

  private var problemTable: ReportDocument.Table {
    ReportDocument.Table(
      title: "Registeret bør rettes", columns: [.leading("hvor og hvad")],
      groups: DeadlineTables.single(survey.defects.map { .init([$0.danish]) }, total: survey.defectCount))
  }

  private var futureTable: ReportDocument.Table {
    ReportDocument.Table(
      title: "Endnu ikke sket", columns: [.leading("hvor og hvad")],
      groups: DeadlineTables.single(survey.futures.map { .init([$0.danish]) }, total: survey.futureCount))
  }

  private var deliveryTable: ReportDocument.Table {
    ReportDocument.Table(
      title: "Bevis for aflevering",
      columns: [.leading("til"), .leading("indhold"), .leading("skrevet"), .leading("status")],
      groups: DeadlineTables.single(
        proofs.map { .init($0.cells(asSeenFrom: today)) }, total: proofs.count))
  }

  private var countTable: ReportDocument.Table {
    let states = StateName.allCases.filter { survey.count($0) > 0 }
    var byDepartment: [String: [StateName: Int]] = [:]
    for (tally, count) in survey.counts {
      byDepartment[tally.department, default: [:]][tally.state, default: 0] += count
    }
    let listed = material.organisation.listed(byDepartment.lazy.map { (name: $0, value: $1) })
    var rows = listed.map { _, heading, counts in
      ReportDocument.Row([heading] + states.map { danish(counts[$0, default: 0]) })
    }
    rows.append(.init(["I alt"] + states.map { danish(survey.count($0)) }))
    return ReportDocument.Table(
      title: "Alle frister", picture: pictures.ages,
      columns: [.leading("afdeling")] + states.map { .trailing($0.danish) },
      groups: survey.counts.isEmpty ? [] : [.init(heading: "", rows: rows, more: nil)])
  }

  private var coverage: [String] {
    var notes = [
      "\(counted(survey.cases, "sag", "sager")) og \(counted(survey.clocks, "frist", "frister")) er gennemgået."
    ]
    notes += survey.unreadEvents.map { "Hændelsesfilen, \($0.danish)." }
    if survey.waiting > 0 { notes.append(WaitingWording.sentence(survey.waiting)) }
    return notes
  }
}

extension DeadlineTables {
  /// Clocks that cannot be computed, each with the reason.
  func unclear(_ clocks: [Clock]) -> ReportDocument.Table {
    let rows = clocks.prefix(Self.rowsShown).compactMap { clock -> ReportDocument.Row? in
      guard case .unclear(let doubt) = clock.course else { return nil }
      let department = organisation.shownDepartment(clock.fields[.department])
      return .init(
        [numbers.shown(clock.caseID), department, clock.terms.name, doubt.danish],
        link: numbers.link(to: clock.caseID), readers: .init(mayReachDepartment: clock.mayReachDepartment))
    }
    return ReportDocument.Table(
      title: "Kan ikke beregnes",
      columns: [.leading("sag"), .leading("afdeling"), .leading("frist"), .leading("hvorfor")],
      groups: Self.single(rows, total: clocks.count))
  }
}
