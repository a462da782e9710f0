import Dispatch
import Rules
import Synchronization

/// Brings clocks into the order of lists: by department, the oldest due day first, then by case, rule and
/// start.
///
/// On each shelf those of one department stand together, by their due days (``ShelfBuilder/seal()``), so this
/// puts runs together, and whoever walks through a list walks through every shelf from its beginning to its
/// end.
struct ClockOrder {
  private let reported: ReportedClocks
  private let pages: ClockPages

  /// The clocks in their order.
  static func sorted(_ clocks: [ClockReference], of reported: ReportedClocks) -> [ClockReference] {
    let departments = ClockPages.with(reported) { byDepartment(clocks, of: reported, $0) }
    return sorted(departments.map(\.count), of: reported) { departments[$0] }.flatMap(\.self)
  }

  /// Those in each of these states in their order.
  static func sorted(_ states: [StateName], of reported: ReportedClocks) -> [[ClockReference]] {
    let runs = ClockPages.with(reported) { pages in states.flatMap { Self.runs($0, of: reported, pages) } }
    let sorted = sorted(runs.map { $0.reduce(0) { $0 + $1.indices.count } }, of: reported) { number in
      runs[number].flatMap { run in
        run.indices.map { ClockReference(shelf: run.shelf, index: UInt32($0)) }
      }
    }
    let departments = reported.departments.count
    return states.indices.map { state in
      sorted[state * departments..<(state + 1) * departments].flatMap(\.self)
    }
  }

  /// Clocks that stand side by side on a shelf.
  private struct Run {
    let shelf: UInt32
    let indices: Range<Int>
  }

  /// Where the clocks of each department stand in one state.
  private static func runs(
    _ state: StateName, of reported: ReportedClocks, _ pages: ClockPages
  ) -> [[Run]] {
    var runs = [[Run]](repeating: [], count: reported.departments.count)
    for (shelf, places) in reported.places.enumerated() {
      let page = pages[UInt32(shelf)]
      var rest = page.entries.partition { $0.state.position >= state.position }
      while rest < page.entries.count, page.entries[rest].state == state {
        let department = page.entries[rest].department
        let end = page.entries[rest...].partition { $0.state != state || $0.department != department }
        runs[places[Int(department)]].append(Run(shelf: UInt32(shelf), indices: rest..<end))
        rest = end
      }
    }
    return runs
  }

  /// Groups of clocks, each of one department, in their order.
  ///
  /// - Parameters:
  ///   - counts: how many clocks each group has.
  ///   - clocks: those of a group.
  private static func sorted(
    _ counts: [Int], of reported: ReportedClocks,
    _ clocks: @escaping @Sendable (_ group: Int) -> [ClockReference]
  ) -> [[ClockReference]] {
    let inOrder = { @Sendable (group: Int) in
      ClockPages.with(reported) { pages in
        ClockOrder(reported: reported, pages: pages).sortedDepartment(clocks(group))
      }
    }
    guard counts.reduce(0, +) > ReportedClocks.few else { return counts.indices.map(inOrder) }
    // The large ones first, so that no processor waits long for another.
    let turns = counts.indices.sorted { counts[$0] > counts[$1] }
    let sorted = Mutex([[ClockReference]](repeating: [], count: counts.count))
    DispatchQueue.concurrentPerform(iterations: turns.count) { turn in
      let own = inOrder(turns[turn])
      sorted.withLock { $0[turns[turn]] = own }
    }
    return sorted.withLock { $0 }
  }

  /// The clocks of each department, in the order that they had.
  private static func byDepartment(
    _ clocks: [ClockReference], of reported: ReportedClocks, _ pages: ClockPages
  ) -> [[ClockReference]] {
    var departments = [[ClockReference]](repeating: [], count: reported.departments.count)
    for clock in clocks { departments[pages.department(clock)].append(clock) }
    return departments
  }

  private func sortedDepartment(_ clocks: [ClockReference]) -> [ClockReference] {
    clocks.inOrder(
      of: { Int(pages.entry($0).due) }, then: key,
      by: { a, b in ClockKey.precedes(a.key, b.key) { (rest(a.element), rest(b.element)) } })
  }

  private func key(_ clock: ClockReference) -> ClockKey {
    let page = pages[clock.shelf]
    return ClockKey(
      page.entries[Int(clock.index)], ids: page.ids, clocks: reported.shelves[Int(clock.shelf)].clocks)
  }

  private func rest(_ clock: ClockReference) -> ClockKey.Rest {
    let shelf = reported.shelves[Int(clock.shelf)]
    return ClockKey.Rest(pages.entry(clock), ids: pages[clock.shelf].ids, of: shelf, reported.numbers)
  }
}
