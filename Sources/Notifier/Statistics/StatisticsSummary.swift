/// The figures of some deadlines in a sentence or two, as the adviser may quote them.
struct StatisticsSummary {
  private let kept: Int
  private let moved: Int
  private let told: Int
  private let untold: Int

  init(_ lines: [Statistics.Line]) {
    func sum(_ fate: Fate) -> Int { lines.reduce(0) { $0 + $1.count(fate) } }
    (kept, moved) = (sum(.kept), sum(.keptAfterNotice))
    (told, untold) = (sum(.exceededWithNotice), sum(.exceededWithoutNotice))
  }

  /// Those of which it is settled whether they were kept.
  private var settled: Int { kept + moved + told + untold }

  /// Nil where nothing is settled.
  var sentences: String? {
    guard settled > 0 else { return nil }
    let share = "\(danish(kept)) af \(danish(settled)) blev overholdt (\(Self.percent(kept, of: settled)) %)"
    let notice = moved == 0 ? "" : ", og \(danish(moved)) mere efter besked i tide om en ny dato"
    return ([share + notice] + [exceeded].compactMap(\.self)).joined(separator: ". ") + "."
  }

  /// Nil where none is.
  private var exceeded: String? {
    switch (told, untold) {
    case (0, 0): nil
    case (_, 0): "\(danish(told)) blev overskredet med besked til borgeren"
    case (0, _): "\(danish(untold)) blev overskredet uden besked til borgeren"
    default: "\(danish(told + untold)) blev overskredet, \(danish(untold)) af dem uden besked til borgeren"
    }
  }

  /// Rounded, but all is only all, and none only none.
  static func percent(_ part: Int, of whole: Int) -> Int {
    let rounded = (part * 200 + whole) / (whole * 2)
    return part == 0 || part == whole ? rounded : min(99, max(1, rounded))
  }
}
