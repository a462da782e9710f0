package import Notifier
package import Rules

/// The ledger of a state folder, replaced as a whole by every pass that changes it.
///
/// Not a part of the journal: a reminder must go out although nobody can tell what yesterday's report said.
package struct LedgerFile: Sendable {
  private let path: String
  private let files: any FileSystem

  package init(_ configuration: Configuration, files: any FileSystem) {
    path = Path.join(configuration.stateDirectory, "ledger")
    self.files = files
  }

  /// What the file holds; nil where there is none.
  ///
  /// - Throws: ``LedgerFault`` when it cannot be read or is damaged.
  package func read() throws(LedgerFault) -> Ledger? {
    guard files.kind(of: path) != nil else { return nil }
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try files.read(path)
    } catch {
      throw LedgerFault(
        Problem(Place(path), "cannot \(error.operation): \(systemMessage(error.code)); \(remedy)"))
    }
    do throws(Remedy) {
      return try LedgerText.ledger(bytes)
    } catch {
      throw LedgerFault(Problem(Place(path), "\(error.message); \(remedy)"))
    }
  }

  /// Puts a damaged ledger out of the way, so that somebody can look at it.
  package func setAside() {
    try? files.rename(path, to: "\(path).beskadiget")
  }

  /// Replaces the file in one step where `ledger` says something that `before` does not.
  package func write(_ ledger: Ledger, replacing before: Ledger?) throws(FileFault) {
    // The time of the latest pass alone is worth no disk.
    guard let before, before.clocks == ledger.clocks, before.newest.date == ledger.newest.date else {
      try files.replace(path, with: LedgerText.bytes(ledger), by: "\(path).ny")
      return
    }
  }

  private var remedy: String {
    "a tick puts it aside as ledger.beskadiget and begins anew; restore it from a backup, or accept that the next report "
      + "cannot say what changed"
  }
}

/// Why nobody can tell what was told before.
package struct LedgerFault: Error, Hashable, Sendable {
  package let problem: Problem

  init(_ problem: Problem) {
    self.problem = problem
  }
}
