/// The due days of one length by their start day, each reckoned once: however long the length is and whatever
/// it counts, every further case with the same start costs one look.
package final class DueTable {
  /// The start has no due day within the years that calendars cover.
  package static let beyond = Int32.max

  /// Looks into a table; good as long as the table lives.
  struct Look {
    fileprivate let firstDay: Int32
    fileprivate let dues: UnsafeMutablePointer<Int32>

    /// The start days that the table may hold.
    var starts: ClosedRange<Int32> { firstDay...firstDay + Int32(DueTable.span) - 1 }

    /// What the table holds for one of ``starts`` and those behind it: no day where that is not known, and
    /// ``DueTable/beyond``.
    func entries(from start: Int32) -> UnsafePointer<Int32> { UnsafePointer(dues + Int(start - firstDay)) }

    /// The number of the due day; nil where the table does not hold it yet.
    @inline(__always)
    func due(from start: Int32) -> Int32? {
      let index = start &- firstDay
      guard UInt32(bitPattern: index) < UInt32(DueTable.span) else { return nil }
      let due = dues[Int(index)]
      return due == DueTable.unknown ? nil : due
    }
  }

  let look: Look
  private let reckon: (CivilDate) -> CivilDate?

  /// How many start days a table holds: those of a childhood and some years to come. Others are reckoned each
  /// time.
  private static let span = 8_192
  private static let ahead = 1_024
  /// No day: nobody has asked for it yet.
  static let unknown = Int32.min

  /// - Parameters:
  ///   - today: near which most starts lie, the greater part before it.
  ///   - reckon: the due day of a start; nil beyond the calendars. It is asked once for each start near
  ///     `today`.
  package init(around today: CivilDate, _ reckon: @escaping (CivilDate) -> CivilDate?) {
    self.reckon = reckon
    look = Look(firstDay: today.day - Int32(Self.span - Self.ahead), dues: .allocate(capacity: Self.span))
    look.dues.initialize(repeating: Self.unknown, count: Self.span)
  }

  deinit { look.dues.deallocate() }

  /// The number of the due day, or ``beyond``.
  @inline(__always)
  package func due(from start: Int32) -> Int32 { look.due(from: start) ?? reckoned(start) }

  @inline(never)
  func reckoned(_ start: Int32) -> Int32 {
    let due = reckon(CivilDate(day: start))?.day ?? Self.beyond
    let index = start &- look.firstDay
    if UInt32(bitPattern: index) < UInt32(Self.span) { look.dues[Int(index)] = due }
    return due
  }
}

extension DueTable {
  /// The table of `length` under `rule`, which rolls where its terms say so; on the version of the calendar
  /// that holds on each start day.
  package convenience init(
    of length: Length, _ rule: Rule, roll: Roll, zone: ZoneTable, around today: CivilDate
  ) {
    guard rule.calendars.count == 1 else {
      self.init(around: today) { rule.reckoner(from: $0, zone: zone).dueDay(from: $0, length, roll: roll) }
      return
    }
    let reckoner = rule.reckoner(from: today, zone: zone)
    self.init(around: today) { reckoner.dueDay(from: $0, length, roll: roll) }
  }

  /// The sum of the due days of many starts; for measuring what one costs.
  package func sum(from starts: [Int32]) -> Int64 {
    starts.reduce(0) { $0 &+ Int64(due(from: $1)) }
  }
}
