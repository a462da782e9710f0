/// What the register says about one event of one case.
package enum DateReading: Hashable, Sendable {
  /// The cell is empty, or the register has no such column.
  case absent
  case at(CivilMoment)
  /// Something stands there that is no date; `text` is what.
  case unreadable(text: String, DateFault)

  /// True when the cell held anything at all.
  package var isPresent: Bool { self != .absent }
}

/// One event as a row of the events file tells it.
package struct Occurrence: Hashable, Sendable {
  package let date: DateReading
  /// The new due date that a notice announces; absent for every other event.
  package let newDate: DateReading

  package init(date: DateReading, newDate: DateReading = .absent) {
    self.date = date
    self.newDate = newDate
  }
}

/// One row of the register, with what the events file adds to it.
package struct Case: Sendable {
  package let fields: FieldValues
  /// One reading for each name of the schema, in its order.
  package let dates: [DateReading]
  /// Further occurrences of events, by their index in the schema, in the order of the events file.
  package let further: [Int: [Occurrence]]
  /// The register's line on which the row begins.
  package let line: Int

  package init(fields: FieldValues, dates: [DateReading], further: [Int: [Occurrence]] = [:], line: Int) {
    self.fields = fields
    self.dates = dates
    self.further = further
    self.line = line
  }

  package var id: String { fields[.caseID] }

  /// Every reading of the event at `index`: the column's, where it holds one, and those of the events file.
  package func readings(of index: Int) -> [DateReading] {
    let column = dates[index].isPresent ? [dates[index]] : []
    return further.isEmpty ? column : column + (further[index] ?? []).map(\.date)
  }
}

/// Which dates of a case are read, and where each stands in ``Case/dates``.
package struct EventSchema: Hashable, Sendable {
  package let names: [String]

  /// The event that closes a case; without the stop event it leaves a clock ``StateName/lapsed``.
  package static let closing = "lukket"

  /// The event that starts a stopped clock anew.
  package static let reopening = "genåbnet"

  /// The event of a receipt: the citizen was told that the letter has come.
  package static let receipt = "kvitteret"

  /// The date field that holds the citizen's birthday.
  package static let birthday = "fødselsdato"

  /// Events that every register is asked for, whether or not a rule names them. Without the first a case that
  /// only waits for its first step would look like one that has no date at all.
  package static let customary = ["modtaget", closing, reopening]

  /// The schema for rules that read the events `names`: those and the customary ones.
  package init(reading names: [String]) {
    self.names = names + Self.customary.filter { !names.contains($0) }
  }

  /// ``index(of:)`` of an event as a register may spell it.
  package func index(spelling text: String) -> Int? {
    index(of: text) ?? names.firstIndex { FieldText($0).key == FieldText(text).key }
  }

  /// Where the event stands in ``Case/dates``; nil for one that nobody reads.
  package func index(of name: String) -> Int? { names.firstIndex(of: name) }
}
