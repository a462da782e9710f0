import Rules

/// The clocks of a list as entries of a calendar, each made when it is written.
struct CalendarEntries: Sequence, IteratorProtocol {
  private var rest: ArraySlice<ClockReference>
  private let reported: ReportedClocks
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

  init(_ list: ClockList, _ book: CalendarBook) {
    rest = list.references[...]
    reported = list.reported
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
    let shelf = reported.shelves[Int(reference.shelf)]
    let entry = shelf.entries[Int(reference.index)]
    guard !entry.isWhole else { return book.event(reported[reference].clock) }
    let known = known(entry, on: shelf)
    let identity = ClockIdentity(
      caseID: String(decoding: shelf.id(entry), as: UTF8.self), rule: known.rule,
      start: CivilMoment(CivilDate(day: entry.start)))
    return book.event(identity, known.occasion)
  }

  private mutating func known(_ entry: ClockShelf.Entry, on shelf: ClockShelf) -> Known {
    let key = Key(plan: entry.plan, due: entry.due)
    if let known = known[key] { return known }
    let terms = shelf.vocabulary.terms[Int(entry.plan)]
    let new = Known(
      rule: terms.rule.id, occasion: CalendarOccasion(terms.terms, .day(CivilDate(day: entry.due))))
    known[key] = new
    return new
  }
}
