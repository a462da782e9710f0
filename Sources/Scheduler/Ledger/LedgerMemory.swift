import Notifier
import Rules

/// What a tick remembers of what was told, from its beginning to its end.
struct LedgerMemory {
  /// Nil where nothing was told before, or nobody can tell.
  let stored: LedgerFile.Stored?
  /// Why nobody can tell, where that is so; a reminder must go out all the same.
  let fault: LedgerFault?
  private let file: LedgerFile

  /// - Parameter stored: what the file is known to hold; nil where it has to be read.
  init(_ configuration: Configuration, files: any FileSystem, _ stored: LedgerFile.Stored?) {
    file = LedgerFile(configuration, files: files)
    if let stored {
      (self.stored, fault) = (stored, nil)
      return
    }
    do throws(LedgerFault) {
      (self.stored, fault) = (try file.read(), nil)
    } catch {
      (self.stored, fault) = (nil, error)
    }
  }

  /// Writes what the pass told; a damaged file is put aside first.
  ///
  /// - Returns: what lies on the disk then.
  func write(_ told: LedgerUpdate) throws(FileFault) -> LedgerFile.Stored {
    if fault != nil { file.setAside() }
    return try file.write(told, behind: stored)
  }
}
