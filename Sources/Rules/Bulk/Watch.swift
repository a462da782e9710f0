/// Which rows a pass has to see whole, besides counting them.
package struct Watch: Sendable {
  /// Which open clocks are more than a figure.
  package enum OpenClocks: Sendable {
    case counted
    /// Those that are exceeded or due soon, and those of which a step of the ladder may have fallen.
    case seen
  }

  /// What becomes of the rows that are seen.
  package enum Rows: Sendable {
    case forgotten
    /// They are handed over with what they say, so that the next pass can know them again.
    case kept
  }

  let openClocks: OpenClocks
  package let rows: Rows
  /// The cases that are known from before; every row of them is seen, but those that are known to ask for
  /// nothing.
  package private(set) var cases: KnownCases
  /// The cases that stand in several rows, which have to be put together.
  package let repeated: RepeatedCases

  /// Nothing but figures and lists is wanted.
  package static let nothing = Watch(.counted, KnownCases([]))

  package init(
    _ openClocks: OpenClocks, _ cases: KnownCases, rows: Rows = .forgotten, repeated: RepeatedCases = .none
  ) {
    self.repeated = repeated
    self.openClocks = openClocks
    self.rows = rows
    self.cases = cases
  }

  /// True where no row has to be seen, but those of repeated cases.
  package var isNothing: Bool { openClocks == .counted && cases.isEmpty }

  /// The same for a register with this header: what rows under another one said is of no use.
  package func under(header: [UInt8]) -> Watch {
    guard cases.header != header else { return self }
    return Watch(openClocks, cases.withoutRows(under: header), rows: rows, repeated: repeated)
  }

  /// The same where these cases stand in several rows.
  package func joining(_ repeated: RepeatedCases) -> Watch {
    Watch(openClocks, cases, rows: rows, repeated: repeated)
  }
}

extension Rule {
  /// The last due day of which a step of the ladder can have fallen by `today`; later ones are too far off.
  ///
  /// On the safe side: whoever is watched in vain costs some microseconds.
  func lastTold(by today: CivilDate) -> CivilDate {
    let longest = ladder.compactMap { step -> Int? in
      guard case .before(let term) = step.offset else { return nil }
      return switch term.unit {
      case .hours: term.count / 24 + 2
      case .days: term.count
      case .weeks: term.count * 7
      case .months: term.count * 31
      case .years: term.count * 366
      // No month has fewer than ten working days.
      case .weekdays, .workingDays: term.count * 3 + 31
      }
    }.max()
    return today + (longest ?? 0)
  }
}
