import Glibc
package import Notifier
import Scheduler

/// The scratch file system as a whole disk, which can fail, be left by its process, or lose power, at any
/// chosen step of all that changes something: each write, fsync, truncation, rename, removal and new
/// directory is one, and so is each moment around a spawn that a transport reports with ``survives()``.
package final class InMemoryFileSystem: FileSystem {
  /// What happens at the chosen step.
  package enum Mishap: Sendable, Hashable {
    /// The call fails. Half of a write is written; what an fsync should have brought to the disk stays in
    /// memory.
    case fails(Int32)
    /// Half of a write is written, and this and every later call fail: the process is gone.
    case killed
    /// The same, and after the restart only what an fsync had brought to the disk is there.
    case powerLost
  }

  private struct Fate {
    var steps = 0
    var mishap: (at: Int, kind: Mishap)?
    var isDead = false
  }

  private let disk = ScratchFileSystem()
  private let platter = Locked(Platter())
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
    platter.with {
      $0.created(path)
      $0.synced(path, bytes)
      $0.named(path)
    }
  }

  package func text(_ path: String) -> String? {
    (try? disk.read(path)).map { String(decoding: $0, as: UTF8.self) }
  }

  package func delete(_ path: String) {
    try? disk.remove(path)
    platter.with { $0.removed(path, isNamed: true) }
  }

  /// The paths of all files below `directory`, sorted.
  package func paths(below directory: String) -> [String] {
    disk.writtenPaths.filter { $0.hasPrefix(directory + "/") }
  }

  /// What they hold, by path.
  package func contents(below directory: String) -> [String: [UInt8]] {
    Dictionary(paths(below: directory).map { ($0, (try? read($0)) ?? []) }, uniquingKeysWith: { $1 })
  }

  /// Lets step number `step` (from 1, counted from now) go wrong.
  package func arrange(_ kind: Mishap, at step: Int) {
    fate.with { $0 = Fate(steps: 0, mishap: (step, kind), isDead: false) }
  }

  /// How many steps were taken since the last ``arrange(_:at:)``.
  package var steps: Int { fate.with { $0.steps } }

  /// What the disk holds after a kill, or after the power came back; locks and the mishap are gone.
  package func restart() {
    let isPowerLost = fate.with { fate -> Bool in
      defer { fate = Fate() }
      return fate.isDead && fate.mishap?.kind == .powerLost
    }
    for lock in held.with({ $0.values.map(\.self) }) { lock.release() }
    held.with { $0 = [:] }
    guard isPowerLost else { return }
    let files = platter.with { $0.files }
    for path in disk.writtenPaths where files[path] == nil { try? disk.remove(path) }
    for (path, bytes) in files { try? disk.write(bytes, to: path) }
  }

  /// One step of a spawn; false when the process did not get beyond it.
  package func survives() -> Bool {
    (try? step("run", "") { _ throws(FileFault) in }) != nil
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

  package func stamp(of path: String) -> FileStamp? { disk.stamp(of: path) }

  package func createDirectory(_ path: String) throws(FileFault) {
    guard kind(of: path) != .directory else { return }
    try step("create the directory", path) { isWhole throws(FileFault) in
      if isWhole { try disk.createDirectory(path) }
    }
    try step("sync", Path.directory(of: path)) { _ throws(FileFault) in }
  }

  package func put(_ bytes: [UInt8], into path: String) throws(FileFault) {
    try step("write", path) { isWhole throws(FileFault) in
      platter.with { $0.created(path) }
      try disk.write(Self.part(bytes, isWhole), to: path)
    }
  }

  package func write(_ bytes: [UInt8], to path: String) throws(FileFault) {
    try put(bytes, into: path)
    try sync(path)
  }

  package func append(_ bytes: [UInt8], to path: String) throws(FileFault) {
    try step("write", path) { isWhole throws(FileFault) in
      platter.with { $0.created(path) }
      try disk.append(Self.part(bytes, isWhole), to: path)
    }
    try sync(path)
  }

  package func truncate(_ path: String, to size: Int) throws(FileFault) {
    try step("cut", path) { isWhole throws(FileFault) in
      if isWhole { try disk.truncate(path, to: size) }
    }
    try sync(path)
  }

  package func rename(_ path: String, to newPath: String) throws(FileFault) {
    try step("replace", newPath) { isWhole throws(FileFault) in
      guard isWhole else { return }
      try disk.rename(path, to: newPath)
      platter.with { $0.renamed(path, to: newPath) }
    }
  }

  package func remove(_ path: String) throws(FileFault) {
    try step("remove", path) { isWhole throws(FileFault) in
      guard isWhole else { return }
      try disk.remove(path)
      platter.with { $0.removed(path, isNamed: false) }
    }
  }

  package func syncDirectory(_ path: String) throws(FileFault) {
    try step("sync", path) { isWhole throws(FileFault) in
      if isWhole { platter.with { $0.directorySynced(path) } }
    }
  }

  package func sync(_ path: String) throws(FileFault) {
    try step("write", path) { isWhole throws(FileFault) in
      guard isWhole else { return }
      let bytes = try disk.read(path)
      platter.with { $0.synced(path, bytes) }
    }
  }

  package func lock(_ path: String) throws(FileFault) -> (any FileLock)? {
    guard let lock = try disk.lock(path) else { return nil }
    held.with { $0[path] = lock }
    return lock
  }

  package func isLocked(_ path: String) -> Bool { disk.isLocked(path) }

  private static func part(_ bytes: [UInt8], _ isWhole: Bool) -> [UInt8] {
    isWhole ? bytes : Array(bytes.prefix(bytes.count / 2))
  }

  private func step(
    _ operation: String, _ path: String, _ body: (_ isWhole: Bool) throws(FileFault) -> Void
  ) throws(FileFault) {
    let course = fate.with { fate -> Course in
      guard !fate.isDead else { return .dead }
      fate.steps += 1
      guard let mishap = fate.mishap, mishap.at == fate.steps else { return .well }
      fate.isDead = mishap.kind == .killed || mishap.kind == .powerLost
      return .ill(mishap.kind)
    }
    switch course {
    case .well: try body(true)
    case .dead: throw FileFault(operation, path, code: EIO)
    case .ill(let mishap):
      try body(false)
      guard case .fails(let code) = mishap else { throw FileFault(operation, path, code: EIO) }
      throw FileFault(operation, path, code: code)
    }
  }

  private enum Course {
    case well, dead
    case ill(Mishap)
  }
}

/// What would be left without power: files by the names that a directory's fsync brought to the disk, with
/// the bytes that their own fsync did.
private struct Platter: Sendable {
  private var next = 0
  private var ids: [String: Int] = [:]
  private var bytes: [Int: [UInt8]] = [:]
  private var names: [String: Int] = [:]

  var files: [String: [UInt8]] { names.mapValues { bytes[$0] ?? [] } }

  mutating func created(_ path: String) {
    guard ids[path] == nil else { return }
    next += 1
    ids[path] = next
  }

  mutating func synced(_ path: String, _ content: [UInt8]) {
    if let id = ids[path] { bytes[id] = content }
  }

  mutating func named(_ path: String) { names[path] = ids[path] }

  mutating func renamed(_ path: String, to newPath: String) { ids[newPath] = ids.removeValue(forKey: path) }

  mutating func removed(_ path: String, isNamed: Bool) {
    ids[path] = nil
    if isNamed { names[path] = nil }
  }

  mutating func directorySynced(_ directory: String) {
    for path in Set(names.keys).union(ids.keys) where Path.directory(of: path) == directory { named(path) }
  }
}
