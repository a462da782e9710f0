package import Rules

/// What lay in the past when fristvagt was first used, summed up once for one reader: the clocks whose step
/// had fallen before that day.
package struct OpeningDigest: Sendable {
  package let document: ReportDocument

  /// - Parameters:
  ///   - notices: what would otherwise have been sent one by one; a clock may stand in several.
  ///   - department: whose digest it is; nil for the adviser's.
  package init(
    _ notices: [Notice], department: String?, _ material: ReportMaterial,
    occasion: ReportOccasion = .ordinary
  ) {
    var seen: Set<ClockIdentity> = []
    let clocks = notices.filter { seen.insert(ClockIdentity($0.key)).inserted }.map(\.clock)
    let list = { (isExceeded: Bool) in
      ClockList(
        clocks.filter { ($0.state == .exceeded) == isExceeded }
          .map { ($0, material.organisation.reportedDepartment(of: $0)) }, numbers: material.numbers)
    }
    let (exceeded, running) = (list(true), list(false))
    let (tables, organisation) = (material.tables, material.organisation)
    let place = department.map { "Frister i \(organisation.shownDepartment($0))" } ?? "Frister i kommunen"
    let values: [Placeholder: String] = [
      .kommune: material.letterhead.kommune, .date: material.today.danish,
    ]
    document = ReportDocument(
      title: "Åbningsoversigt · \(place)", subtitle: material.subtitle,
      lead: occasion.lead(asSeenFrom: material.today) + material.texts.paragraphs(.openingDigest, values),
      figures: [.init(exceeded.count, "overskredet", .high), .init(running.count, "på vej", .low)],
      tables: [
        exceeded.isEmpty ? nil : tables.exceeded(exceeded, more: .shown),
        running.isEmpty ? nil : tables.upcoming(running, title: "På vej", more: .shown),
      ].compactMap(\.self),
      notes: material.reservation)
  }
}
