import Foundation
import Rules
import TestSupport
import Testing

/// What the documents show is what the program does: every example in them is run.
@Suite struct DocumentationTests {
  struct Block: Sendable, CustomTestStringConvertible {
    let file: String
    let line: Int
    let kind: String
    let text: String

    var testDescription: String { "\(file):\(line) \(kind)" }
  }

  private static let files: [String] =
    ["README.md", "examples/README.md"]
    + ((try? Repository.names(in: "docs"))?.filter { $0.hasSuffix(".md") }.map { "docs/\($0)" } ?? [])

  /// The fenced blocks of all documents, in order.
  private static let blocks: [Block] = files.flatMap { file -> [Block] in
    guard let text = try? Repository.text(file) else { return [] }
    var blocks: [Block] = []
    var open: (line: Int, kind: String, lines: [Substring])?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(
            Block(
              file: file, line: block.line, kind: block.kind, text: block.lines.map { $0 + "\n" }.joined()))
          open = nil
        } else {
          open = (index + 1, String(line.dropFirst(3)), [])
        }
      } else {
        open?.lines.append(line)
      }
    }
    return blocks
  }

  private static func blocks(_ kind: String) -> [Block] { blocks.filter { $0.kind == kind } }

  @Test func thereAreExamples() {
    #expect(Self.blocks("console").count >= 5)
    #expect(Self.blocks("frist").count >= 5)
    #expect(Self.blocks("frist-fejl").count >= 3)
    #expect(Self.blocks("frist-fejl").count == Self.blocks("fejl").count)
    #expect(Self.blocks("ini").count >= 1)
    let known = ["console", "frist", "frist-fejl", "fejl", "ini", "text", "sh"]
    for block in Self.blocks { #expect(known.contains(block.kind), "\(block.testDescription)") }
  }

  @Test(arguments: blocks("console"))
  func commandsAnswerAsShown(block: Block) throws {
    let folder = try TemporaryFolder.withExamples()
    var shown: [(command: String, answer: [String])] = []
    for line in block.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("$ fristvagt") {
        shown.append((String(line.dropFirst("$ fristvagt ".count)), []))
      } else if !shown.isEmpty {
        shown[shown.count - 1].answer.append(String(line))
      }
    }
    #expect(!shown.isEmpty)
    for (command, answer) in shown {
      let outcome = try Binary.run(Self.words(command), in: folder.path)
      var lines = (outcome.output + outcome.error).replacing("\r\n", with: "\n").split(
        separator: "\n", omittingEmptySubsequences: false
      )
      .map(String.init)
      while lines.last == "" { lines.removeLast() }
      if outcome.code != 0 { lines.append("[exit \(outcome.code)]") }
      var wanted = answer
      while wanted.last == "" { wanted.removeLast() }
      #expect(Self.matches(lines[...], wanted[...]), "\(command)\n\(lines.joined(separator: "\n"))")
    }
  }

  /// Splits at spaces, but not inside quotes.
  private static func words(_ command: String) -> [String] {
    var words = [""]
    var quote: Character?
    for character in command {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else if quote == nil, character == " " {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words.filter { !$0.isEmpty }
  }

  /// A line `…` stands for any number of lines.
  private static func matches(_ lines: ArraySlice<String>, _ wanted: ArraySlice<String>) -> Bool {
    guard let first = wanted.first else { return lines.isEmpty }
    if first == "…" {
      return (lines.startIndex...lines.endIndex).contains { matches(lines[$0...], wanted.dropFirst()) }
    }
    return lines.first == first && matches(lines.dropFirst(), wanted.dropFirst())
  }

  @Test(arguments: blocks("frist"))
  func ruleFilesAreSound(block: Block) throws {
    let folder = try TemporaryFolder()
    try folder.write(block.text, to: "eksempel.frist")
    let outcome = try Binary.run(["check", "eksempel.frist"], in: folder.path)
    #expect(outcome.code == 0, "\(outcome.error)")
  }

  @Test(arguments: zip(blocks("frist-fejl"), blocks("fejl")).map { [$0, $1] })
  func wrongRuleFilesAreToldAsShown(pair: [Block]) throws {
    let folder = try TemporaryFolder()
    try folder.write(pair[0].text, to: "eksempel.frist")
    let outcome = try Binary.run(["check", "eksempel.frist"], in: folder.path)
    #expect(outcome.code == 78)
    let lines = outcome.error.split(separator: "\n").dropLast()
    #expect(lines.map { $0 + "\n" }.joined() == pair[1].text)
  }

  @Test(arguments: blocks("ini"))
  func configurationsParse(block: Block) throws {
    let folder = try TemporaryFolder.withExamples()
    try folder.write(block.text, to: "examples/prøve/fristvagt.conf")
    let outcome = try Binary.run(["check", "--config", "examples/prøve/fristvagt.conf"], in: folder.path)
    // Its rules and register need not be there; but whatever is wrong is wrong outside the configuration's
    // own form.
    for line in outcome.error.split(separator: "\n").dropLast() {
      #expect(
        line.contains("cannot read") || line.contains("cannot list")
          || line.contains("kolonne: no rule reads"), "\(line)")
    }
  }

  @Test func everyCommandAndOptionIsInTheGuides() throws {
    let guides = try Self.files.map { try Repository.text($0) }.joined()
    let help = try Binary.run(["--help"], in: Repository.root).output
    let commands = help.split(separator: "\n").filter { $0.hasPrefix("  ") }.compactMap {
      $0.split(separator: " ").first
    }
    #expect(commands.count >= 5)
    for command in commands {
      #expect(guides.contains("fristvagt \(command)"), "\(command)")
      let page = try Binary.run([String(command), "--help"], in: Repository.root).output
      for word in page.split(whereSeparator: \.isWhitespace) where word.hasPrefix("--") && word.count > 2 {
        #expect(guides.contains(word), "\(command) \(word)")
      }
      // The examples of the help page are commands that work.
      for line in page.split(separator: "\n") where line.hasPrefix("  fristvagt ") {
        let folder = try TemporaryFolder.withExamples()
        let outcome = try Binary.run(
          Self.words(String(line.dropFirst("  fristvagt ".count))), in: folder.path)
        #expect(outcome.code == 0, "\(line): \(outcome.error)")
      }
    }
  }

  /// A table needs a file beside the rule, so `tabel` alone is shown as text.
  @Test func everyKeyOfTheLanguageStandsInAnExampleThatIsRun() {
    let shown = Self.blocks("frist").filter { $0.file == "docs/rules.md" }.map(\.text).joined()
    for key in RuleParser.form.keys.map(\.name) + CalendarDefinition.form.keys.map(\.name)
    where key != "tabel" {
      #expect(
        shown.split(separator: "\n").contains {
          $0.split(separator: "=").first.map { $0.filter { $0 != " " } } == key
        }, "\(key)")
    }
  }

  @Test func everyExitCodeIsInTheGuide() throws {
    let guide = try Repository.text("docs/configuration.md")
    for code in [0, 64, 65, 66, 69, 72, 74, 75, 78] { #expect(guide.contains("| \(code) |"), "\(code)") }
  }

  /// What is installed on a server must be a command line that the program takes.
  @Test(arguments: ["cron/crontab", "cron/fristvagt-tick@.service", "cron/fristvagt@.service"])
  func whatTheTimersRunIsACommand(file: String) throws {
    let text = try Repository.text(file)
    let line = try #require(
      text.split(separator: "\n").first { !$0.hasPrefix("#") && $0.contains("/fristvagt ") })
    let words = line.split(separator: "/usr/local/bin/fristvagt ")[1].split(separator: " ").filter {
      !$0.hasPrefix(">")
    }
    let help = try Binary.run([String(words[0]), "--help"], in: Repository.root)
    #expect(help.code == 0)
    for word in words where word.hasPrefix("--") { #expect(help.output.contains(word)) }
  }

  @Test func everyLinkLeadsSomewhere() throws {
    for file in Self.files {
      let text = try Repository.text(file)
      for match in text.matches(of: /\]\(([^)#\s]+)(#[^)]*)?\)/) {
        let target = String(match.1)
        guard !target.hasPrefix("http") else { continue }
        let base = (file as NSString).deletingLastPathComponent
        let path = Repository.root + (base.isEmpty ? "" : base + "/") + target
        #expect(FileManager.default.fileExists(atPath: path), "\(file): \(target)")
      }
    }
  }
}
