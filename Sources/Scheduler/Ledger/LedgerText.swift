import Rules

/// The ledger as the lines of its file, each with a checksum: a header and a line for each clock, then for
/// each later pass that changed something the cases that it changed. What a pass wrote ends with a line of
/// its own.
///
/// Appended to, because a pass changes little and a ledger may be long; so a crash may leave half of what a
/// pass wrote, and that half counts for nothing.
enum LedgerText {
  private static let version = "3"
  /// Version 2 did not know the journal.
  private static let unmarkedVersion = "2"
  /// Version 1 was always written as a whole, and so had no lines for a pass.
  private static let wholeVersion = "1"
  private static let title = "fristvagt-ledger"

  /// The file of a ledger that is written as a whole, beside a journal of which `mark` is kept.
  static func bytes(_ ledger: Ledger, _ mark: JournalMark) -> [UInt8] {
    let header = [title, version, ledger.begun.description, ledger.newest.description]
    return bytes(of: [header] + ledger.sorted.map(ToldClockText.words) + [pass(ledger, mark)])
  }

  /// What a pass adds to the file, and how many lines that is.
  static func addition(_ update: LedgerUpdate, _ mark: JournalMark) -> (bytes: [UInt8], lines: Int) {
    let cases = update.changed.flatMap { caseID in
      [[Mark.begin.rawValue, escapedForJournal(caseID)]]
        + update.ledger.clocks(of: caseID).map(ToldClockText.words)
    }
    return (bytes(of: cases + [pass(update.ledger, mark)]), cases.count + 1)
  }

  private static func pass(_ ledger: Ledger, _ mark: JournalMark) -> [String] {
    [
      Mark.pass.rawValue, ledger.newest.description, String(mark.head.number),
      ChecksummedLine.hexadecimal(mark.head.checksum),
    ] + mark.told.words
  }

  /// The words behind the time of a pass; nil where they are none.
  private static func mark(_ words: ArraySlice<String>) -> JournalMark? {
    let words = Array(words)
    guard words.count == 4, let number = digits(words[0]), let checksum = ChecksummedLine.checksum(words[1]),
      let told = ToldUntil(words: words[2...])
    else { return nil }
    return JournalMark(head: JournalHead(number: number, checksum: checksum), told: told)
  }

  private static func bytes(of lines: [[String]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in lines { bytes += ChecksummedLine.text(line).utf8 }
    return bytes
  }

  // MARK: Reading

  /// What a file holds.
  struct Contents {
    let ledger: Ledger
    /// What the latest pass kept of the journal; nil where an older version wrote it.
    let mark: JournalMark?
    /// How many lines that took.
    let lines: Int
    /// True where nothing may be added to the file as it is: a pass left half of its lines, or an older
    /// version wrote it.
    let needsRewriting: Bool
  }

  /// - Throws: ``Remedy`` with the number of the first line that is damaged, where it is more than what a
  ///   crash left.
  static func contents(_ bytes: [UInt8]) throws(Remedy) -> Contents {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    // What stands behind the last line break is no line.
    let torn = lines.popLast() ?? []
    guard let header = lines.first.flatMap({ ChecksummedLine.words(of: $0) }), header.count == 4,
      header[0] == title,
      [version, unmarkedVersion, wholeVersion].contains(header[1]),
      let begun = try? CivilMoment(iso: header[2]),
      let newest = try? CivilMoment(iso: header[3])
    else { throw Remedy("line 1 is no header of a ledger that this program reads") }
    var reading = Reading()
    for (index, line) in lines.enumerated().dropFirst() { try reading.take(Line(line), number: index + 1) }
    if header[1] == wholeVersion, torn.isEmpty { try reading.take(.pass(newest, nil), number: lines.count) }
    guard let last = reading.newest else {
      throw Remedy("line \(reading.firstBad ?? lines.count + 1) is damaged")
    }
    return Contents(
      ledger: Ledger(begun: begun, newest: last, cases: reading.cases),
      mark: reading.mark, lines: reading.lines,
      needsRewriting: header[1] != version || reading.lines < lines.count || !torn.isEmpty)
  }

  /// The first word of a line that is no clock's.
  private enum Mark: String {
    /// Begins anew what is told of a case.
    case begin = "case"
    /// Ends what a pass wrote.
    case pass
  }

  private enum Line {
    case begin(caseID: String)
    case clock(ToldClock)
    case pass(CivilMoment, JournalMark?)

    init?(_ bytes: ArraySlice<UInt8>) {
      guard let words = ChecksummedLine.words(of: bytes) else { return nil }
      let line: Line? =
        switch (Mark(rawValue: words[0]), words.count) {
        case (.begin, 2): .begin(caseID: unescapedFromJournal(words[1]))
        case (.pass, 2): (try? CivilMoment(iso: words[1])).map { .pass($0, nil) }
        case (.pass, 6): Self.pass(words)
        default: ToldClockText.clock(words).map { .clock($0) }
        }
      guard let line else { return nil }
      self = line
    }

    private static func pass(_ words: [String]) -> Line? {
      guard let moment = try? CivilMoment(iso: words[1]), let mark = mark(words[2...]) else { return nil }
      return .pass(moment, mark)
    }
  }

  /// A file, line by line.
  private struct Reading {
    /// What passes that wrote all of it have told.
    private(set) var cases: [String: [ToldClock]] = [:]
    /// When the latest of them was; nil where there was none.
    private(set) var newest: CivilMoment?
    /// What it kept of the journal.
    private(set) var mark: JournalMark?
    private(set) var lines = 1
    private(set) var firstBad: Int?
    private var pending: [String: [ToldClock]] = [:]

    /// Takes a line; nil is one that is damaged.
    mutating func take(_ line: Line?, number: Int) throws(Remedy) {
      guard let line else {
        firstBad = firstBad ?? number
        return
      }
      // What a crash leaves has nothing behind it.
      if let firstBad { throw Remedy("line \(firstBad) is damaged") }
      switch line {
      case .begin(let caseID): pending[caseID] = []
      case .clock(let clock): pending[clock.identity.caseID, default: []].append(clock)
      case .pass(let moment, let mark):
        if cases.isEmpty { swap(&cases, &pending) } else { cases.merge(pending) { $1 } }
        pending = [:]
        (newest, lines, self.mark) = (moment, number, mark)
      }
    }
  }
}
