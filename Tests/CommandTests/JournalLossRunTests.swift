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
    let explained = try Binary.run(
      [
        "explain", "H-2024-0211", "--config", "examples/hedensted/fristvagt.conf", "--now",
        "2024-12-17T08:10:00",
      ],
      in: folder.path)
    #expect(explained.code == 72 && explained.error == outcome.error, name)
    #expect(explained.output.contains("Sag H-2024-0211"), name)
  }

  /// The tick that is told to accept finds no register; the next one names what the first put aside.
  @Test func aMailThatATickPutAsideBeforeItStoppedIsNamed() throws {
    #expect(try run("tick", Self.days[0]).code == 0)
    let register = "examples/hedensted/register.csv"
    let rows = try folder.read(register)
    for file in [path, register] { try FileManager.default.removeItem(atPath: "\(folder.path)/\(file)") }
    let name = "aaaabbbbccccddddeeeeffffgggghhhh.eml"
    try folder.write("Subject: x\n\nx\n", to: "examples/hedensted/state/spool/\(name)")
    let stopped = try run("tick", "2024-12-16T08:10:00", ["--accept-journal"])
    #expect(stopped.code == 66 && stopped.output == "", "\(stopped.error)")
    #expect(folder.tree("examples/hedensted/state/spool.ukendt").count == 1)
    try folder.write(rows, to: register)
    let line =
      "state/spool.ukendt/\(name): journalen kender ikke længere denne mail; den er måske ikke afleveret\n"
    let good = try run("tick", "2024-12-16T08:20:00")
    #expect(good.code == 0 && good.output.contains(line), "\(good.error)\(good.output.suffix(600))")
    let later = try run("tick", "2024-12-16T08:30:00")
    #expect(later.code == 0 && !later.output.contains("journalen kender"))
  }

  /// A sendmail that refuses for now, and then neither journal nor spool: what it refused goes out.
  @Test func whatWasRefusedGoesOutAfterTheJournalIsLost() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/sendmail", withDestinationPath: Repository.root + "Tests/Fixtures/sendmail")
    let file = "examples/hedensted/fristvagt.conf"
    let configuration = try folder.read(file)
    try folder.write(
      configuration.replacing(/maildir\s*=\s*udbakke/, with: "sendmail = \(folder.path)/sendmail"), to: file)
    try folder.write("cat >/dev/null\n", to: "behaviour")
    #expect(try run("tick", Self.days[0]).code == 0)
    try folder.write("exit 75\n", to: "behaviour")
    #expect(try run("tick", Self.days[1]).code == 75)
    let refused = try lines().compactMap(notices)
    #expect(!refused.isEmpty)
    for lost in [path, "examples/hedensted/state/spool"] {
      try FileManager.default.removeItem(atPath: "\(folder.path)/\(lost)")
    }
    try folder.write("cat >/dev/null\n", to: "behaviour")
    let accepted = try run("tick", "2024-12-17T08:10:00", ["--accept-journal"])
    #expect(accepted.code == 0 && accepted.error == "", "\(accepted.error)")
    let journal = try folder.read(path)
    for identity in refused { #expect(journal.contains(" sent \(identity)\n"), "\(identity)") }
  }

  /// The identity of the mail with notices of which a line says that the second day's tick wrote it; nil of
  /// any other.
  private func notices(_ line: String) -> String? {
    let words = line.split(separator: " ").map(String.init)
    guard words.count > 6, words[1] == "2024-12-17T08:00", words[2] == "intent" else { return nil }
    let isProduct = ["rapport|", "digest%20", "alarm|"].contains { words[6].hasPrefix($0) }
    return isProduct ? nil : words[3]
  }
}
