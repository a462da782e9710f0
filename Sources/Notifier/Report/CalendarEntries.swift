import Rules

/// The clocks of a list as entries of a calendar, each made when it is written.
struct CalendarEntries: Sequence, IteratorProtocol {
  private var rest: ArraySlice<ClockReference>
  private let reported: ReportedClocks
  private let book: CalendarBook
  /// Many clocks of a long list fall due on one day under one rule.
  private var occasions: [Key: CalendarBook.Occasion] = [:]

  private struct Key: Hashable {
    let plan: UInt32
    let due: Int32
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
    let terms = shelf.vocabulary.terms[Int(entry.plan)]
    let identity = ClockIdentity(
      caseID: String(decoding: shelf.id(entry), as: UTF8.self), rule: terms.rule.id,
      start: CivilMoment(CivilDate(day: entry.start)))
    return book.event(identity, occasion(entry, terms.terms))
  }

  private mutating func occasion(_ entry: ClockShelf.Entry, _ terms: RuleTerms) -> CalendarBook.Occasion {
    let key = Key(plan: entry.plan, due: entry.due)
    if let known = occasions[key] { return known }
    let occasion = CalendarBook.Occasion(terms, .day(CivilDate(day: entry.due)))
    occasions[key] = occasion
    return occasion
  }
}
