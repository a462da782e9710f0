import Rules

/// The exceeded clocks of one file in `overdue/`: those that the department may hear of, so that it may have
/// the file.
package struct OverdueList: Sendable {
  /// Of the file, without `.csv`.
  package let name: String
  /// Whose names read alike when they are masked.
  let departments: [String]
  /// Of all departments.
  let exceeded: ClockList

  /// The lines of the file.
  package var csv: [UInt8] {
    let clocks = departments.map { exceeded.of($0).open }
    guard clocks.count > 1 || exceeded.reported.haveTags else { return clocks.first.map(Self.lines) ?? [] }
    let rows = clocks.flatMap(\.clocks).compactMap { listed in
      listed.reckoning.map { [$0.due.description, listed.id, listed.rule.id] }
    }
    return rows.sorted { $0.lexicographicallyPrecedes($1, by: precedesInBytes) }.flatMap { csvLine($0).utf8 }
  }

  private static func lines(_ list: ClockList) -> [UInt8] {
    ClockPages.with(list.reported) { pages in
      var lines = OverdueLines(list, pages)
      let room = list.references.reduce(0) { $0 + lines.length($1) }
      return [UInt8](unsafeUninitializedCapacity: room) { bytes, count in
        guard var next = UnsafeMutableRawPointer(bytes.baseAddress) else { return }
        for clock in list.references { lines.write(clock, to: &next) }
        count = room
      }
    }
  }
}

/// Writes the lines of one list, which is in their order already: clocks of one day stand together.
private struct OverdueLines {
  private let reported: ReportedClocks
  private let pages: ClockPages
  /// How the lines of each plan end, one after another, and where each of these begins.
  private let endings: [UInt8]
  private let starts: [Int]
  private var day = ClockShelf.noDay
  private var date: [UInt8] = []

  init(_ list: ClockList, _ pages: ClockPages) {
    reported = list.reported
    self.pages = pages
    // Every worker's plans are those of one book.
    let terms = list.reported.shelves.first { !$0.vocabulary.terms.isEmpty }?.vocabulary.terms ?? []
    let endings = terms.map { Array(";\($0.rule.id)\n".utf8) }
    starts = endings.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    self.endings = endings.flatMap(\.self)
  }

  /// `2024-12-31;`, and never another length: the room for the lines is reckoned with it.
  private static let dateLength = 11

  /// Of the line of a clock, in bytes.
  func length(_ clock: ClockReference) -> Int {
    let entry = pages.entry(clock)
    guard !entry.isWhole else { return wholeLine(clock).utf8.count }
    return Self.dateLength + Int(entry.idCount) + ending(entry).count
  }

  /// Writes the line of a clock at `next`, which moves behind it.
  mutating func write(_ clock: ClockReference, to next: inout UnsafeMutableRawPointer) {
    let entry = pages.entry(clock)
    guard !entry.isWhole else {
      Array(wholeLine(clock).utf8).withUnsafeBytes { Self.put($0, &next) }
      return
    }
    if entry.due != day {
      day = entry.due
      date = Array("\(CivilDate(day: day));".utf8)
    }
    date.withUnsafeBytes { Self.put($0, &next) }
    Self.put(pages[clock.shelf].id(entry), &next)
    endings.withUnsafeBytes { Self.put(UnsafeRawBufferPointer(rebasing: $0[ending(entry)]), &next) }
  }

  @inline(__always)
  private func ending(_ entry: ClockShelf.Entry) -> Range<Int> {
    starts[Int(entry.plan)]..<starts[Int(entry.plan) + 1]
  }

  @inline(__always)
  private static func put(_ bytes: UnsafeRawBufferPointer, _ next: inout UnsafeMutableRawPointer) {
    guard let start = bytes.baseAddress else { return }
    next.copyMemory(from: start, byteCount: bytes.count)
    next += bytes.count
  }

  /// The line of a clock that holds more than days.
  private func wholeLine(_ clock: ClockReference) -> String {
    let listed = reported[clock]
    return csvLine([listed.reckoning?.due.description ?? "", listed.id, listed.rule.id])
  }
}
