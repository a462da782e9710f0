import Rules

/// The ledger as the lines of its file, each with a checksum: a header and a line for each clock, then for each later pass
/// that changed something the cases that it changed. What a pass wrote ends with a line of its own.
///
/// Appended to, because a pass changes little and a ledger may be long; so a crash may leave half of what a pass wrote, and
/// that half counts for nothing.
enum LedgerText {
  private static let version = "2"
  /// Version 1 was always written as a whole, and so had no lines for a pass.
  private static let wholeVersion = "1"
  private static let title = "fristvagt-ledger"

  /// The file of a ledger that is written as a whole.
  static func bytes(_ ledger: Ledger) -> [UInt8] {
    let header = [title, version, ledger.begun.description, ledger.newest.description]
    return bytes(of: [header] + ledger.sorted.map(ToldClockText.words) + [pass(ledger)])
  }

  /// What a pass adds to the file, and how many lines that is.
  static func addition(_ update: LedgerUpdate) -> (bytes: [UInt8], lines: Int) {
    let cases = update.changed.flatMap { caseID in
      [[Mark.begin.rawValue, escapedForJournal(caseID)]]
        + update.ledger.clocks(of: caseID).map(ToldClockText.words)
    }
    return (bytes(of: cases + [pass(update.ledger)]), cases.count + 1)
  }

  private static func pass(_ ledger: Ledger) -> [String] {
    [Mark.pass.rawValue, ledger.newest.description]
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
    /// How many lines that took.
    let lines: Int
    /// True where nothing may be added to the file as it is: a pass left half of its lines, or an older version wrote it.
    let needsRewriting: Bool
  }

  /// - Throws: ``Remedy`` with the number of the first line that is damaged, where it is more than what a crash left.
  static func contents(_ bytes: [UInt8]) throws(Remedy) -> Contents {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    // What stands behind the last line break is no line.
    let torn = lines.popLast() ?? []
    guard let header = lines.first.flatMap(ChecksummedLine.words), header.count == 4, header[0] == title,
      header[1] == version || header[1] == wholeVersion, let begun = try? CivilMoment(iso: header[2]),
      let newest = try? CivilMoment(iso: header[3])
    else { throw Remedy("line 1 is no header of a ledger that this program reads") }
    var reading = Reading()
    for (index, line) in lines.enumerated().dropFirst() { try reading.take(Line(line), number: index + 1) }
    let isWhole = header[1] == wholeVersion
    if isWhole, torn.isEmpty { try reading.take(.pass(newest), number: lines.count) }
    guard let last = reading.newest else {
      throw Remedy("line \(reading.firstBad ?? lines.count + 1) is damaged")
    }
    return Contents(
      ledger: Ledger(begun: begun, newest: last, cases: reading.cases),
      lines: reading.lines,
      needsRewriting: isWhole || reading.lines < lines.count || !torn.isEmpty)
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
    case pass(CivilMoment)

    init?(_ bytes: ArraySlice<UInt8>) {
      guard let words = ChecksummedLine.words(of: bytes) else { return nil }
      let line: Line? =
        switch words.count == 2 ? Mark(rawValue: words[0]) : nil {
        case .begin: .begin(caseID: unescapedFromJournal(words[1]))
        case .pass: (try? CivilMoment(iso: words[1])).map { .pass($0) }
        case nil: ToldClockText.clock(words).map { .clock($0) }
        }
      guard let line else { return nil }
      self = line
    }
  }

  /// A file, line by line.
  private struct Reading {
    /// What passes that wrote all of it have told.
    private(set) var cases: [String: [ToldClock]] = [:]
    /// When the latest of them was; nil where there was none.
    private(set) var newest: CivilMoment?
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
      case .pass(let moment):
        if cases.isEmpty { swap(&cases, &pending) } else { cases.merge(pending) { $1 } }
        pending = [:]
        (newest, lines) = (moment, number)
      }
    }
  }
}
