import TestSupport
import Testing

/// Every deadline of the catalogue, from a row of a register to the explained date.
@Suite struct CatalogueTests {
  private static let folder = "Tests/Fixtures/catalogue"
  private static let numbers = Array(1...27)

  private static func name(_ number: Int) -> String { number < 10 ? "K-0\(number)" : "K-\(number)" }

  @Test(arguments: numbers)
  func isExplainedAsItWasRead(number: Int) throws {
    let name = Self.name(number)
    let outcome = try Binary.run(
      ["explain", name, "--config", "\(Self.folder)/fristvagt.conf"], in: Repository.root)
    #expect(outcome.code == 0, "\(outcome.error)")
    let wanted = try Repository.text("\(Self.folder)/expected/\(name).txt")
    #expect(outcome.output == wanted)
    #expect(wanted.contains("Hjemmel"))
  }

  @Test func everyNumberOfTheCatalogueStandsInTheRuleBook() throws {
    let book = try Repository.names(in: "rules").filter { $0.hasSuffix(".frist") }
      .map { try Repository.text("rules/\($0)") }.joined(separator: "\n")
    for number in Self.numbers {
      #expect(
        book.split(separator: "\n").contains {
          $0.hasPrefix("# Katalog")
            && $0.split(whereSeparator: { !$0.isNumber }).contains { $0 == "\(number)" }
        }, "\(number)")
    }
  }
}
