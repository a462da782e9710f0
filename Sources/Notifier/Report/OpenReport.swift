import Rules

/// The adviser's report without what only she may hear, for a meeting: the lists, and no figure, picture or
/// proof that counts or names what is left out.
package struct OpenReport: Sendable {
  private let material: ReportMaterial
  private let changes: Changes?
  private var survey: Survey { material.survey }

  /// - Parameter changes: nil where there is no earlier report to compare with.
  package init(_ material: ReportMaterial, changes: Changes?) {
    self.material = material
    self.changes = changes
  }

  package var document: ReportDocument {
    let (exceeded, soon) = (survey.exceeded.open, survey.soon.open)
    let (tables, changes) = (material.tables, changes?.open)
    let changeTables = changes.map { changes in
      let tables = ChangeTables(material, changes, .kommune)
      return [tables.changed, tables.new, tables.settled]
    }
    return ReportDocument(
      title: "Fristrapport", subtitle: material.subtitle,
      lead: [leftOut] + [survey.unwatched.sentence].compactMap(\.self),
      figures: survey.watch() == .some
        ? DayFigures(exceeded: exceeded, soon: soon, changes: changes, today: material.today).all : [],
      tables: [
        tables.exceeded(exceeded, more: .overdueFile), tables.upcoming(soon),
        tables.withoutNotice(exceeded, title: "Overskredet uden besked til dem, der venter"),
        tables.promised(exceeded), tables.extensionsRunningOut(soon),
      ] + (changeTables ?? []) + [
        tables.paused(survey.reported.list(.paused).open, exceeded: exceeded),
        tables.unclear(survey.reported.unclear.filter(\.mayReachDepartment)),
      ],
      notes: material.reservation, watch: survey.watch())
  }

  /// How many deadlines the lists leave out.
  private var leftOut: String {
    let lists = [survey.exceeded, survey.soon, survey.reported.list(.paused)]
    let clocks =
      lists.flatMap { $0.privateOnes.clocks.map(\.clock) }
      + survey.reported.unclear.filter { !$0.mayReachDepartment }
    let told = changes?.privateOnes.map(\.identity) ?? []
    let count = Set(clocks.map { ClockIdentity($0) } + told).count
    guard count > 0 else {
      return "Ingen frister er udeladt: der er ingen, som kun borgerrådgiveren må høre om."
    }
    return "\(counted(count, "frist", "frister")), som kun borgerrådgiveren må høre om, er udeladt."
  }
}
