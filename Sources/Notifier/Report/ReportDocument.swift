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

    init(_ number: Int, _ label: String, remark: String? = nil, _ urgency: Urgency) {
      self.number = number
      self.label = label
      self.remark = remark
      self.urgency = urgency
    }
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

  /// One row; its first cell names it.
  package struct Row: Hashable, Sendable {
    package let cells: [String]
    /// Where the first cell leads.
    package let link: String?
    package let readers: Readers

    init(_ cells: [String], link: String? = nil, readers: Readers = .everybody) {
      self.cells = cells
      self.link = link
      self.readers = readers
    }

    /// The first cell, marked where it is for the adviser alone.
    var markedName: String { (cells.first ?? "") + readers.mark }
  }

  /// Who may read a row.
  package enum Readers: Hashable, Sendable {
    case everybody
    /// The adviser alone; a row for her says so, so that she can leave it out of what others see.
    case adviserAlone

    init(mayReachDepartment: Bool) { self = mayReachDepartment ? .everybody : .adviserAlone }

    /// What stands behind the row's name.
    var mark: String {
      switch self {
      case .everybody: ""
      case .adviserAlone: " · kun dig"
      }
    }
  }

  /// Rows under one heading.
  package struct Group: Hashable, Sendable {
    /// A department, or empty where the table has one group.
    package let heading: String
    package let rows: [Row]
    /// What was left out, and where it stands.
    package let more: String?
  }

  /// A table with its groups.
  package struct Table: Hashable, Sendable {
    package let title: String
    /// Stands above the rows.
    package let picture: Picture?
    package let columns: [Column]
    package let groups: [Group]
    /// What to say when there is no row; a table without such words is left out then.
    package let empty: String

    init(
      title: String, picture: Picture? = nil, columns: [Column], groups: [Group], empty: String = ""
    ) {
      self.title = title
      self.picture = picture
      self.columns = columns
      self.groups = groups
      self.empty = empty
    }

    /// True where it has nothing to say.
    var isSilent: Bool { groups.isEmpty && empty.isEmpty }
  }

  package let title: String
  package let subtitle: String
  /// What to know before reading on, where there is something; one paragraph each.
  package let lead: [String]
  /// The same for a mail, which holds no text of the register: what stands in the field of an area may be
  /// anything.
  private let leadInMails: [String]
  package let figures: [Figure]
  package let tables: [Table]
  /// What holds for the whole report; one sentence each.
  package let notes: [String]
  /// What a subject says where every figure is nought.
  let quietSummary: String

  /// Tables that have nothing to say are left out.
  init(
    title: String, subtitle: String, lead: [String] = [], leadInMails: [String]? = nil, figures: [Figure],
    tables: [Table], notes: [String], watch: WatchedDeadlines = .some
  ) {
    self.leadInMails = leadInMails ?? lead
    quietSummary = watch.wordsWhereNoneIsExceeded
    self.title = title
    self.subtitle = subtitle
    self.lead = lead
    self.figures = figures
    self.tables = tables.filter { !$0.isSilent }
    self.notes = notes
  }
}

extension ReportDocument {
  /// The report as a mail may hold it.
  var mailed: ReportDocument { ReportDocument(self, lead: leadInMails) }

  private init(_ report: ReportDocument, lead: [String]) {
    self.lead = lead
    leadInMails = lead
    (title, subtitle, figures) = (report.title, report.subtitle, report.figures)
    (tables, notes, quietSummary) = (report.tables, report.notes, report.quietSummary)
  }
}
