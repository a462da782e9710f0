package import Rules

/// A department's own overview: what is exceeded and what falls due, what lacks a receipt or a notice to the citizen, and
/// what is new and what was solved since the last one. Only its own cases, and of those only what it may hear of.
package struct DepartmentDigest: Sendable {
  package let document: ReportDocument
  /// False where there is nothing to tell.
  package let hasNews: Bool

  /// - Parameter changes: nil where there is no earlier digest to compare with.
  package init(
    _ material: ReportMaterial, of department: Department, changes: Changes? = nil,
    occasion: ReportOccasion = .ordinary
  ) {
    let (name, today, tables) = (department.name, material.today, material.tables)
    let isOwn = { (clock: Clock) in clock.fields[.department] == name && clock.mayReachDepartment }
    let (exceeded, soon) = (material.clocks(.exceeded, isOwn), material.clocks(.soon, isOwn))
    var all = [
      tables.exceeded(exceeded, more: .unnamed), tables.upcoming(soon),
      tables.withoutNotice(exceeded, title: "Mangler besked om forsinkelsen"),
      tables.withoutReceipt(exceeded + soon),
    ]
    if let changes {
      let tables = ChangeTables(material, changes, .department)
      all += [tables.new, tables.settled, tables.changed]
    }
    hasNews = all.contains { !$0.groups.isEmpty }
    let heading = material.organisation.shownDepartment(name)
    let values: [Placeholder: String] = [
      .department: heading, .kommune: material.letterhead.kommune, .date: today.danish,
    ]
    document = ReportDocument(
      title: "Frister i \(heading)", subtitle: material.subtitle,
      lead: occasion.lead(asSeenFrom: today)
        + material.texts.paragraphs(exceeded.isEmpty ? .digestOfNothing : .digestOpening, values),
      figures: DayFigures(exceeded: exceeded, soon: soon, changes: changes, today: today).all, tables: all,
      notes: material.reservation)
  }
}
