/// Whether the day or the month stands first in a date whose year stands last; the value of `datoformat`.
package enum DateOrder: String, Hashable, Sendable, CaseIterable {
  case dayFirst = "dag/måned/år"
  case monthFirst = "måned/dag/år"
}

/// What one date whose year stands last says of the order of its column.
package enum OrderClue: Hashable, Sendable {
  /// `17/03/2026`: there is no month 17.
  case dayFirst
  /// `03/17/2026`
  case monthFirst
  /// `03/04/2026`
  case either
}

/// What the dates of one column say of their order.
package struct OrderClues: Sendable {
  private var dayFirst = 0
  private var monthFirst = 0
  private var either = 0
  /// The first value that can only be month first, and the line of its row.
  private var example: (text: String, line: Int)?

  package init() {}

  /// True where some value can only be month first.
  package var hasMonthFirst: Bool { monthFirst > 0 }
  /// True where some value can only be day first.
  package var hasDayFirst: Bool { dayFirst > 0 }

  /// Takes the clue of one more cell, in the order of the rows.
  ///
  /// - Parameter line: of its row.
  package mutating func take(_ clue: OrderClue, _ cell: ArraySlice<UInt8>, line: Int) {
    switch clue {
    case .dayFirst: dayFirst += 1
    case .either: either += 1
    case .monthFirst:
      if monthFirst == 0 { example = (RegisterText.decoded(cell), line) }
      monthFirst += 1
    }
  }

  /// The column `name`, where some value can only be month first and none can only be day first; otherwise
  /// nil.
  package func distrusted(_ name: String) -> DistrustedColumn? {
    guard let example, dayFirst == 0 else { return nil }
    return DistrustedColumn(
      name: name, example: example.text, line: example.line, unread: monthFirst + either)
  }
}

/// A column of which nobody knows whether its dates are day first or month first, so that none of them is
/// read.
package struct DistrustedColumn: Hashable, Sendable {
  /// The name of the event, or of the column in the events file.
  package let name: String
  /// The first value that can only be month first.
  package let example: String
  /// The line of its row.
  package let line: Int
  /// How many dates are not read: those whose year stands last.
  package let unread: Int
}
