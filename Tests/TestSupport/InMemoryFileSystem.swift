import Glibc
package import Notifier
import Scheduler

/// The scratch file system as a whole disk, which can fail, or "lose power", at any chosen call that changes something.
package final class InMemoryFileSystem: FileSystem {
  /// What happens at the chosen call.
  package enum Mishap: Sendable {
    /// The call fails and changes nothing.
    case fails(Int32)
    /// Half of what it writes is written, and it and every later call fail, as if the process were killed.
    case killed
  }

  private struct Fate {
    var changes = 0
    var mishap: (at: Int, kind: Mishap)?
    var isDead = false
  }

  private let disk = ScratchFileSystem()
  private let fate = Locked(Fate())
  private let held = Locked([String: any FileLock]())

  package init(_ files: [String: String] = [:]) {
    for (path, text) in files { put(text, at: path) }
  }

  package var writerID: String { "1" }

  package func put(_ text: String, at path: String) { put(Array(text.utf8), at: path) }

  package func put(_ bytes: [UInt8], at path: String) {
    try? disk.createDirectory(Path.directory(of: path))
    try? disk.write(bytes, to: path)
  }

  package func text(_ path: String) -> String? {
    (try? disk.read(path)).map { String(decoding: $0, as: UTF8.self) }
  }

  package func delete(_ path: String) { try? disk.remove(path) }

  /// The paths of all files below `directory`, sorted.
  package func paths(below directory: String) -> [String] {
    disk.writtenPaths.filter { $0.hasPrefix(directory + "/") }
  }

  /// Lets the changing call number `call` (from 1, counted from now) go wrong.
  package func arrange(_ kind: Mishap, at call: Int) {
    fate.with { $0 = Fate(changes: 0, mishap: (call, kind), isDead: false) }
  }

  /// What the disk holds after a kill: the files stay, locks and the mishap are gone.
  package func restart() {
    fate.with { $0 = Fate() }
    for lock in held.with({ $0.values.map(\.self) }) { lock.release() }
    held.with { $0 = [:] }
  }

  package func read(_ path: String) throws(FileFault) -> [UInt8] { try disk.read(path) }

  package func readChunks(
    of path: String, size: Int, _ body: (ArraySlice<UInt8>) -> Bool
  ) throws(FileFault) {
    try disk.readChunks(of: path, size: size, body)
  }

  /// A command is known by the file that holds its output.
  package func readOutput(of command: String, _ body: (ArraySlice<UInt8>) -> Bool) -> ChildProcess.Ending {
    guard let bytes = try? disk.read("output/\(command)") else {
      return .exited(127, words: "\(command): not found")
    }
    _ = body(bytes[...])
    return .exited(0, words: "")
  }

  package func names(in directory: String) throws(FileFault) -> [String] { try disk.names(in: directory) }

  package func kind(of path: String) -> FileKind? { disk.kind(of: path) }

  package func createDirectory(_ path: String) throws(FileFault) {
    guard kind(of: path) != .directory else { return }
    try change("create the directory", path) { _ throws(FileFault) in try disk.createDirectory(path) }
  }

  package func write(_ bytes: [UInt8], to path: String) throws(FileFault) {
    try change("write", path) { isTorn throws(FileFault) in try disk.write(Self.kept(bytes, isTorn), to: path)
    }
  }

  package func append(_ bytes: [UInt8], to path: String) throws(FileFault) {
    try change("write", path) { isTorn throws(FileFault) in
      try disk.append(Self.kept(bytes, isTorn), to: path)
    }
  }

  package func truncate(_ path: String, to size: Int) throws(FileFault) {
    try change("cut", path) { _ throws(FileFault) in try disk.truncate(path, to: size) }
  }

  package func rename(_ path: String, to newPath: String) throws(FileFault) {
    try change("replace", newPath) { isTorn throws(FileFault) in
      if !isTorn { try disk.rename(path, to: newPath) }
    }
  }

  package func remove(_ path: String) throws(FileFault) {
    try change("remove", path) { isTorn throws(FileFault) in
      if !isTorn { try disk.remove(path) }
    }
  }

  package func syncDirectory(_ path: String) throws(FileFault) {
    try change("sync", path) { _ throws(FileFault) in }
  }

  package func lock(_ path: String) throws(FileFault) -> (any FileLock)? {
    guard let lock = try disk.lock(path) else { return nil }
    held.with { $0[path] = lock }
    return lock
  }

  private static func kept(_ bytes: [UInt8], _ isTorn: Bool) -> [UInt8] {
    isTorn ? Array(bytes.prefix(bytes.count / 2)) : bytes
  }

  private func change(
    _ operation: String, _ path: String, _ body: (_ isTorn: Bool) throws(FileFault) -> Void
  ) throws(FileFault) {
    let mishap = fate.with { fate -> Mishap? in
      guard !fate.isDead else { return .fails(EIO) }
      fate.changes += 1
      guard let mishap = fate.mishap, mishap.at == fate.changes else { return nil }
      if case .killed = mishap.kind { fate.isDead = true }
      return mishap.kind
    }
    switch mishap {
    case nil: try body(false)
    case .fails(let code): throw FileFault(operation, path, code: code)
    case .killed:
      try body(true)
      throw FileFault(operation, path, code: EIO)
    }
  }
}
