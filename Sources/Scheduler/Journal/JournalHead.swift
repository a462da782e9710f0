package import Rules

/// A place in the course of a journal.
package struct JournalHead: Hashable, Sendable {
  /// How many records were written up to here, those of the journals that this one was made from included.
  package let number: Int
  /// The checksum of the last of them, which covers those before it.
  package let checksum: UInt32

  package init(number: Int, checksum: UInt32) {
    self.number = number
    self.checksum = checksum
  }

  /// Before the first record.
  package static let start = JournalHead(number: 0, checksum: 0)

  /// The line of the record that comes next; the head is behind it then.
  ///
  /// The first record of a file says itself what it follows, so that its checksum covers itself alone.
  package mutating func line(of record: JournalRecord) -> String {
    let line =
      if case .opened = record.event { record.line() } else { record.line(behind: checksum) }
    self = JournalHead(
      number: number + 1, checksum: ChecksummedLine.checksum(of: Array(line.utf8)[...]) ?? 0)
    return line
  }
}

/// Up to when everything was told.
package struct ToldUntil: Hashable, Sendable {
  /// The latest pass that handed over all notices and reports that were due; nil where there was none.
  package let notices: CivilMoment?
  /// The latest pass that handed over all reports and digests that were, whether or not notices had to wait;
  /// nil where there was none.
  package let reports: CivilMoment?

  package init(notices: CivilMoment?, reports: CivilMoment?) {
    self.notices = notices
    self.reports = reports
  }

  /// Nothing is known to have been told.
  package static let nothing = ToldUntil(notices: nil, reports: nil)
}

extension ToldUntil {
  /// As two words, empty where there is none.
  var words: [String] { [notices, reports].map { $0?.description ?? "" } }

  /// What ``words`` wrote; nil for anything else.
  init?(words: some Collection<String>) {
    let times = words.map { try? CivilMoment(iso: $0) }
    guard times.count == 2, zip(words, times).allSatisfy({ $0.isEmpty || $1 != nil }) else { return nil }
    self.init(notices: times[0], reports: times[1])
  }
}

/// What a ledger keeps of the journal that it was written beside.
package struct JournalMark: Hashable, Sendable {
  /// The end of the journal then.
  package let head: JournalHead
  package let told: ToldUntil

  package init(head: JournalHead, told: ToldUntil) {
    self.head = head
    self.told = told
  }
}

/// Where a journal stands at the end of a pass.
package struct JournalStanding: Hashable, Sendable {
  package let mark: JournalMark
  /// The number of the newest record that says more than that a pass was finished.
  package let news: Int

  package init(_ mark: JournalMark, news: Int) {
    self.mark = mark
    self.news = news
  }
}

/// What the ledger, which is always written later, knows of the journal that must lie beside it.
package struct JournalWitness: Hashable, Sendable {
  /// The first pass that the ledger knows; nil where it cannot be read.
  package let begun: CivilMoment?
  /// Nil where it cannot be read, or an older version wrote it.
  package let mark: JournalMark?

  package init(begun: CivilMoment?, _ mark: JournalMark?) {
    self.begun = begun
    self.mark = mark
  }

  /// A ledger that lies there and cannot be read.
  package static let unreadable = JournalWitness(begun: nil, nil)
}

/// What a journal lacked when somebody accepted it as it was.
package struct JournalGap: Hashable, Sendable {
  /// The time of the last record that was kept; nil where none was.
  package let after: CivilMoment?
  /// What the ledger knows.
  package let told: ToldUntil

  package init(after: CivilMoment?, told: ToldUntil) {
    self.after = after
    self.told = told
  }
}
