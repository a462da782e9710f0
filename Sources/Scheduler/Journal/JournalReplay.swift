package import Notifier
import Rules

/// The bytes of a journal, read record by record.
package struct JournalReplay: Sendable {
  package private(set) var state = JournalState()
  /// How many bytes the good records take.
  package private(set) var goodBytes = 0
  /// How many bytes behind them a crash has left of one more record.
  package private(set) var tornBytes = 0
  /// The end of the good records.
  package private(set) var head = JournalHead.start
  /// The number of the newest record that says more than that a pass was finished.
  private(set) var news = 0
  /// Why not all of it can be used; nil where all can.
  private(set) var fault: JournalFault?
  private var version: Int?
  private var last: JournalRecord.Event?
  /// What the first record follows.
  private var origin = JournalHead.start
  /// Those of all good records.
  private var checksums: [UInt32] = []
  private let file: String

  /// - Throws: ``JournalFault`` when a record is damaged or missing, and not as a crash leaves it, or the
  ///   version is another.
  package init(_ bytes: [UInt8], file: String) throws(JournalFault) {
    self.init(asFarAsSound: bytes, file: file)
    if let fault { throw fault }
  }

  /// Reads up to the first fault.
  init(asFarAsSound bytes: [UInt8], file: String) {
    self.file = file
    var (number, start) = (0, 0)
    while start < bytes.count, fault == nil {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A)
      let line = bytes[start..<(end ?? bytes.count)]
      if let end, let record = record(of: line, number: number) {
        take(record, line, number: number)
        if fault == nil { goodBytes = end + 1 }
      } else if let end, end + 1 < bytes.count || JournalRecord.hasForm(of: line) {
        // A crash leaves the beginning of a line at the very end, and nothing that looks like a whole one.
        fault = .damaged(Place(file, number), since: state.newest)
      } else {
        tornBytes = bytes.count - start
      }
      start = (end ?? bytes.count) + 1
    }
  }

  private func record(of line: ArraySlice<UInt8>, number: Int) -> JournalRecord? {
    let isChained = number > 1 && (version ?? 0) >= JournalRecord.firstChainedVersion
    guard let record = JournalRecord(line: line, behind: isChained ? head.checksum : nil) else { return nil }
    let isFirst = if case .opened = record.event { true } else { false }
    return isFirst == (number == 1) ? record : nil
  }

  private mutating func take(_ record: JournalRecord, _ line: ArraySlice<UInt8>, number: Int) {
    if case .opened(let version, let origin) = record.event {
      guard JournalRecord.readableVersions.contains(version) else {
        fault = .unknownVersion(version, Place(file, number))
        return
      }
      self.version = version
      (self.origin, head) = (origin, origin)
    }
    state.apply(record)
    last = record.event
    let checksum = ChecksummedLine.checksum(of: line) ?? 0
    checksums.append(checksum)
    head = JournalHead(number: head.number + 1, checksum: checksum)
    if !record.isPass { news = head.number }
  }

  /// Reads the journal of a state folder without taking its lock; none is an empty one where there is no
  /// ledger either.
  ///
  /// A record that is being written at this moment looks like a torn end.
  package init(_ configuration: Configuration, files: any FileSystem) throws(JournalFault) {
    // The ledger first: what is written meanwhile is then too much in the journal, and never too little.
    let witness = LedgerFile(configuration, files: files).witness()
    try self.init(configuration, files: files, beside: witness)
  }

  /// The same, where the ledger was read before.
  ///
  /// - Parameter witness: what the ledger knows; nil where there is none.
  init(
    _ configuration: Configuration, files: any FileSystem, beside witness: JournalWitness?
  ) throws(JournalFault) {
    let path = Journal.path(configuration)
    let bytes = try Journal.read(path, files)
    self.init(asFarAsSound: bytes ?? [], file: path)
    try check(beside: witness, exists: bytes != nil)
  }

  /// True when the last process ended its pass and wrote the present version: then every record before was
  /// brought to the disk without a fault.
  package var endedWell: Bool {
    guard version == JournalRecord.version else { return false }
    return switch last {
    case .pass, .stopped: true
    case .opened, .intent, .again, .result, .leftOut, .commissioned, .accepted, .told, nil: false
    }
  }
}

extension JournalReplay {
  /// Holds the journal against what the ledger knows of it.
  ///
  /// - Parameters:
  ///   - witness: nil where there is no ledger.
  ///   - exists: false where no file lies there.
  /// - Throws: ``JournalFault`` where records are damaged or lost, or the version is another.
  func check(beside witness: JournalWitness?, exists: Bool) throws(JournalFault) {
    if case .damaged(let place, nil) = fault { throw .damaged(place, since: witness?.begun) }
    if let fault { throw fault }
    guard let witness, let loss = loss(beside: witness, exists: exists) else { return }
    throw .lost(loss, Place(file))
  }

  private func loss(beside witness: JournalWitness, exists: Bool) -> JournalLoss? {
    guard goodBytes > 0 else {
      return JournalLoss(exists ? .empty : .missing, since: witness.begun)
    }
    guard let known = witness.mark?.head, !contains(known) else { return nil }
    guard known.number <= head.number else {
      return JournalLoss(.short(last: head.number, known: known.number), since: state.newest)
    }
    return JournalLoss(.other(known: known.number), since: witness.begun)
  }

  /// True for a place that the journal, or one that it was made from, has come through.
  private func contains(_ known: JournalHead) -> Bool {
    if known.number < origin.number { return true }
    if known.number == origin.number { return known == origin }
    let index = known.number - origin.number - 1
    return checksums.indices.contains(index) && checksums[index] == known.checksum
  }
}
