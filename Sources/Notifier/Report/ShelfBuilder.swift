import Rules

/// Gathers the clocks of one stretch of a register.
struct ShelfBuilder: Sendable {
  private var entries: [ClockShelf.Entry] = []
  private var ids = IDBytes()
  private var extras: [ClockShelf.Extra] = []
  private var clocks: [Clock] = []
  private var isSealed = false
  private let numbers: CaseNumbers

  init(_ numbers: CaseNumbers) { self.numbers = numbers }

  var isEmpty: Bool { entries.isEmpty }

  /// Keeps a clock as it is.
  mutating func take(_ clock: Clock, department: Int) {
    let id = numbers.sorted(clock.caseID).utf8
    entries.append(
      ClockShelf.Entry(
        due: clock.reckoning?.due.date.day ?? ClockShelf.noDay,
        start: clock.start?.date.day ?? ClockShelf.noDay, id: UInt32(ids.count), plan: ClockShelf.whole,
        combination: 0, caseworker: ClockShelf.none, extra: UInt32(clocks.count),
        department: UInt32(department), idCount: UInt16(clamping: id.count), state: clock.state))
    ids.append(Array(id.prefix(Int(UInt16.max))))
    clocks.append(clock)
  }

  /// Keeps a clock as its numbers.
  ///
  /// - Parameter id: the number of its case, which may be shown as it is; behind it ``ClockShelf/idPadding``
  ///   bytes are readable.
  mutating func take(
    _ clock: DayClock, id: UnsafeRawBufferPointer, department: Int, disclosed: ArraySlice<Int32>
  ) {
    var extra = ClockShelf.none
    if clock.notice != nil || disclosed.contains(where: { $0 != BulkScan.absent }) {
      extra = UInt32(extras.count)
      extras.append(
        ClockShelf.Extra(
          notice: clock.notice?.on ?? ClockShelf.noDay, newDate: clock.notice?.newDate ?? ClockShelf.noDay,
          disclosed: Array(disclosed)))
    }
    entries.append(
      ClockShelf.Entry(
        due: clock.due, start: clock.start, id: UInt32(ids.count),
        plan: UInt32(truncatingIfNeeded: clock.plan),
        combination: UInt32(truncatingIfNeeded: clock.combination),
        caseworker: clock.caseworker.map { UInt32(truncatingIfNeeded: $0) } ?? ClockShelf.none,
        extra: extra, department: UInt32(truncatingIfNeeded: department),
        idCount: UInt16(truncatingIfNeeded: id.count), state: clock.state))
    ids.append(id)
  }

  /// Puts clocks side by side that stand near each other in lists, and gives back what room they do not need;
  /// afterwards none is taken any more.
  mutating func seal() {
    guard !isSealed else { return }
    (entries, ids) = ids.bytes.withUnsafeBytes { inOrder(sorted(), ids: $0) }
    isSealed = true
  }

  /// The entries in this order, and the case numbers in the order of the entries.
  private func inOrder(
    _ indices: [Int], ids: UnsafeRawBufferPointer
  ) -> (entries: [ClockShelf.Entry], ids: IDBytes) {
    var orderedIDs = IDBytes(capacity: self.ids.count)
    let orderedEntries = indices.map { index in
      let entry = entries[index]
      let place = UInt32(orderedIDs.count)
      orderedIDs.append(
        UnsafeRawBufferPointer(rebasing: ids[Int(entry.id)..<Int(entry.id) + Int(entry.idCount)]))
      return entry.at(id: place)
    }
    return (orderedEntries, orderedIDs)
  }

  /// The indices of the entries by state, department and due day.
  private func sorted() -> [Int] {
    let departments = Int(entries.reduce(0) { max($0, $1.department) }) + 1
    let first = Int(entries.reduce(.max) { min($0, $1.due) })
    let days = Int(entries.reduce(.min) { max($0, $1.due) }) - first + 1
    return Array(entries.indices).inOrder { index in
      let entry = entries[index]
      let group = entry.state.position * departments + Int(entry.department)
      return group * days + Int(entry.due) - first
    }
  }

  /// The shelf of a builder that was sealed.
  func shelf(_ departments: [String], _ vocabulary: ClockShelf.Vocabulary) -> ClockShelf {
    ClockShelf(
      entries: entries, ids: ids.bytes, extras: extras, clocks: clocks, departments: departments,
      vocabulary: vocabulary)
  }
}
