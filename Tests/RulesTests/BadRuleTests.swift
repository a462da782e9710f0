import Rules
import TestSupport
import Testing

/// Every way to write a rule wrongly that we know, each with the exact words that tell it.
@Suite struct BadRuleTests {
  private static let folder = "Tests/Fixtures/bad-rules/"

  private static let names: [String] =
    (try? Repository.names(in: folder).filter { $0.hasSuffix(".frist") }) ?? []

  private func problems(_ name: String) throws -> [String] {
    let tables = try Repository.names(in: Self.folder).filter { $0.hasSuffix(".csv") }
    var problems = ProblemList()
    let bytes = try Repository.bytes(Self.folder + name)
    _ = RuleBook(
      [SourceFile(name: name, bytes: bytes)], zone: Make.copenhagen,
      table: { path, _ in
        guard tables.contains(path), let bytes = try? Repository.bytes(Self.folder + path) else {
          return .failure(
            Remedy(
              "\(path): cannot read: no such file or directory; the path is seen from the rule file's folder")
          )
        }
        return .success(SourceFile(name: path, bytes: bytes))
      }, problems: &problems)
    return problems.inSourceOrder.map(\.description)
  }

  @Test(arguments: names)
  func saysExactlyWhatIsWrong(name: String) throws {
    let wanted = try Repository.text(Self.folder + name.replacing(".frist", with: ".fejl"))
    #expect(!wanted.isEmpty, "a bad fixture must not be accepted")
    #expect(try problems(name).map { $0 + "\n" }.joined() == wanted)
  }

  /// A key without a bad fixture could be read leniently without anybody noticing.
  @Test func everyKeyOfARuleHasABadFixture() throws {
    let keys = (RuleParser.form.keys + CalendarDefinition.form.keys).map(\.name)
    let messages = try Self.names.map {
      try Repository.text(Self.folder + $0.replacing(".frist", with: ".fejl"))
    }.joined()
    for key in keys { #expect(messages.contains(": \(key): ") || messages.contains("\"\(key)\""), "\(key)") }
  }

  @Test func aLineThatIsCutAnywhereNeverCrashesAndNeverPassesUnseen() throws {
    let text = try Repository.text("rules/gentofte.frist")
    let table = try Repository.text("rules/gentofte-omraader.csv")
    var random = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      var bytes = Array(text.utf8)
      let at = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 1...40, using: &random))
      bytes.replaceSubrange(
        at..<end,
        with: (0..<Int.random(in: 0...3, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
        })
      var problems = ProblemList()
      _ = RuleBook(
        [SourceFile(name: "x.frist", bytes: bytes)], zone: .utc,
        table: { _, _ in .success(SourceFile(name: "t.csv", bytes: Array(table.utf8))) }, problems: &problems)
      for problem in problems.all {
        #expect(problem.place.line != nil, "\(problem)")
        #expect(
          problem.message.contains(";") || problem.message.contains("gives")
            || problem.message.contains("says") || problem.message.contains("is no date:"), "\(problem)")
      }
    }
  }
}

@Suite struct SectionTextTests {
  @Test func readsSectionsKeysAndComments() {
    var problems = ProblemList()
    let text =
      "\u{FEFF}# først\r\n[frist a b]\r\n navn = Svar = hurtigt \r\n; en bemærkning\n\n[mail]\nlink=x\nlink = y"
    let sections = SectionText.parse(Array(text.utf8), file: "f", problems: &problems)
    #expect(problems.isEmpty)
    #expect(sections.map { "\($0.kind)|\($0.name)|\($0.place.line ?? 0)" } == ["frist|a b|2", "mail||6"])
    #expect(sections[0].entries.map { "\($0.key)|\($0.value)|\($0.place)" } == ["navn|Svar = hurtigt|f:3"])
    #expect(sections[1].entries.map { "\($0.value)|\($0.place)" } == ["x|f:7", "y|f:8"])
  }

  @Test func problemsComeInSourceOrderAndOnce() {
    var problems = ProblemList()
    problems.add(Place("b", 9), "nine")
    problems.add(Place("b", 2), "two")
    problems.add(Place("a", 5), "five")
    problems.add(Place("b", 2), "two")
    problems.add(Place("b"), "whole file")
    #expect(
      problems.inSourceOrder.map(\.description) == ["b: whole file", "b:2: two", "b:9: nine", "a:5: five"])
    #expect(problems.summary == "4 problems in 2 files")
  }

  @Test(arguments: [
    ("varsle", "varsel"), ("Varsel", "varsel"), ("gaelder", "gælder"), ("eksemple", "eksempel"),
    ("længd", "længde"),
    ("kalendr", "kalender"),
  ])
  func theNearestWord(word: String, meant: String) {
    #expect(nearest(to: word, among: RuleParser.form.keys.map(\.name)) == meant)
  }

  @Test func nothingIsGuessedFromAfar() {
    #expect(nearest(to: "farve", among: RuleParser.form.keys.map(\.name)) == nil)
    #expect(nearest(to: "", among: RuleParser.form.keys.map(\.name)) == nil)
  }
}
