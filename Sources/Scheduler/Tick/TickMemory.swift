package import Notifier
package import Rules

/// What a service keeps from one tick to the next, so that a tick costs as much as has changed.
///
/// What it keeps of a file holds as long as the file lies there as the tick left it. A tick that stopped
/// leaves nothing.
package struct TickMemory: Sendable {
  /// What a file says, and how it lay there.
  private struct Kept<Value: Sendable>: Sendable {
    private let value: Value
    private let stamp: FileStamp?

    init(_ value: Value, at path: String, _ files: any FileSystem) {
      self.value = value
      stamp = files.stamp(of: path)
    }

    /// Nil where the file lies there otherwise.
    func value(at path: String, _ files: any FileSystem) -> Value? {
      stamp == files.stamp(of: path) ? value : nil
    }
  }

  /// Whether the next tick is to know rows again.
  let rows: Watch.Rows
  private var journal: Kept<Journal>?
  private var ledger: Kept<LedgerFile.Stored>?
  private var register: RegisterMemory?

  package init(rows: Watch.Rows) {
    self.rows = rows
  }

  /// The journal; nil where it has to be read.
  func journal(at path: String, _ files: any FileSystem) -> Journal? {
    journal?.value(at: path, files)?.continued
  }

  /// What the ledger says, which the taker then holds alone; nil where it has to be read.
  mutating func takeLedger(at path: String, _ files: any FileSystem) -> LedgerFile.Stored? {
    defer { ledger = nil }
    return ledger?.value(at: path, files)
  }

  /// What is known of the register, which the taker then holds alone; nil where a file says something else
  /// than this goes by.
  mutating func takeRegister(_ isAsItWas: Bool) -> RegisterMemory? {
    defer { register = nil }
    return isAsItWas ? register : nil
  }

  mutating func keep(_ journal: Journal, at path: String, _ files: any FileSystem) {
    self.journal = Kept(journal, at: path, files)
  }

  mutating func keep(_ stored: LedgerFile.Stored, at path: String, _ files: any FileSystem) {
    ledger = Kept(stored, at: path, files)
  }

  mutating func keep(_ memory: RegisterMemory?) { register = memory }

  /// Does now, when nobody waits, what the next tick would have to do: closes gaps, and where a tick has
  /// settled more than `few` cases reads the register once more, for nothing but the memory.
  ///
  /// - Parameter setup: that of the tick.
  package mutating func rehearse(_ setup: Setup, files: any FileSystem, beyond few: Int = Self.few) {
    register?.rehearse(setup, files: files, beyond: few)
  }

  /// So many cases are looked up in less time than another reading takes.
  package static let few = 5_000
}
