/// A report as what it says, before it is text or HTML; both are rendered from this one source.
package struct ReportDocument: Hashable, Sendable {
  /// One number of the first screen.
  package struct Figure: Hashable, Sendable {
    package let number: Int
    /// What the number counts: `overskredet`.
    package let label: String
    /// A remark behind it: `2 nye siden fredag`.
    package let remark: String?
    package let urgency: Urgency
  }

  /// How loudly a figure is shown.
  package enum Urgency: String, Hashable, Sendable {
    case high, middle, low
  }

  /// A column of a table.
  package struct Column: Hashable, Sendable {
    package let title: String
    package let alignment: Alignment

    /// A column of words.
    static func leading(_ title: String) -> Column { Column(title: title, alignment: .leading) }

    /// A column of numbers.
    static func trailing(_ title: String) -> Column { Column(title: title, alignment: .trailing) }
  }

  /// On which side its cells stand.
  package enum Alignment: Hashable, Sendable {
    case leading, trailing
  }

  /// Rows under one heading.
  package struct Group: Hashable, Sendable {
    /// A department, or empty where the table has one group.
    package let heading: String
    package let rows: [[String]]
    /// What was left out, and where it stands.
    package let more: String?
  }

  /// A table with its groups.
  package struct Table: Hashable, Sendable {
    package let title: String
    package let columns: [Column]
    package let groups: [Group]
    /// What to say when there is no row.
    package let empty: String
  }

  package let title: String
  package let subtitle: String
  /// What to know before reading on, where there is something; one sentence each.
  package let lead: [String]
  package let figures: [Figure]
  package let tables: [Table]
  /// What holds for the whole report; one sentence each.
  package let notes: [String]

  init(
    title: String, subtitle: String, lead: [String] = [], figures: [Figure], tables: [Table], notes: [String]
  ) {
    self.title = title
    self.subtitle = subtitle
    self.lead = lead
    self.figures = figures
    self.tables = tables
    self.notes = notes
  }
}
