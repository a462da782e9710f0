import Dispatch
package import Notifier
import Rules
import Synchronization

/// Writes the files of a report into a folder.
package struct ReportWriter: Sendable {
  private let directory: String
  private let files: any FileSystem
  private let calendarFile = "fristrapport.ics"

  /// Reports on fewer clocks are written one file after another: no second processor is worth waking for them.
  private static let fewClocks = 5_000

  package init(directory: String, files: any FileSystem) {
    self.directory = directory
    self.files = files
  }

  package var htmlFile: String { Path.join(directory, "fristrapport.html") }
  private var overdue: String { Path.join(directory, "overdue") }

  /// Writes `fristrapport.txt`, `.html` and `.ics`, `counts.csv` and `overdue/`, each replaced in one step; what an
  /// earlier run left in `overdue/` for departments that are gone is removed.
  ///
  /// - Returns: the report as text.
  /// - Throws: the first fault, in the order pages, calendar, tables, counts.
  package func write(_ survey: Survey, _ reports: Reports) throws(FileFault) -> String {
    try files.createDirectory(overdue)
    let tables = ReportTables.overdue(survey)
    let text = Mutex("")
    let faults = Mutex<[Part: FileFault]>([:])
    let write = { @Sendable (part: Part) in
      do throws(FileFault) {
        switch part {
        case .pages:
          let written = try writePages(reports)
          text.withLock { $0 = written }
        case .calendar: try writeCalendar(reports)
        case .counts: try writeCounts(survey)
        case .earlierTables: try writeTables(tables[..<(tables.count / 2)])
        case .laterTables: try writeTables(tables[(tables.count / 2)...])
        }
      } catch {
        faults.withLock { $0[part] = error }
      }
    }
    if survey.reportedCount > Self.fewClocks {
      DispatchQueue.concurrentPerform(iterations: Part.allCases.count) { write(Part.allCases[$0]) }
    } else {
      for part in Part.allCases where faults.withLock({ $0.isEmpty }) { write(part) }
    }
    for part in Part.allCases {
      if let fault = faults.withLock({ $0[part] }) { throw fault }
    }
    try removeTables(besides: tables)
    return text.withLock { $0 }
  }

  /// What is written by itself, in the order in which it is begun: the longest work first.
  private enum Part: CaseIterable {
    case pages, calendar, earlierTables, laterTables, counts
  }

  /// What people read.
  private func writePages(_ reports: Reports) throws(FileFault) -> String {
    let document = reports.fristrapport()
    let text = ReportText.render(document)
    try files.replaceAll(
      in: directory,
      [
        (name: "fristrapport.txt", bytes: Array(text.utf8)),
        (name: "fristrapport.html", bytes: ReportHTML.bytes(document)),
      ])
    return text
  }

  /// What programs read.
  private func writeCounts(_ survey: Survey) throws(FileFault) {
    try files.replaceAll(
      in: directory, [(name: "counts.csv", bytes: Array(ReportTables.counts(survey).utf8))])
  }

  private func writeTables(_ tables: ArraySlice<OverdueList>) throws(FileFault) {
    try files.replaceAll(in: overdue, tables.lazy.map { (name: "\($0.name).csv", bytes: $0.csv) })
  }

  private func removeTables(besides tables: [OverdueList]) throws(FileFault) {
    let wanted = Set(tables.map { "\($0.name).csv" })
    for name in try files.names(in: overdue) where name.hasSuffix(".csv") && !wanted.contains(name) {
      try files.remove(Path.join(overdue, name))
    }
  }

  private func writeCalendar(_ reports: Reports) throws(FileFault) {
    if let calendar = reports.calendar {
      try files.replaceAll(in: directory, [(name: calendarFile, bytes: calendar)])
    } else if files.kind(of: Path.join(directory, calendarFile)) != nil {
      try files.remove(Path.join(directory, calendarFile))
    }
  }
}
