/// The eight states of a clock; the raw value is the word in rules, reports and `counts.csv`.
package enum StateName: String, Hashable, Sendable, CaseIterable {
  /// Due after the horizon.
  case running = "løber"
  /// Due today or within the horizon of five working days.
  case soon = "snart"
  /// Due before today and not stopped.
  case exceeded = "overskredet"
  /// Stopped in time.
  case kept = "overholdt"
  /// Stopped after it was due.
  case late = "for-sent"
  case paused = "i-bero"
  /// The case was closed without the stop event.
  case lapsed = "bortfaldet"
  /// Cannot be computed; the reason is always given.
  case unclear = "uafklaret"

  /// Its place in ``allCases``; spelt out, because every clock asks for it.
  package var position: Int {
    switch self {
    case .running: 0
    case .soon: 1
    case .exceeded: 2
    case .kept: 3
    case .late: 4
    case .paused: 5
    case .lapsed: 6
    case .unclear: 7
    }
  }
}
