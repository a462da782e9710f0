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

    fileprivate init(_ ledger: Ledger, _ mark: JournalMark?, superfluous: Int?) {
      self.ledger = ledger
      extent = Extent(
        count: ledger.count, newest: ledger.newest.date, mark: mark, superfluous: superfluous)
    }

    /// What it knows of the journal beside it.
    package var witness: JournalWitness {
      JournalWitness(begun: ledger.begun, extent.mark)
    }
  }

  /// What must be known of a file to write behind it.
  package struct Extent: Sendable {
    /// How many clocks it knows.
    fileprivate let count: Int
    /// The day of the latest pass.
    fileprivate let newest: CivilDate
    /// What it keeps of the journal; nil where an older version wrote it.
    fileprivate let mark: JournalMark?
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
        contents.ledger, contents.mark,
        superfluous: contents.needsRewriting ? nil : contents.lines - contents.ledger.count)
    } catch {
      throw LedgerFault(Problem(Place(path), "\(error.message); \(remedy)"))
    }
  }

  /// What the ledger knows of the journal beside it; nil where there is none.
  package func witness() -> JournalWitness? {
    do throws(LedgerFault) { return try read()?.witness } catch { return .unreadable }
  }

  /// Puts a damaged ledger out of the way, so that somebody can look at it.
  package func setAside() {
    try? files.rename(path, to: "\(path).beskadiget")
  }

  /// So few superfluous lines are not worth writing the ledger anew.
  private static let toleratedLines = 1_000

  /// Writes what a pass changed behind what was there `before`; all of it in one step where there was
  /// nothing, or most of the file is superfluous.
  ///
  /// - Parameter journal: where the journal stands, all of which is on the disk.
  /// - Returns: what the file holds then.
  package func write(
    _ update: LedgerUpdate, behind before: Extent?, _ journal: JournalStanding
  ) throws(FileFault) -> Stored {
    let ledger = update.ledger
    guard let before, let mark = before.mark, let superfluous = before.superfluous else {
      return try replace(ledger, journal.mark)
    }
    // The time of the latest pass alone is worth no disk; a mail that the journal could lose is.
    guard !update.changed.isEmpty || before.newest != ledger.newest.date || journal.news > mark.head.number
    else {
      return Stored(ledger, mark, superfluous: superfluous)
    }
    let addition = LedgerText.addition(update, journal.mark)
    guard superfluous + addition.lines <= max(Self.toleratedLines, ledger.count) else {
      return try replace(ledger, journal.mark)
    }
    let length = files.stamp(of: path)?.size
    do throws(FileFault) {
      try files.append(addition.bytes, to: path)
    } catch {
      // After a failed fsync the lines may stand in memory and not on the disk, and nothing may be written
      // behind them.
      if let length { try? files.truncate(path, to: length) }
      return try replace(ledger, journal.mark)
    }
    return Stored(
      ledger, journal.mark, superfluous: superfluous + addition.lines - (ledger.count - before.count))
  }

  private func replace(_ ledger: Ledger, _ mark: JournalMark) throws(FileFault) -> Stored {
    try files.replace(path, with: LedgerText.bytes(ledger, mark), by: "\(path).ny")
    return Stored(ledger, mark, superfluous: 2)
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
