import Rules
import Scheduler
import TestSupport
import Testing

/// The fast way says what the plain one says, of whatever rules a kommune may write.
struct BulkRulesTests {
  @Test(arguments: Seeds.all)
  func randomRulesReadTheSameBothWays(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var fast = 0
    for round in 0..<60 {
      let rules = RandomRules(&random)
      let register = RandomRegister(&random, rows: Int.random(in: 20...80, using: &random))
      let world = BulkPassTests.setup(
        register.bytes, rules: rules.text, table: rules.table, now: Self.now(&random))
      fast += BulkPassTests.fastWays(
        world, against: BulkPassTests.plain(world), "seed \(seed), round \(round)\n\(rules.text)")
    }
    #expect(fast > 120, "seed \(seed): only \(fast) registers went the fast way")
  }

  /// A key that chance never writes is tried by nobody here.
  @Test(arguments: Seeds.all)
  func chanceWritesEveryUnitAndEveryKey(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = (0..<60).map { _ in RandomRules(&random).text }.joined()
    for key in (RuleParser.form.keys + CalendarDefinition.form.keys).map(\.name) {
      #expect(text.contains("\n\(key) = "), "seed \(seed): \(key)")
    }
    for unit in LengthUnit.allCases { #expect(text.contains(" \(unit.rawValue)"), "seed \(seed): \(unit)") }
  }

  /// More kinds of cases than are numbered, and more names than a table begins with.
  @Test func countlessKindsAndNamesReadTheSameBothWays() {
    let rows = (0..<70_000).map { index in
      let type = index.isMultiple(of: 20) ? "svar" : "slags \(index)"
      return "S-\(index);\(type);Jobcenter;sb\(index % 2_900)@k.example;\(Self.day(index));;;;;;;;;;;\n"
    }
    Self.expectTheSame(BulkPassTests.setup(Self.register(rows)), cases: rows.count)
  }

  /// Four and sixty-four are the numbers of rules on a row from which the fast way goes on differently.
  @Test(arguments: [1, 4, 5, 64, 65])
  func manyRulesOnOneRowReadTheSameBothWays(count: Int) {
    let rules = (0..<count).map {
      ($0 == 0 ? Make.ruleFile : Make.furtherRule)("gælder = type: svar", "svar-\($0)")
    }
    let rows = (0..<100).map {
      "S-\($0);\($0 % 7 == 0 ? "brev" : "svar");Jobcenter;sb@k.example;\(Self.day($0));;;;;;;;;;;\n"
    }
    Self.expectTheSame(BulkPassTests.setup(Self.register(rows), rules: rules.joined()), cases: rows.count)
  }

  // MARK: Both ways

  /// Some second of fifty days, in which most of the registers' deadlines end.
  private static func now(_ random: inout SeededGenerator) -> CivilMoment {
    let first = Make.moment("2024-02-20T00:00").localSeconds
    return CivilMoment(localSeconds: first + Int64.random(in: 0...86_400 * 50, using: &random))
  }

  private static func day(_ index: Int) -> CivilDate { Make.date("2024-02-01") + index % 40 }

  private static func register(_ rows: [String]) -> [UInt8] {
    Array((RandomRegister.header + "\n" + rows.joined()).utf8)
  }

  private static func expectTheSame(_ world: BulkPassTests.World, cases: Int) {
    let bulk = BulkPassTests.bulk(world, BulkPassTests.longDivision)
    #expect(BulkPassTests.differences(bulk, BulkPassTests.plain(world)) == [])
    guard case .success(let findings?) = bulk else {
      Issue.record("it did not go the fast way")
      return
    }
    #expect(findings.cases == cases)
  }
}
