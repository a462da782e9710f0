package import Rules

/// A department's own overview: what is exceeded and what falls due, what lacks a receipt or a notice to the
/// citizen, and what is new and what was solved since the last one. Only its own cases, and of those only
/// what it may hear of.
package struct DepartmentDigest: Sendable {
  package let document: ReportDocument
  /// False where there is nothing to tell.
  package let hasNews: Bool

  /// - Parameter changes: nil where there is no earlier digest to compare with.
  package init(
    _ material: ReportMaterial, of department: Department, changes: Changes? = nil,
    occasion: ReportOccasion = .ordinary
  ) {
    let (name, today) = (department.name, material.today)
    let watch = material.survey.watch(of: name)
    let tables = DeadlineTables(
      organisation: material.organisation, today: today, numbers: material.numbers, watch: watch)
    let own = { (list: ClockList) in list.of(name).filter { $0.isOwn(of: name) } }
    let (exceeded, soon) = (own(material.survey.exceeded), own(material.survey.soon))
    let receipts = { (list: ClockList) in list.filter { $0.rule.stops.contains(EventSchema.receipt) } }
    var all = [
      tables.exceeded(exceeded, more: .unnamed), tables.upcoming(soon),
      tables.withoutNotice(exceeded, title: "Mangler besked om forsinkelsen"),
      tables.promised(exceeded), tables.withoutReceipt(receipts(exceeded) + receipts(soon)),
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
        + (watch == .some
          ? material.texts.paragraphs(exceeded.isEmpty ? .digestOfNothing : .digestOpening, values)
          : [watch.sentenceWhereNoneIsExceeded]),
      figures: watch == .some
        ? DayFigures(exceeded: exceeded, soon: soon, changes: changes, today: today).all : [],
      tables: all, notes: material.reservation, watch: watch)
  }
}
