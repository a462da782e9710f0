package import Rules

/// What is different since somebody last read a report.
package struct Changes: Hashable, Sendable {
  package let since: CivilMoment
  /// Exceeded now, and not then.
  package let new: [ToldClock]
  /// Exceeded then; stopped, closed or begun anew since.
  package let settled: [ToldClock]
  /// Exceeded in a report of the last ``listedDays``, and now read as if they never had been.
  package let changed: [ToldClock]

  /// For how many days a verdict that changed afterwards is listed, so that nobody misses it for a holiday.
  package static let listedDays = 14

  /// - Parameter isIncluded: which clocks the reader may hear of.
  package init(
    _ ledger: Ledger, since: CivilMoment, today: CivilDate, isIncluded: (ToldClock) -> Bool = { _ in true }
  ) {
    func isNews(_ seen: CivilMoment) -> Bool { since.localSeconds < seen.localSeconds }
    func isNew(_ told: ToldClock) -> Bool {
      guard case .exceeded(let seen) = told.verdict else { return false }
      return seen != ledger.begun && isNews(seen)
    }
    func isSettled(_ told: ToldClock) -> Bool {
      // What no event explains is listed as changed, not as settled.
      guard case .ended(_, let seen, _) = told.verdict, told.change?.seen != seen else { return false }
      return isNews(seen)
    }
    func isChanged(_ told: ToldClock) -> Bool {
      guard let change = told.change else { return false }
      return isNews(change.seen) || today - change.seen.date <= Self.listedDays
    }
    // Of a large ledger the least is news.
    let clocks = ledger.filter { (isNew($0) || isSettled($0) || isChanged($0)) && isIncluded($0) }
    self.since = since
    new = clocks.filter(isNew)
    settled = clocks.filter(isSettled)
    changed = clocks.filter(isChanged)
  }

  private init(_ other: Changes, _ isIncluded: (ToldClock) -> Bool) {
    since = other.since
    new = other.new.filter(isIncluded)
    settled = other.settled.filter(isIncluded)
    changed = other.changed.filter(isIncluded)
  }

  /// Those that others than the adviser may see.
  var open: Changes { Changes(self, \.mayReachDepartment) }

  /// Those of which the adviser alone may hear; a clock may stand there twice.
  var privateOnes: [ToldClock] { (new + settled + changed).filter { !$0.mayReachDepartment } }

  /// `siden fredag`, `siden i går`.
  func sinceWords(asSeenFrom today: CivilDate) -> String {
    switch today - since.date {
    case ...0: "i dag"
    case 1: "siden i går"
    case 2...6: "siden \(since.date.weekday.danish)"
    default: "siden \(since.date.danish(asSeenFrom: today))"
    }
  }
}

extension Reading {
  /// `overskredet, frist torsdag 1. juni`, `overholdt tirsdag 30. maj, frist onsdag 31. maj`; with the time
  /// of day where the deadline is counted in hours.
  func danish(asSeenFrom today: CivilDate) -> String {
    let isInHours = due?.time != nil
    func words(_ moment: CivilMoment) -> String {
      isInHours ? moment.danish(asSeenFrom: today) : moment.date.danish(asSeenFrom: today)
    }
    let end = at.map { " \(words($0))" } ?? ""
    let standing =
      switch standing {
      case .running: "ikke forfaldet"
      case .exceeded: "overskredet"
      case .kept: "overholdt\(end)"
      case .late: "for sent\(end)"
      case .paused: "i bero fra\(end)"
      case .lapsed: "lukket\(end)"
      case .unclear: "kan ikke beregnes"
      case .gone: "er der ikke længere"
      case .replaced: "begyndt forfra\(end)"
      case .moved: "overskredet, regnet fra\(end)"
      }
    return ([standing] + [due.map { "frist \(words($0))" }].compactMap(\.self)).joined(separator: ", ")
  }
}

/// Tables of what changed.
struct ChangeTables {
  private let material: ReportMaterial
  private let changes: Changes
  private let scope: Scope
  private var today: CivilDate { material.today }

  init(_ material: ReportMaterial, _ changes: Changes, _ scope: Scope) {
    self.material = material
    self.changes = changes
    self.scope = scope
  }

  /// Whose clocks they are.
  enum Scope {
    /// Every department's; each row names its own.
    case kommune
    case department
  }

  private var words: String { changes.sinceWords(asSeenFrom: today) }

  var new: ReportDocument.Table {
    table("Nye overskridelser \(words)", [.leading("forfaldt")], changes.new) { told in
      [told.shown.due.danish(asSeenFrom: today)]
    }
  }

  var settled: ReportDocument.Table {
    table("Løst \(words)", [.leading("hvordan")], changes.settled) { told in
      guard case .ended(let reading, _, _) = told.verdict else { return [""] }
      return [reading.danish(asSeenFrom: today)]
    }
  }

  var changed: ReportDocument.Table {
    let columns: [ReportDocument.Column] = [
      .leading("meldt som"), .leading("ændret til"), .leading("set"),
    ]
    return table("Ændret bagudrettet", columns, changes.changed) { told in
      guard let change = told.change else { return ["", "", ""] }
      return [
        change.from.danish(asSeenFrom: today), change.to.danish(asSeenFrom: today),
        change.seen.short(asSeenFrom: today),
      ]
    }
  }

  private func table(
    _ title: String, _ columns: [ReportDocument.Column], _ clocks: [ToldClock],
    _ cells: (ToldClock) -> [String]
  ) -> ReportDocument.Table {
    let rows = clocks.map { told in
      let department = scope == .kommune ? [material.organisation.shownDepartment(told.department)] : []
      return ReportDocument.Row(
        [material.numbers.shown(told.identity.caseID)] + department + [told.name] + cells(told),
        link: material.numbers.link(to: told.identity.caseID),
        readers: .init(mayReachDepartment: told.mayReachDepartment))
    }
    let department: [ReportDocument.Column] = scope == .kommune ? [.leading("afdeling")] : []
    return ReportDocument.Table(
      title: title, columns: [.leading("sag")] + department + [.leading("frist")] + columns,
      groups: DeadlineTables.single(rows, total: rows.count))
  }
}
