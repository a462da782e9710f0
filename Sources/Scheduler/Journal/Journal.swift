package import Notifier
package import Rules

/// Why the journal cannot be used.
package enum JournalFault: Error, Hashable, Sendable {
  case file(FileFault)
  /// A bad record with good ones behind it: not the trace of a crash, so nothing is guessed.
  case damaged(Place)
  case unknownVersion(Int, Place)

  package var problem: Problem {
    switch self {
    case .file(let fault):
      Problem(Place(fault.path), "cannot \(fault.operation): \(systemMessage(fault.code))")
    case .damaged(let place):
      Problem(
        place,
        "the record is damaged, and good ones follow it; restore the file from a backup, or cut it here "
          + "and accept that later notices are sent again")
    case .unknownVersion(let version, let place):
      Problem(
        place,
        "the journal has version \(version), this program writes \(JournalRecord.version); use a newer program"
      )
    }
  }
}

/// The append-only memory of what was sent. One process at a time; the caller holds the lock.
package struct Journal: Sendable {
  package private(set) var state: JournalState
  /// Bytes of a torn last record that were cut off when the journal was opened.
  package let tornBytes: Int

  private let path: String
  private let files: any FileSystem

  /// Opens the journal at `path`, or begins it.
  ///
  /// - Throws: ``JournalFault`` when it cannot be read, is damaged in the middle, or is of another version.
  package init(path: String, files: any FileSystem, now: Now) throws(JournalFault) {
    self.path = path
    self.files = files
    var state = JournalState()
    let exists = files.kind(of: path) != nil
    let bytes = exists ? try Self.reporting { () throws(FileFault) in try files.read(path) } : []
    let good = try Self.replay(bytes, path, into: &state)
    tornBytes = bytes.count - good
    if tornBytes > 0 { try Self.reporting { () throws(FileFault) in try files.truncate(path, to: good) } }
    self.state = state
    if good == 0 {
      try append(.opened(version: JournalRecord.version), at: now)
      try Self.reporting { () throws(FileFault) in try files.syncDirectory(Path.directory(of: path)) }
    }
  }

  /// Writes one record and brings it to the disk before anything else happens.
  package mutating func append(_ event: JournalRecord.Event, at now: Now) throws(JournalFault) {
    let record = JournalRecord(time: now.moment, event)
    try Self.reporting { () throws(FileFault) in try files.append(Array(record.line.utf8), to: path) }
    state.apply(record)
  }

  private static func reporting<Value>(
    _ body: () throws(FileFault) -> Value
  ) throws(JournalFault) -> Value {
    do throws(FileFault) {
      return try body()
    } catch {
      throw .file(error)
    }
  }

  /// Applies the good records and returns how many bytes they take; what is behind them is a torn end.
  private static func replay(
    _ bytes: [UInt8], _ path: String, into state: inout JournalState
  ) throws(JournalFault) -> Int {
    var good = 0
    var firstBad: Int?
    var number = 0
    var start = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A)
      let line = bytes[start..<(end ?? bytes.count)]
      if let end, let record = JournalRecord(line: line) {
        if let firstBad { throw .damaged(Place(path, firstBad)) }
        if case .opened(let version) = record.event, version != JournalRecord.version {
          throw .unknownVersion(version, Place(path, number))
        }
        state.apply(record)
        good = end + 1
      } else {
        if let firstBad { throw .damaged(Place(path, firstBad)) }
        firstBad = number
      }
      start = (end ?? bytes.count) + 1
    }
    return good
  }
}
