/// The texts of the rows at hand: the stage that numbers each combination of them, so that the rule book is
/// asked once for each combination and not once for each case.
final class TextColumns {
  /// The combinations that were met, by their numbers.
  private(set) var combinations: Combinations
  /// For each row at hand the number of its combination.
  let numbers: UnsafeMutablePointer<Int32>
  /// The caseworkers that were asked for, by number; as the register writes them.
  private(set) var caseworkers: [String] = []

  private let layout: BulkLayout
  /// The columns of the attributes where they stand side by side.
  private let adjacent: ClosedRange<Int>?
  private var known = AttributeTable<LongTexts>()
  private var knownCaseworkers = AttributeTable<ShortTexts>()
  /// By row.
  private let caseworkerNumbers: UnsafeMutablePointer<Int32>
  private var key: [UInt8] = []

  /// Combinations beyond these are not remembered: a text that is another in every row is none that rules are
  /// chosen by.
  private static let mostCombinations = 1 << 16

  init(_ layout: BulkLayout, _ combinations: Combinations, capacity: Int) {
    self.layout = layout
    self.combinations = combinations
    adjacent = layout.adjacentAttributes
    numbers = .allocate(capacity: capacity)
    caseworkerNumbers = .allocate(capacity: capacity)
  }

  deinit {
    numbers.deallocate()
    caseworkerNumbers.deallocate()
    known.deallocate()
    knownCaseworkers.deallocate()
  }

  /// Numbers the combinations of the rows that are not odd; odd are those beyond the ones that are
  /// remembered.
  func number(_ table: RowTable, _ text: UnsafeRawPointer) {
    guard let adjacent else { return numberGathered(table, text) }
    // Side by side they are read where they stand.
    let (cells, isOdd, numbers) = (table.cells, table.isOdd, numbers)
    var known = known
    for row in 0..<table.count where !isOdd[row] {
      let start = cells.start(row, adjacent.lowerBound)
      let length = cells.end(row, adjacent.upperBound) &- start
      if let number = known.number(of: text + start, length) {
        numbers[row] = Int32(truncatingIfNeeded: number)
      } else {
        add(text + start, length, row, table)
        known = self.known
      }
    }
  }

  private func numberGathered(_ table: RowTable, _ text: UnsafeRawPointer) {
    for row in 0..<table.count where !table.isOdd[row] {
      key.removeAll(keepingCapacity: true)
      for column in layout.attributes {
        if column != layout.attributes[0] { key.append(layout.separator) }
        let cell = table.cells.bounds(row, column)
        key.append(contentsOf: UnsafeRawBufferPointer(start: text + cell.lowerBound, count: cell.count))
      }
      let count = key.count
      for _ in 0..<8 { key.append(0) }
      key.withUnsafeBytes { bytes in
        guard let bytes = bytes.baseAddress else { return }
        if let number = known.number(of: bytes, count) {
          numbers[row] = Int32(truncatingIfNeeded: number)
        } else {
          add(bytes, count, row, table)
        }
      }
    }
  }

  @inline(never)
  private func add(_ bytes: UnsafeRawPointer, _ count: Int, _ row: Int, _ table: RowTable) {
    guard known.count < Self.mostCombinations else {
      table.isOdd[row] = true
      return
    }
    numbers[row] = Int32(known.count)
    known.add(bytes, count)
    combinations.add(Array(UnsafeRawBufferPointer(start: bytes, count: count)))
  }

  /// Numbers the caseworker of a row, where the register has such a column.
  ///
  /// - Parameter rows: at hand.
  func numberCaseworkers(_ rows: some Sequence<Int>, _ table: RowTable, _ text: UnsafeRawPointer) {
    guard let column = layout.caseworker else { return }
    let (cells, numbers) = (table.cells, caseworkerNumbers)
    var known = knownCaseworkers
    for row in rows {
      let cell = cells.bounds(row, column)
      let bytes = text + cell.lowerBound
      if let number = known.number(of: bytes, cell.count) {
        numbers[row] = Int32(truncatingIfNeeded: number)
      } else {
        numbers[row] = Int32(addCaseworker(bytes, cell.count))
        known = knownCaseworkers
      }
    }
  }

  /// The number of a row's caseworker, of which ``numberCaseworkers(_:_:_:)`` was asked; nil where the
  /// register has no such column.
  @inline(__always)
  func caseworker(_ row: Int) -> Int? { layout.caseworker == nil ? nil : Int(caseworkerNumbers[row]) }

  private func addCaseworker(_ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    knownCaseworkers.add(bytes, count)
    caseworkers.append(
      RegisterText.decoded(Array(UnsafeRawBufferPointer(start: bytes, count: count))[...]))
    return caseworkers.count - 1
  }
}
