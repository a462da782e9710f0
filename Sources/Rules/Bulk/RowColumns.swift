/// The cells of the row at hand: where each stands in the text, and its dates as days.
struct RowColumns {
  let layout: BulkLayout
  let scanner: RecordScanner
  /// One day for each event of the schema, and ``DayPlan/absent`` behind them.
  let days: UnsafeMutablePointer<Int32>
  private let field = DayField()
  private let dates: UnsafeMutableBufferPointer<DateColumn>
  /// Frees what the pointers point to with the last copy.
  private let memory: Memory

  private struct DateColumn {
    let column: Int
    let event: Int
    /// The last day that is no surprise: a date that a notice announces may lie in the future.
    let latest: Int32
  }

  /// The longest number of a case that is kept as bytes.
  private static let longestID = 255

  init(_ layout: BulkLayout, _ book: BulkBook) {
    self.layout = layout
    scanner = RecordScanner(separator: layout.separator, wanted: layout.wanted)
    dates = .allocate(capacity: layout.dates.count)
    _ = dates.initialize(
      from: layout.dates.map { column, event in
        DateColumn(
          column: column, event: event,
          latest: book.announced.contains(event) ? DayPlan.absent - 1 : book.now.today.day)
      })
    days = .allocate(capacity: book.events + 1)
    days.initialize(repeating: DayPlan.absent, count: book.events + 1)
    memory = Memory(scanner: scanner, field: field, dates: dates, days: days)
  }

  /// The bytes of a column.
  @inline(__always)
  func bounds(_ column: Int) -> Range<Int> {
    Range(uncheckedBounds: (scanner.bounds[column] &+ 1, scanner.bounds[column &+ 1]))
  }

  /// True for a record that is as wide as the header and needs no parser; a line break of two bytes belongs to no field.
  @inline(__always)
  func isWhole(_ record: RecordScanner.Record, _ text: UnsafeRawPointer) -> Bool {
    guard record.fields == layout.width, !record.needsParser else { return false }
    if record.end > record.start, text.load(fromByteOffset: record.end &- 1, as: UInt8.self) == 0x0D {
      scanner.bounds[layout.width] = record.end &- 1
    }
    return true
  }

  func isBlank(_ record: RecordScanner.Record, _ text: UnsafeRawPointer) -> Bool {
    guard record.fields == 1, !record.needsParser else { return false }
    return record.start == record.end
      || (record.end - record.start == 1 && text.load(fromByteOffset: record.start, as: UInt8.self) == 0x0D)
  }

  /// True for a number of a case that needs no trimming.
  @inline(__always)
  func isNumbered(_ text: UnsafeRawPointer) -> Bool {
    let id = bounds(layout.caseID)
    let length = id.upperBound &- id.lowerBound
    return length > 0 && length <= Self.longestID
      && text.load(fromByteOffset: id.lowerBound, as: UInt8.self) > 0x20
      && text.load(fromByteOffset: id.upperBound &- 1, as: UInt8.self) > 0x20
  }

  /// Reads the dates into ``days``; false where all are missing, one is still to come, or is none that counts as a day.
  @inline(__always)
  func readDays(_ text: UnsafeRawPointer) -> Bool {
    var earliest = DayPlan.absent
    for date in dates {
      let cell = bounds(date.column)
      let length = cell.upperBound &- cell.lowerBound
      guard length != 0 else {
        days[date.event] = DayPlan.absent
        continue
      }
      var day = length == 10 ? field.day(text + cell.lowerBound) : DayField.other
      if day == DayField.other { day = otherDay(text, cell) }
      guard day != DayField.other, day <= date.latest else { return false }
      days[date.event] = day
      earliest = min(earliest, day)
    }
    return earliest != DayPlan.absent
  }

  /// A date in one of the rarer forms; ``DayField/other`` where it has a time of day, or cannot be read.
  @inline(never)
  private func otherDay(_ text: UnsafeRawPointer, _ cell: Range<Int>) -> Int32 {
    let bytes = UnsafeRawBufferPointer(start: text + cell.lowerBound, count: cell.count)
    return switch DateField.reading(Array(bytes)[...]) {
    case .absent: DayPlan.absent
    case .at(let moment): moment.time == nil ? moment.date.day : DayField.other
    case .unreadable: DayField.other
    }
  }

  private final class Memory {
    private let scanner: RecordScanner
    private let field: DayField
    private let dates: UnsafeMutableBufferPointer<DateColumn>
    private let days: UnsafeMutablePointer<Int32>

    init(
      scanner: RecordScanner, field: DayField, dates: UnsafeMutableBufferPointer<DateColumn>,
      days: UnsafeMutablePointer<Int32>
    ) {
      self.scanner = scanner
      self.field = field
      self.dates = dates
      self.days = days
    }

    deinit {
      scanner.deallocate()
      field.deallocate()
      dates.deallocate()
      days.deallocate()
    }
  }
}
