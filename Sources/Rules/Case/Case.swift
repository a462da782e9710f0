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

/// One row of the register.
package struct Case: Sendable {
  package let fields: FieldValues
  /// One reading for each name of the schema, in its order.
  package let dates: [DateReading]
  /// The register's line on which the row begins.
  package let line: Int

  package init(fields: FieldValues, dates: [DateReading], line: Int) {
    self.fields = fields
    self.dates = dates
    self.line = line
  }

  package var id: String { fields[.caseID] }
}

/// Which dates of a case are read, and where each stands in ``Case/dates``.
package struct EventSchema: Hashable, Sendable {
  package let names: [String]

  /// The event that closes a case; without the stop event it leaves a clock ``StateName/lapsed``.
  package static let closing = "lukket"

  /// The date field that holds the citizen's birthday.
  package static let birthday = "fødselsdato"

  /// Events that every register is asked for, whether or not a rule names them: without them a case that only waits
  /// for its first step would look like one that has no date at all.
  package static let customary = ["modtaget", closing]

  package init(_ names: [String]) {
    self.names = names
  }

  package func index(of name: String) -> Int? { names.firstIndex(of: name) }
}
