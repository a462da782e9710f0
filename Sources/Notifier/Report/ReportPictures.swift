import Rules

/// The charts of the adviser's report.
struct ReportPictures {
  private let trends: Trends
  private let exceededByWeek: [String: [Int]]
  private let today: CivilDate
  private let organisation: Organisation

  init(_ survey: Survey, _ organisation: Organisation) {
    trends = survey.trends
    exceededByWeek = survey.exceededByWeek
    today = survey.now.today
    self.organisation = organisation
  }

  /// How many were exceeded in each department, week by week up to today.
  var exceeded: Picture? {
    let departments = organisation.listed(exceededByWeek.lazy.map { (name: $0, value: $1) })
    let days = (0..<Trends.weeks).reversed().map { today - 7 * $0 }
    return Picture(
      title: "Overskredne frister, uge for uge", axis: "afdeling",
      labels: days.map {
        $0 == today ? "i dag" : "\($0.components.day). \(CivilDate.danishMonth($0.components.month))"
      },
      series: departments.map { .init(name: $0.heading, values: $0.value) }, shape: .rows)
  }

  /// What falls due in the coming weeks, this one first.
  var coming: Picture? {
    Picture(
      title: "Forfalder de kommende uger", axis: "uge",
      labels: (0..<Trends.weeks).map { "\((today + 7 * $0).isoWeek)" },
      series: [.init(name: "frister", values: trends.coming)],
      shape: .columns([.middle] + [ReportDocument.Urgency](repeating: .low, count: Trends.weeks - 1)))
  }

  /// How old open cases are against their deadline.
  var ages: Picture? {
    let shares = Trends.shares
    let urgencies = shares.map { share -> ReportDocument.Urgency in
      share < 100 ? .low : share == 100 ? .middle : .high
    }
    return Picture(
      title: "Hvor meget af fristen der er gået i de åbne sager", axis: "op til",
      labels: shares.map { "\($0) %" } + ["mere"], series: [.init(name: "frister", values: trends.ages)],
      shape: .columns(urgencies + [.high]))
  }
}
