/// Reads the CSV that a rule's `tabel` names: columns are fields (conditions) or keys (terms set anew), one
/// variant of the rule a row.
enum RuleTable {
  private enum Column {
    case condition(Field)
    case term(String)
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
  ) -> [(line: Int, cells: [String])] {
    var rows: [(line: Int, cells: [String])] = []
    var found = ProblemList()
    let collect = { (record: borrowing CSVRecord) in
      let place = Place(file.name, record.line)
      if case .textAfterQuote(let field) = record.fault {
        found.add(place, "field \(field + 1) goes on after its closing quote; double the quotes inside it")
      }
      var cells = [String]()
      for index in 0..<record.count {
        guard let text = String(validating: record[index], as: UTF8.self) else {
          found.add(place, "field \(index + 1) is not UTF-8; save the file as UTF-8")
          return
        }
        let fault = SafeText.fault(in: text)
        if let fault { found.add(place, "field \(index + 1) \(fault)") }
        cells.append(trimmed(fault == nil ? text : SafeText.masked(text)))
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
    _ header: (line: Int, cells: [String]), _ file: String, _ problems: inout ProblemList
  ) -> [Column]? {
    let place = Place(file, header.line)
    var columns: [Column] = []
    for (index, name) in header.cells.enumerated() {
      if header.cells[..<index].contains(name) {
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
    return columns.count == header.cells.count ? columns : nil
  }

  private static func variant(
    _ cells: [String], _ columns: [Column], _ base: TermsDraft, _ place: Place, _ problems: inout ProblemList
  ) -> RuleVariant? {
    var terms = base
    var conditions: [Condition] = []
    var isSound = true
    for (column, cell) in zip(columns, cells) {
      do throws(Remedy) {
        switch column {
        case .condition(let field):
          let patterns = try read(cell, field.rawValue, RuleValue.patterns)
          conditions.append(Condition(sense: .applies, field: field, patterns: patterns))
        case .term(let key) where !cell.isEmpty:
          try read(cell, key) { text throws(Remedy) in try terms.set(key, to: text) }
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
      RuleVariant(conditions: conditions, terms: $0)
    }
  }

  private static func read<Value>(
    _ cell: String, _ name: String, _ read: (String) throws(Remedy) -> Value
  ) throws(Remedy) -> Value {
    do {
      return try read(cell)
    } catch {
      throw Remedy("\(name): \(error.message)")
    }
  }
}
