/// A chart as what it shows: drawn where pictures are shown, a table where they are not.
package struct Picture: Hashable, Sendable {
  /// How it is drawn.
  package enum Shape: Hashable, Sendable {
    /// One column for each label.
    case columns([ReportDocument.Urgency])
    /// A row of small columns for each series.
    case rows
  }

  /// Numbers of one kind, one for each label.
  package struct Series: Hashable, Sendable {
    package let name: String
    package let values: [Int]
  }

  package let title: String
  /// What the labels are: `forfalder i uge`.
  package let axis: String
  package let labels: [String]
  package let series: [Series]
  package let shape: Shape

  /// Nil where there is nothing to see.
  init?(title: String, axis: String, labels: [String], series: [Series], shape: Shape) {
    guard series.contains(where: { $0.values.contains { $0 > 0 } }) else { return nil }
    self.title = title
    self.axis = axis
    self.labels = labels
    self.series = series
    self.shape = shape
  }

  /// The same as a table.
  var table: ReportDocument.Table {
    switch shape {
    case .columns:
      ReportDocument.Table(
        title: title, columns: [.leading(axis), .trailing("frister")],
        groups: [
          .init(
            heading: "",
            rows: labels.indices.map { index in
              .init([labels[index]] + series.map { danish($0.values[index]) })
            }, more: nil)
        ])
    case .rows:
      ReportDocument.Table(
        title: title, columns: [.leading(axis)] + labels.map { .trailing($0) },
        groups: [
          .init(heading: "", rows: series.map { .init([$0.name] + $0.values.map(danish)) }, more: nil)
        ])
    }
  }
}
