package import Rules

/// What went wrong with a file: the call, the path, and the system's own word for it.
package struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
  package let operation: String
  package let path: String
  /// The value of `errno`.
  package let code: Int32

  package init(_ operation: String, _ path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  package var description: String { "\(path): cannot \(operation): \(systemMessage(code))" }
}

/// Everything that the program asks of the system's files, so that tests can hold it in memory and make each
/// call fail.
package protocol FileSystem: Sendable {
  /// Tells this process's temporary files from those of others.
  var writerID: String { get }

  /// The whole content of a file.
  func read(_ path: String) throws(FileFault) -> [UInt8]

  /// Hands the content of a file to `body` in order, in pieces of at most `size` bytes.
  ///
  /// `body` returns false to stop early.
  func readChunks(
    of path: String, size: Int, _ body: (ArraySlice<UInt8>) -> Bool
  ) throws(FileFault)

  /// Opens a file to be read in several places at once.
  func open(_ path: String) throws(FileFault) -> any SharedFile

  /// Runs a shell command and hands what it writes to `body`, as ``readChunks(of:size:_:)`` does with a file.
  func readOutput(of command: String, _ body: (ArraySlice<UInt8>) -> Bool) -> ChildProcess.Ending

  /// The names in a directory, sorted.
  func names(in directory: String) throws(FileFault) -> [String]

  /// Nil where nothing is.
  func kind(of path: String) -> FileKind?

  /// What tells one content of a file from the next without reading it; nil where nothing is.
  func stamp(of path: String) -> FileStamp?

  /// Creates a directory and those above it, and brings their names to the disk; fine where it is.
  func createDirectory(_ path: String) throws(FileFault)

  /// Creates or empties the file and writes `bytes`, of which ``sync(_:)`` has to be asked before they are on
  /// the disk.
  func put(_ bytes: [UInt8], into path: String) throws(FileFault)

  /// Brings the bytes of a file to the disk (fsync).
  func sync(_ path: String) throws(FileFault)

  /// Creates or empties the file, writes `bytes` and brings them to the disk (fsync).
  func write(_ bytes: [UInt8], to path: String) throws(FileFault)

  /// Adds `bytes` to the end of the file, which is created where it is missing, and brings them to the disk
  /// (fsync).
  func append(_ bytes: [UInt8], to path: String) throws(FileFault)

  /// Cuts the file to `size` bytes and brings that to the disk.
  func truncate(_ path: String, to size: Int) throws(FileFault)

  /// Gives the file another name in one step, over a file of that name.
  func rename(_ path: String, to newPath: String) throws(FileFault)

  func remove(_ path: String) throws(FileFault)

  /// Brings the names in a directory to the disk (fsync).
  func syncDirectory(_ path: String) throws(FileFault)

  /// Holds the file at `path` for this process until the lock is released; nil when another process holds it.
  func lock(_ path: String) throws(FileFault) -> (any FileLock)?

  /// True while some process holds the file; asked without holding it, so that nobody finds it taken.
  func isLocked(_ path: String) -> Bool
}

/// A lock that ends with ``release()`` or with the process.
package protocol FileLock: Sendable {
  /// Writes into the locked file who holds it, for whoever finds it locked; a failure is no reason to stop.
  func sign(_ holder: String)

  func release()
}

/// A file as it lay there at one moment.
package struct FileStamp: Hashable, Sendable {
  /// In bytes.
  package let size: Int
  /// Nanoseconds since 1970.
  package let modified: Int64
  /// Another one for another file of the same name.
  package let inode: UInt64

  package init(size: Int, modified: Int64, inode: UInt64) {
    self.size = size
    self.modified = modified
    self.inode = inode
  }

  /// When its content was last changed.
  package var modifiedAt: Instant { Instant(seconds: modified / 1_000_000_000) }
}

/// What stands at a path.
package enum FileKind: Hashable, Sendable {
  case file
  case directory
  case other
}

extension FileSystem {
  /// Replaces the content of `path` in one step that a crash cannot tear: the old content or the new one
  /// stands there, on the disk, nothing between.
  ///
  /// - Parameter temporary: where the new content grows, beside `path`; a name of this process where none is
  ///   given.
  package func replace(
    _ path: String, with bytes: [UInt8], by temporary: String? = nil
  ) throws(FileFault) {
    let temporary = temporary ?? ownName(beside: path)
    do throws(FileFault) {
      try write(bytes, to: temporary)
      try rename(temporary, to: path)
    } catch {
      // A full disk needs the room.
      try? remove(temporary)
      throw error
    }
    try syncDirectory(Path.directory(of: path))
  }

  /// Where this process lets the new content of a file grow.
  func ownName(beside path: String) -> String { "\(path).ny\(writerID)" }
}

/// Paths as text.
package enum Path {
  /// What stands before the last `/`; `.` where there is none.
  package static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// `path` as seen from `directory`, with `.` and `..` resolved by name; an absolute path stays.
  package static func join(_ directory: String, _ path: String) -> String {
    let joined = path.hasPrefix("/") || directory == "." ? path : "\(directory)/\(path)"
    var parts: [Substring] = []
    for part in joined.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    let relative = parts.joined(separator: "/")
    return joined.hasPrefix("/") ? "/" + relative : relative.isEmpty ? "." : relative
  }
}
