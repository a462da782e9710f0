import Glibc
import Notifier
import Rules

/// What was found in one stretch of a register file, from the beginning of a row to the beginning of another.
struct BulkStretch: Sendable {
  /// Bytes from the beginning of the file.
  let start: Int
  let end: Int
  /// Its line numbers count from its own beginning.
  let survey: Survey
  /// The case numbers of its rows, and the cases of which a row stands in another stretch.
  let caseHashes: CaseHashes
  let joiner: RowJoiner
  /// What the rule book says of the rows that went the long way, where somebody wants to see them; in their
  /// order.
  let seen: [SeenCase]
  /// The known rows that stand as they stood, by the numbers of their cases.
  let quiet: [UInt32]
  /// See ``BulkTally/again``.
  let again: Int
  /// The events of the schema some date of which can only be month first.
  let suspects: Set<Int>
  /// Line breaks.
  let lines: Int
  /// See ``BulkTally/states``; by the figures of its worker.
  let states: [Int]
  /// Which worker read it, and so whose words its clocks are in.
  let worker: Int
}

/// Reads stretches of a register file, one after another, with one buffer and one memory of combinations and
/// due days.
///
/// The one who reads is one thread; several readers share nothing but the file.
final class BulkReader {
  /// Why a register cannot be read in stretches; the reader that takes one row after another says what is
  /// wrong with it.
  enum Refusal: Error {
    case file(FileFault)
    /// A row without end, or a last row that may be cut off.
    case needsWholeRegister
  }

  /// With what it knows; a later pass may go on with it.
  private(set) var scan: BulkScan
  private let file: any SharedFile
  private let head: RegisterHead
  private let name: String
  private let worker: Int
  private let empty: Gathering
  private let keptRows: Watch.Rows
  private let repeated: RepeatedCases
  private var buffer: UnsafeMutableRawPointer
  /// Of the buffer, in bytes; what must be readable behind them not counted.
  private var capacity: Int
  /// The known rows that were met in the present stretch.
  private var quiet: [UInt32] = []
  /// The numbers that the present survey gives the scan's departments; nil for one that has no clock in it.
  private var departments: [Int?] = []

  private static let longestRow = 1 << 25
  private static let overlap = 1 << 12

  /// - Parameter scan: that of an earlier pass on the same day over a register with the same header; nil
  ///   where there was none.
  init(
    _ file: any SharedFile, _ head: RegisterHead, _ setup: Setup, _ watch: Watch, name: String,
    _ division: BulkPass.Division, worker: Int, continuing scan: BulkScan? = nil
  ) {
    self.file = file
    self.head = head
    self.name = name
    self.worker = worker
    empty = Gathering(setup, file: name, keeping: watch.isNothing ? .nothing : .verdicts)
    keptRows = watch.rows
    repeated = watch.repeated
    self.scan = scan ?? Self.scan(head, setup, watch, division)
    self.scan.begin(watch)
    capacity = division.look
    buffer = Self.allocated(capacity)
  }

  private static func scan(
    _ head: RegisterHead, _ setup: Setup, _ watch: Watch, _ division: BulkPass.Division
  ) -> BulkScan {
    let organisation = setup.configuration.organisation
    return BulkScan(
      head.layout, BulkBook(setup.book, schema: setup.layout.schema, zone: setup.zone, now: setup.now),
      organisation, recent: Trends.firstDay(asSeenFrom: setup.now.today),
      borders: watch.rows == .kept ? division.borders : nil,
      lookalikes: setup.configuration.register.lookalikes == .masked ? .odd : .ordinary,
      reported: { organisation.reportedDepartment($0) })
  }

  deinit { buffer.deallocate() }

  /// Reads the rows from `start` on, where one begins, until one begins at `limit` or later.
  func stretch(from start: Int, limit: Int) throws(Refusal) -> BulkStretch {
    var gathering = empty
    var rows = head.rows.joining(repeated)
    departments = []
    quiet = []
    // What a stretch counted that came to nothing is no part of this one.
    _ = scan.takeTally()
    var (offset, held, lastLines) = (start, 0, 0)
    while offset < limit {
      let added = try fill(from: offset, behind: held, limit: limit)
      held += added
      let taken = scan.read(UnsafeRawPointer(buffer), held, limit: limit - offset)
      take(&gathering, &rows)
      offset += taken
      held -= taken
      guard offset < limit else { break }
      memmove(buffer, buffer + taken, held)
      if added == 0 {
        if held > 0 { lastLines = try takeLast(held, &gathering, &rows) }
        offset += held
        break
      }
    }
    let tally = scan.takeTally()
    gathering.survey.add(tally, scan.combinations, file: name)
    gathering.survey.seal()
    var caseHashes = tally.caseHashes
    caseHashes.merge(rows.caseHashes)
    return BulkStretch(
      start: start, end: offset, survey: gathering.survey, caseHashes: caseHashes, joiner: rows.joiner,
      seen: gathering.seen, quiet: quiet,
      again: tally.again, suspects: rows.suspects, lines: tally.lines + lastLines, states: tally.states,
      worker: worker)
  }

  /// The words that a reader has met, to which the numbers of its stretches point.
  struct Words: Sendable {
    let vocabulary: ClockShelf.Vocabulary
    let figures: [Combinations.NamedFigure]
  }

  var words: Words {
    Words(vocabulary: ClockShelf.Vocabulary(scan), figures: scan.combinations.namedFigures)
  }

  /// Where the first row behind `border` very likely begins.
  func likelyStart(behind border: Int) throws(Refusal) -> Int {
    // A row may begin at the border itself.
    let count = try fill(from: border - 1, behind: 0, limit: border + BulkScan.likelySize)
    // The inside of quotes would be read as a great many odd rows, for nothing.
    guard let row = scan.likelyRow(UnsafeRawPointer(buffer), count) else { throw .needsWholeRegister }
    return border - 1 + row
  }

  /// Reads on behind the `held` bytes from `offset` on, which begin a row that is not whole yet.
  private func fill(from offset: Int, behind held: Int, limit: Int) throws(Refusal) -> Int {
    if held == capacity { try grow() }
    // Little more than the stretch, because what lies behind it is another's; of a row that goes on beyond it
    // as much again each time, because it is looked through from its beginning.
    let wanted = min(capacity - held, max(limit - offset - held, Self.overlap, held))
    do throws(FileFault) {
      return try file.read(
        into: UnsafeMutableRawBufferPointer(start: buffer + held, count: wanted), at: offset + held)
    } catch {
      throw .file(error)
    }
  }

  /// A row that fills the buffer gets a larger one.
  private func grow() throws(Refusal) {
    guard capacity < Self.longestRow else { throw .needsWholeRegister }
    let larger = Self.allocated(capacity * 2)
    larger.copyMemory(from: buffer, byteCount: capacity)
    buffer.deallocate()
    buffer = larger
    capacity *= 2
  }

  private static func allocated(_ capacity: Int) -> UnsafeMutableRawPointer {
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: capacity + BulkScan.padding, alignment: 64)
    buffer.initializeMemory(as: UInt8.self, repeating: 0, count: capacity + BulkScan.padding)
    return buffer
  }

  // MARK: What a look has found

  /// Takes clocks and odd rows in the order of the register.
  private func take(_ gathering: inout Gathering, _ rows: inout RegisterRows) {
    let finds = scan.finds
    var odd = finds.oddRows[...]
    let text = UnsafeRawBufferPointer(start: buffer, count: capacity)
    let names = scan.departments
    departments += [Int?](repeating: nil, count: names.count - departments.count)
    for clock in finds.clocks {
      while let row = odd.first, row.bytes.lowerBound < clock.row {
        takeLongWay(row, &gathering, &rows)
        odd.removeFirst()
      }
      let department = number(clock.department, names, &gathering.survey)
      gathering.survey.add(clock, finds.disclosed[clock.disclosed], text, department: department) {
        scan.clock(clock, text)
      }
    }
    for row in odd { takeLongWay(row, &gathering, &rows) }
    quiet += finds.quiet
  }

  @inline(__always)
  private func number(_ department: Int, _ names: [String], _ survey: inout Survey) -> Int {
    if let known = departments[department] { return known }
    let number = survey.number(of: names[department])
    departments[department] = number
    return number
  }

  private func takeLongWay(_ row: OddRow, _ gathering: inout Gathering, _ rows: inout RegisterRows) {
    var parser = CSVParser(separator: head.separator, line: row.line + 1)
    let text = bytes(row.bytes)
    if keptRows == .kept { gathering.text = text }
    parser.read(text[...]) { rows.accept($0, &gathering) }
    gathering.text = []
  }

  private func bytes(_ range: Range<Int>) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: buffer + range.lowerBound, count: range.count))
  }

  /// The row behind the last line break of the file.
  ///
  /// - Returns: how many line breaks it holds.
  private func takeLast(
    _ count: Int, _ gathering: inout Gathering, _ rows: inout RegisterRows
  ) throws(Refusal) -> Int {
    var parser = CSVParser(separator: head.separator, line: scan.lines + 1)
    let last = bytes(0..<count)
    parser.read(last[...]) { rows.accept($0, &gathering) }
    let fault = parser.finish { rows.acceptLast($0, &gathering) }
    guard fault == nil, rows.isUsable else { throw .needsWholeRegister }
    return last.reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }
  }
}
