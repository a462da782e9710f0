import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// `stats`: the command, and that its figures add up whatever the rules and the register hold.
@Suite struct StatsTests {
  private static let march = "--from 2024-03-01 --to 2024-03-14 --today 2024-03-15"

  private func stats(_ words: String, in world: SmallWorld = SmallWorld()) -> (
    code: ExitCode, output: String, error: String
  ) {
    world.run("stats --config k/fristvagt.conf \(words)")
  }

  @Test func rowsForASpreadsheet() {
    let register =
      SmallWorld.register + "S-4;Jobcenter;sb1@k.example;2024-03-04;2024-03-07\n"
      + "S-5;Jobcenter;sb1@k.example;2024-03-04;2024-03-14\nS-6;Jobcenter;;2024-03-01;2024-03-05\n"
    let result = stats("\(Self.march) --format csv", in: SmallWorld(register: register))
    #expect(result.code == .ok && result.error == "")
    #expect(
      result.output == """
        slags;frist;navn;gælder;udløb;overholdt;udsat_i_tide;overskredet_med_besked;overskredet_uden_besked;åben;bortfaldet;dage_halvdelen;dage_ni_af_ti;offentliggjort
        løfte;svar;Svar;;5;2;0;0;3;0;0;4;10;

        """)
  }

  @Test func onlyTheDepartmentThatIsAskedFor() {
    let world = SmallWorld(
      register: SmallWorld.register + "S-6;Børn;;2024-03-01;2024-03-05\n",
      configuration: SmallWorld.sections + "[afdeling Børn]\nleder = b@k.example\n")
    let result = stats("\(Self.march) --department Børn", in: world)
    #expect(
      result.output.hasPrefix(
        "OPGØRELSE · Prøve Kommune · Børn · 1. marts 2024 – 14. marts 2024\n\nLøfter: 1 af 1 blev overholdt (100 %).\n"
      ),
      "\(result.output)")
  }

  @Test func withoutADeadlineThereIsNothingToExplain() {
    let result = stats("--from 2023-01-01 --to 2023-12-31 --today 2024-03-15")
    #expect(result.code == .ok)
    #expect(
      result.output == """
        OPGØRELSE · Prøve Kommune · 1. januar 2023 – 31. december 2023

        Ingen frister udløb i perioden.

        Som sagerne stod fredag 15. marts 2024.

        """)
  }

  @Test(arguments: [
    ("--from 2024-03-01", "--to is missing; write --to 2024-12-02"),
    ("--to 2024-03-01", "--from is missing; write --from 2024-12-02"),
    ("--from 2024-03-02 --to 2024-03-01", "--to 2024-03-01 lies before --from 2024-03-02; exchange them"),
    ("--from 2024-02-30 --to 2024-03-01", "--from: \"2024-02-30\" is no date: February 2024 has 29 days"),
    (
      "--from 2024-03-01 --to 2024-03-16 --today 2024-03-15",
      "--to 2024-03-16 is still to come; the latest day is 2024-03-15"
    ),
    (
      "--from 2024-03-01 --to 2024-03-02 --department Jobcentre",
      "--department: there is no [afdeling Jobcentre]; did you mean \"Jobcenter\"?"
    ),
    (
      "--from 2024-03-01 --to 2024-03-02 --format json",
      "--format: \"json\" is not known; write one of: text, html, csv"
    ),
  ])
  func whatCannotBeMeant(words: String, message: String) {
    let result = stats(words)
    #expect(result.code == .usage && result.output == "")
    #expect(result.error == "fristvagt stats: \(message)\n")
  }

  @Test func aRowThatCannotBeReadIsNamedAndTheRestCounted() {
    let world = SmallWorld(register: SmallWorld.register + "S-4;Jobcenter;x;30-02-2024;\n")
    let result = stats("\(Self.march) --format csv", in: world)
    #expect(result.code == .data)
    #expect(result.output.contains("løfte;svar;Svar;;2;0;0;0;2;0;0;;;\n"))
    #expect(result.error.hasPrefix("k/register.csv:5: modtaget: \"30-02-2024\" is no date"))
  }

  @Test func nothingIsWritten() {
    let world = SmallWorld(past: .unused)
    let before = world.files.paths(below: "k")
    for format in ["text", "html", "csv"] {
      #expect(stats("\(Self.march) --format \(format)", in: world).code == .ok)
    }
    #expect(world.files.paths(below: "k") == before)
  }

  /// The figures may be published: neither a case nor anybody's address is in them, nor what stands for a department.
  @Test(arguments: Seeds.all, ["text", "html", "csv"])
  func nobodyIsNamed(seed: UInt64, format: String) {
    let kommune = RandomKommune(seed: seed)
    let words = "--from 2023-12-01 --to 2024-03-14 --today 2024-03-15 --format \(format)"
    let output = stats(words, in: kommune.world).output
    #expect(output.contains("Svar") && !output.contains("Anders And"))
    for truth in kommune.cases { #expect(!output.contains(truth.caseID), "seed \(seed): \(truth)") }
    for address in kommune.people.values.joined() {
      #expect(!output.contains(address), "seed \(seed): \(address)")
    }
  }

  /// What two periods say together is what one says of both; and of all departments together what all of them say.
  @Test(arguments: Seeds.all)
  func figuresAddUp(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<20 {
      let rules = RandomRules(&random)
      let register = RandomRegister(&random, rows: 60)
      let world = BulkPassTests.setup(register.bytes, rules: rules.text, table: rules.table)
      var clocks: [Clock] = []
      guard
        (try? Gathering.survey(world.setup, files: world.files, onCase: { clocks += $1.clocks })) != nil
      else { continue }
      let first = Make.date("2022-01-01")
      let last = Make.date("2024-03-18")
      let middle = first + Int.random(in: 0..<(last - first), using: &random)
      let said = "seed \(seed), round \(round), \(middle)"
      let whole = Self.figures(clocks, first...last, world.setup)
      let halves = [first...middle, (middle + 1)...last].map { Self.figures(clocks, $0, world.setup) }
      #expect(whole == zip(halves[0], halves[1]).map { zip($0, $1).map(+) }, "\(said)")
      let departments = Dictionary(grouping: clocks) { $0.fields[.department] }.values
        .map { Self.figures($0, first...last, world.setup) }
      let sum = departments.reduce(whole.map { $0.map { _ in 0 } }) { zip($0, $1).map { zip($0, $1).map(+) } }
      #expect(whole == sum, "\(said)")
      // Every clock with a day in the period is in exactly one line.
      let inside = clocks.count { clock in
        clock.reckoning.map { (first...last).contains($0.originalDue.date) } ?? false
      }
      #expect(whole.joined().reduce(0, +) == inside, "\(said)")
    }
  }

  /// Of each line how many clocks met which fate.
  private static func figures(
    _ clocks: [Clock], _ period: ClosedRange<CivilDate>, _ setup: Setup
  ) -> [[Int]] {
    var statistics = Statistics(of: setup.book, period)
    for clock in clocks { statistics.add(clock) }
    return statistics.lines.map { line in Fate.allCases.map(line.count) }
  }
}
