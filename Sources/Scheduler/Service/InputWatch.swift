import Notifier
import Rules

/// The files that a tick reads, as they lay there when they were last read.
struct InputWatch: Sendable {
  private let files: any FileSystem
  private var sources = Watched()
  private var register = Watched()

  /// What was written a moment ago may not be whole yet.
  static let settlingSeconds: Int64 = 2

  init(files: any FileSystem) {
    self.files = files
  }

  /// What a look at files shows.
  enum Look {
    case unchanged
    /// Changed, and perhaps still being written.
    case unsettled
    case changed
  }

  /// Files that belong together.
  private struct Watched {
    var known = SourceStamps()
    /// True where the look before missed one of them.
    private var isMissing = false

    init() {}

    init(_ known: SourceStamps) {
      self.known = known
    }

    mutating func look(_ present: SourceStamps, _ instant: Instant) -> Look {
      let wasMissing = isMissing
      isMissing = present != known && present.haveGaps
      if present == known { return .unchanged }
      // Whoever replaces a file may remove the old one first; the second look takes it seriously.
      if isMissing { return wasMissing ? .changed : .unsettled }
      let age = instant.seconds - (present.newest ?? 0)
      return (0..<InputWatch.settlingSeconds).contains(age) ? .unsettled : .changed
    }
  }

  // MARK: The configuration, the rules and their tables, the texts, and the folders of these

  /// Remembers what the sources were read from.
  mutating func remember(sources known: SourceStamps) { sources = Watched(known) }

  /// How the remembered sources lie there now.
  var presentSources: SourceStamps { sources.known.renewed(in: files) }

  /// Looks whether one of the sources changed since it was read.
  mutating func lookAtSources(_ instant: Instant) -> Look { sources.look(presentSources, instant) }

  // MARK: The register

  /// Remembers how the register lies there now; call it before it is read.
  mutating func remember(registerOf settings: RegisterSettings) {
    register = Watched(SourceStamps(settings.files, in: files))
  }

  /// Looks whether the register changed since it was remembered.
  mutating func look(at settings: RegisterSettings, _ instant: Instant) -> Look {
    register.look(SourceStamps(settings.files, in: files), instant)
  }
}

extension RegisterSettings {
  /// The files that hold the register; none where a command prints it.
  var files: [String] {
    let register: String? = if case .file(let path) = source { path } else { nil }
    return [register, events?.path].compactMap(\.self)
  }
}
