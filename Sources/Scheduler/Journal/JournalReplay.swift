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

/// The bytes of a journal, read record by record.
package struct JournalReplay: Sendable {
  package private(set) var state = JournalState()
  private var version: Int?
  private var last: JournalRecord.Event?
  /// How many bytes the good records take; what is behind them is a torn end.
  package private(set) var goodBytes = 0

  /// - Throws: ``JournalFault`` when a bad record has good ones behind it, or the version is another.
  package init(_ bytes: [UInt8], file: String) throws(JournalFault) {
    var firstBad: Int?
    var number = 0
    var start = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A)
      let line = bytes[start..<(end ?? bytes.count)]
      if let end, let record = JournalRecord(line: line) {
        if let firstBad { throw .damaged(Place(file, firstBad)) }
        if case .opened(let version) = record.event {
          guard JournalRecord.readableVersions.contains(version) else {
            throw .unknownVersion(version, Place(file, number))
          }
          self.version = version
        }
        state.apply(record)
        last = record.event
        goodBytes = end + 1
      } else {
        if let firstBad { throw .damaged(Place(file, firstBad)) }
        firstBad = number
      }
      start = (end ?? bytes.count) + 1
    }
  }

  /// Reads the journal of a state folder without taking its lock; none there is an empty one.
  ///
  /// A record that is being written at this moment looks like a torn end.
  package init(_ configuration: Configuration, files: any FileSystem) throws(JournalFault) {
    let path = Journal.path(configuration)
    var bytes: [UInt8] = []
    if files.kind(of: path) != nil {
      do throws(FileFault) {
        bytes = try files.read(path)
      } catch {
        throw .file(error)
      }
    }
    try self.init(bytes, file: path)
  }

  /// True when the last process ended its pass and wrote the present version: then every record before was brought to the
  /// disk without a fault.
  package var endedWell: Bool {
    guard version == JournalRecord.version else { return false }
    return switch last {
    case .pass, .stopped: true
    case .opened, .intent, .again, .result, .leftOut, .commissioned, nil: false
    }
  }
}
