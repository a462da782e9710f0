/// Draws charts as inline SVG. Colours come from the page's style sheet, so that they follow light, dark and
/// paper.
enum PictureSVG {
  /// The chart as a figure, or as a table with a small chart in each row.
  static func render(_ picture: Picture) -> String {
    switch picture.shape {
    case .columns(let urgencies): columns(picture, urgencies)
    case .rows: rows(picture)
    }
  }

  // MARK: Columns

  /// Units of the drawing; as wide as a small phone, so that its letters stay large enough there.
  private enum Frame {
    static let width = 360.0
    static let height = 164.0
    static let baseline = 124.0
    static let tallest = 96.0
  }

  private static func columns(_ picture: Picture, _ urgencies: [ReportDocument.Urgency]) -> String {
    let values = picture.series[0].values
    let most = Double(max(1, values.max() ?? 1))
    let slot = Frame.width / Double(values.count)
    let bars = values.indices.map { index -> String in
      let height = values[index] == 0 ? 0 : max(2, Double(values[index]) / most * Frame.tallest)
      let centre = slot * (Double(index) + 0.5)
      let bar =
        height == 0
        ? ""
        : "<rect class=\"\(urgencies[index].rawValue)\" x=\"\(units(centre - slot * 0.32))\" y=\"\(units(Frame.baseline - height))\" width=\"\(units(slot * 0.64))\" height=\"\(units(height))\"/>"
      return bar + text(danish(values[index]), x: centre, y: Frame.baseline - height - 6, "value")
        + text(picture.labels[index], x: centre, y: Frame.baseline + 17, "label")
    }
    return """
      <figure>
      <figcaption>\(escaped(picture.title))</figcaption>
      <svg viewBox="0 0 \(units(Frame.width)) \(units(Frame.height))" role="img" aria-label="\(escaped(sentence(picture)))">
      \(bars.joined(separator: "\n"))
      <path class="axis" d="M0 \(units(Frame.baseline))H\(units(Frame.width))"/>
      \(text(picture.axis, x: Frame.width / 2, y: Frame.baseline + 33, "label"))
      </svg>
      </figure>
      """
  }

  private static func text(_ words: String, x: Double, y: Double, _ style: String) -> String {
    "<text class=\"\(style)\" x=\"\(units(x))\" y=\"\(units(y))\">\(escaped(words))</text>"
  }

  /// Every number of the chart, for those who hear the page.
  private static func sentence(_ picture: Picture) -> String {
    let values = zip(picture.labels, picture.series[0].values).map { "\($0): \(danish($1))" }
    return "\(picture.title), \(picture.axis): \(values.joined(separator: ", "))"
  }

  // MARK: Rows of small columns

  private static func rows(_ picture: Picture) -> String {
    let most = picture.series.flatMap(\.values).max() ?? 1
    let columns: [ReportDocument.Column] = [
      .leading(picture.axis), .leading("\(picture.labels.first ?? "") til i dag"), .trailing("i dag"),
    ]
    var table = HTMLTable(HTMLTable.Columns(columns))
    for series in picture.series {
      table.append([
        .init(text: series.name), .init(html: sparkline(series.values, most: most)),
        .init(text: danish(series.values.last ?? 0)),
      ])
    }
    var html: [UInt8] = []
    table.write(caption: picture.title, style: "chart", to: &html)
    return String(decoding: html, as: UTF8.self)
  }

  private static func sparkline(_ values: [Int], most: Int) -> String {
    let bars = values.enumerated().filter { $0.element > 0 }.map { index, value in
      let height = max(1.5, Double(value) / Double(max(1, most)) * 22)
      return
        "<rect x=\"\(index * 15)\" y=\"\(units(24 - height))\" width=\"11\" height=\"\(units(height))\"/>"
    }
    let numbers = values.map(danish).joined(separator: ", ")
    return
      "<svg class=\"spark\" viewBox=\"0 0 \(values.count * 15 - 4) 25\" role=\"img\" aria-label=\"\(numbers)\">\(bars.joined())<path class=\"axis\" d=\"M0 24.5H\(values.count * 15 - 4)\"/></svg>"
  }

  /// A number with at most one decimal, the same on every machine.
  private static func units(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }
}
