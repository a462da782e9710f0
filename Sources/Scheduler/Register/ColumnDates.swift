import Rules

/// How the dates of each column are read.
package struct ColumnDates: Sendable {
  let orders: DateOrders
  private let zone: ZoneTable
  private let today: CivilDate
  /// The columns whose order nobody knows.
  private(set) var distrusted: Set<String> = []

  /// - Parameters:
  ///   - zone: where a date that names its offset from UTC is put.
  ///   - today: the last day that a birthday with a year of two digits may be.
  init(_ orders: DateOrders, zone: ZoneTable, today: CivilDate) {
    self.orders = orders
    self.zone = zone
    self.today = today
  }

  /// The columns of the events file that hold dates.
  static let eventColumns = ["dato", "ny_frist"]

  /// What reads the column of an event, or one of the events file.
  func field(_ column: String) -> DateField {
    DateField(
      distrusted.contains(column) ? nil : orders[column] ?? .dayFirst, zone: zone,
      latest: column == EventSchema.birthday ? today : nil)
  }

  /// True where nothing is said or known of the order of a column, so that it is read day first until its
  /// dates say otherwise.
  func isOpen(_ column: String) -> Bool { orders[column] == nil && !distrusted.contains(column) }

  /// The same as seen on another day.
  func at(_ today: CivilDate) -> ColumnDates {
    var dates = ColumnDates(orders, zone: zone, today: today)
    dates.distrusted = distrusted
    return dates
  }

  /// The same with more columns whose order nobody knows.
  func distrusting(_ columns: Set<String>) -> ColumnDates {
    var dates = self
    dates.distrusted.formUnion(columns)
    return dates
  }
}

/// The columns of one register, or one events file, that may be day first or month first.
struct Distrust: Sendable {
  /// Their names; two events may have one column.
  let names: Set<String>
  /// Each once, in the order of the register.
  let columns: [DistrustedColumn]

  static let none = Distrust(names: [], columns: [])

  func problems(in file: String) -> [RegisterProblem] {
    columns.map { RegisterProblem(Place(file, $0.line), .distrusted($0)) }
  }
}
