import Dispatch
import Rules
import Synchronization

/// Brings clocks into the order of lists: by department, the oldest due day first, then by case, rule and start.
///
/// Each shelf is in the order of lists already (``ShelfBuilder/seal(_:)``), so this puts runs together, and whoever walks
/// through a list walks through every shelf from its beginning to its end.
struct ClockOrder {
  private let reported: ReportedClocks
  private let pages: ClockPages

  /// For fewer clocks no second processor is worth waking.
  private static let fewClocks = 5_000

  /// The clocks in their order.
  static func sorted(_ clocks: [ClockReference], of reported: ReportedClocks) -> [ClockReference] {
    let departments = ClockPages.with(reported) { byDepartment(clocks, of: reported, $0) }
    guard clocks.count > fewClocks else { return departments.flatMap { sortedDepartment($0, of: reported) } }
    let sorted = Mutex<[Int: [ClockReference]]>([:])
    DispatchQueue.concurrentPerform(iterations: departments.count) { index in
      let own = sortedDepartment(departments[index], of: reported)
      sorted.withLock { $0[index] = own }
    }
    return sorted.withLock { sorted in departments.indices.flatMap { sorted[$0] ?? [] } }
  }

  /// The clocks of each department, in the order that they had.
  private static func byDepartment(
    _ clocks: [ClockReference], of reported: ReportedClocks, _ pages: ClockPages
  ) -> [[ClockReference]] {
    var departments = [[ClockReference]](repeating: [], count: reported.departments.count)
    for clock in clocks { departments[pages.department(clock)].append(clock) }
    return departments
  }

  private static func sortedDepartment(
    _ clocks: [ClockReference], of reported: ReportedClocks
  ) -> [ClockReference] {
    ClockPages.with(reported) { pages in
      let order = ClockOrder(reported: reported, pages: pages)
      var sorted = clocks.inOrder { Int(pages.entry($0).due) }
      sorted.sortRuns(where: { pages.entry($0).due == pages.entry($1).due }, by: order.precedes)
      return sorted
    }
  }

  private func key(_ clock: ClockReference) -> ClockKey {
    let page = pages[clock.shelf]
    return ClockKey(
      page.entries[Int(clock.index)], ids: page.ids, clocks: reported.shelves[Int(clock.shelf)].clocks)
  }

  private func precedes(_ a: ClockReference, _ b: ClockReference) -> Bool {
    ClockKey.precedes(key(a), key(b)) { (rest(a), rest(b)) }
  }

  private func rest(_ clock: ClockReference) -> ClockKey.Rest {
    let shelf = reported.shelves[Int(clock.shelf)]
    return ClockKey.Rest(
      pages.entry(clock), ids: pages[clock.shelf].ids, terms: shelf.vocabulary.terms, clocks: shelf.clocks)
  }
}
