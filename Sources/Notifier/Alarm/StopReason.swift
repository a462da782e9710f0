/// Why a tick ended before it sent anything; the raw value is how the journal names it.
package enum StopReason: String, Hashable, Sendable, CaseIterable {
  /// The register, or the file of further events, cannot be opened or read, or the command that prints it
  /// failed.
  case unreadable
  /// It is empty, cut off, or lacks a column.
  case unusable
  /// It changed while it was read.
  case changing
  /// It lost more cases than the configuration allows.
  case shrunken
  /// The clock stands before the newest record of the journal.
  case clockBehind = "clock-behind"
}
