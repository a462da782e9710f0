package import Rules

/// The clocks of one stretch of a register that somebody must hear of, each in some fifty bytes with the
/// number of its case: what is kept grows with what is reported, and not with what is read.
///
/// A clock that holds more than days is kept as it is.
package final class ClockShelf: Sendable {
  /// One clock.
  struct Entry: Sendable {
    /// The day of the due day or instant; ``noDay`` for a clock that has none.
    let due: Int32
    let start: Int32
    /// Where the number of its case begins in ``ClockShelf/ids``.
    let id: UInt32
    let plan: UInt32
    let combination: UInt32
    let caseworker: UInt32
    /// In ``ClockShelf/extras``, or in ``ClockShelf/clocks`` under the plan ``whole``; ``none`` for most.
    let extra: UInt32
    let department: UInt32
    let idCount: UInt16
    let state: StateName

    /// The same, with the number of its case at another place.
    func at(id place: UInt32) -> Entry {
      Entry(
        due: due, start: start, id: place, plan: plan, combination: combination, caseworker: caseworker,
        extra: extra, department: department, idCount: idCount, state: state)
    }

    /// True for a clock that is kept as it is, in ``ClockShelf/clocks``.
    var isWhole: Bool { plan == ClockShelf.whole }

    /// True for a clock that is no more than its numbers here.
    var isOrdinary: Bool { !isWhole && extra == ClockShelf.none }
  }

  /// What few clocks have.
  struct Extra: Sendable {
    /// Day numbers; ``noDay`` where there is none.
    let notice: Int32
    let newDate: Int32
    let disclosed: [Int32]
  }

  /// The words of one worker, to which the numbers of its entries point.
  package struct Vocabulary: Sendable {
    package let terms: [BulkBook.Terms]
    /// By combination; without number and caseworker.
    package let fields: [FieldValues]
    package let caseworkers: [String]

    /// Of a shelf on which every clock is kept whole.
    package static let none = Vocabulary(terms: [], fields: [], caseworkers: [])

    init(terms: [BulkBook.Terms], fields: [FieldValues], caseworkers: [String]) {
      self.terms = terms
      self.fields = fields
      self.caseworkers = caseworkers
    }

    /// The words that a scan has met.
    package init(_ scan: BulkScan) {
      self.init(
        terms: scan.book.terms, fields: scan.combinations.fields, caseworkers: scan.caseworkers)
    }
  }

  /// So that sixteen bytes can be read from the beginning of every number.
  static let idPadding = 16
  static let noDay = Int32.max
  static let none = UInt32.max
  /// The plan of clocks that are kept whole.
  static let whole = UInt32.max

  /// By state, department and due day.
  let entries: [Entry]
  /// The numbers of the cases, as they may be shown, one after another; behind them ``idPadding`` bytes.
  let ids: [UInt8]
  let extras: [Extra]
  /// In the order of the register.
  let clocks: [Clock]
  /// The names of the departments, by ``Entry/department``.
  let departments: [String]
  let vocabulary: Vocabulary

  init(
    entries: [Entry], ids: [UInt8], extras: [Extra], clocks: [Clock], departments: [String],
    vocabulary: Vocabulary
  ) {
    self.entries = entries
    self.ids = ids
    self.extras = extras
    self.clocks = clocks
    self.departments = departments
    self.vocabulary = vocabulary
  }

  /// The clock as the evaluation of its whole row makes it.
  func clock(_ index: Int) -> Clock {
    let entry = entries[index]
    guard !entry.isWhole else { return clocks[Int(entry.extra)] }
    var fields = vocabulary.fields[Int(entry.combination)]
    fields[.caseID] = String(decoding: id(entry), as: UTF8.self)
    if entry.caseworker != Self.none { fields[.caseworker] = vocabulary.caseworkers[Int(entry.caseworker)] }
    return vocabulary.terms[Int(entry.plan)].clock(fields, days(entry), Self.outcome(entry))
  }

  /// The dates of the clock; nil for one that has none.
  func reckoning(_ index: Int) -> Reckoning? {
    let entry = entries[index]
    guard !entry.isWhole else { return clocks[Int(entry.extra)].reckoning }
    return vocabulary.terms[Int(entry.plan)].reckoning(days(entry), Self.outcome(entry))
  }

  /// Of an entry that is not whole.
  private static func outcome(_ entry: Entry) -> Outcome {
    switch entry.state {
    case .exceeded: .exceeded
    default: .soon
    }
  }

  /// The number of an entry's case, as it may be shown.
  func id(_ entry: Entry) -> ArraySlice<UInt8> {
    ids[Int(entry.id)..<Int(entry.id) + Int(entry.idCount)]
  }

  /// Shows `foreign` the clocks whose caseworkers may have an address outside of the kommune's domains.
  func collect(_ foreign: inout ForeignCaseworkers) {
    for clock in clocks { foreign.take(clock.fields[.caseworker], caseID: clock.caseID) }
    let isForeign = vocabulary.caseworkers.map { foreign.isForeign($0) }
    guard isForeign.contains(true) else { return }
    for entry in entries where !entry.isWhole && entry.caseworker != Self.none {
      let caseworker = Int(entry.caseworker)
      guard isForeign[caseworker] else { continue }
      foreign.take(vocabulary.caseworkers[caseworker], caseID: String(decoding: id(entry), as: UTF8.self))
    }
  }

  private func days(_ entry: Entry) -> BulkBook.Terms.Days {
    guard entry.extra != Self.none else {
      return BulkBook.Terms.Days(start: entry.start, due: entry.due, notice: nil, disclosed: [])
    }
    let extra = extras[Int(entry.extra)]
    let notice: (on: Int32, newDate: Int32?)? =
      extra.notice == Self.noDay ? nil : (extra.notice, extra.newDate == Self.noDay ? nil : extra.newDate)
    return BulkBook.Terms.Days(
      start: entry.start, due: entry.due, notice: notice, disclosed: extra.disclosed)
  }
}
