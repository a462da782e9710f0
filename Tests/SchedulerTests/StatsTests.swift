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
        slags;frist;navn;gælder;udløb;overholdt;udsat_i_tide;overskredet;helt_uden_besked;åben;bortfaldet;dage_for_halvdelen;dage_for_ni_af_ti;offentliggjort
        løfte;svar;Svar;;5;2;0;3;;0;0;4;10;

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

        Opgjort efter registeret, som det så ud fredag 15. marts 2024.

        """)
  }

  @Test(arguments: [
    ("--from 2024-03-01", "--to is missing; write --to 2024-12-02"),
    ("--to 2024-03-01", "--from is missing; write --from 2024-12-02"),
    ("--from 2024-03-02 --to 2024-03-01", "--to 2024-03-01 lies before --from 2024-03-02; exchange them"),
    ("--from 2024-02-30 --to 2024-03-01", "--from: \"2024-02-30\" is no date: February 2024 has 29 days"),
    (
      "--from 2024-03-01 --to 2024-03-16 --today 2024-03-15",
      "--to: 2024-03-16 is still to come; write --to 2024-03-15, or an earlier day"
    ),
    (
      "--from 2024-03-01 --to 2024-03-02 --department Jobcentre",
      "--department: no department \"Jobcentre\"; did you mean \"Jobcenter\"?"
    ),
    (
      "--from 2024-03-01 --to 2024-03-02 --format json",
      "--format: \"json\" is not known; write one of: text, html, csv"
    ),
  ])
  func whatCannotBeMeant(words: String, message: String) {
    let result = stats(words)
    #expect(result.code == .usage && result.output == "")
    #expect(result.error.replacing("fristvagt stats: ", with: "") == message + "\n")
  }

  @Test func aRowThatCannotBeReadIsNamedAndTheRestCounted() {
    let world = SmallWorld(register: SmallWorld.register + "S-4;Jobcenter;x;30-02-2024;\n")
    let result = stats("\(Self.march) --format csv", in: world)
    #expect(result.code == .data)
    #expect(result.output.contains("løfte;svar;Svar;;2;0;0;2;;0;0;;;\n"))
    #expect(result.error.hasPrefix("k/register.csv:5: modtaget: \"30-02-2024\" is no date"))
  }

  @Test func nothingIsWritten() {
    let world = SmallWorld()
    #expect(world.tick("2024-03-14").code == .ok)
    let before = world.files.contents(below: "k")
    for format in ["text", "html", "csv"] {
      #expect(stats("\(Self.march) --format \(format)", in: world).code == .ok)
    }
    #expect(world.files.contents(below: "k") == before)
  }

  /// What a department must not hear of is not in its figures either, whichever row of a case says so.
  @Test(arguments: ["hemmelig;", "andet;nej", "andet;ja"], [false, true])
  func aDepartmentsFiguresHoldNoSecret(secret: String, isFirst: Bool) {
    let rule =
      Make.ruleFile("samtykke = kræves")
      + Make.secretRule
    let rows = [
      "S-1;Jobcenter;;2024-03-04;;;\(secret)\n", "S-1;Jobcenter;;2024-03-05;2024-03-06;;andet;ja\n",
    ]
    let world = SmallWorld(
      register: "sagsnr;afdeling;sagsbehandler;modtaget;besvaret;anmeldt;område;samtykke\n"
        + (isFirst ? rows : rows.reversed()).joined(), rule: rule)
    func total(_ words: String) -> String? {
      let row = stats("\(Self.march) --format csv \(words)", in: world).output.split(separator: "\n")
        .dropFirst()
      return row.first?.split(separator: ";", omittingEmptySubsequences: false).map(String.init)[4]
    }
    #expect(total("") == "1")
    #expect(total("--department Jobcenter") == (secret == "andet;ja" ? "1" : nil))
  }

  /// The figures may be published: neither a case nor anybody's address is in them, nor what stands for a
  /// department.
  @Test(arguments: Seeds.all, ["text", "html", "csv"])
  func nobodyIsNamed(seed: UInt64, format: String) {
    let kommune = RandomKommune(seed: seed)
    let words = "--from 2023-12-01 --to 2024-03-14 --today 2024-03-15 --format \(format)"
    let (code, output, _) = stats(words, in: kommune.world)
    #expect(code == .ok || code == .data)
    #expect(output.contains("Svar") && !output.contains("Anders And") && !output.contains("Ukendt Navn"))
    for truth in kommune.cases { #expect(!output.contains(truth.caseID), "seed \(seed): \(truth)") }
    for address in kommune.people.values.joined() {
      #expect(!output.contains(address), "seed \(seed): \(address)")
    }
  }

  /// What two periods say together is what one says of both; and the departments together what the kommune
  /// says without what no department may hear.
  @Test(arguments: Seeds.all)
  func figuresAddUp(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var counted = 0
    for round in 0..<20 {
      let rules = RandomRules(&random)
      let world = BulkPassTests.setup(
        RandomRegister(&random, rows: 60).bytes, rules: rules.text, table: rules.table)
      let (first, last) = (Make.date("2022-01-01"), Make.date("2024-03-18"))
      let middle = first + Int.random(in: 0..<(last - first), using: &random)
      let said = "seed \(seed), round \(round), \(middle)"
      guard let whole = Self.figures(first...last, world) else { continue }
      let parts = [first...middle, (middle + 1)...last].compactMap { Self.figures($0, world) }
      #expect(parts.count == 2 && whole == Self.sum(parts), "\(said)")
      let departments = ["Jobcenter", "Børn", "Ældre"].compactMap { Self.figures(first...last, world, $0) }
      #expect(departments.count == 3 && Self.sum(departments) == Self.told(first...last, world), "\(said)")
      counted += whole.values.reduce(0) { $0 + $1[0] }
    }
    #expect(counted > 200, "seed \(seed): only \(counted) deadlines were counted")
  }

  /// What the command says of each deadline, as numbers; nil where the register cannot be used.
  private static func figures(
    _ period: ClosedRange<CivilDate>, _ world: BulkPassTests.World, _ department: String? = nil
  ) -> [[String]: [Int]]? {
    let console = RecordingConsole()
    let words =
      ["stats", "--config", "k/fristvagt.conf", "--today", "2024-03-18", "--format", "csv"]
      + ["--from", "\(period.lowerBound)", "--to", "\(period.upperBound)"]
      + (department.map { ["--department", $0] } ?? [])
    let code = Program.run(words, in: World(files: world.files, clock: FixedClock(0), console: console))
    guard code == .ok || code == .data, !console.output.isEmpty else { return nil }
    return console.output.split(separator: "\n").dropFirst().reduce(into: [:]) { figures, line in
      let cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
      figures[Array(cells[..<4])] = cells[4..<11].map { Int($0) ?? 0 }
    }
  }

  private static func sum(_ parts: [[[String]: [Int]]]) -> [[String]: [Int]] {
    parts.reduce([:]) { $0.merging($1) { zip($0, $1).map(+) } }
  }

  /// The same without what no department may hear, reckoned from the clocks.
  private static func told(
    _ period: ClosedRange<CivilDate>, _ world: BulkPassTests.World
  ) -> [[String]: [Int]] {
    var clocks: [Clock] = []
    let survey = try? Gathering.survey(
      world.setup, files: world.files, onCase: { clocks += $0.verdict.clocks })
    var statistics = Statistics(of: world.setup.book, period)
    for clock in clocks where clock.mayReachDepartment && survey?.concealment.hides(clock) == false {
      if world.setup.configuration.organisation.departments[clock.fields[.department]] != nil {
        statistics.add(clock)
      }
    }
    return statistics.lines.filter { $0.tally.total > 0 }.reduce(into: [:]) { figures, line in
      let (deadline, tally) = (line.deadline, line.tally)
      figures[[deadline.kind.rawValue, deadline.rule, deadline.name, deadline.scope]] = [
        tally.total, tally.kept, tally.moved, tally.exceeded, tally.unheard ?? 0, tally.open, tally.lapsed,
      ]
    }
  }
}
