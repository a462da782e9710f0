import Foundation
import TestSupport
import Testing

/// A journal that lost records, in the hands of the built program.
@Suite struct JournalLossRunTests {
  private let folder: TemporaryFolder
  private let path = "examples/hedensted/state/journal"
  private static let days = ["2024-12-16T08:00:00", "2024-12-17T08:00:00"]

  init() throws {
    folder = try TemporaryFolder.withExamples()
  }

  private func run(_ command: String, _ now: String, _ options: [String] = []) throws -> Binary.Outcome {
    try Binary.run(
      [command, "--config", "examples/hedensted/fristvagt.conf", "--now", now] + options, in: folder.path)
  }

  private var mails: [String] { folder.tree("examples/hedensted/udbakke/new").keys.sorted() }

  @Test func whatLostRecordsStopsEveryCommandUntilItIsAccepted() throws {
    var backup: [String] = []
    for day in Self.days {
      #expect(try run("tick", day).code == 0)
      if backup.isEmpty { backup = try lines() }
    }
    let whole = try lines()
    #expect(whole.count > backup.count && backup.count > 30)
    let half = whole.count / 2
    var exchanged = whole
    exchanged.swapAt(half, half + 1)
    let damages: [(name: String, lines: [String])] = [
      ("cut back by one", whole.dropLast()), ("cut back by two", whole.dropLast(2)),
      ("cut back to one", Array(whole.prefix(1))), ("emptied", []), ("a backup", backup),
      ("one lost", Array(whole[..<half] + whole[(half + 1)...])),
      ("the first lost", Array(whole.dropFirst())),
      ("exchanged", exchanged), ("doubled", Array(whole[...half] + whole[half...])),
    ]
    let sent = mails
    for (name, lines) in damages {
      try folder.write(lines.map { "\($0)\n" }.joined(), to: path)
      try isRefused("\(name)")
      #expect(try self.lines() == lines, "\(name)")
    }
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(path)")
    try isRefused("removed")
    let accepted = try run("tick", "2024-12-17T08:10:00", ["--accept-journal"])
    #expect(accepted.code == 0 && accepted.error == "", "\(accepted.error)")
    #expect(
      accepted.output.contains("Journalen mangler poster fra begyndelsen og er taget i brug, som den er"))
    #expect(mails == sent)
    let again = try run("tick", "2024-12-17T08:20:00")
    #expect(again.code == 0 && mails == sent)
    #expect(try run("tick", "2024-12-17T08:20:00", ["--accept-journal"]).code == 64)
    #expect(try run("status", "2024-12-17T08:20:00").code == 0)
  }

  private func lines() throws -> [String] {
    try folder.read(path).split(separator: "\n").map(String.init)
  }

  private func isRefused(_ name: Comment) throws {
    let before = mails
    let outcome = try run("tick", "2024-12-17T08:10:00")
    #expect(outcome.code == 72 && outcome.output == "", name)
    #expect(
      outcome.error.hasPrefix(path) && outcome.error.contains("notices may have been told since 20"), name)
    #expect(outcome.error.hasSuffix("with tick --accept-journal\n"), name)
    #expect(mails == before, name)
    #expect(try run("status", "2024-12-17T08:10:00").code == 72, name)
  }
}
