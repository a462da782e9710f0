import Dispatch
package import Notifier
import Rules
import Synchronization

/// Writes the files of a report into a folder.
package struct ReportWriter: Sendable {
  private let directory: String
  private let files: any FileSystem

  package init(directory: String, files: any FileSystem) {
    self.directory = directory
    self.files = files
  }

  package var htmlFile: String { Path.join(directory, "fristrapport.html") }
  private var calendarFile: String { Path.join(directory, "fristrapport.ics") }
  private var overdue: String { Path.join(directory, "overdue") }

  /// Writes `fristrapport.txt`, `.html` and `.ics`, `counts.csv` and `overdue/`, each replaced in one step,
  /// and none before all of them are written; what an earlier run left for departments that are gone, or of a
  /// calendar, is removed.
  ///
  /// - Parameter first: has to be done before any file is replaced; it is done while they are written.
  /// - Returns: the report as text.
  /// - Throws: the first fault, in the order of ``parts(_:)``.
  package func write(
    _ survey: Survey, _ reports: Reports, behind first: @escaping @Sendable () throws(FileFault) -> Void = {}
  ) throws(FileFault) -> String {
    try files.createDirectory(overdue)
    let parts = parts(ReportTables.overdue(survey))
    let progress = Mutex(Progress())
    let write = { @Sendable (index: Int) in
      var staged = StagedFiles()
      var fault: FileFault?
      do throws(FileFault) {
        switch parts[index] {
        case .first: try first()
        case .pages:
          let text = try writePages(reports, &staged)
          progress.withLock { $0.text = text }
        case .table(let table): try writeTable(table, &staged)
        case .calendar: try writeCalendar(reports, &staged)
        case .counts: try writeCounts(survey, &staged)
        }
      } catch {
        fault = error
      }
      progress.withLock { $0.take(staged, index, fault) }
    }
    if survey.reportedCount > ReportedClocks.few {
      DispatchQueue.concurrentPerform(iterations: parts.count, execute: write)
    } else {
      for index in parts.indices where progress.withLock({ $0.faults.isEmpty }) { write(index) }
    }
    let done = progress.withLock { $0 }
    try StagedFiles.committed(in: files) { staged throws(FileFault) in
      staged = done.staged
      if let first = done.faults.min(by: { $0.key < $1.key }) { throw first.value }
    }
    try removeEarlier(besides: done.staged)
    return done.text
  }

  /// Writes one page, `NAME.txt` and `NAME.html`, each replaced in one step, and neither before both are
  /// written.
  ///
  /// - Returns: the page as text, and the path of its HTML.
  package func write(_ document: ReportDocument, named name: String) throws(FileFault) -> (
    text: String, html: String
  ) {
    try files.createDirectory(directory)
    let text = ReportText.render(document)
    let html = Path.join(directory, "\(name).html")
    try StagedFiles.committed(in: files) { staged throws(FileFault) in
      try staged.add(Array(text.utf8), for: Path.join(directory, "\(name).txt"), in: files)
      try staged.add(ReportHTML.bytes(document), for: html, in: files)
    }
    return (text, html)
  }

  /// How far the parts are.
  private struct Progress {
    var text = ""
    private(set) var staged = StagedFiles()
    /// By the part.
    private(set) var faults: [Int: FileFault] = [:]

    mutating func take(_ more: StagedFiles, _ part: Int, _ fault: FileFault?) {
      staged.formUnion(more)
      faults[part] = fault
    }
  }

  /// What is written by itself.
  private enum Part {
    case first, pages, calendar, counts
    case table(OverdueList)
  }

  /// The parts in the order in which they are begun: what has to be done first may wait for a disk, pages and
  /// calendar are the longest work, and the short tables come last, so that no processor waits long for the
  /// other.
  private func parts(_ tables: [OverdueList]) -> [Part] {
    [.first, .pages, .calendar] + tables.map(Part.table) + [.counts]
  }

  /// What people read.
  private func writePages(_ reports: Reports, _ staged: inout StagedFiles) throws(FileFault) -> String {
    let document = reports.fristrapport()
    let text = ReportText.render(document)
    try staged.add(Array(text.utf8), for: Path.join(directory, "fristrapport.txt"), in: files)
    try staged.add(ReportHTML.bytes(document), for: htmlFile, in: files)
    return text
  }

  /// What programs read.
  private func writeCounts(_ survey: Survey, _ staged: inout StagedFiles) throws(FileFault) {
    let counts = Array(ReportTables.counts(survey).utf8)
    try staged.add(counts, for: Path.join(directory, "counts.csv"), in: files)
  }

  private func writeTable(_ table: OverdueList, _ staged: inout StagedFiles) throws(FileFault) {
    try staged.add(table.csv, for: Path.join(overdue, "\(table.name).csv"), in: files)
  }

  private func writeCalendar(_ reports: Reports, _ staged: inout StagedFiles) throws(FileFault) {
    if let calendar = reports.calendar { try staged.add(calendar, for: calendarFile, in: files) }
  }

  private func removeEarlier(besides staged: StagedFiles) throws(FileFault) {
    if !staged.paths.contains(calendarFile), files.kind(of: calendarFile) != nil {
      try files.remove(calendarFile)
    }
    for name in try files.names(in: overdue) where name.hasSuffix(".csv") {
      let path = Path.join(overdue, name)
      if !staged.paths.contains(path) { try files.remove(path) }
    }
    try StagedFiles.removeLeftovers(in: overdue, of: files, olderThan: htmlFile) { $0.hasSuffix(".csv") }
    try StagedFiles.removeLeftovers(in: directory, of: files, olderThan: htmlFile) { name in
      name == "counts.csv" || name.hasPrefix("fristrapport.")
    }
  }
}
