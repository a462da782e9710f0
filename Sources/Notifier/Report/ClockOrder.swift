import Dispatch
import Rules
import Synchronization

/// Brings clocks into the order of lists: by department, the oldest due day first, then by case, rule and start.
///
/// On each shelf those of one department stand together, by their due days (``ShelfBuilder/seal()``), so this puts runs together,
/// and whoever walks through a list walks through every shelf from its beginning to its end.
struct ClockOrder {
  private let reported: ReportedClocks
  private let pages: ClockPages

  /// For fewer clocks no second processor is worth waking.
  private static let fewClocks = 5_000

  /// The clocks in their order.
  static func sorted(_ clocks: [ClockReference], of reported: ReportedClocks) -> [ClockReference] {
    let departments = ClockPages.with(reported) { byDepartment(clocks, of: reported, $0) }
    return sorted(clocks.count, of: reported) { departments[$0] }
  }

  /// Those in one state in their order.
  static func sorted(_ state: StateName, of reported: ReportedClocks) -> [ClockReference] {
    let runs = ClockPages.with(reported) { Self.runs(state, of: reported, $0) }
    return sorted(reported.count, of: reported) { number in
      runs[number].flatMap { run in
        run.indices.map { ClockReference(shelf: run.shelf, index: UInt32($0)) }
      }
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

  /// The clocks of one department after the other.
  ///
  /// - Parameters:
  ///   - count: how many there are at most.
  ///   - clocks: those of a department, by its number.
  private static func sorted(
    _ count: Int, of reported: ReportedClocks,
    _ clocks: @escaping @Sendable (_ department: Int) -> [ClockReference]
  ) -> [ClockReference] {
    let departments = reported.departments.indices
    let inOrder = { @Sendable (department: Int) in
      ClockPages.with(reported) { pages in
        ClockOrder(reported: reported, pages: pages).sortedDepartment(clocks(department))
      }
    }
    guard count > fewClocks else { return departments.flatMap(inOrder) }
    let sorted = Mutex<[Int: [ClockReference]]>([:])
    DispatchQueue.concurrentPerform(iterations: departments.count) { department in
      let own = inOrder(department)
      sorted.withLock { $0[department] = own }
    }
    return sorted.withLock { sorted in departments.flatMap { sorted[$0] ?? [] } }
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
    return ClockKey.Rest(
      pages.entry(clock), ids: pages[clock.shelf].ids, terms: shelf.vocabulary.terms, clocks: shelf.clocks)
  }
}
