package import Notifier
import Rules

/// Writes the files of a report into a folder.
package struct ReportWriter: Sendable {
  private let directory: String
  private let files: any FileSystem

  package init(directory: String, files: any FileSystem) {
    self.directory = directory
    self.files = files
  }

  package var htmlFile: String { Path.join(directory, "fristrapport.html") }

  /// Writes `fristrapport.txt`, `.html` and `.ics`, `counts.csv` and `overdue/`, each replaced in one step; what an
  /// earlier run left in `overdue/` for departments that are gone is removed.
  package func write(_ survey: Survey, _ report: ReportDocument, _ calendar: [UInt8]?) throws(FileFault) {
    let overdue = Path.join(directory, "overdue")
    try files.createDirectory(overdue)
    try replace("fristrapport.txt", ReportText.render(report))
    try replace("fristrapport.html", ReportHTML.render(report))
    try replace("counts.csv", ReportTables.counts(survey))
    let tables = ReportTables.overdue(survey)
    for table in tables { try files.replace(Path.join(overdue, "\(table.name).csv"), with: table.csv) }
    let wanted = Set(tables.map { "\($0.name).csv" })
    for name in try files.names(in: overdue) where name.hasSuffix(".csv") && !wanted.contains(name) {
      try files.remove(Path.join(overdue, name))
    }
    let calendarFile = Path.join(directory, "fristrapport.ics")
    if let calendar {
      try files.replace(calendarFile, with: calendar)
    } else if files.kind(of: calendarFile) != nil {
      try files.remove(calendarFile)
    }
  }

  private func replace(_ name: String, _ text: String) throws(FileFault) {
    try files.replace(Path.join(directory, name), with: Array(text.utf8))
  }
}
