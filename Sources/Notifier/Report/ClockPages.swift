/// The shelves of a survey as they lie in memory, for work on every clock of a long list: a walk through the
/// objects counts references at each step, and two processors that count the same ones wait for each other.
struct ClockPages {
  /// One shelf.
  struct Page {
    let entries: UnsafeBufferPointer<ClockShelf.Entry>
    let ids: UnsafeRawBufferPointer
    /// By ``ClockShelf/Entry/department``.
    let departments: UnsafeBufferPointer<Int>

    /// The number of an entry's case, as it may be shown.
    @inline(__always)
    func id(_ entry: ClockShelf.Entry) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(rebasing: ids[Int(entry.id)..<Int(entry.id) + Int(entry.idCount)])
    }
  }

  private let pages: UnsafeBufferPointer<Page>

  /// Calls `body` with the pages of these clocks, which hold no longer than the call.
  static func with<Result>(_ reported: ReportedClocks, _ body: (ClockPages) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: Page.self, capacity: reported.shelves.count) { pages in
      open(reported, 0, pages) { body(ClockPages(pages: UnsafeBufferPointer(pages))) }
    }
  }

  /// Opens the shelves from `number` on, one within the other, because each stays open no longer than its
  /// call.
  private static func open<Result>(
    _ reported: ReportedClocks, _ number: Int, _ pages: UnsafeMutableBufferPointer<Page>, _ body: () -> Result
  ) -> Result {
    guard number < reported.shelves.count else { return body() }
    let shelf = reported.shelves[number]
    return shelf.entries.withUnsafeBufferPointer { entries in
      shelf.ids.withUnsafeBytes { ids in
        reported.places[number].withUnsafeBufferPointer { departments in
          pages.initializeElement(at: number, to: Page(entries: entries, ids: ids, departments: departments))
          return open(reported, number + 1, pages, body)
        }
      }
    }
  }

  @inline(__always)
  subscript(shelf: UInt32) -> Page { pages[Int(shelf)] }

  @inline(__always)
  func entry(_ clock: ClockReference) -> ClockShelf.Entry { self[clock.shelf].entries[Int(clock.index)] }

  /// The place of the clock's department among all.
  @inline(__always)
  func department(_ clock: ClockReference) -> Int {
    let page = self[clock.shelf]
    return page.departments[Int(page.entries[Int(clock.index)].department)]
  }
}
