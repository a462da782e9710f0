/// A clock of a row that holds only days, as the fast way found it: numbers, and where in the bytes its texts stand.
package struct DayClock {
  /// Which of ``BulkBook/terms`` it runs under.
  package let plan: Int
  /// The combination of texts that its row holds.
  package let combination: Int
  /// Numbers the department under which it is reported, see ``Combinations/departments``.
  package let department: Int
  package let state: StateName
  /// Day numbers; `end` is the stop or the closing.
  package let start: Int32
  package let due: Int32
  package let end: Int32
  /// The day of a notice in this round, and the date that it gave; nil where there was none.
  package let notice: (on: Int32, newDate: Int32?)?
  /// The days of the rule's disclosures in ``ScanFinds/disclosed``; empty where it asks for none.
  package let disclosed: Range<Int>
  package let startsAtBirth: Bool
  /// The bytes of the row's case number in the text that was read.
  package let caseID: Range<Int>
  /// In ``BulkScan/caseworkers``; nil where the register has no such column, and for a clock that no report lists.
  package let caseworker: Int?
  /// Where its row begins in the text.
  package let row: Int
}

extension DayClock {
  /// The same clock where its row stands elsewhere, so many bytes further on, and what was disclosed so many places.
  func moved(by bytes: Int, disclosed places: Int) -> DayClock {
    DayClock(
      plan: plan, combination: combination, department: department, state: state, start: start, due: due,
      end: end, notice: notice, disclosed: disclosed.lowerBound + places..<disclosed.upperBound + places,
      startsAtBirth: startsAtBirth, caseID: caseID.lowerBound + bytes..<caseID.upperBound + bytes,
      caseworker: caseworker, row: row + bytes)
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
  /// The clocks that a report or a picture may show: the open ones, and those that ended late, or without a stop, a short while
  /// ago.
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
