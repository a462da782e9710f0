package import Notifier
package import Rules

/// The ledger of a state folder.
///
/// Not a part of the journal: a reminder must go out although nobody can tell what yesterday's report said.
package struct LedgerFile: Sendable {
  private let path: String
  private let files: any FileSystem

  package init(_ configuration: Configuration, files: any FileSystem) {
    path = Self.path(configuration)
    self.files = files
  }

  static func path(_ configuration: Configuration) -> String {
    Path.join(configuration.stateDirectory, "ledger")
  }

  /// A ledger as it lies on the disk.
  package struct Stored: Sendable {
    package let ledger: Ledger
    package let extent: Extent

    fileprivate init(_ ledger: Ledger, superfluous: Int?) {
      self.ledger = ledger
      extent = Extent(count: ledger.count, newest: ledger.newest.date, superfluous: superfluous)
    }
  }

  /// What must be known of a file to write behind it.
  package struct Extent: Sendable {
    /// How many clocks it knows.
    fileprivate let count: Int
    /// The day of the latest pass.
    fileprivate let newest: CivilDate
    /// How many lines of the file later ones have made superfluous; nil where nothing may be added to it.
    fileprivate let superfluous: Int?
  }

  /// What the file holds; nil where there is none.
  ///
  /// - Throws: ``LedgerFault`` when it cannot be read or is damaged.
  package func read() throws(LedgerFault) -> Stored? {
    guard files.kind(of: path) != nil else { return nil }
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try files.read(path)
    } catch {
      throw LedgerFault(
        Problem(Place(path), "cannot \(error.operation): \(systemMessage(error.code)); \(remedy)"))
    }
    do throws(Remedy) {
      let contents = try LedgerText.contents(bytes)
      return Stored(
        contents.ledger,
        superfluous: contents.needsRewriting ? nil : contents.lines - contents.ledger.count)
    } catch {
      throw LedgerFault(Problem(Place(path), "\(error.message); \(remedy)"))
    }
  }

  /// Puts a damaged ledger out of the way, so that somebody can look at it.
  package func setAside() {
    try? files.rename(path, to: "\(path).beskadiget")
  }

  /// So few superfluous lines are not worth writing the ledger anew.
  private static let toleratedLines = 1_000

  /// Writes what a pass changed behind what was there `before`; all of it in one step where there was nothing, or most of the
  /// file is superfluous.
  ///
  /// - Returns: what the file holds then.
  package func write(_ update: LedgerUpdate, behind before: Extent?) throws(FileFault) -> Stored {
    let ledger = update.ledger
    guard let before, let superfluous = before.superfluous else { return try replace(ledger) }
    // The time of the latest pass alone is worth no disk.
    guard !update.changed.isEmpty || before.newest != ledger.newest.date else {
      return Stored(ledger, superfluous: superfluous)
    }
    let addition = LedgerText.addition(update)
    guard superfluous + addition.lines <= max(Self.toleratedLines, ledger.count) else {
      return try replace(ledger)
    }
    let length = files.stamp(of: path)?.size
    do throws(FileFault) {
      try files.append(addition.bytes, to: path)
    } catch {
      // After a failed fsync the lines may stand in memory and not on the disk, and nothing may be written behind them.
      if let length { try? files.truncate(path, to: length) }
      return try replace(ledger)
    }
    return Stored(
      ledger, superfluous: superfluous + addition.lines - (ledger.count - before.count))
  }

  private func replace(_ ledger: Ledger) throws(FileFault) -> Stored {
    try files.replace(path, with: LedgerText.bytes(ledger), by: "\(path).ny")
    return Stored(ledger, superfluous: 2)
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
