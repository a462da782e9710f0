/// A clock of a row that holds only days, as the fast way found it: numbers, and where in the bytes its texts
/// stand.
///
/// A service keeps those of a whole register and goes through them at every pass, so it is small.
package struct DayClock {
  /// Which of ``BulkBook/terms`` it runs under.
  package var plan: Int { Int(planNumber) }
  private let planNumber: Int32
  /// The combination of texts that its row holds.
  package var combination: Int { Int(combinationNumber) }
  private let combinationNumber: Int32
  /// Numbers the department under which it is reported, see ``Combinations/departments``.
  package var department: Int { Int(departmentNumber) }
  private let departmentNumber: Int32
  /// The day that it is counted from, by its number as ``CivilDate/day``.
  package let start: Int32
  /// The due day that holds, notices and all, by its number.
  package let due: Int32
  /// The day of the stop or the closing, by its number; ``BulkScan/absent`` where neither has come.
  package let end: Int32
  /// The day of a notice in this round, and the date that it gave; nil where there was none.
  package let notice: (on: Int32, newDate: Int32?)?
  /// At the book's now.
  package let state: StateName
  /// True where ``start`` is the citizen's birthday, which is shown nowhere.
  package let startsAtBirth: Bool
  /// The bytes of the row's case number in the text that was read.
  package var caseID: Range<Int> { Int(id.lowerBound)..<Int(id.upperBound) }
  private var id: Range<Int32>
  /// The days of the rule's disclosures in ``ScanFinds/disclosed``; empty where it asks for none.
  package var disclosed: Range<Int> { Int(disclosures.lowerBound)..<Int(disclosures.upperBound) }
  private var disclosures: Range<Int32>
  /// In ``BulkScan/caseworkers``; nil where the register has no such column, and for a clock that no report
  /// lists.
  package var caseworker: Int? { caseworkerNumber.map(Int.init) }
  private let caseworkerNumber: Int32?
  /// Where its row begins in the text.
  package var row: Int { Int(rowStart) }
  private var rowStart: Int32

  init(
    plan: Int, combination: Int, department: Int, state: StateName, start: Int32, due: Int32, end: Int32,
    notice: (on: Int32, newDate: Int32?)?, disclosed: Range<Int>, startsAtBirth: Bool, caseID: Range<Int>,
    caseworker: Int?, row: Int
  ) {
    (planNumber, combinationNumber, departmentNumber) = (Int32(plan), Int32(combination), Int32(department))
    (self.start, self.due, self.end, self.notice) = (start, due, end, notice)
    (self.state, self.startsAtBirth) = (state, startsAtBirth)
    id = Int32(caseID.lowerBound)..<Int32(caseID.upperBound)
    disclosures = Int32(disclosed.lowerBound)..<Int32(disclosed.upperBound)
    caseworkerNumber = caseworker.map { Int32($0) }
    rowStart = Int32(row)
  }

  /// The same clock where its row stands elsewhere, so many bytes further on, and what was disclosed so many
  /// places.
  func moved(by bytes: Int, disclosed places: Int) -> DayClock {
    var clock = self
    let (bytes, places) = (Int32(truncatingIfNeeded: bytes), Int32(truncatingIfNeeded: places))
    clock.rowStart &+= bytes
    clock.id = Range(uncheckedBounds: (id.lowerBound &+ bytes, id.upperBound &+ bytes))
    clock.disclosures = Range(
      uncheckedBounds: (disclosures.lowerBound &+ places, disclosures.upperBound &+ places))
    return clock
  }
}

/// A row that holds more than days and plain texts, or is faulty: it goes the long way.
package struct OddRow {
  /// Its bytes in the text, with the line break.
  package let bytes: Range<Int>
  /// How many line breaks stand before it in what this scan has read.
  package let line: Int
}

/// What one look at a text found besides what it counted, in the order of the rows.
package struct ScanFinds {
  /// The clocks that a report or a picture may show: the open ones, and those that ended late, or without a
  /// stop, a short while ago.
  package internal(set) var clocks: [DayClock] = []
  /// The rows that go the long way.
  package internal(set) var oddRows: [OddRow] = []
  /// The days of disclosures of ``clocks``; ``BulkScan/absent`` where there was none.
  package internal(set) var disclosed: [Int32] = []
  /// The rows of ``KnownCases`` that stand as they stood, by the numbers of their cases.
  package internal(set) var quiet: [UInt32] = []

  /// Keeps the room for the next look.
  mutating func clear() {
    clocks.removeAll(keepingCapacity: true)
    oddRows.removeAll(keepingCapacity: true)
    disclosed.removeAll(keepingCapacity: true)
    quiet.removeAll(keepingCapacity: true)
  }
}
