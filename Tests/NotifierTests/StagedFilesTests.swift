import Foundation
import Notifier
import TestSupport
import Testing

@Suite struct StagedFilesTests {
  private static let before = ["ud/a": "gammelt a", "ud/b": "gammelt b", "ud/x/c": "gammelt c"]
  private static let after = [
    "ud/a": "nyt a", "ud/b": "nyt b, og længere", "ud/x/c": "nyt c", "ud/x/d": "nyt d",
  ]

  private static func disk() -> InMemoryFileSystem { InMemoryFileSystem(before) }

  private static func replace(in files: InMemoryFileSystem) throws(FileFault) {
    try StagedFiles.committed(in: files) { staged throws(FileFault) in
      for (path, text) in after.sorted(by: { $0.key < $1.key }) {
        try staged.add(Array(text.utf8), for: path, in: files)
      }
    }
  }

  private static func content(_ files: InMemoryFileSystem) -> [String: String] {
    Dictionary(uniqueKeysWithValues: files.paths(below: "ud").map { ($0, files.text($0) ?? "") })
  }

  @Test func nothingIsReplacedBeforeAllIsWritten() throws {
    let files = Self.disk()
    var staged = StagedFiles()
    try staged.add(Array("nyt a".utf8), for: "ud/a", in: files)
    try staged.add(Array("nyt d".utf8), for: "ud/x/d", in: files)
    #expect(files.text("ud/a") == "gammelt a" && files.text("ud/x/d") == nil)
    #expect(staged.paths == ["ud/a", "ud/x/d"])
    try staged.commit(in: files)
    #expect(files.text("ud/a") == "nyt a" && files.text("ud/x/d") == "nyt d")
    #expect(files.paths(below: "ud") == ["ud/a", "ud/b", "ud/x/c", "ud/x/d"])
  }

  @Test func theSumHoldsBoth() throws {
    let files = Self.disk()
    var (first, second) = (StagedFiles(), StagedFiles())
    try first.add(Array("nyt a".utf8), for: "ud/a", in: files)
    try second.add(Array("nyt b".utf8), for: "ud/b", in: files)
    first.formUnion(second)
    try first.commit(in: files)
    #expect(files.text("ud/a") == "nyt a" && files.text("ud/b") == "nyt b")
  }

  /// Whatever call fails, no file is half, none lies around, and as long as the disk takes none of them in,
  /// all are the old ones.
  @Test(arguments: [ENOSPC, EIO])
  func aCallThatFailsLeavesNothingBehind(code: Int32) throws {
    let files = Self.disk()
    files.arrange(.fails(code), at: .max)
    try Self.replace(in: files)
    #expect(Self.content(files) == Self.after)
    let (writes, all) = (2 * Self.after.count, files.steps)
    #expect(all == 3 * Self.after.count + 2)
    for step in 1...all {
      let files = Self.disk()
      files.arrange(.fails(code), at: step)
      #expect(throws: FileFault.self, "step \(step)") { try Self.replace(in: files) }
      let content = Self.content(files)
      if step <= writes { #expect(content == Self.before, "step \(step)") }
      for (path, text) in content {
        #expect(text == Self.before[path] || text == Self.after[path], "step \(step): \(path)")
      }
    }
  }

  /// Who comes after a kill or a power failure finds each file whole, the old or the new.
  @Test(arguments: [InMemoryFileSystem.Mishap.killed, .powerLost])
  func aCrashTearsNoFile(mishap: InMemoryFileSystem.Mishap) {
    for step in 1...(3 * Self.after.count + 2) {
      let files = Self.disk()
      files.arrange(mishap, at: step)
      #expect(throws: FileFault.self, "step \(step)") { try Self.replace(in: files) }
      files.restart()
      for path in Self.after.keys {
        let text = files.text(path)
        #expect(text == Self.before[path] || text == Self.after[path], "step \(step): \(path)")
      }
    }
  }

  @Test func theDiskWritesAndSyncs() throws {
    let folder = try TemporaryFolder()
    let (files, path) = (DiskFileSystem(), folder.path + "/a")
    try files.put(Array("en lang linje".utf8), into: path)
    try files.put(Array("kort".utf8), into: path)
    try files.sync(path)
    #expect(try files.read(path) == Array("kort".utf8))
    #expect(throws: FileFault("write", folder.path + "/b", code: ENOENT)) {
      try files.sync(folder.path + "/b")
    }
    var staged = StagedFiles()
    try staged.add(Array("ny".utf8), for: path, in: files)
    #expect(try files.names(in: folder.path) == ["a", "a.ny\(getpid())"])
    staged.discard(in: files)
    #expect(try files.names(in: folder.path) == ["a"])
  }

  @Test func aFolderInTheWayIsToldBeforeAnythingIsReplaced() throws {
    let folder = try TemporaryFolder()
    let files = DiskFileSystem()
    try files.createDirectory(folder.path + "/b")
    try folder.write("gammelt", to: "a")
    var staged = StagedFiles()
    for name in ["a", "b"] { try staged.add(Array("nyt".utf8), for: "\(folder.path)/\(name)", in: files) }
    #expect(throws: FileFault("replace", folder.path + "/b", code: EISDIR)) { try staged.commit(in: files) }
    staged.discard(in: files)
    #expect(try folder.read("a") == "gammelt")
    #expect(try files.names(in: folder.path) == ["a", "b"])
  }

  /// Only what is old, and only of files that are replaced in this way.
  @Test func whatAKilledProcessLeftIsRemoved() throws {
    let folder = try TemporaryFolder()
    let old = [
      "a.csv.ny123", "b.csv.ny7", "a.csv", "a.csv.ny", "a.csv.nyere", "notat.txt.ny123", "a.csv.old",
    ]
    for name in old + ["c.csv.ny8", "nyeste"] { try folder.write("x", to: name) }
    for name in old {
      let before = Date(timeIntervalSinceNow: -3_700)
      try FileManager.default.setAttributes(
        [.modificationDate: before], ofItemAtPath: "\(folder.path)/\(name)")
    }
    let files = DiskFileSystem()
    try StagedFiles.removeLeftovers(in: folder.path, of: files, olderThan: folder.path + "/nyeste") {
      $0.hasSuffix(".csv")
    }
    #expect(
      try files.names(in: folder.path) == [
        "a.csv", "a.csv.ny", "a.csv.nyere", "a.csv.old", "c.csv.ny8", "notat.txt.ny123", "nyeste",
      ])
  }
}
