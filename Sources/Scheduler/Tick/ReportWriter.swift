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
  /// - Throws: the first fault in that order.
  package func write(_ survey: Survey, _ reports: Reports) throws(FileFault) -> String {
    try files.createDirectory(overdue)
    guard survey.reportedCount > Self.fewClocks else {
      let written = try writePages(reports)
      try writeTables(survey, reports)
      return written
    }
    let pages = Mutex<Result<String, FileFault>?>(nil)
    let tables = Mutex<FileFault?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { lane in
      do throws(FileFault) {
        if lane == 0 {
          let written = try writePages(reports)
          pages.withLock { $0 = .success(written) }
        } else {
          try writeTables(survey, reports)
        }
      } catch {
        if lane == 0 { pages.withLock { $0 = .failure(error) } } else { tables.withLock { $0 = error } }
      }
    }
    let written = try pages.withLock { $0 }?.get()
    if let fault = tables.withLock({ $0 }) { throw fault }
    guard let written else { return try writePages(reports) }
    return written
  }

  /// What people read.
  private func writePages(_ reports: Reports) throws(FileFault) -> String {
    let document = reports.fristrapport()
    let text = ReportText.render(document)
    let pages = [
      (name: "fristrapport.txt", bytes: Array(text.utf8)),
      (name: "fristrapport.html", bytes: Array(ReportHTML.render(document).utf8)),
    ]
    try files.replaceAll(in: directory, pages)
    return text
  }

  /// What programs read.
  private func writeTables(_ survey: Survey, _ reports: Reports) throws(FileFault) {
    let tables = ReportTables.overdue(survey)
    try files.replaceAll(in: overdue, tables.lazy.map { (name: "\($0.name).csv", bytes: $0.csv) })
    let wanted = Set(tables.map { "\($0.name).csv" })
    for name in try files.names(in: overdue) where name.hasSuffix(".csv") && !wanted.contains(name) {
      try files.remove(Path.join(overdue, name))
    }
    var others = [(name: "counts.csv", bytes: Array(ReportTables.counts(survey).utf8))]
    if let calendar = reports.calendar {
      others.append((name: calendarFile, bytes: calendar))
    } else if files.kind(of: Path.join(directory, calendarFile)) != nil {
      try files.remove(Path.join(directory, calendarFile))
    }
    try files.replaceAll(in: directory, others)
  }

}
