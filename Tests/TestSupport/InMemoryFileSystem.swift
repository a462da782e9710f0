import Foundation
import Glibc
package import Notifier

/// A file system in memory. It can fail, or "lose power", at any chosen call that changes something.
package final class InMemoryFileSystem: FileSystem {
  /// What happens at the chosen call.
  package enum Mishap: Sendable {
    /// The call fails and changes nothing.
    case fails(Int32)
    /// Half of what it writes is written, and it and every later call fail, as if the process were killed.
    case killed
  }

  private struct State {
    var files: [String: [UInt8]] = [:]
    var directories: Set<String> = ["."]
    var locked: Set<String> = []
    var changes = 0
    var mishap: (at: Int, kind: Mishap)?
    var isDead = false
  }

  // The lock guards every access, so the class may be shared.
  private let state: Locked<State>

  package init(_ files: [String: String] = [:]) {
    state = Locked(State())
    for (path, text) in files { put(text, at: path) }
  }

  package var writerID: String { "1" }

  package func put(_ text: String, at path: String) { put(Array(text.utf8), at: path) }

  package func put(_ bytes: [UInt8], at path: String) {
    state.with { state in
      state.files[path] = bytes
      var directory = Path.directory(of: path)
      while state.directories.insert(directory).inserted { directory = Path.directory(of: directory) }
    }
  }

  package func text(_ path: String) -> String? {
    state.with { $0.files[path].map { String(decoding: $0, as: UTF8.self) } }
  }

  package func delete(_ path: String) { state.with { $0.files[path] = nil } }

  /// The paths of all files below `directory`, sorted.
  package func paths(below directory: String) -> [String] {
    state.with { $0.files.keys.filter { $0.hasPrefix(directory + "/") }.sorted() }
  }

  /// The number of changing calls so far.
  package var changes: Int { state.with { $0.changes } }

  /// Lets the changing call number `call` (from 1, counted from now) go wrong.
  package func arrange(_ kind: Mishap, at call: Int) {
    state.with { state in
      state.changes = 0
      state.mishap = (call, kind)
    }
  }

  /// What the disk holds after a kill: the files stay, locks and the mishap are gone.
  package func restart() {
    state.with { state in
      state.locked = []
      state.mishap = nil
      state.isDead = false
      state.changes = 0
    }
  }

  package func read(_ path: String) throws(FileFault) -> [UInt8] {
    guard let bytes = state.with({ $0.files[path] }) else {
      throw FileFault("read", path, code: kind(of: path) == .directory ? EISDIR : ENOENT)
    }
    return bytes
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

  package func names(in directory: String) throws(FileFault) -> [String] {
    guard kind(of: directory) == .directory else { throw FileFault("list", directory, code: ENOENT) }
    return state.with { state in
      let all = Array(state.files.keys) + Array(state.directories)
      return all.filter { Path.directory(of: $0) == directory && $0 != "." }.map {
        String($0.dropFirst(directory == "." ? 0 : directory.count + 1))
      }.sorted()
    }
  }

  package func kind(of path: String) -> FileKind? {
    state.with { $0.files[path] != nil ? .file : $0.directories.contains(path) ? .directory : nil }
  }

  package func createDirectory(_ path: String) throws(FileFault) {
    guard kind(of: path) != .directory else { return }
    try change("create the directory", path) { state, _ in
      var directory = path
      while state.directories.insert(directory).inserted { directory = Path.directory(of: directory) }
    }
  }

  package func write(_ bytes: [UInt8], to path: String) throws(FileFault) {
    try change("write", path) { $0.files[path] = Array($1 ? bytes.prefix(bytes.count / 2) : bytes[...]) }
  }

  package func append(_ bytes: [UInt8], to path: String) throws(FileFault) {
    try change("write", path) {
      $0.files[path, default: []] += $1 ? bytes.prefix(bytes.count / 2) : bytes[...]
    }
  }

  package func truncate(_ path: String, to size: Int) throws(FileFault) {
    try change("cut", path) { state, _ in state.files[path] = state.files[path].map { Array($0.prefix(size)) }
    }
  }

  package func rename(_ path: String, to newPath: String) throws(FileFault) {
    try change("replace", newPath) { state, isTorn in
      guard !isTorn else { return }
      state.files[newPath] = state.files.removeValue(forKey: path)
    }
  }

  package func remove(_ path: String) throws(FileFault) {
    try change("remove", path) { if !$1 { $0.files[path] = nil } }
  }

  package func syncDirectory(_ path: String) throws(FileFault) {
    try change("sync", path) { _, _ in }
  }

  package func lock(_ path: String) throws(FileFault) -> (any FileLock)? {
    let isFree = state.with { $0.locked.insert(path).inserted }
    return isFree ? MemoryLock { [state] in state.with { _ = $0.locked.remove(path) } } : nil
  }

  private func change(
    _ operation: String, _ path: String, _ body: (inout State, _ isTorn: Bool) -> Void
  ) throws(FileFault) {
    let fault = state.with { state -> FileFault? in
      guard !state.isDead else { return FileFault(operation, path, code: EIO) }
      state.changes += 1
      guard let mishap = state.mishap, mishap.at == state.changes else {
        body(&state, false)
        return nil
      }
      switch mishap.kind {
      case .fails(let code): return FileFault(operation, path, code: code)
      case .killed:
        body(&state, true)
        state.isDead = true
        return FileFault(operation, path, code: EIO)
      }
    }
    if let fault { throw fault }
  }
}

private struct MemoryLock: FileLock {
  let onRelease: @Sendable () -> Void

  func release() { onRelease() }
}

/// A value behind a lock.
package final class Locked<Value>: @unchecked Sendable {
  // Unchecked because the compiler cannot see that `value` is only ever touched while `lock` is held, which `with` ensures.
  private var value: Value
  private let lock = NSLock()

  package init(_ value: Value) {
    self.value = value
  }

  package func with<Result>(_ body: (inout Value) -> Result) -> Result {
    lock.lock()
    defer { lock.unlock() }
    return body(&value)
  }
}
