package import Rules

/// Which columns of the register are wanted, by the register's own headers.
package struct RegisterLayout: Sendable {
  /// A wanted column.
  struct Column: Sendable {
    enum Target: Sendable {
      case field(Field)
      /// An index in the schema.
      case event(Int)
    }

    let target: Target
    /// The name in rules and configuration.
    let name: String
    let header: String
    let isRequired: Bool
  }

  package let schema: EventSchema
  let columns: [Column]
  /// Knows the departments by their names.
  let organisation: Organisation
  private(set) var dates: ColumnDates

  /// What `book` and `settings` need; a `kolonne` or `datoformat` line that names nothing they know is added
  /// to `problems`.
  package init(
    _ book: RuleBook, _ settings: RegisterSettings, organisation: Organisation, dates: ColumnDates,
    problems: inout ProblemList
  ) {
    self.organisation = organisation
    self.dates = dates
    let read = book.eventNames
    schema = EventSchema(reading: read)
    let events = schema.names
    let known = Field.allCases.map(\.rawValue) + events
    for column in settings.columns where !known.contains(column.name) {
      problems.add(
        column.place,
        "kolonne: no rule reads \"\(shortened(column.name))\"" + suggestion(for: column.name, among: known))
    }
    let dated = events + (settings.events == nil ? [] : ColumnDates.eventColumns)
    for line in dates.orders.lines where !dated.contains(line.column) {
      problems.add(
        line.place,
        "datoformat: no rule reads a date \"\(shortened(line.column))\""
          + suggestion(for: line.column, among: dated))
    }
    let headers = Dictionary(settings.columns.map { ($0.name, $0.header) }) { first, _ in first }
    let required = Self.requiredFields(book, organisation)
    columns =
      Field.allCases.map { field in
        Column(
          target: .field(field), name: field.rawValue, header: headers[field.rawValue] ?? field.rawValue,
          isRequired: required.contains(field) || headers[field.rawValue] != nil)
      }
      + events.enumerated().map { index, name in
        Column(
          target: .event(index), name: name, header: headers[name] ?? name,
          isRequired: read.contains(name) || headers[name] != nil)
      }
  }

  /// The same as seen on another day.
  func at(_ today: CivilDate) -> RegisterLayout {
    var layout = self
    layout.dates = dates.at(today)
    return layout
  }

  /// The same where nobody knows the order of these columns.
  func distrusting(_ columns: Set<String>) -> RegisterLayout {
    var layout = self
    layout.dates = dates.distrusting(columns)
    return layout
  }

  /// The number of a case always; beyond it what a condition asks, and what says who hears.
  private static func requiredFields(_ book: RuleBook, _ organisation: Organisation) -> Set<Field> {
    var required = book.conditionFields
    required.insert(.caseID)
    if !organisation.departments.isEmpty { required.insert(.department) }
    if book.rules.contains(where: { $0.consent == .required }) { required.insert(.consent) }
    if book.rules.contains(where: { $0.ladder.contains { $0.roles.contains(.caseworker) } }) {
      required.insert(.caseworker)
    }
    return required
  }
}

/// Where the wanted columns stand in one register.
struct BoundLayout: Sendable {
  let fields: [(field: Field, column: Int)]
  /// For each event of the schema its column; nil where the register has none.
  let events: [Int?]
  let width: Int

  /// Finds the wanted columns in `header`; those that are missing or stand twice are added to `problems`.
  ///
  /// An event may be left to the events file, where it then must occur: a column that was renamed must not
  /// look like one.
  init?(
    _ layout: RegisterLayout, header: [String], events told: Set<Int>, at place: Place,
    problems: inout ProblemList
  ) {
    var fields: [(field: Field, column: Int)] = []
    var events = [Int?](repeating: nil, count: layout.schema.names.count)
    var found = ProblemList()
    let keys = header.map { FieldText($0).key }
    for column in layout.columns {
      let exact = header.indices.filter { header[$0] == column.header }
      let wanted = FieldText(column.header).key
      let positions = exact.isEmpty ? header.indices.filter { keys[$0] == wanted } : exact
      if positions.count > 1 {
        found.add(place, "the column \"\(shortened(column.header))\" stands twice; rename one of them")
      }
      guard let position = positions.first else {
        if case .event(let index) = column.target, told.contains(index), column.header == column.name {
          continue
        }
        if column.isRequired { found.add(place, Self.missing(column, header)) }
        continue
      }
      switch column.target {
      case .field(let field): fields.append((field, position))
      case .event(let index): events[index] = position
      }
    }
    problems.add(contentsOf: found)
    guard found.isEmpty else { return nil }
    self.fields = fields
    self.events = events
    width = header.count
  }

  private static func missing(_ column: RegisterLayout.Column, _ header: [String]) -> String {
    let start = "the column \"\(column.header)\" is missing"
    let near = nearest(to: column.header, among: header)
    let example = near.map { quoted($0) } ?? "HEADER"
    return "\(start); add it, or say in [register] which column it is: kolonne = \(column.name): \(example)"
  }
}
