import Rules

/// The `datoformat` lines: which of day and month stands first, for all columns and for single ones.
package struct DateOrders: Hashable, Sendable {
  /// One line that names a column.
  struct Line: Hashable, Sendable {
    /// An event, or a column of the events file.
    let column: String
    let order: DateOrder
    let place: Place
  }

  /// Of every column without a line of its own.
  private let general: DateOrder?
  let lines: [Line]

  /// What the lines say; what is wrong with them is added to `problems`.
  init(_ entries: [Entry], _ problems: inout ProblemList) {
    var general: DateOrder?
    var lines: [Line] = []
    for entry in entries {
      do throws(Remedy) {
        if let (column, order) = RuleValue.splitAtColon(entry.value) {
          guard !lines.contains(where: { $0.column == column }) else {
            throw Remedy("\"\(shortened(column))\" already has an order; keep one line")
          }
          lines.append(Line(column: column, order: try RuleValue.word(order), place: entry.place))
        } else {
          let order: DateOrder = try RuleValue.word(entry.value)
          guard general == nil else { throw Remedy("all columns already have an order; keep one line") }
          general = order
        }
      } catch {
        problems.add(entry.place, "datoformat: \(error.message)")
      }
    }
    self.general = general
    self.lines = lines
  }

  /// What is said of a column; nil where nothing is.
  subscript(column: String) -> DateOrder? { lines.first { $0.column == column }?.order ?? general }
}
