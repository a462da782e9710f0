package import Rules

/// What lay in the past when fristvagt was first used, summed up once for one reader: the clocks whose step had fallen
/// before that day.
package struct OpeningDigest: Sendable {
  package let document: ReportDocument

  /// - Parameters:
  ///   - notices: what would otherwise have been sent one by one; a clock may stand in several.
  ///   - department: whose digest it is; nil for the adviser's.
  package init(
    _ notices: [Notice], department: String?, organisation: Organisation, kommune: String, today: CivilDate
  ) {
    var seen: Set<ClockIdentity> = []
    let clocks = notices.filter { seen.insert(ClockIdentity($0.key)).inserted }
      .map { DatedClock(clock: $0.clock, reckoning: $0.reckoning) }
    let exceeded = clocks.filter { $0.reckoning.outcome == .exceeded }
    let running = clocks.filter { $0.reckoning.outcome != .exceeded }
    let tables = DeadlineTables(organisation: organisation, today: today)
    let place = department.map { "Frister i \(organisation.shownDepartment($0))" } ?? "Frister i kommunen"
    document = ReportDocument(
      title: "Åbningsoversigt · \(place)", subtitle: "\(kommune) Kommune · \(today.danish)",
      lead: [
        "Fristvagten er taget i brug i dag. Her står samlet de frister, der allerede var nået så langt, at nogen skulle have haft et varsel. Der sendes ikke varsler om trin, der allerede er passeret; fra nu af kommer hvert nyt trin for sig."
      ],
      figures: [
        .init(number: exceeded.count, label: "overskredet", remark: nil, urgency: .high),
        .init(number: running.count, label: "på vej", remark: nil, urgency: .low),
      ],
      tables: [
        tables.exceeded(exceeded, more: .shown), tables.upcoming(running, title: "På vej", more: .shown),
      ].filter { !$0.groups.isEmpty },
      notes: [Fristrapport.guidance])
  }

  /// What makes two notices be about one clock.
  private struct ClockIdentity: Hashable {
    let caseID: String
    let rule: String
    let start: CivilMoment

    init(_ key: NoticeKey) {
      caseID = key.caseID
      rule = key.rule
      start = key.start
    }
  }
}
