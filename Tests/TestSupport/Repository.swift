import Foundation

/// Places in the repository, seen from the tests' own source.
package enum Repository {
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path(percentEncoded: false)

  /// The text of a file of the repository.
  package static func text(_ path: String) throws -> String {
    try String(contentsOfFile: root + path, encoding: .utf8)
  }

  /// The names in a folder of the repository, sorted.
  package static func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root + path).sorted()
  }
}

/// A folder of its own for one test, gone when the test is.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    path = NSTemporaryDirectory() + "/fristvagt-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  package func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  package func write(_ bytes: [UInt8], to name: String) throws {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Its bytes as UTF-8, a byte order mark among them.
  package func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path).appending(path: name)), as: UTF8.self)
  }

  /// Every file below `name`, by its path from there, with its bytes.
  package func tree(_ name: String = "") -> [String: [UInt8]] {
    let start = URL(filePath: path).appending(path: name)
    guard
      let files = FileManager.default.enumerator(at: start, includingPropertiesForKeys: [.isRegularFileKey])
    else {
      return [:]
    }
    var tree = [String: [UInt8]]()
    for case let file as URL in files {
      let isFile = (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
      if isFile {
        tree[String(file.path(percentEncoded: false).dropFirst(start.path(percentEncoded: false).count))] =
          (try? Data(contentsOf: file)).map(Array.init)
      }
    }
    return tree
  }
}

/// Text that a person read once and that must not change unseen.
package enum Golden {
  /// Compares with `Tests/Goldens/NAME`; with `FRISTVAGT_WRITE_GOLDENS` set the file is written instead, to
  /// be read.
  ///
  /// - Returns: nil when they are equal, otherwise what to do.
  package static func difference(_ name: String, _ text: String) throws -> String? {
    let file = Repository.root + "Tests/Goldens/" + name
    if ProcessInfo.processInfo.environment["FRISTVAGT_WRITE_GOLDENS"] != nil {
      try FileManager.default.createDirectory(
        atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      return nil
    }
    let golden = try String(contentsOfFile: file, encoding: .utf8)
    guard golden != text else { return nil }
    let lines = zip(
      golden.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false))
    let first = lines.enumerated().first { $0.element.0 != $0.element.1 }
    return
      "\(name), line \((first?.offset ?? 0) + 1): golden \"\(first?.element.0 ?? "")\", now \"\(first?.element.1 ?? "")\"; "
      + "read the difference, then run with FRISTVAGT_WRITE_GOLDENS=1"
  }
}

extension Repository {
  /// The bytes of a file of the repository.
  package static func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: root + path)))
  }
}

extension Repository {
  /// A number of the environment, for tests that run longer where there is time.
  package static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }
}
