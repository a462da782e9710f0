/// Reads the CSV that a rule's `tabel` names: columns are fields (conditions) or keys (terms set anew), one
/// variant of the rule a row.
enum RuleTable {
  private enum Column {
    case condition(Field)
    case term(String)
  }

  /// A cell, trimmed.
  private struct Cell {
    let text: String
    /// True where it was written in quotes, and a comma in it is a letter like any other.
    let isQuoted: Bool
  }

  static func parse(_ file: SourceFile, base: TermsDraft, problems: inout ProblemList) -> [RuleVariant] {
    var found = ProblemList()
    defer { problems.add(contentsOf: found) }
    var rows = rows(of: file, problems: &found)[...]
    guard let header = rows.popFirst(), !rows.isEmpty else {
      found.add(
        Place(file.name),
        "the table has no rows; write a header such as område;længde and a row for each area")
      return []
    }
    guard let columns = columns(header, file.name, &found) else { return [] }
    var variants: [RuleVariant] = []
    var firstLine: [[Condition]: Int] = [:]
    for row in rows {
      let place = Place(file.name, row.line)
      guard row.cells.count == columns.count else {
        found.add(
          place,
          "the row has \(row.cells.count) fields, the header \(columns.count); write one for each column")
        continue
      }
      guard let variant = variant(row.cells, columns, base, place, &found) else { continue }
      if let first = firstLine[variant.conditions] {
        found.add(place, "the same conditions as line \(first); keep one of the two")
      } else {
        firstLine[variant.conditions] = row.line
        variants.append(variant)
      }
    }
    return variants
  }

  private static func rows(
    of file: SourceFile, problems: inout ProblemList
  ) -> [(line: Int, cells: [Cell])] {
    var rows: [(line: Int, cells: [Cell])] = []
    var found = ProblemList()
    let collect = { (record: borrowing CSVRecord) in
      let place = Place(file.name, record.line)
      if case .textAfterQuote(let field) = record.fault {
        found.add(place, "field \(field + 1) goes on after its closing quote; double the quotes inside it")
      }
      var cells = [Cell]()
      for index in 0..<record.count {
        guard let text = String(validating: record[index], as: UTF8.self) else {
          found.add(place, "field \(index + 1) is not UTF-8; save the file as UTF-8")
          return
        }
        let fault = SafeText.fault(in: text)
        if let fault { found.add(place, "field \(index + 1) \(fault)") }
        let shown = trimmed(fault == nil ? text : SafeText.masked(text))
        cells.append(Cell(text: shown, isQuoted: record.isQuoted(index)))
      }
      rows.append((record.line, cells))
    }
    var parser = CSVParser(separator: UInt8(ascii: ";"))
    parser.read(withoutByteOrderMark(file.bytes), collect)
    if case .unclosedQuote(let line) = parser.finish(collect) {
      found.add(Place(file.name, line), "a quote opens here and never closes; close it")
    }
    problems.add(contentsOf: found)
    return rows
  }

  private static func columns(
    _ header: (line: Int, cells: [Cell]), _ file: String, _ problems: inout ProblemList
  ) -> [Column]? {
    let place = Place(file, header.line)
    let names = header.cells.map(\.text)
    var columns: [Column] = []
    for (index, name) in names.enumerated() {
      if names[..<index].contains(name) {
        problems.add(place, "the column \"\(shortened(name))\" stands twice; keep one")
      } else if let field = Field(rawValue: name) {
        columns.append(.condition(field))
      } else if TermsDraft.keys.contains(name) {
        columns.append(.term(name))
      } else {
        let known = Field.allCases.map(\.rawValue) + TermsDraft.keys
        problems.add(place, "unknown column \"\(shortened(name))\"" + suggestion(for: name, among: known))
      }
    }
    return columns.count == names.count ? columns : nil
  }

  private static func variant(
    _ cells: [Cell], _ columns: [Column], _ base: TermsDraft, _ place: Place, _ problems: inout ProblemList
  ) -> RuleVariant? {
    var terms = base
    var conditions: [Condition] = []
    var isSound = true
    for (column, cell) in zip(columns, cells) {
      do throws(Remedy) {
        switch column {
        case .condition(let field):
          let patterns = try read(cell, field.rawValue, Self.patterns)
          conditions.append(Condition(sense: .applies, field: field, patterns: patterns))
        case .term(let key) where !cell.text.isEmpty:
          try read(cell, key) { cell throws(Remedy) in try terms.set(key, to: cell.text) }
        case .term:
          // An empty cell leaves the rule's own value.
          break
        }
      } catch {
        problems.add(place, error.message)
        isSound = false
      }
    }
    guard isSound else { return nil }
    if terms.span == nil {
      problems.add(place, "længde: the row has none, and neither has the rule; write one")
    }
    return terms.finished(at: place, problems: &problems).map {
      RuleVariant(conditions: conditions, terms: $0, place: place)
    }
  }

  /// The alternatives of a condition: between commas where the cell stands without quotes, and between `|` in
  /// any cell.
  private static func patterns(_ cell: Cell) throws(Remedy) -> [Pattern] {
    if cell.isQuoted || cell.text.contains("|") {
      guard cell.isQuoted || !cell.text.contains(",") else {
        throw Remedy(
          "\"\(shortened(cell.text))\" holds both | and a comma; write | alone between the values, "
            + "or put the cell in quotes if the comma belongs to one")
      }
      return try RuleValue.patterns(cell.text.components(separatedBy: "|"), of: cell.text)
    }
    return try RuleValue.patterns(cell.text)
  }

  private static func read<Value>(
    _ cell: Cell, _ name: String, _ read: (Cell) throws(Remedy) -> Value
  ) throws(Remedy) -> Value {
    do {
      return try read(cell)
    } catch {
      throw Remedy("\(name): \(error.message)")
    }
  }
}
