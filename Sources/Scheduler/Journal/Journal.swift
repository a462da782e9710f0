package import Notifier
package import Rules

/// The append-only memory of what was sent. One process at a time; the caller holds the lock.
package struct Journal: Sendable {
  package private(set) var state: JournalState
  /// Bytes of a torn last record that were cut off when the journal was opened.
  package let tornBytes: Int

  /// Behind its last record.
  private(set) var head: JournalHead
  /// The number of the newest record that says more than that a pass was finished.
  private(set) var news: Int
  private let path: String
  private let files: any FileSystem

  /// Where the journal of a configuration stands.
  package static func path(_ configuration: Configuration) -> String {
    Path.join(configuration.stateDirectory, "journal")
  }

  /// What to do with a journal that lacks records.
  package enum Trust: Hashable, Sendable {
    /// Nothing is done with it.
    case whole
    /// Somebody has said that the program shall go on with what there is.
    case accepted
  }

  /// Opens the journal at `path`, or begins it.
  ///
  /// One that was not ended well is written anew before anything else happens: after a failed fsync its bytes
  /// may stand in memory and not on the disk, and a second fsync of the same file would say nothing of it.
  /// - Parameter witness: what the ledger knows of it; nil where there is no ledger.
  /// - Throws: ``JournalFault`` when it cannot be read, lacks records, is damaged, or is of another version.
  package init(
    path: String, files: any FileSystem, now: Now, beside witness: JournalWitness? = nil
  ) throws(JournalFault) {
    let bytes = try Self.read(path, files)
    let replay = JournalReplay(asFarAsSound: bytes ?? [], file: path)
    try replay.check(beside: witness, exists: bytes != nil)
    self.init(replay, path, files)
    if replay.goodBytes == 0 {
      if bytes != nil { try Self.reporting { () throws(FileFault) in try files.truncate(path, to: 0) } }
      try append(.opened(version: JournalRecord.version), at: now)
      try syncName()
    } else if tornBytes > 0 || !replay.endedWell {
      try rewrite(keeping: .everything)
    } else {
      // A process that was killed just after it put a new journal in place leaves a name that only memory
      // knows.
      try syncName()
    }
  }

  /// Goes on with a journal that lacks records, as far as it is sound, and writes that down.
  ///
  /// The file as it was is kept beside it: what stands behind the fault may prove something to whoever reads
  /// it.
  ///
  /// - Parameter witness: what the ledger knows of it; nil where there is no ledger.
  /// - Throws: ``JournalFault`` when it cannot be read or is of another version, and when nothing is wrong
  ///   with it.
  package init(
    accepting path: String, files: any FileSystem, now: Now, beside witness: JournalWitness?
  ) throws(JournalFault) {
    let bytes = try Self.read(path, files)
    let replay = JournalReplay(asFarAsSound: bytes ?? [], file: path)
    if case .unknownVersion? = replay.fault { try replay.check(beside: witness, exists: bytes != nil) }
    if (try? replay.check(beside: witness, exists: bytes != nil)) != nil {
      throw .nothingToAccept(Place(path))
    }
    self.init(replay, path, files)
    if let bytes {
      try Self.reporting { () throws(FileFault) in try files.write(bytes, to: "\(path).beskadiget") }
    }
    // Behind all that the ledger knows, so that it knows what follows.
    if let known = witness?.mark?.head, known.number >= head.number { head = known }
    let gap = JournalGap(after: state.newest, told: witness?.mark?.told ?? .nothing)
    state.apply(JournalRecord(time: now.moment, .accepted(gap)))
    try rewrite(keeping: .everything)
  }

  private init(_ replay: JournalReplay, _ path: String, _ files: any FileSystem) {
    (state, head, news, tornBytes) = (replay.state, replay.head, replay.news, replay.tornBytes)
    (self.path, self.files) = (path, files)
  }

  /// The same for the next tick of this process, which finds the file as this one left it.
  var continued: Journal { Journal(continuing: self) }

  private init(continuing journal: Journal) {
    (state, head, news, tornBytes) = (journal.state, journal.head, journal.news, 0)
    (path, files) = (journal.path, journal.files)
  }

  /// The bytes of a journal; nil where there is none.
  static func read(_ path: String, _ files: any FileSystem) throws(JournalFault) -> [UInt8]? {
    guard files.kind(of: path) != nil else { return nil }
    return try reporting { () throws(FileFault) in try files.read(path) }
  }

  /// Writes one record and brings it to the disk before anything else happens.
  package mutating func append(_ event: JournalRecord.Event, at now: Now) throws(JournalFault) {
    let record = JournalRecord(time: now.moment, event)
    var head = head
    let line = head.line(of: record)
    try Self.reporting { () throws(FileFault) in try files.append(Array(line.utf8), to: path) }
    state.apply(record)
    self.head = head
    if !record.isPass { news = head.number }
  }

  /// Leaves out what later records have made superfluous, and what nobody may ask for any more.
  ///
  /// In one step that a crash cannot tear: the old journal stands until the new one is whole and on the disk.
  package mutating func compact(keeping retention: JournalRetention) throws(JournalFault) {
    let records = try rewrite(keeping: retention)
    state = records.reduce(into: JournalState()) { $0.apply($1) }
  }

  private func syncName() throws(JournalFault) {
    try Self.reporting { () throws(FileFault) in try files.syncDirectory(Path.directory(of: path)) }
  }

  /// Puts a journal in the place of this one that says the same and goes on behind it.
  ///
  /// - Returns: its records.
  @discardableResult
  private mutating func rewrite(keeping retention: JournalRetention) throws(JournalFault) -> [JournalRecord] {
    let records = state.records(behind: head, keeping: retention)
    var head = head
    var bytes: [UInt8] = []
    for record in records { bytes += head.line(of: record).utf8 }
    try Self.reporting { () throws(FileFault) in
      try files.replace(path, with: bytes, by: "\(path).ny")
    }
    (self.head, news) = (head, head.number)
    return records
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
