/// Where the wanted columns of one register stand, as the fast way through it needs them.
package struct BulkLayout: Sendable {
  let separator: UInt8
  /// How many columns the header has.
  let width: Int
  let caseID: Int
  /// Nil where the register has no such column.
  let caseworker: Int?
  /// The columns of the other text fields in order, each once, and behind which of them each field stands.
  let attributes: [Int]
  let fields: [(field: Field, attribute: Int)]
  /// The columns of the schema's events, each with its index and what reads it.
  let dates: [(column: Int, event: Int, field: DateField)]

  /// - Parameters:
  ///   - fields: the column of each text field that the register has.
  ///   - events: for each event of the schema its column; nil where the register has none.
  ///   - dates: for each event of the schema what reads it.
  ///   - asked: the fields that some condition asks for.
  /// - Returns: nil where no column holds the number of a case.
  package init?(
    separator: UInt8, width: Int, fields: [(field: Field, column: Int)], events: [Int?],
    dates: [DateField], asked: Set<Field>
  ) {
    guard let caseID = fields.first(where: { $0.field == .caseID })?.column else { return nil }
    self.separator = separator
    self.width = width
    self.caseID = caseID
    caseworker = fields.first { $0.field == .caseworker }?.column
    // Numbers and names of people make a combination of nearly every row, so they stay out where no rule asks
    // for them.
    let others = fields.filter {
      asked.contains($0.field) || ($0.field != .caseID && $0.field != .caseworker)
    }
    let columns = Set(others.map(\.column)).sorted()
    attributes = columns
    self.fields = others.compactMap { other in
      columns.firstIndex(of: other.column).map { (other.field, $0) }
    }
    self.dates = events.enumerated().compactMap { event, column in column.map { ($0, event, dates[event]) } }
  }

  /// For each column whether it is read.
  var wanted: [Bool] {
    var wanted = [Bool](repeating: false, count: width)
    for column in [caseID] + [caseworker].compactMap(\.self) + attributes + dates.map(\.column) {
      wanted[column] = true
    }
    return wanted
  }

  /// The columns of the attributes where nothing stands between them.
  var adjacentAttributes: ClosedRange<Int>? {
    guard let first = attributes.first, let last = attributes.last, last - first == attributes.count - 1
    else { return nil }
    return first...last
  }
}
