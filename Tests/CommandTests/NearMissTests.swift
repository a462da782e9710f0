import Foundation
import TestSupport
import Testing

/// One letter changed in a value that a rule names, in the register or in the rule: `check` names it. Of the
/// examples as they stand it names none.
@Suite struct NearMissTests {
  struct Named: Hashable, Sendable, CustomTestStringConvertible {
    let kommune: String
    let field: String
    let value: String
    /// The rule file or table that names it, and the line.
    let file: String
    let line: Int

    var testDescription: String { "\(kommune) \(field) \(value) \(file):\(line)" }

    /// With another letter in the middle.
    var misspelt: String {
      var letters = Array(value)
      let place = letters.indices.filter { letters[$0].isLetter }.dropFirst(1).first ?? 0
      letters[place] = letters[place] == "q" ? "z" : "q"
      return String(letters)
    }
  }

  private static let fields = ["type", "område", "paragraf"]
  private static let kommuner = ["albertslund", "gentofte", "hedensted", "hjoerring", "odsherred"]

  private static func named(by kommune: String) throws -> [Named] {
    let configuration = try Repository.text("examples/\(kommune)/fristvagt.conf")
    let files = configuration.split(separator: "\n").filter { $0.hasPrefix("regler") }
      .map { $0.split(separator: "=")[1].trimmingCharacters(in: .whitespaces) }
      .map { ($0 as NSString).lastPathComponent }
    return try files.flatMap { file -> [Named] in
      let lines = try Repository.text("rules/\(file)").split(
        separator: "\n", omittingEmptySubsequences: false)
      return lines.enumerated().flatMap { index, line -> [Named] in
        let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2, parts[0] == "gælder" || parts[0] == "undtagen",
          let colon = parts[1].firstIndex(of: ":"),
          fields.contains(String(parts[1][..<colon]))
        else { return [] }
        return parts[1][parts[1].index(after: colon)...].split(separator: ",")
          .map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0 != "-" && !$0.hasSuffix("*") }
          .map {
            Named(
              kommune: kommune, field: String(parts[1][..<colon]), value: $0, file: "rules/\(file)",
              line: index)
          }
      }
    }
  }

  private static func check(_ kommune: String, in folder: TemporaryFolder) throws -> String {
    let outcome = try Binary.run(
      ["check", "--config", "examples/\(kommune)/fristvagt.conf"], in: folder.path)
    return outcome.output + outcome.error
  }

  @Test(arguments: kommuner)
  func anExampleAsItStandsHasNoNearMiss(kommune: String) throws {
    let folder = try TemporaryFolder.withExamples()
    #expect(try !Self.check(kommune, in: folder).contains("ligner »"))
  }

  @Test(arguments: kommuner)
  func aLetterInOneRowOfTheRegisterIsNamed(kommune: String) throws {
    let register = "examples/\(kommune)/register.csv"
    var tried = 0
    for named in try Set(Self.named(by: kommune).map { [$0.field, $0.value] }).sorted(by: { $0[1] < $1[1] }) {
      let miss = Named(kommune: kommune, field: named[0], value: named[1], file: "", line: 0)
      let folder = try TemporaryFolder.withExamples()
      var lines = try folder.read(register).components(separatedBy: "\n")
      let cell = ";\(miss.value);"
      guard let row = lines.indices.dropFirst().first(where: { lines[$0].contains(cell) }) else { continue }
      lines[row] = lines[row].replacing(cell, with: ";\(miss.misspelt);", maxReplacements: 1)
      try folder.write(lines.joined(separator: "\n"), to: register)
      #expect(try Self.check(kommune, in: folder).contains(miss.misspelt), "\(miss.testDescription)")
      tried += 1
    }
    #expect(tried > 0)
  }

  @Test(arguments: kommuner)
  func aLetterInARuleIsNamed(kommune: String) throws {
    let register = try Repository.text("examples/\(kommune)/register.csv")
    var tried = 0
    for named in try Self.named(by: kommune) where register.contains(";\(named.value);") {
      let folder = try TemporaryFolder.withExamples()
      var lines = try folder.read(named.file).components(separatedBy: "\n")
      lines[named.line] = lines[named.line].replacing(named.value, with: named.misspelt, maxReplacements: 1)
      try folder.write(lines.joined(separator: "\n"), to: named.file)
      #expect(try Self.check(kommune, in: folder).contains(named.misspelt), "\(named.testDescription)")
      tried += 1
    }
    #expect(tried > 0)
  }
}
