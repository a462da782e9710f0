import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// What the fast way keeps of a register is told apart and put in order; held against the rows themselves.
struct BulkListTests {
  private struct Row {
    let id: String
    let department: String
    let caseworker: String
    let received: String

    var text: String { "\(id);svar;\(department);\(caseworker);\(received);;;;;;;;;;;\n" }
  }

  private static func survey(_ rows: [Row], _ division: BulkPass.Division) throws -> Survey {
    let world = SmallWorld(register: nil, configuration: SmallWorld.sections, rule: RandomRegister.rules)
    world.files.put(RandomRegister.header + "\n" + rows.map(\.text).joined(), at: "k/register.csv")
    let setup = TickWorld.setup(world).at(Make.now("2024-03-18"))
    return try #require(try BulkPass(setup, files: world.files, .nothing, division).run()).survey
  }

  private static let division = BulkPass.Division(
    readers: 2, shares: 2, shortestStretch: 1 << 13, look: 1 << 14)

  /// Texts of every length, and beside each others that differ from it in one byte.
  @Test(arguments: Seeds.all)
  func textsThatDifferInOneByteAreTwo(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func near(_ text: String) -> String {
      var bytes = Array(text.utf8)
      bytes[Int.random(in: bytes.indices, using: &random)] =
        UInt8(ascii: "A") + UInt8.random(in: 0..<26, using: &random)
      return String(decoding: bytes, as: UTF8.self)
    }
    func family(_ length: Int) -> [String] {
      let first = String((0..<length).map { _ in "abcdefgh".randomElement(using: &random) ?? "a" })
      return [first] + (0..<5).map { _ in near(first) }
    }
    let departments = (1...110).flatMap(family)
    let rows = (0..<1_500).map { index in
      Row(
        id: "S-\(index)", department: departments.randomElement(using: &random) ?? "",
        caseworker: departments.randomElement(using: &random) ?? "", received: "2024-01-02")
    }
    let clocks = try Self.survey(rows, Self.division).reported.all
    let found = Set(clocks.map { [$0.caseID, $0.fields[.department], $0.fields[.caseworker]] })
    #expect(found == Set(rows.map { [$0.id, $0.department, $0.caseworker] }), "seed \(seed)")
  }

  /// Due days that few and that very many share, on numbers that begin alike.
  @Test(arguments: Seeds.all)
  func listsStandInTheirOrder(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let days = ["2024-01-02", "2024-01-02", "2024-01-02", "2024-01-03", "2024-01-04", "2022-05-06"]
    let rows = (0..<6_000).map { index in
      let prefix = ["S-", "2024-SAGEN-0000000-", "T"].randomElement(using: &random) ?? "S-"
      let old = Make.date("2024-01-31") - Int.random(in: 0..<800, using: &random)
      return Row(
        id: prefix + String(index * 7_919 % 6_007),
        department: ["Job", "Børn"].randomElement(using: &random) ?? "",
        caseworker: "a@k.example",
        received: Int.random(in: 0..<4, using: &random) == 0
          ? old.description : days.randomElement(using: &random) ?? "")
    }
    let survey = try Self.survey(rows, Self.division)
    let lines = ReportTables.overdue(survey).map { table in
      String(decoding: table.csv, as: UTF8.self).split(separator: "\n").map {
        $0.split(separator: ";").map(String.init)
      }
    }
    for list in lines {
      let ordered = list.sorted { $0.lexicographicallyPrecedes($1, by: precedesInBytes) }
      #expect(list == ordered, "seed \(seed)")
    }
    let exceeded = survey.reported.all.filter { $0.state == .exceeded }
    #expect(
      Set(lines.flatMap(\.self))
        == Set(exceeded.map { [$0.reckoning?.due.description ?? "", $0.caseID, $0.rule.id] }))
    #expect(lines.map(\.count).reduce(0, +) == exceeded.count && exceeded.count > 6_000, "seed \(seed)")
  }
}
