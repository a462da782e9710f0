import Notifier
import Rules

/// The files that a tick reads, as they lay there when they were last read.
struct InputWatch: Sendable {
  private let files: any FileSystem
  /// The configuration, the rules and their tables, and the folders that hold rules.
  private var sources: [String: FileStamp?] = [:]
  private var register: [String: FileStamp?] = [:]
  private var isMissing = false

  /// An export that was written a moment ago may not be whole yet.
  static let settlingSeconds: Int64 = 2

  init(files: any FileSystem) {
    self.files = files
  }

  /// What a look at the register's files shows.
  enum Look {
    case unchanged
    /// Changed, and perhaps still being written.
    case unsettled
    case changed
  }

  /// Remembers how the sources lie there now.
  mutating func remember(sourcesOf setup: Setup) {
    sources = stamps(setup.sources)
  }

  /// True when one of the remembered sources is another now.
  var haveSourcesChanged: Bool { stamps(Array(sources.keys)) != sources }

  /// Remembers how the register lies there now; call it before it is read.
  mutating func remember(registerOf settings: RegisterSettings) {
    register = stamps(settings.files)
    isMissing = false
  }

  /// Looks whether the register changed since it was remembered.
  mutating func look(at settings: RegisterSettings, _ instant: Instant) -> Look {
    let present = stamps(settings.files)
    guard present != register else { return .unchanged }
    guard present.values.allSatisfy({ $0 != nil }) else {
      // An export may remove the old file before it writes the new one; the second look takes it seriously.
      defer { isMissing = true }
      return isMissing ? .changed : .unsettled
    }
    isMissing = false
    let newest = present.values.compactMap { $0?.modifiedAt.seconds }.max() ?? 0
    return (0..<Self.settlingSeconds).contains(instant.seconds - newest) ? .unsettled : .changed
  }

  private func stamps(_ paths: [String]) -> [String: FileStamp?] {
    Dictionary(paths.map { ($0, files.stamp(of: $0)) }) { first, _ in first }
  }
}

extension RegisterSettings {
  /// The files that hold the register; none where a command prints it.
  var files: [String] {
    let register: String? = if case .file(let path) = source { path } else { nil }
    return [register, events?.path].compactMap(\.self)
  }
}
