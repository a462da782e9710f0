/// The dates of the rows at hand as days: the third stage, which first lists all dates of all rows and then
/// reads the list.
///
/// Which dates a row has is as good as random, and so is how many: it is told without a branch, eight columns
/// at a time.
final class DayColumns {
  /// For each row one day for each event of the schema, and ``DayPlan/absent`` behind them.
  let days: UnsafeMutablePointer<Int32>
  /// For each row at least the events that have a day.
  let happened: UnsafeMutablePointer<EventBits>
  /// How many days one row has.
  let stride: Int
  private let field = DayField()
  private let columns: [Column]
  /// What reads the rarer forms, by event.
  private let fields: [Int: DateField]
  private let windows: [Window]
  private let setLanes = SetLanes()
  /// The last day that surprises in no column.
  private let latest: Int32
  private let list: UnsafeMutablePointer<Cell>
  /// Rows at hand that may have no date.
  private var suspects: [Int] = []

  private struct Column {
    let column: Int
    let event: Int
    /// The same as a set.
    let bits: EventBits
    /// The last day that is no surprise: a date that a notice announces may lie in the future.
    let latest: Int32
    /// Of its dates whose year stands last.
    let order: DateOrder?
  }

  /// Eight columns of the register, some of which hold dates.
  private struct Window {
    let first: Int
    /// One bit for each that does.
    let lanes: UInt64
    /// The event of each.
    let events: UnsafeMutablePointer<Int32>
    /// For each set of lanes their events.
    let sets: UnsafeMutablePointer<EventBits>
  }

  /// A date that is ten bytes long.
  private struct Cell {
    /// Of the byte before its first.
    let place: Int32
    /// In ``days``.
    let day: Int32
  }

  init(_ layout: BulkLayout, _ book: BulkBook, capacity: Int) {
    columns = layout.dates.map { column, event, field in
      Column(
        column: column, event: event, bits: EventBits([event]),
        latest: book.announced.contains(event) ? DayPlan.absent - 1 : book.now.today.day,
        order: field.order)
    }
    fields = Dictionary(uniqueKeysWithValues: layout.dates.map { ($0.event, $0.field) })
    windows = Self.windows(layout.dates.map { ($0.column, $0.event) })
    latest = columns.map(\.latest).min() ?? 0
    stride = book.events + 1
    days = .allocate(capacity: capacity * stride)
    happened = .allocate(capacity: capacity)
    list = .allocate(capacity: capacity * 8 + 8)
  }

  deinit {
    field.deallocate()
    setLanes.deallocate()
    days.deallocate()
    happened.deallocate()
    list.deallocate()
    for window in windows {
      window.events.deallocate()
      window.sets.deallocate()
    }
  }

  /// A column that stands for two events goes into two windows: each lane has one.
  private static func windows(_ dates: [(column: Int, event: Int)]) -> [Window] {
    var windows: [Window] = []
    var rest = dates.sorted { $0.column < $1.column }
    while let first = rest.first?.column {
      var (lanes, later) = (UInt64(0), [(column: Int, event: Int)]())
      let events = UnsafeMutablePointer<Int32>.allocate(capacity: 8)
      events.initialize(repeating: 0, count: 8)
      for (column, event) in rest {
        let lane = column - first
        guard lane < 8, lanes & 1 << lane == 0 else {
          later.append((column, event))
          continue
        }
        (lanes, events[lane]) = (lanes | 1 << lane, Int32(event))
      }
      windows.append(Window(first: first, lanes: lanes, events: events, sets: sets(of: events)))
      rest = later
    }
    return windows
  }

  private static func sets(of events: UnsafeMutablePointer<Int32>) -> UnsafeMutablePointer<EventBits> {
    let sets = UnsafeMutablePointer<EventBits>.allocate(capacity: 256)
    sets.initialize(repeating: .none, count: 256)
    for set in 1..<256 {
      sets[set] = EventBits([Int(events[set.trailingZeroBitCount])])
      sets[set].formUnion(sets[set & (set - 1)])
    }
    return sets
  }

  /// Reads the dates of the rows. Odd are those where all are missing, one is still to come, or is none that
  /// counts as a day.
  func read(_ table: RowTable, _ text: UnsafeRawPointer) {
    days.update(repeating: DayPlan.absent, count: table.count * stride)
    happened.update(repeating: .none, count: table.count)
    suspects.removeAll(keepingCapacity: true)
    if windows.isEmpty { suspects += 0..<table.count }
    for window in windows {
      read(list(window, table, text), text, table)
    }
    for row in suspects where !isDated(row) { table.isOdd[row] = true }
  }

  /// Lists the dates of ten bytes, and reads the others.
  private func list(_ window: Window, _ table: RowTable, _ text: UnsafeRawPointer) -> Int {
    let (cells, stride, setLanes, happened) = (table.cells, stride, setLanes, happened)
    var next = list
    for row in 0..<table.count {
      let places = cells.places + (Int(cells.rows[row].first) &+ window.first)
      let (before, behind) = (UnsafeRawPointer(places), UnsafeRawPointer(places + 1))
      let width = behind.loadUnaligned(as: SIMD8<Int32>.self) &- before.loadUnaligned(as: SIMD8<Int32>.self)
      let dates = LaneBits.bits(width .== Self.withDate) & window.lanes
      let empty = LaneBits.bits(width .== Self.empty) & window.lanes
      happened[row].formUnion(window.sets[Int(truncatingIfNeeded: dates)])
      if dates | empty != window.lanes { readUnusual(row, window, table, text) }
      if dates == 0 { suspect(row) }
      Self.append(setLanes[dates], places, Int32(truncatingIfNeeded: row &* stride), window, to: &next)
    }
    return next - list
  }

  @inline(never)
  private func suspect(_ row: Int) { suspects.append(row) }

  /// How far two ends lie from each other where a date of ten bytes stands between them, and where nothing
  /// does.
  @inline(__always)
  private static var withDate: SIMD8<Int32> { SIMD8(repeating: 11) }
  @inline(__always)
  private static var empty: SIMD8<Int32> { SIMD8(repeating: 1) }

  /// Writes down a date for each bit: four, whether there are as many or not.
  @inline(__always)
  private static func append(
    _ lanes: SetLanes.Lanes, _ places: UnsafeMutablePointer<Int32>, _ days: Int32, _ window: Window,
    to next: inout UnsafeMutablePointer<Cell>
  ) {
    for index in 0..<4 { next[index] = cell(lanes[index], places, days, window) }
    if lanes.count > 4 {
      for index in 4..<lanes.count { next[index] = cell(lanes[index], places, days, window) }
    }
    next += lanes.count
  }

  @inline(__always)
  private static func cell(
    _ lane: Int, _ places: UnsafeMutablePointer<Int32>, _ days: Int32, _ window: Window
  ) -> Cell {
    Cell(place: places[lane], day: days &+ window.events[lane])
  }

  private func read(_ count: Int, _ text: UnsafeRawPointer, _ table: RowTable) {
    let (days, list, field, latest) = (days, list, field, latest)
    for index in 0..<count {
      let cell = list[index]
      if let day = field.usualDay(text + Int(cell.place) + 1), day <= latest {
        days[Int(cell.day)] = day
      } else {
        readSurprising(cell, text, table)
      }
    }
  }

  /// A date that is still to come, or none that is known by its month.
  @inline(never)
  private func readSurprising(_ cell: Cell, _ text: UnsafeRawPointer, _ table: RowTable) {
    let (row, event) = Int(cell.day).quotientAndRemainder(dividingBy: stride)
    read(text + Int(cell.place) + 1, 10, row, event, table)
  }

  @inline(never)
  private func readUnusual(_ row: Int, _ window: Window, _ table: RowTable, _ text: UnsafeRawPointer) {
    for column in columns where column.column >= window.first && column.column < window.first + 8 {
      let cell = table.cells.bounds(row, column.column)
      guard cell.count != 0 else { continue }
      happened[row].formUnion(column.bits)
      read(text + cell.lowerBound, cell.count, row, column.event, table)
    }
  }

  private func read(_ bytes: UnsafeRawPointer, _ count: Int, _ row: Int, _ event: Int, _ table: RowTable) {
    guard let column = columns.first(where: { $0.event == event }) else { return }
    let usual = count == 10 ? field.day(bytes, column.order) : nil
    let day = usual ?? otherDay(bytes, count, event)
    days[row * stride + event] = day ?? DayPlan.absent
    if day == DayPlan.absent { suspect(row) }
    guard let day, day <= column.latest else {
      table.isOdd[row] = true
      return
    }
  }

  private func isDated(_ row: Int) -> Bool {
    let days = days + row &* stride
    return columns.contains { days[$0.event] != DayPlan.absent }
  }

  /// A date in one of the rarer forms; nil where it has a time of day, or cannot be read.
  @inline(never)
  private func otherDay(_ bytes: UnsafeRawPointer, _ count: Int, _ event: Int) -> Int32? {
    switch fields[event]?.reading(Array(UnsafeRawBufferPointer(start: bytes, count: count))[...]) {
    case .absent: DayPlan.absent
    case .at(let moment): moment.time == nil ? moment.date.day : nil
    case .unreadable, nil: nil
    }
  }
}
