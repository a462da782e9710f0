import Rules

/// The clocks of a list as entries of a calendar, each made when it is written.
struct CalendarEntries: Sequence, IteratorProtocol {
  private var rest: ArraySlice<ClockReference>
  private let reported: ReportedClocks
  private let pages: ClockPages
  private let book: CalendarBook
  /// Many clocks of a long list fall due on one day under one rule.
  private var known: [Key: Known] = [:]

  private struct Key: Hashable {
    let plan: UInt32
    let due: Int32
  }

  /// What these clocks have in common.
  private struct Known {
    let rule: String
    let occasion: CalendarOccasion
  }

  /// - Parameter pages: of the list's clocks.
  init(_ list: ClockList, _ pages: ClockPages, _ book: CalendarBook) {
    rest = list.references[...]
    reported = list.reported
    self.pages = pages
    self.book = book
  }

  mutating func next() -> CalendarEvent? {
    while let reference = rest.popFirst() {
      if let event = event(reference) { return event }
    }
    return nil
  }

  /// Nil for a clock that has no due day.
  private mutating func event(_ reference: ClockReference) -> CalendarEvent? {
    let page = pages[reference.shelf]
    let entry = page.entries[Int(reference.index)]
    guard !entry.isWhole else { return book.event(reported[reference].clock) }
    let known = known(entry, on: reference.shelf)
    let identity = ClockIdentity(
      caseID: String(decoding: page.id(entry), as: UTF8.self), rule: known.rule,
      start: CivilMoment(CivilDate(day: entry.start)))
    return book.event(identity, known.occasion)
  }

  private mutating func known(_ entry: ClockShelf.Entry, on shelf: UInt32) -> Known {
    let key = Key(plan: entry.plan, due: entry.due)
    if let known = known[key] { return known }
    let terms = reported.shelves[Int(shelf)].vocabulary.terms[Int(entry.plan)]
    let new = Known(
      rule: terms.rule.id, occasion: CalendarOccasion(terms.terms, .day(CivilDate(day: entry.due))))
    known[key] = new
    return new
  }
}
