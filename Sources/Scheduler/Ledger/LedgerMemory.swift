import Notifier
import Rules

/// What a tick remembers of what was told, from its beginning to its end.
struct LedgerMemory {
  /// Nil where nothing was told before, or nobody can tell.
  private var ledger: Ledger?
  /// Of the file.
  private let extent: LedgerFile.Extent?
  /// What it knows of the journal; nil where there is none.
  let witness: JournalWitness?
  /// Why nobody can tell, where that is so; a reminder must go out all the same.
  let fault: LedgerFault?
  private let file: LedgerFile

  /// - Parameter stored: what the file is known to hold; nil where it has to be read.
  init(_ configuration: Configuration, files: any FileSystem, _ stored: consuming LedgerFile.Stored?) {
    file = LedgerFile(configuration, files: files)
    var (stored, fault) = (stored, LedgerFault?.none)
    if stored == nil {
      do throws(LedgerFault) { stored = try file.read() } catch { fault = error }
    }
    self.fault = fault
    witness = fault == nil ? stored?.witness : .unreadable
    (ledger, extent) = (stored?.ledger, stored?.extent)
  }

  /// What was told before, which the taker then holds alone and may change without a copy.
  mutating func takeLedger() -> Ledger? {
    defer { ledger = nil }
    return ledger
  }

  /// Writes what the pass told; a damaged file is put aside first.
  ///
  /// - Parameter journal: where the journal stands, all of which is on the disk.
  /// - Returns: what lies on the disk then.
  func write(_ told: LedgerUpdate, _ journal: JournalStanding) throws(FileFault) -> LedgerFile.Stored {
    if fault != nil { file.setAside() }
    return try file.write(told, behind: extent, journal)
  }
}
