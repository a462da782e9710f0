import Glibc

/// The real file system, through the C library: Foundation's atomic writing does not bring the directory to
/// the disk.
package struct DiskFileSystem: FileSystem {
  package init() {}

  package var writerID: String { String(getpid()) }

  package func read(_ path: String) throws(FileFault) -> [UInt8] {
    var bytes: [UInt8] = []
    // Most files are small; those of the system seem to hold nothing.
    let size = min(max(stamp(of: path)?.size ?? 0, 1 << 12), 1 << 18)
    try readChunks(of: path, size: size) { chunk in
      bytes += chunk
      return true
    }
    return bytes
  }

  package func readChunks(
    of path: String, size: Int, _ body: (ArraySlice<UInt8>) -> Bool
  ) throws(FileFault) {
    let file = try open(path, O_RDONLY, "read")
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: size)
    while true {
      let count = Glibc.read(file, &buffer, size)
      if count < 0 {
        if errno == EINTR { continue }
        throw FileFault("read", path, code: errno)
      }
      if count == 0 || !body(buffer[..<count]) { return }
    }
  }

  package func open(_ path: String) throws(FileFault) -> any SharedFile {
    try DiskFile(open(path, O_RDONLY, "read"), path: path)
  }

  package func readOutput(of command: String, _ body: (ArraySlice<UInt8>) -> Bool) -> ChildProcess.Ending {
    ChildProcess(program: "/bin/sh", arguments: ["-c", command], environment: .inherited)
      .readOutput(timeout: Self.commandTimeout, body)
  }

  /// How many seconds a command may take that prints the register.
  package static let commandTimeout = 600

  package func names(in directory: String) throws(FileFault) -> [String] {
    guard let handle = uninterruptedOpening({ opendir(directory) }) else {
      throw FileFault("list", directory, code: errno)
    }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = try entry(of: handle, directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The next entry of an open directory; nil behind the last.
  private func entry(
    of handle: OpaquePointer, _ directory: String
  ) throws(FileFault) -> UnsafeMutablePointer<dirent>? {
    errno = 0
    if let entry = readdir(handle) { return entry }
    // Only the error number tells the end from a failure, and half a list would pass for a whole one.
    guard errno == 0 else { throw FileFault("list", directory, code: errno) }
    return nil
  }

  package func kind(of path: String) -> FileKind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .directory
    default: .other
    }
  }

  package func stamp(of path: String) -> FileStamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return FileStamp(
      size: Int(status.st_size),
      modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec),
      inode: UInt64(status.st_ino))
  }

  package func createDirectory(_ path: String) throws(FileFault) {
    guard kind(of: path) != .directory else { return }
    let parent = Path.directory(of: path)
    if parent != path && kind(of: parent) == nil { try createDirectory(parent) }
    if mkdir(path, 0o750) != 0 && errno != EEXIST {
      throw FileFault("create the directory", path, code: errno)
    }
    try syncDirectory(parent)
  }

  package func put(_ bytes: [UInt8], into path: String) throws(FileFault) {
    let file = try open(path, O_WRONLY | O_CREAT | O_TRUNC, "write")
    do throws(FileFault) {
      try write(bytes, to: file, path)
    } catch {
      close(file)
      throw error
    }
    // Linux takes this for a reason to begin writing what the disk does not have yet, so that who waits for
    // it waits less.
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
    // A file system on another machine may tell only now that it has no room.
    if close(file) != 0, errno != EINTR { throw FileFault("write", path, code: errno) }
  }

  package func sync(_ path: String) throws(FileFault) {
    // To be written: through a file that is only read some systems bring nothing to the disk.
    let file = try open(path, O_WRONLY, "write")
    defer { close(file) }
    try sync(file, path)
  }

  package func write(_ bytes: [UInt8], to path: String) throws(FileFault) {
    try write(bytes, to: path, O_TRUNC)
  }

  package func append(_ bytes: [UInt8], to path: String) throws(FileFault) {
    try write(bytes, to: path, O_APPEND)
  }

  package func truncate(_ path: String, to size: Int) throws(FileFault) {
    let file = try open(path, O_WRONLY, "cut")
    defer { close(file) }
    guard ftruncate(file, size) == 0, fsync(file) == 0 else { throw FileFault("cut", path, code: errno) }
  }

  package func rename(_ path: String, to newPath: String) throws(FileFault) {
    if Glibc.rename(path, newPath) != 0 { throw FileFault("replace", newPath, code: errno) }
  }

  package func remove(_ path: String) throws(FileFault) {
    if unlink(path) != 0 { throw FileFault("remove", path, code: errno) }
  }

  package func syncDirectory(_ path: String) throws(FileFault) {
    let directory = try open(path, O_RDONLY | O_DIRECTORY, "sync")
    defer { close(directory) }
    if fsync(directory) != 0 { throw FileFault("sync", path, code: errno) }
  }

  package func lock(_ path: String) throws(FileFault) -> (any FileLock)? {
    let file = try open(path, O_RDWR | O_CREAT, "lock")
    guard !isRemote(file) else {
      close(file)
      throw FileFault("lock", path, code: EREMOTE)
    }
    guard uninterrupted({ flock(file, LOCK_EX | LOCK_NB) }) == 0 else {
      let code = errno
      close(file)
      if code == EWOULDBLOCK { return nil }
      throw FileFault("lock", path, code: code)
    }
    return DiskLock(file: file)
  }

  package func isLocked(_ path: String) -> Bool {
    guard let inode = stamp(of: path)?.inode, let table = try? read("/proc/locks") else { return false }
    // `1: FLOCK  ADVISORY  WRITE 4711 fe:01:123456 0 EOF`, as proc(5) describes it.
    return String(decoding: table, as: UTF8.self).split(separator: "\n").contains { line in
      let words = line.split(separator: " ")
      return words.count > 5 && words[1] == "FLOCK" && words[5].split(separator: ":").last == "\(inode)"
    }
  }

  private func isRemote(_ file: Int32) -> Bool {
    var status = stat()
    guard fstat(file, &status) == 0, let mounts = try? read("/proc/self/mountinfo") else { return false }
    return MountTable(mountinfo: String(decoding: mounts, as: UTF8.self)).isRemote(
      device: UInt64(status.st_dev))
  }

  private func write(_ bytes: [UInt8], to path: String, _ flag: Int32) throws(FileFault) {
    let file = try open(path, O_WRONLY | O_CREAT | flag, "write")
    defer { close(file) }
    try write(bytes, to: file, path)
    try sync(file, path)
  }

  private func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws(FileFault) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileFault("write", path, code: errno)
      }
      rest = rest.dropFirst(count)
    }
  }

  private func sync(_ file: Int32, _ path: String) throws(FileFault) {
    if fsync(file) != 0 { throw FileFault("write", path, code: errno) }
  }

  private func open(_ path: String, _ flags: Int32, _ operation: String) throws(FileFault) -> Int32 {
    // Never inherited by a child; what a person must not read is not for the world.
    let file = uninterrupted { Glibc.open(path, flags | O_CLOEXEC, 0o640) }
    guard file >= 0 else { throw FileFault(operation, path, code: errno) }
    return file
  }
}

/// Asks again when a signal came between: what was interrupted was not done.
///
/// Not for `close` and not for `fsync`, of which nobody knows.
func uninterrupted(_ call: () -> Int32) -> Int32 {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

/// The same of a call that hands out something, or nil where it failed.
package func uninterruptedOpening<Opened>(_ call: () -> Opened?) -> Opened? {
  while true {
    let opened = call()
    if opened != nil || errno != EINTR { return opened }
  }
}

/// A `flock` on a file of its own that is never renamed.
private struct DiskLock: FileLock {
  let file: Int32

  func sign(_ holder: String) {
    let bytes = Array(holder.utf8)
    // In this order whoever reads meanwhile never finds it empty.
    _ = pwrite(file, bytes, bytes.count, 0)
    _ = ftruncate(file, bytes.count)
  }

  func release() {
    close(file)
  }
}

/// The system's word for an `errno` value, in English whatever the locale.
package func systemMessage(_ code: Int32) -> String {
  switch code {
  case ENOENT: "no such file or directory"
  case EACCES, EPERM: "permission denied"
  case EISDIR: "it is a directory"
  case ENOTDIR: "a part of the path is no directory"
  case ENOSPC: "no space left on the disk"
  case EROFS: "the file system is read-only"
  case EIO: "input/output error"
  case EWOULDBLOCK: "another process still uses it"
  case EREMOTE: "it lies on a network file system; put it on a local disk"
  default: String(cString: strerror(code))
  }
}
