package import Notifier
package import Rules

/// Why a tick stopped.
package enum TickFault: Error, Hashable, Sendable {
  case register(RegisterFault)
  /// The register lost more rows since the last pass than the configuration allows.
  case shrunken(before: Int, now: Int, Problem)
  /// The clock stands before the newest record of the journal.
  case clockBehind(newest: CivilMoment, Problem)
  /// No clock that is right says this year, so nothing is even written down.
  case clockImplausible(Problem)
  case journal(JournalFault)
  case file(FileFault)
  /// Another process holds the state folder; `holder` is what it says of itself.
  case locked(path: String, holder: String)
  /// Somebody asked the program to leave; what was not sent yet is sent next time.
  case interrupted

  /// What the adviser is told; nil where the journal could not remember that she was, or nothing is wrong.
  var standstill: Alarm.Standstill? {
    switch self {
    case .register(.unreadable): .unreadable
    case .register(.unusable): .unusable
    case .register(.changing): .changing
    case .shrunken(let before, let now, _): .shrunken(before: before, now: now)
    case .clockBehind(let newest, _): .clockBehind(newest: newest)
    case .clockImplausible, .journal, .file, .locked, .interrupted: nil
    }
  }
}
