import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// A case number that stands in several rows of the register is one case.
struct RepeatedCaseTests {
  /// Two rows of one case, and one of another; due on 13 and 14 March 2024.
  private static func register(_ second: String, _ first: String = "S-1;Jobcenter;sb1@k.example;2024-03-04;")
    -> String
  {
    SmallWorld.header + first + "\nS-2;Jobcenter;sb1@k.example;2024-03-05;\n" + second + "\n"
  }

  /// Both ways through the register: the fast one, and the one that reads row by row.
  private func survey(_ register: String, now: String = "2024-03-18") throws -> Survey {
    let world = SmallWorld(register: register)
    let setup = TickWorld.setup(world).at(Now(Make.moment(now)))
    let plain = try Gathering.survey(setup, files: world.files) { _ in }
    let bulk = try #require(try BulkPass(setup, files: world.files).run()).survey
    #expect(bulk.counts == plain.counts && bulk.cases == plain.cases && bulk.defects == plain.defects)
    return plain
  }

  private func messages(_ survey: Survey) -> [String] { survey.defects.map(\.problem.description) }

  /// The same case as in the first row, written in every way that is read as the same.
  @Test(arguments: [
    "S-1;Jobcenter;sb1@k.example;2024-03-04;", "S-1 ;Jobcenter;sb1@k.example;04-03-2024;",
    "\"S-1\"; jobcenter ;sb1@k.example;4.3.2024; ", "S\u{AD}-1;Jobcenter;SB1@k.example;2024-03-04;",
    "S-1\u{200B};Jobcenter;sb1@k.example;2024-03-04;",
  ])
  func rowsThatSayTheSameAreOneCase(row: String) throws {
    let survey = try survey(Self.register(row))
    #expect(survey.cases == 2 && survey.clocks == 2 && survey.reportedCount == 2)
    #expect(messages(survey) == [])
  }

  @Test func rowsThatDifferAreCountedOnceByTheWorstState() throws {
    for rows in [("2024-03-04;", "2024-03-04;2024-03-08"), ("2024-03-04;2024-03-08", "2024-03-04;")] {
      let survey = try survey(
        Self.register("S-1;Jobcenter;sb1@k.example;\(rows.1)", "S-1;Jobcenter;sb1@k.example;\(rows.0)"))
      #expect(survey.cases == 2 && survey.clocks == 2)
      #expect(survey.count(.exceeded) == 2 && survey.count(.kept) == 0)
      #expect(
        messages(survey) == [
          "k/register.csv:4: sagsnr: the rows of \"S-1\" on lines 2 and 4 differ; keep one of them, or correct the number. "
            + "The case is counted once, each deadline by the row in which it stands worst"
        ])
    }
  }

  /// From the worst to the best, with a row that stands so on 18 March 2024.
  private static let rows: [(state: StateName, cells: String)] = [
    (.exceeded, "2024-03-04;"), (.soon, "2024-03-12;"), (.unclear, "i går;"),
    (.late, "2024-03-01;2024-03-15"),
    (.kept, "2024-03-04;2024-03-08"),
  ]

  @Test func theWorseOfTwoStatesCounts() throws {
    for (index, worse) in Self.rows.enumerated() {
      for better in Self.rows[(index + 1)...] {
        for pair in [(worse, better), (better, worse)] {
          let survey = try survey(
            Self.register(
              "S-1;Jobcenter;sb1@k.example;\(pair.1.cells)", "S-1;Jobcenter;sb1@k.example;\(pair.0.cells)"))
          #expect(survey.count(worse.state) == (worse.state == .exceeded ? 2 : 1), "\(pair)")
          #expect(survey.clocks == 2, "\(pair)")
        }
      }
    }
  }

  @Test func ofTwoOpenRowsTheEarlierDueDayCounts() throws {
    let world = SmallWorld(
      register: Self.register(
        "S-1;Jobcenter;sb1@k.example;2024-03-04;", "S-1;Jobcenter;sb1@k.example;2024-03-07;"))
    let list = world.run("list --config k/fristvagt.conf --now 2024-03-11T09:00 --case S-1 --format csv")
      .output
    #expect(list.split(separator: "\n").dropFirst().map { $0.prefix(10) } == ["2024-03-13"])
  }

  @Test func threeRowsAreNamedWithTheirLines() throws {
    let row = "S-1;Jobcenter;sb1@k.example;2024-03-04;"
    let survey = try survey(Self.register("\(row)\n\(row)2024-03-05\n\(row)2024-03-06"))
    #expect(survey.cases == 2)
    #expect(messages(survey).first?.contains("\"S-1\" on lines 2, 5 and 6 differ") == true)
  }

  @Test func anotherDepartmentKeepsItsDeadline() throws {
    let survey = try survey(Self.register("S-1;Borgerservice;sb1@k.example;2024-03-01;"))
    #expect(survey.cases == 2 && survey.count(.exceeded) == 2)
    #expect(survey.counts.keys.filter { $0.state == .exceeded }.count == 2)
    #expect(messages(survey).contains { $0.contains("differ") })
  }

  // MARK: Every product

  @Test func oneMailIsSentAndEveryProductCountsTheSame() throws {
    let row = "S-1;Jobcenter;sb1@k.example;2024-03-04;"
    let twice = SmallWorld(register: Self.register(row))
    let once = SmallWorld(register: SmallWorld.header + row + "\nS-2;Jobcenter;sb1@k.example;2024-03-05;\n")
    for now in ["2024-03-12T12:00", "2024-03-15T12:00", "2024-03-18T12:00"] {
      #expect(twice.tick(now).code == once.tick(now).code)
      #expect(twice.reminders == once.reminders)
      for path in once.files.paths(below: "k/out") {
        #expect(twice.files.text(path) == once.files.text(path), "\(path)")
      }
      for command in [
        "list", "stats --from 2024-03-01 --to 2024-03-11", "preview", "explain S-1",
        "compare --rules k/svar.frist",
      ] {
        let line = "\(command) --config k/fristvagt.conf --now \(now)"
        #expect(twice.run(line).output == once.run(line).output, "\(command)")
      }
    }
  }

  @Test func checkAndExplainNameBothLines() throws {
    let world = SmallWorld(register: Self.register("S-1;Jobcenter;sb1@k.example;2024-03-04;2024-03-06"))
    let check = world.run("check --config k/fristvagt.conf --today 2024-03-18")
    #expect(check.code == .data && check.error.contains("\"S-1\" on lines 2 and 4 differ"))
    let explain = world.run("explain S-1 --config k/fristvagt.conf --today 2024-03-18").output
    #expect(explain.contains("Sagen står på linje 2 og 4 med forskellige oplysninger."))
    #expect(explain.components(separatedBy: "svar").count > 1 && !explain.contains("overholdt"))
    _ = world.tick("2024-03-18T12:00")
    let report = try #require(world.files.text("k/out/fristrapport.txt"))
    #expect(report.contains("linje 4: sag S-1 står på linje 2 og 4 med forskellige oplysninger"))
  }

  /// A number that may be a CPR number is named by its lines alone.
  @Test func aMaskedNumberStaysMasked() throws {
    let row = "0101801234;Jobcenter;sb1@k.example;2024-03-04;"
    let survey = try survey(Self.register(row + "2024-03-05", row))
    #expect(messages(survey).allSatisfy { !$0.contains("0101801234") })
    #expect(messages(survey).first?.contains("on lines 2 and 4 differ") == true)
  }

  // MARK: Chance

  /// Whoever looks through some of the hashes finds his share of the repeated cases, and nobody finds
  /// another's.
  @Test(arguments: Seeds.all)
  func sharesFindTogetherWhatIsRepeated(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for size in [0, 1, 40, 50_000] {
      let numbers = (0..<size).map { _ in "2024-\(Int.random(in: 0..<size * 8, using: &random))" }
      var hashes = CaseHashes()
      for number in numbers { hashes.append(number) }
      let wanted = Dictionary(numbers.map { ($0, 1) }, uniquingKeysWith: +).values.filter { $0 > 1 }.sorted()
      for count in 1...3 {
        let shares = (0..<count).map { hashes.repeated(CaseHashes.Share($0, of: count)) }
        #expect(shares.flatMap(\.values).sorted() == wanted, "seed \(seed), \(size) rows, \(count) shares")
        #expect(size < 50_000 || shares.allSatisfy { $0.count > wanted.count / count / 2 }, "seed \(seed)")
      }
    }
  }

  /// Each row alone says what its deadlines are; of the case the worst of them counts, once for each rule.
  @Test(arguments: Seeds.all)
  func theWholeIsTheWorstOfItsRows(seed: UInt64) throws {
    let order: [StateName] = [.exceeded, .soon, .unclear, .running, .paused, .late, .lapsed, .kept]
    var random = SeededGenerator(seed: seed)
    for round in 0..<6 {
      let rows = (0..<Int.random(in: 2...25, using: &random)).map { _ in Self.row(&random) }
      let header = RandomRegister.header + "\n"
      let whole = BulkPassTests.setup(Array((header + rows.joined()).utf8))
      let survey = try Gathering.survey(whole.setup, files: whole.files) { _ in }
      var wanted: [String: StateName] = [:]
      for row in rows {
        let single = BulkPassTests.setup(Array((header + row).utf8))
        _ = try Gathering.survey(single.setup, files: single.files) { found in
          for clock in found.verdict.clocks {
            let key = found.id + " " + clock.rule.id
            let known = wanted[key].flatMap { order.firstIndex(of: $0) } ?? .max
            wanted[key] = order[min(known, order.firstIndex(of: clock.state) ?? .max)]
          }
        }
      }
      let states = Dictionary(grouping: wanted.values) { $0 }.mapValues(\.count)
      for state in order {
        #expect(survey.count(state) == states[state] ?? 0, "seed \(seed), round \(round), \(state)")
      }
      #expect(survey.cases == Set(rows.map { $0.prefix { $0 != ";" } }).count, "seed \(seed), round \(round)")
    }
  }

  /// A row of one of five cases; no rule here has more than one round.
  private static func row(_ random: inout SeededGenerator) -> String {
    let type = ["svar", "brev", "akut", "barn", "andet"].randomElement(using: &random) ?? ""
    let day = { (share: Int, random: inout SeededGenerator) -> String in
      guard Int.random(in: 0..<100, using: &random) < share else { return "" }
      return (Make.date("2024-03-18") - Int.random(in: 0...40, using: &random)).description
    }
    let cells = [
      "S-\(Int.random(in: 0..<5, using: &random))", type, "Jobcenter", "sb@k.example", day(90, &random),
      day(40, &random),
    ]
    return (cells + ["", "", "", "", "", "", "", "", "ja", ""]).joined(separator: ";") + "\n"
  }
}
