package import Notifier
package import Rules

/// The append-only memory of what was sent. One process at a time; the caller holds the lock.
package struct Journal: Sendable {
  package private(set) var state: JournalState
  /// Bytes of a torn last record that were cut off when the journal was opened.
  package let tornBytes: Int

  private let path: String
  private let files: any FileSystem

  /// Where the journal of a configuration stands.
  package static func path(_ configuration: Configuration) -> String {
    Path.join(configuration.stateDirectory, "journal")
  }

  /// Opens the journal at `path`, or begins it.
  ///
  /// One that was not ended well is written anew before anything else happens: after a failed fsync its bytes may stand
  /// in memory and not on the disk, and a second fsync of the same file would say nothing of it.
  /// - Throws: ``JournalFault`` when it cannot be read, is damaged in the middle, or is of another version.
  package init(path: String, files: any FileSystem, now: Now) throws(JournalFault) {
    self.path = path
    self.files = files
    let exists = files.kind(of: path) != nil
    let bytes = exists ? try Self.reporting { () throws(FileFault) in try files.read(path) } : []
    let replay = try JournalReplay(bytes, file: path)
    tornBytes = bytes.count - replay.goodBytes
    state = replay.state
    if replay.goodBytes == 0 {
      if exists { try Self.reporting { () throws(FileFault) in try files.truncate(path, to: 0) } }
      try append(.opened(version: JournalRecord.version), at: now)
      try syncName()
    } else if tornBytes > 0 || !replay.endedWell {
      try rewrite(state.records { _ in true })
    } else {
      // A process that was killed just after it put a new journal in place leaves a name that only memory knows.
      try syncName()
    }
  }

  /// Goes on with a journal that this process left as `state` says.
  init(continuing state: JournalState, at path: String, files: any FileSystem) {
    self.path = path
    self.files = files
    self.state = state
    tornBytes = 0
  }

  /// Writes one record and brings it to the disk before anything else happens.
  package mutating func append(_ event: JournalRecord.Event, at now: Now) throws(JournalFault) {
    let record = JournalRecord(time: now.moment, event)
    try Self.reporting { () throws(FileFault) in try files.append(Array(record.line.utf8), to: path) }
    state.apply(record)
  }

  /// Leaves out what later records have made superfluous, and what nobody may ask for any more.
  ///
  /// In one step that a crash cannot tear: the old journal stands until the new one is whole and on the disk.
  package mutating func compact(keeping isKept: (Mail) -> Bool) throws(JournalFault) {
    let records = state.records(keeping: isKept)
    try rewrite(records)
    state = records.reduce(into: JournalState()) { $0.apply($1) }
  }

  private func syncName() throws(JournalFault) {
    try Self.reporting { () throws(FileFault) in try files.syncDirectory(Path.directory(of: path)) }
  }

  private func rewrite(_ records: [JournalRecord]) throws(JournalFault) {
    let bytes = records.flatMap { Array($0.line.utf8) }
    try Self.reporting { () throws(FileFault) in
      try files.replace(path, with: bytes, by: "\(path).ny")
    }
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
}
