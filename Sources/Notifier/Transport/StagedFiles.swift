import Glibc
import Rules

/// New contents that stand beside the files they are to replace. To wait for the disk once, behind all of
/// them, is much less than to wait for each.
package struct StagedFiles: Sendable {
  /// The files to be replaced.
  package private(set) var paths: Set<String> = []

  package init() {}

  /// Takes over what was staged elsewhere.
  package mutating func formUnion(_ other: StagedFiles) { paths.formUnion(other.paths) }

  /// Writes what is to replace the content of `path`.
  package mutating func add(_ bytes: [UInt8], for path: String, in files: any FileSystem) throws(FileFault) {
    paths.insert(path)
    try files.put(bytes, into: files.ownName(beside: path))
  }

  /// Lets `stage` add contents and commits them; where either fails none of them stays behind.
  @discardableResult
  package static func committed(
    in files: any FileSystem, _ stage: (inout StagedFiles) throws(FileFault) -> Void
  ) throws(FileFault) -> StagedFiles {
    var staged = StagedFiles()
    do throws(FileFault) {
      try stage(&staged)
      try staged.commit(in: files)
    } catch {
      staged.discard(in: files)
      throw error
    }
    return staged
  }

  /// Replaces each file as ``FileSystem/replace(_:with:by:)`` does, and none before all contents are on the
  /// disk.
  package func commit(in files: any FileSystem) throws(FileFault) {
    let paths = paths.sorted()
    // What is known to stand in the way is asked for before anything is replaced.
    for path in paths where files.kind(of: path) == .directory {
      throw FileFault("replace", path, code: EISDIR)
    }
    for path in paths { try files.sync(files.ownName(beside: path)) }
    for path in paths { try files.rename(files.ownName(beside: path), to: path) }
    for directory in Set(paths.map(Path.directory)).sorted() { try files.syncDirectory(directory) }
  }

  /// Removes the contents again: a full disk needs the room.
  package func discard(in files: any FileSystem) {
    for path in paths { try? files.remove(files.ownName(beside: path)) }
  }

  // MARK: After a process that was killed

  /// Removes contents that were never committed: those an hour older than a file that was just replaced. What
  /// is younger another process may be about to commit.
  ///
  /// - Parameters:
  ///   - newest: the file that was just replaced.
  ///   - isReplaced: true for the names of files in `directory` that are replaced in this way.
  package static func removeLeftovers(
    in directory: String, of files: any FileSystem, olderThan newest: String, _ isReplaced: (String) -> Bool
  ) throws(FileFault) {
    guard let now = files.stamp(of: newest)?.modifiedAt else { return }
    for name in try files.names(in: directory) {
      let path = Path.join(directory, name)
      guard let original = original(of: name), isReplaced(original),
        let left = files.stamp(of: path)?.modifiedAt, left.seconds < now.seconds - 3_600
      else { continue }
      try files.remove(path)
    }
  }

  /// The name of the file beside which a content grows under this name; nil for any other name.
  private static func original(of name: String) -> String? {
    guard let dot = name.lastIndex(of: "."), name[dot...].hasPrefix(".ny") else { return nil }
    let writer = name[dot...].utf8.dropFirst(3)
    let isWriter = !writer.isEmpty && writer.allSatisfy { (0x30...0x39).contains($0) }
    return isWriter ? String(name[..<dot]) : nil
  }
}
