import Notifier
import Rules

/// What a tick remembers of what was told, from its beginning to its end.
struct LedgerMemory {
  /// Nil where nothing was told before, or nobody can tell.
  let ledger: Ledger?
  /// Why nobody can tell, where that is so; a reminder must go out all the same.
  let fault: LedgerFault?
  private let file: LedgerFile

  init(_ configuration: Configuration, files: any FileSystem) {
    file = LedgerFile(configuration, files: files)
    do throws(LedgerFault) {
      (ledger, fault) = (try file.read(), nil)
    } catch {
      (ledger, fault) = (nil, error)
    }
  }

  /// Writes what the pass told; a damaged file is put aside first.
  func write(_ told: Ledger) throws(FileFault) {
    if fault != nil { file.setAside() }
    try file.write(told, replacing: ledger)
  }
}
