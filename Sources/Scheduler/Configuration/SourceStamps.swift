package import Notifier
import Rules

/// Files and folders that something is read from, each as it lay there before it was read: what is replaced
/// while it is read looks changed afterwards.
package struct SourceStamps: Hashable, Sendable {
  /// By path; nil where nothing was.
  private var stamps: [String: FileStamp?] = [:]

  package init() {}

  /// How `paths` lie there now.
  package init(_ paths: some Sequence<String>, in files: any FileSystem) {
    for path in paths { note(path, in: files) }
  }

  /// Notes how `path` lies there; what was noted first stays.
  package mutating func note(_ path: String, in files: any FileSystem) {
    guard !stamps.keys.contains(path) else { return }
    stamps.updateValue(files.stamp(of: path), forKey: path)
  }

  /// Takes over what was noted elsewhere; of what both noted this stays.
  package mutating func formUnion(_ other: SourceStamps) {
    stamps.merge(other.stamps) { own, _ in own }
  }

  /// How the same files and folders lie there now.
  package func renewed(in files: any FileSystem) -> SourceStamps { SourceStamps(stamps.keys, in: files) }

  /// True where something is missing.
  var haveGaps: Bool { stamps.values.contains(nil) }

  /// When the youngest of them was last written, in seconds since 1970; nil where there are none.
  var newest: Int64? { stamps.values.compactMap { $0?.modifiedAt.seconds }.max() }
}
