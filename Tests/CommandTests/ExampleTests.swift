import Foundation
import TestSupport
import Testing

/// The five example kommuner, run as README says.
@Suite struct ExampleTests {
  private static let kommuner = ["albertslund", "gentofte", "hedensted", "hjoerring", "odsherred"]

  @Test(arguments: kommuner)
  func theFirstTickSendsAndTheSecondDoesNot(kommune: String) throws {
    let folder = try TemporaryFolder.withExamples()
    let words = ["tick", "--config", "examples/\(kommune)/fristvagt.conf"]
    let first = try Binary.run(words, in: folder.path)
    #expect(first.code == 0 && first.error == "", "\(first.error)")
    #expect(first.output.hasPrefix("FRISTRAPPORT · "))
    #expect(first.output.contains("Rapporten ligger i examples/\(kommune)/out/fristrapport.html\n"))
    #expect(first.output.contains(" til maildiren examples/\(kommune)/udbakke\n"))
    let mails = folder.tree("examples/\(kommune)/udbakke")
    #expect(!mails.isEmpty)
    let second = try Binary.run(words, in: folder.path)
    #expect(second.code == 0)
    #expect(second.output.contains("Intet nyt at sende: alle varsler til og med i dag er sendt\n"))
    #expect(folder.tree("examples/\(kommune)/udbakke") == mails)
  }

  @Test(arguments: kommuner)
  func theReportIsAsItWasRead(kommune: String) throws {
    let folder = try TemporaryFolder.withExamples()
    let result = try Binary.run(
      ["report", "--config", "examples/\(kommune)/fristvagt.conf", "--out", "ud"], in: folder.path)
    #expect(result.code == 0)
    #expect(try Golden.difference("\(kommune).txt", try folder.read("ud/fristrapport.txt")) == nil)
    #expect(try Golden.difference("\(kommune).csv", try folder.read("ud/counts.csv")) == nil)
  }

  /// Of the year of the annual report from which the example is made, what lies before its clock.
  @Test(arguments: [
    ("albertslund", "2024-04-01", "2025-03-31"), ("gentofte", "2023-01-01", "2023-11-30"),
    ("hedensted", "2024-01-01", "2024-11-30"), ("hjoerring", "2022-01-01", "2022-11-30"),
    ("odsherred", "2023-01-01", "2023-11-30"),
  ])
  func theFiguresAreAsTheyWereRead(kommune: String, from: String, through: String) throws {
    let folder = try TemporaryFolder.withExamples()
    let words = [
      "stats", "--config", "examples/\(kommune)/fristvagt.conf", "--from", from, "--to", through,
    ]
    let text = try Binary.run(words, in: folder.path)
    #expect(text.code == 0 && text.error == "", "\(text.error)")
    #expect(try Golden.difference("opgørelse-\(kommune).txt", text.output) == nil)
    // The page and the spreadsheet hold every deadline of the text.
    let page = try Binary.run(words + ["--format", "html"], in: folder.path).output
      .replacing("&nbsp;", with: " ").replacing("&amp;", with: "&")
    let rows = try Binary.run(words + ["--format", "csv"], in: folder.path).output.split(separator: "\n")
      .dropFirst()
    #expect(!rows.isEmpty)
    for row in rows {
      let cells = row.split(separator: ";", omittingEmptySubsequences: false)
      let name = cells[3].isEmpty ? cells[2] : cells[3]
      #expect(text.output.contains("  \(name) "), "\(name)")
      #expect(page.contains(">\(name)</th>"), "\(name)")
    }
  }

  /// An example that lacks a state would not show what the program does with it.
  @Test(arguments: kommuner)
  func everyStateOccurs(kommune: String) throws {
    let counts = try Repository.text("Tests/Goldens/\(kommune).csv")
    for state in ["løber", "snart", "overskredet", "overholdt", "for-sent", "bortfaldet", "uafklaret"] {
      #expect(counts.contains(";\(state);"), "\(state)")
    }
  }

  @Test func runningFromAnotherFolderMakesNoDifference() throws {
    let folder = try TemporaryFolder.withExamples()
    let near = try Binary.run(
      ["report", "--config", "fristvagt.conf", "--out", "../../a"], in: folder.path + "/examples/hedensted")
    let far = try Binary.run(
      [
        "report", "--config", folder.path + "/examples/hedensted/fristvagt.conf", "--out", folder.path + "/b",
      ], in: "/")
    #expect(near.code == 0 && far.code == 0)
    #expect(folder.tree("a") == folder.tree("b"))
  }

  /// What the maildir holds is to the byte what a sendmail would get.
  @Test func sendmailGetsWhatTheMaildirGets() throws {
    let toMaildir = try TemporaryFolder.withExamples()
    let words = ["tick", "--config", "examples/gentofte/fristvagt.conf"]
    #expect(try Binary.run(words, in: toMaildir.path).code == 0)
    let written = Set(toMaildir.tree("examples/gentofte/udbakke").values)

    let toSendmail = try TemporaryFolder.withExamples()
    try FileManager.default.createSymbolicLink(
      atPath: toSendmail.path + "/sendmail", withDestinationPath: Repository.root + "Tests/Fixtures/sendmail")
    try toSendmail.write(
      "n=$(mktemp \"$(dirname \"$0\")\"/fik/XXXXXX); printf '%s\\n' \"$@\" >\"$n.argv\"; cat >\"$n\"\n",
      to: "behaviour")
    try toSendmail.write("", to: "fik/.tom")
    let file = "examples/gentofte/fristvagt.conf"
    let configuration = try toSendmail.read(file)
    try toSendmail.write(
      configuration.replacing(/maildir\s*=\s*udbakke/, with: "sendmail = \(toSendmail.path)/sendmail"),
      to: file)
    #expect(try toSendmail.read(file).contains("sendmail = /"))
    let sent = try Binary.run(words, in: toSendmail.path)
    #expect(sent.code == 0 && sent.error == "", "\(sent.error)")
    let got = toSendmail.tree("fik").filter { !$0.key.hasSuffix(".argv") && !$0.key.hasSuffix(".tom") }
    #expect(Set(got.values) == written && got.count == written.count)
    for (name, bytes) in got {
      let head = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      let recipient = head.first { $0.hasPrefix("To: ") }?.dropFirst(4) ?? ""
      let arguments = try toSendmail.read("fik" + name + ".argv")
      #expect(arguments == "-i\n-f\nfristvagt-bounce@gentofte.example\n--\n\(recipient)\n")
    }
  }

  @Test func twoTicksAtOnceSendNothingTwice() async throws {
    let folder = try TemporaryFolder.withExamples()
    let words = ["tick", "--config", "examples/hedensted/fristvagt.conf"]
    let codes = try await withThrowingTaskGroup(of: Int32.self) { group in
      for _ in 0..<4 { group.addTask { try Binary.run(words, in: folder.path).code } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes.contains(0) && codes.allSatisfy { $0 == 0 || $0 == 75 })
    let journal = try folder.read("examples/hedensted/state/journal")
    let sent = journal.split(separator: "\n").filter { $0.contains(" sent ") }.map {
      $0.split(separator: " ").last
    }
    #expect(Set(sent).count == sent.count && !sent.isEmpty)
  }
}
