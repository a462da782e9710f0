package import Notifier
package import Rules

/// The state folder, held by this process and no other.
package struct StateLock: Sendable {
  private let lock: any FileLock
  private let holder: Holder

  /// Takes the folder for `command`; who finds it taken is told by whom.
  ///
  /// - Throws: ``TickFault`` when another process holds it, or it cannot be made.
  package init(
    _ configuration: Configuration, files: any FileSystem, command: String, now: Now
  ) throws(TickFault) {
    let path = Self.path(configuration)
    let taken: (any FileLock)?
    do throws(FileFault) {
      try files.createDirectory(configuration.stateDirectory)
      taken = try files.lock(path)
    } catch {
      throw .file(error)
    }
    guard let taken else {
      let holder = Self.holder(configuration, files: files)?.description
      throw .locked(path: path, holder: holder ?? "it has only just begun")
    }
    lock = taken
    holder = Holder(command: command, process: files.writerID, since: now.moment)
    sign()
  }

  /// Says anew who holds the folder; the file's time tells when that was last said.
  package func sign() { lock.sign(holder.line) }

  package func release() { lock.release() }

  /// Who held the folder last.
  package static func holder(_ configuration: Configuration, files: any FileSystem) -> Holder? {
    (try? files.read(path(configuration))).flatMap { Holder(line: String(decoding: $0, as: UTF8.self)) }
  }

  /// True while some process holds the folder.
  package static func isHeld(_ configuration: Configuration, files: any FileSystem) -> Bool {
    files.isLocked(path(configuration))
  }

  package static func path(_ configuration: Configuration) -> String {
    Path.join(configuration.stateDirectory, "lock")
  }

  /// A process, as the lock file names it: `serve 4711 2026-11-20T09:05`.
  package struct Holder: Hashable, Sendable, CustomStringConvertible {
    package let command: String
    package let process: String
    package let since: CivilMoment

    package init(command: String, process: String, since: CivilMoment) {
      self.command = command
      self.process = process
      self.since = since
    }

    init?(line: String) {
      let words = trimmed(line).split(separator: " ").map(String.init)
      guard words.count == 3, let since = try? CivilMoment(iso: words[2]) else { return nil }
      self.init(command: words[0], process: words[1], since: since)
    }

    var line: String { "\(command) \(process) \(since)\n" }

    package var description: String { "\(command), process \(process), since \(since)" }
  }
}
