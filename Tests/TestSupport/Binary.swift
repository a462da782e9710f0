import Foundation

/// The built program, run as a user runs it.
package enum Binary {
  package struct Outcome: Sendable {
    package let code: Int32
    package let output: String
    package let error: String
  }

  /// The executable beside the test bundle.
  package static let path: String = {
    let products = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    let folder =
      products?.deletingLastPathComponent()
      ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    return folder.appending(path: "fristvagt").path(percentEncoded: false)
  }()

  /// Runs the program with `arguments` in `directory`; `input` is its standard input.
  package static func run(_ arguments: [String], in directory: String, input: String = "") throws -> Outcome {
    let folder = try TemporaryFolder()
    try folder.write(input, to: "input")
    // Files, not pipes: no reader has to keep up.
    for name in ["output", "error"] { try folder.write("", to: name) }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: directory)
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder.path + "/input"))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: folder.path + "/output"))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: folder.path + "/error"))
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: try folder.read("output"), error: try folder.read("error"))
  }
}

extension TemporaryFolder {
  /// A folder with a copy of the repository's rules and examples, in which anything may be written.
  package static func withExamples() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["rules", "examples", "docs"] {
      try FileManager.default.copyItem(atPath: Repository.root + name, toPath: folder.path + "/" + name)
    }
    // What somebody's own run of an example left behind is none of the tests' business.
    for kommune in try Repository.names(in: "examples") {
      for name in ["state", "out", "udbakke", "kalendere"] {
        try? FileManager.default.removeItem(atPath: "\(folder.path)/examples/\(kommune)/\(name)")
      }
    }
    return folder
  }
}
