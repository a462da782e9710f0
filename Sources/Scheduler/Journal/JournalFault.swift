package import Notifier
package import Rules

/// Why the journal cannot be used.
package enum JournalFault: Error, Hashable, Sendable {
  case file(FileFault)
  /// A record that is damaged or does not follow the one before it, and not as a crash leaves it, so nothing
  /// is guessed. Notices that were told since `since` may be unknown; nil where nobody can tell since when.
  case damaged(Place, since: CivilMoment?)
  case unknownVersion(Int, Place)
  /// The ledger knows of records that the journal does not hold.
  case lost(JournalLoss, Place)
  /// Somebody accepts a journal that lacks nothing.
  case nothingToAccept(Place)

  package var problem: Problem {
    switch self {
    case .file(let fault):
      Problem(Place(fault.path), "cannot \(fault.operation): \(systemMessage(fault.code))")
    case .damaged(let place, let since):
      Problem(
        place,
        "the record is damaged, or one before it is missing; \(JournalLoss.words(since: since)). "
          + "Restore the journal from a backup, or accept what stands before this line, once, with "
          + "tick --accept-journal")
    case .unknownVersion(let version, let place):
      Problem(
        place,
        "the journal has version \(version), this program writes \(JournalRecord.version); use a newer program"
      )
    case .lost(let loss, let place): Problem(place, loss.words)
    case .nothingToAccept(let place):
      Problem(
        place, "nothing is missing from the journal; run tick without --accept-journal. Nothing was done")
    }
  }
}

/// What a journal lacks of what the ledger knows.
package struct JournalLoss: Hashable, Sendable {
  /// In what way it lacks it.
  package enum Kind: Hashable, Sendable {
    case missing
    /// It holds no whole record.
    case empty
    /// It ends with record number `last`, before number `known`.
    case short(last: Int, known: Int)
    /// Record number `known` is another one.
    case other(known: Int)
  }

  package let kind: Kind
  /// Notices that were told since then may be unknown; nil where nobody can tell since when.
  package let since: CivilMoment?

  package init(_ kind: Kind, since: CivilMoment?) {
    self.kind = kind
    self.since = since
  }

  fileprivate var words: String {
    let what =
      switch kind {
      case .missing: "the journal is missing, and a ledger lies beside it"
      case .empty: "the journal holds no record, and a ledger lies beside it"
      case .short(let last, let known):
        "the journal ends with record \(last), and the ledger was written behind record \(known)"
      case .other(let known): "record \(known) is not the one that the ledger was written behind"
      }
    return
      "\(what); \(Self.words(since: since)). "
      + "Restore the journal that was written last, or accept what there is, once, with tick --accept-journal"
  }

  fileprivate static func words(since: CivilMoment?) -> String {
    guard let since else { return "notices may have been told, and nobody can tell since when" }
    return "notices may have been told since \(since)"
  }
}
