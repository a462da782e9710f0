import Glibc
package import Notifier
import Synchronization

/// A file system whose changes stay in memory: what was written is read back, everything else comes from
/// below.
package final class ScratchFileSystem: FileSystem {
  private struct State {
    var files: [String: [UInt8]] = [:]
    var directories: Set<String> = ["."]
    var removed: Set<String> = []
    var locked: Set<String> = []
    /// How often a file was changed: in place of a time, which memory does not have.
    var changes: [String: Int64] = [:]

    mutating func put(_ bytes: [UInt8], at path: String) {
      files[path] = bytes
      changes[path, default: 0] += 1
    }
  }

  private let base: (any FileSystem)?
  private let state = Mutex(State())

  /// - Parameter base: what is read where nothing was written; nil for an empty file system.
  package init(over base: (any FileSystem)? = nil) {
    self.base = base
  }

  package var writerID: String { "s" }

  /// The paths of the written files, sorted.
  package var writtenPaths: [String] { state.withLock { $0.files.keys.sorted() } }

  package func read(_ path: String) throws(FileFault) -> [UInt8] {
    let (bytes, isRemoved) = state.withLock { ($0.files[path], $0.removed.contains(path)) }
    if let bytes { return bytes }
    guard let base, !isRemoved else {
      throw FileFault("read", path, code: kind(of: path) == .directory ? EISDIR : ENOENT)
    }
    return try base.read(path)
  }

  package func readChunks(
    of path: String, size: Int, _ body: (ArraySlice<UInt8>) -> Bool
  ) throws(FileFault) {
    let bytes = try read(path)
    for start in stride(from: 0, to: bytes.count, by: size)
    where !body(bytes[start..<min(start + size, bytes.count)]) {
      return
    }
  }

  package func readOutput(of command: String, _ body: (ArraySlice<UInt8>) -> Bool) -> ChildProcess.Ending {
    base?.readOutput(of: command, body) ?? .notStarted(FileFault("run", command, code: ENOENT))
  }

  package func names(in directory: String) throws(FileFault) -> [String] {
    guard kind(of: directory) == .directory else { throw FileFault("list", directory, code: ENOENT) }
    let below = (try? base?.names(in: directory)) ?? []
    return state.withLock { state in
      let written = (Array(state.files.keys) + Array(state.directories))
        .filter { Path.directory(of: $0) == directory && $0 != "." }
        .map { String($0.dropFirst(directory == "." ? 0 : directory.utf8.count + 1)) }
      let gone = below.filter { !state.removed.contains(Path.join(directory, $0)) }
      return Set(written + gone).sorted()
    }
  }

  package func kind(of path: String) -> FileKind? {
    let found: FileKind?? = state.withLock { state in
      if state.files[path] != nil { return .file }
      if state.directories.contains(path) { return .directory }
      return state.removed.contains(path) ? .some(nil) : nil
    }
    return found ?? base?.kind(of: path)
  }

  package func stamp(of path: String) -> FileStamp? {
    let written = state.withLock { state in
      state.files[path].map {
        FileStamp(size: $0.count, modified: state.changes[path, default: 0], inode: 0)
      }
    }
    return written ?? (kind(of: path) == nil ? nil : base?.stamp(of: path))
  }

  package func createDirectory(_ path: String) throws(FileFault) {
    state.withLock { state in
      var directory = path
      while state.directories.insert(directory).inserted { directory = Path.directory(of: directory) }
    }
  }

  package func put(_ bytes: [UInt8], into path: String) throws(FileFault) {
    state.withLock { $0.put(bytes, at: path) }
  }

  package func sync(_ path: String) throws(FileFault) {}

  package func write(_ bytes: [UInt8], to path: String) throws(FileFault) { try put(bytes, into: path) }

  package func append(_ bytes: [UInt8], to path: String) throws(FileFault) {
    let before = kind(of: path) == nil ? [] : try read(path)
    state.withLock { $0.put(before + bytes, at: path) }
  }

  package func truncate(_ path: String, to size: Int) throws(FileFault) {
    let before = try read(path)
    state.withLock { $0.put(Array(before.prefix(size)), at: path) }
  }

  package func rename(_ path: String, to newPath: String) throws(FileFault) {
    let bytes = try read(path)
    state.withLock { state in
      state.put(bytes, at: newPath)
      state.files[path] = nil
      state.removed.insert(path)
    }
  }

  package func remove(_ path: String) throws(FileFault) {
    guard kind(of: path) == .file else { throw FileFault("remove", path, code: ENOENT) }
    state.withLock { state in
      state.files[path] = nil
      state.removed.insert(path)
    }
  }

  package func syncDirectory(_ path: String) throws(FileFault) {}

  package func lock(_ path: String) throws(FileFault) -> (any FileLock)? {
    let isFree = state.withLock { $0.locked.insert(path).inserted }
    return isFree ? ScratchLock(path: path, files: self) : nil
  }

  package func isLocked(_ path: String) -> Bool { state.withLock { $0.locked.contains(path) } }

  fileprivate func unlock(_ path: String) {
    state.withLock { _ = $0.locked.remove(path) }
  }
}

private struct ScratchLock: FileLock {
  let path: String
  let files: ScratchFileSystem

  func sign(_ holder: String) { try? files.write(Array(holder.utf8), to: path) }

  func release() { files.unlock(path) }
}
