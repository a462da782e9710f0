/// The rows at hand: the second stage, which asks of each whether it has as many fields as the header.
final class RowTable {
  /// A whole row; bytes from the beginning of the text.
  struct Row {
    /// Its first field lies behind this mark.
    let first: Int32
    /// Where its last field ends: before the whole line break.
    let end: Int32
    /// Where the next row begins.
    let next: Int32
    /// How many line breaks stand between the first row at hand and this one.
    let line: Int32
  }

  /// Where the fields of the rows stand. A value of its own, so that no loop asks the table again at every
  /// row.
  struct Cells {
    let rows: UnsafeMutablePointer<Row>
    let places: UnsafeMutablePointer<Int32>
    /// The last column.
    fileprivate let last: Int

    /// Where the first byte of a column stands.
    @inline(__always)
    func start(_ row: Int, _ column: Int) -> Int { Int(places[Int(rows[row].first) &+ column]) &+ 1 }

    @inline(__always)
    func end(_ row: Int, _ column: Int) -> Int {
      column == last ? Int(rows[row].end) : Int(places[Int(rows[row].first) &+ column &+ 1])
    }

    /// The bytes of a column.
    @inline(__always)
    func bounds(_ row: Int, _ column: Int) -> Range<Int> {
      Range(uncheckedBounds: (start(row, column), end(row, column)))
    }

    /// The row with its line break.
    @inline(__always)
    func bytes(_ row: Int) -> Range<Int> {
      Range(uncheckedBounds: (start(row, 0), Int(rows[row].next)))
    }
  }

  /// Of the rows that can be read field by field.
  let cells: Cells
  private(set) var count = 0
  /// For each of them whether it goes the long way.
  let isOdd: UnsafeMutablePointer<Bool>
  /// The others at hand, in order.
  private(set) var irregular: [OddRow] = []
  /// Where the first row begins that was not taken.
  private(set) var next = 0

  let layout: BulkLayout
  /// At most so many rows are at hand.
  let capacity: Int
  private let marks: FieldMarks
  private let borders: BlockBorders?
  /// How many places are looked for at once: where rows are taken to the next border, those behind it are
  /// likely to be known.
  private let step: Int
  /// How many marks were read; nil where the next row begins behind all of them.
  private var taken: Int?
  /// How many of the special ones.
  private var turn = 0
  private let wanted: [Bool]
  /// How many line breaks stand before the first row at hand.
  private var firstLine = 0

  /// - Parameter borders: where no more rows are taken at once; nil where only the room ends them.
  init(_ layout: BulkLayout, borders: BlockBorders?) {
    self.layout = layout
    self.borders = borders
    step = borders == nil ? Int.max >> 1 : max(1 << 8, 8 * layout.width)
    wanted = layout.wanted
    marks = FieldMarks(separator: layout.separator, width: layout.width)
    capacity = marks.most / layout.width + 1
    cells = Cells(rows: .allocate(capacity: capacity), places: marks.places, last: layout.width - 1)
    isOdd = .allocate(capacity: capacity)
  }

  deinit {
    cells.rows.deallocate()
    isOdd.deallocate()
  }

  /// Begins with a new text, at the beginning of a row.
  func begin() { skip(to: 0) }

  /// Goes on with the row that begins at `place`.
  func skip(to place: Int) { (next, taken, count) = (place, nil, 0) }

  /// How many line breaks stand before a row in what was counted.
  func line(_ row: Int) -> Int { firstLine + Int(cells.rows[row].line) }

  /// Takes as many more whole rows of the text as are found at once.
  ///
  /// - Parameters:
  ///   - size: of the text, in bytes.
  ///   - limit: no row is taken that begins here or later.
  ///   - lines: counts the line breaks.
  /// - Returns: false where no row is left.
  func take(_ text: UnsafeRawPointer, _ size: Int, limit: Int, lines: inout Int) -> Bool {
    if let taken { marks.forget(before: taken, turn) } else { marks.begin(at: next) }
    turn = 0
    var hasMore = marks.find(step, in: text, size)
    count = 0
    irregular.removeAll(keepingCapacity: true)
    firstLine = lines
    var first = 0
    while next < limit {
      first = takePlain(from: first, text, limit: limit, &lines)
      if isAtBorder(text) { return leave(first, hasMore: next < limit) }
      guard next < limit else { break }
      if hasMore, first > 0, first + layout.width >= marks.count {
        guard !marks.isFull else { break }
        hasMore = marks.find(step, in: text, size)
        continue
      }
      guard let row = walk(first, text, size) else { return leave(first, hasMore: false) }
      take(row, first, text, line: lines)
      (next, lines) = (row.record.end + 1, lines + row.record.breaks + 1)
      while first + 1 < marks.count, Int(marks.places[first + 1]) < next { first += 1 }
      while 0..<next ~= Int(marks.special[turn]) { turn += 1 }
      // Whether all its marks were found nobody knows.
      if first + 1 == marks.count { return leave(nil, hasMore: next < limit) }
    }
    return leave(first, hasMore: hasMore && next < limit)
  }

  private func isAtBorder(_ text: UnsafeRawPointer) -> Bool {
    borders.map { $0.isOne(text + next, behind: count + irregular.count) } ?? false
  }

  private func leave(_ taken: Int?, hasMore: Bool) -> Bool {
    self.taken = taken
    return hasMore
  }

  /// Takes rows as long as they hold no quote and have as many fields as the header.
  ///
  /// - Returns: the mark behind which the first row begins that is not like that, or not known whole.
  private func takePlain(
    from first: Int, _ text: UnsafeRawPointer, limit: Int, _ lines: inout Int
  ) -> Int {
    let (width, known, places, special) = (layout.width, marks.count, marks.places, marks.special)
    let borders = borders
    var (first, next, row, line, turn) = (first, next, count, lines &- firstLine, turn)
    while next < limit, first &+ width < known {
      let end = places[first &+ width]
      // Where that is the next special mark, all before it are separators.
      guard end == special[turn], text.load(fromByteOffset: Int(end), as: UInt8.self) == RecordWalk.lineBreak
      else { break }
      put(row, first, Int(end), text, line: line)
      (first, next, row, line, turn) = (first &+ width, Int(end) &+ 1, row &+ 1, line &+ 1, turn &+ 1)
      if let borders, borders.isOne(text + next, behind: row) { break }
    }
    (self.next, self.turn, count, lines) = (next, turn, row, firstLine &+ line)
    return first
  }

  @inline(__always)
  private func put(_ row: Int, _ first: Int, _ end: Int, _ text: UnsafeRawPointer, line: Int) {
    // A line break of two bytes belongs to no field; before an end that is no part of it stands a field, a
    // separator or the line break of the row before.
    let isLong = end > 0 && text.load(fromByteOffset: end &- 1, as: UInt8.self) == RecordWalk.carriageReturn
    cells.rows[row] = Row(
      first: Int32(truncatingIfNeeded: first), end: Int32(truncatingIfNeeded: isLong ? end &- 1 : end),
      next: Int32(truncatingIfNeeded: end &+ 1), line: Int32(truncatingIfNeeded: line))
    isOdd[row] = false
  }

  // MARK: Rows with quotes, and those that are wider or narrower than the header

  /// A row that was found byte by byte.
  private struct Walked {
    let record: RecordWalk
    /// True where a field that is read stands in quotes.
    let isQuoted: Bool
  }

  /// Finds the end of a row, and leaves those of its fields in the places of its marks, of which there are no
  /// fewer.
  private func walk(_ first: Int, _ text: UnsafeRawPointer, _ size: Int) -> Walked? {
    let (places, width, wanted) = (marks.places + first, layout.width, wanted)
    var (plain, isQuoted) = (0, false)
    while plain + 1 < width, first + plain + 1 < marks.count,
      text.load(fromByteOffset: Int(places[plain + 1]), as: UInt8.self) == layout.separator
    {
      plain += 1
    }
    let record = RecordWalk(
      text, from: Int(places[plain]) + 1, behind: plain, size, separator: layout.separator
    ) { field in
      guard field.number < width else { return }
      places[field.number + 1] = Int32(truncatingIfNeeded: field.end)
      if field.isQuoted, wanted[field.number] { isQuoted = true }
    }
    return record.map { Walked(record: $0, isQuoted: isQuoted) }
  }

  private func take(_ row: Walked, _ first: Int, _ text: UnsafeRawPointer, line: Int) {
    let record = row.record
    if record.fields == layout.width, !record.isFaulty, !row.isQuoted {
      put(count, first, record.end, text, line: line - firstLine)
      count += 1
    } else if !isBlank(record, text) {
      irregular.append(OddRow(bytes: next..<record.end + 1, line: line))
    }
  }

  private func isBlank(_ row: RecordWalk, _ text: UnsafeRawPointer) -> Bool {
    guard row.fields == 1, !row.hasQuotes else { return false }
    return row.end == next
      || (row.end - next == 1 && text.load(fromByteOffset: next, as: UInt8.self) == RecordWalk.carriageReturn)
  }
}
