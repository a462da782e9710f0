import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

@Suite struct RegisterTextTests {
  @Test func readsBothEncodings() {
    #expect(RegisterText.decoded(Array("  Læring ".utf8)[...]) == "Læring")
    #expect(RegisterText.decoded([0x4C, 0xE6, 0x72, 0x69, 0x6E, 0x67]) == "Læring")
    #expect(RegisterText.decoded([0xC6, 0xD8, 0xC5, 0x20, 0x80]) == "ÆØÅ €")
    #expect(RegisterText.decoded([0x81]) == "\u{81}")
  }
}

/// Collects what a register holds.
private struct Collector: RegisterSink {
  var rows: [Case] = []
  var problems: [RegisterProblem] = []

  mutating func take(_ rows: CaseRows) { self.rows += rows.all }
  mutating func take(_ problem: RegisterProblem) { problems.append(problem) }
}

@Suite struct RegisterReaderTests {
  private func read(_ bytes: [UInt8], columns: String = "") throws -> (rows: [String], problems: [String]) {
    let world = SmallWorld().configured("kilde = register.csv", "kilde = register.csv\n\(columns)")
    world.files.put(bytes, at: "k/register.csv")
    var problems = ProblemList()
    let setup = Setup.load(
      world.configuration, files: world.files, clock: FixedClock(0), override: nil, problems: &problems)
    #expect(problems.isEmpty, "\(problems.inSourceOrder)")
    let sound = try #require(setup)
    var collector = Collector()
    do {
      try RegisterReader(sound.configuration.register, layout: sound.layout, files: world.files).read(
        into: &collector)
    } catch {
      return (["unusable"], error.problems.map(\.description))
    }
    let rows = collector.rows.map { row in
      let dates = row.dates.map { reading in
        switch reading {
        case .absent: "-"
        case .at(let moment): moment.description
        case .unreadable: "?"
        }
      }
      return "\(row.line) \(row.id) \(row.fields[.department]) \(dates.joined(separator: " "))"
    }
    return (rows, collector.problems.map(\.problem.description))
  }

  private func read(_ text: String, columns: String = "") throws -> (rows: [String], problems: [String]) {
    try read(Array(text.utf8), columns: columns)
  }

  // The schema is modtaget, besvaret, lukket, genåbnet: the order of the columns is the register's own
  // affair.
  @Test(arguments: [
    "sagsnr;afdeling;sagsbehandler;modtaget;besvaret\nS-1;Jobcenter;x;2024-03-04;\n",
    "sagsnr;afdeling;sagsbehandler;modtaget;besvaret\r\nS-1;Jobcenter;x;04-03-2024;\r\n",
    "\u{FEFF}sagsnr;afdeling;sagsbehandler;modtaget;besvaret\nS-1;Jobcenter;x;2024-03-04;",
    "sagsnr,afdeling,sagsbehandler,modtaget,besvaret\nS-1,Jobcenter,x,2024-03-04,\n",
    "sagsnr\tafdeling\tsagsbehandler\tmodtaget\tbesvaret\nS-1\tJobcenter\tx\t2024-03-04\t\n",
    "besvaret;emne;sagsnr;modtaget;afdeling;sagsbehandler\n;\"en; \"\"to\"\"\";S-1;2024-03-04;Jobcenter;x\n",
    "\"sagsnr\";\"afdeling\";\"sagsbehandler\";\"modtaget\";\"besvaret\"\n\"S-1\";\" Jobcenter \";\"x\";\" 2024-03-04\";\"\"\n",
  ])
  func theSameCaseInManyForms(text: String) throws {
    let (rows, problems) = try read(text)
    #expect(rows == ["2 S-1 Jobcenter 2024-03-04 - - -"])
    #expect(problems == [])
  }

  @Test func headersMayBeNamed() throws {
    let (rows, _) = try read(
      "Sagsnr.;Afd.;Behandler;Dato modtaget;besvaret\nS-1;Jobcenter;x;2024-03-04;\n",
      columns:
        "kolonne = sagsnr: Sagsnr.\nkolonne = afdeling: Afd.\nkolonne = sagsbehandler: Behandler\nkolonne = modtaget: Dato modtaget"
    )
    #expect(rows == ["2 S-1 Jobcenter 2024-03-04 - - -"])
  }

  @Test func windows1252IsRead() throws {
    let (rows, _) = try read(
      Array(SmallWorld.header.utf8) + Array("S-1;".utf8) + [0xC6, 0x6C, 0x64, 0x72, 0x65]
        + Array(";x;2024-03-04;\n".utf8))
    #expect(rows == ["2 S-1 Ældre 2024-03-04 - - -"])
  }

  @Test func aBadRowIsNamedAndTheRestGoesOn() throws {
    let (rows, problems) = try read(
      SmallWorld.header + "S-1;Jobcenter;x;2024-02-30;\n;Jobcenter;x;2024-03-04;\nS-2;Jobcenter;x\n"
        + "\"S\"3;Jobcenter;x;2024-03-04;\nS-4;\"Job\ncenter\";x;2024-03-04;i går\nS-5;Jobcenter;x;2024-03-04;\n"
    )
    #expect(
      rows == [
        "2 S-1 Jobcenter ? - - -", "6 S-4 Job\ncenter 2024-03-04 ? - -", "8 S-5 Jobcenter 2024-03-04 - - -",
      ])
    #expect(
      problems == [
        "k/register.csv:2: modtaget: \"2024-02-30\" is no date: February 2024 has 29 days",
        "k/register.csv:3: sagsnr: the case has no number; give it one. The row is left out",
        "k/register.csv:4: the row has 3 fields, the header 5; write one for each column. The row is left out",
        "k/register.csv:5: field 1 goes on after its closing quote; double the quotes inside it. The row is left out",
        "k/register.csv:6: besvaret: \"i går\" is no date: write for example 2024-12-31 or 31-12-2024",
      ])
  }

  private static let distrusted =
    ": modtaget: \"03/17/2026\" can only be month first, and no other value of the column can only be day first, "
    + "so none of its 3 dates of such a form is read; write in [register] datoformat = måned/dag/år, "
    + "or for this column alone datoformat = modtaget: måned/dag/år"

  /// One value that can only be month first makes a column unreadable that none says to be day first; it is
  /// told once.
  @Test func aMonthFirstColumnIsNotTrusted() throws {
    let rows =
      "S-1;Jobcenter;x;03/04/2026;\nS-2;Jobcenter;x;2026-03-05;3/4/2026\nS-3;Jobcenter;x;03/17/2026;17/3/2026\n"
      + "S-4;Jobcenter;x;5/1-26;\nS-5;Jobcenter;x;03-18-2026;i går\n"
    let (found, problems) = try read(SmallWorld.header + rows)
    #expect(
      found == [
        "2 S-1 Jobcenter ? - - -", "3 S-2 Jobcenter 2026-03-05 2026-04-03 - -",
        "4 S-3 Jobcenter ? 2026-03-17 - -",
        "5 S-4 Jobcenter 2026-01-05 - - -", "6 S-5 Jobcenter ? ? - -",
      ])
    #expect(
      problems == [
        "k/register.csv:4" + Self.distrusted,
        "k/register.csv:6: besvaret: \"i går\" is no date: write for example 2024-12-31 or 31-12-2024",
      ])
  }

  @Test func oneDayFirstDateMakesTheColumnDayFirst() throws {
    let (found, problems) = try read(
      SmallWorld.header
        + "S-1;Jobcenter;x;03/04/2026;\nS-2;Jobcenter;x;03/17/2026;\nS-3;Jobcenter;x;17.03.2026;\n")
    #expect(
      found == [
        "2 S-1 Jobcenter 2026-04-03 - - -", "3 S-2 Jobcenter ? - - -", "4 S-3 Jobcenter 2026-03-17 - - -",
      ])
    #expect(problems == ["k/register.csv:3: modtaget: \"03/17/2026\" is no date: there is no month 17"])
  }

  /// Rows that are left out say nothing.
  @Test func aRowThatIsLeftOutIsNoClue() throws {
    let (found, problems) = try read(
      SmallWorld.header
        + "S-1;Jobcenter;x;03/04/2026;\n;Jobcenter;x;03/17/2026;\nS-3;Jobcenter;x;03/17/2026\n")
    #expect(found == ["2 S-1 Jobcenter 2026-04-03 - - -"])
    #expect(problems.count == 2 && !problems.contains { $0.contains("month first") })
  }

  @Test(arguments: [
    ("datoformat = måned/dag/år", "2026-03-04", "2026-03-17"),
    ("datoformat = modtaget: måned/dag/år", "2026-03-04", "2026-03-17"),
    ("datoformat = dag/måned/år\ndatoformat = modtaget: måned/dag/år", "2026-03-04", "2026-03-17"),
    ("datoformat = dag/måned/år", "2026-04-03", "?"),
    ("datoformat = modtaget: dag/måned/år\ndatoformat = måned/dag/år", "2026-04-03", "?"),
    ("datoformat = besvaret: måned/dag/år", "?", "?"),
  ])
  func theConfigurationKnowsTheOrder(line: String, first: String, second: String) throws {
    let (found, problems) = try read(
      SmallWorld.header + "S-1;Jobcenter;x;03/04/2026;\nS-2;Jobcenter;x;03/17/2026;\n", columns: line)
    #expect(found == ["2 S-1 Jobcenter \(first) - - -", "3 S-2 Jobcenter \(second) - - -"])
    #expect(problems.count == (second == "?" ? 1 : 0), "\(problems)")
    #expect(first == "?" || !problems.contains { $0.contains("month first") })
  }

  /// Whose order is said may be wrong in single values, which are then told.
  @Test func aDayFirstDateInAMonthFirstColumn() throws {
    let (_, problems) = try read(
      SmallWorld.header + "S-1;Jobcenter;x;17/03/2026;\n", columns: "datoformat = måned/dag/år")
    #expect(problems == ["k/register.csv:2: modtaget: \"17/03/2026\" is no date: there is no month 17"])
  }

  @Test func aColumnOfTwoEventsIsToldOnce() throws {
    let (found, problems) = try read(
      SmallWorld.header + "S-1;Jobcenter;x;;03/17/2026\n", columns: "kolonne = lukket: besvaret")
    #expect(found == ["2 S-1 Jobcenter - ? ? -"])
    #expect(
      problems.count == 1
        && problems[0].hasPrefix("k/register.csv:2: besvaret: \"03/17/2026\" can only be month first"))
  }

  @Test(arguments: [
    ("", "k/register.csv: the register is empty; export it again, with a header and its cases"),
    ("\n\n", "k/register.csv: the register is empty; export it again, with a header and its cases"),
    (
      SmallWorld.header,
      "k/register.csv: the register has a header but no case; export it again with its cases"
    ),
    (
      SmallWorld.header + "S-1;\"Job;x;2024-03-04;\nS-2;Jobcenter;x;2024-03-04;\n",
      "k/register.csv:2: a quote opens here and never closes, so the register may be cut off; close it, or export again"
    ),
    (
      "sagsnr;afdeling;sagsbehandler;Modtagt;besvaret\nS-1;Jobcenter;x;2024-03-04;\n",
      "k/register.csv:1: the column \"modtaget\" is missing; add it, or say in [register] which column it is: kolonne = modtaget: Modtagt"
    ),
    (
      "sagsnr;afdeling;afdeling;sagsbehandler;modtaget;besvaret\nS-1;a;b;x;2024-03-04;\n",
      "k/register.csv:1: the column \"afdeling\" stands twice; rename one of them"
    ),
  ])
  func anUnusableRegister(text: String, message: String) throws {
    let (rows, problems) = try read(text)
    #expect(rows == ["unusable"])
    #expect(problems == [message])
  }

  @Test func everyMissingColumnIsNamedInOneRun() throws {
    let (_, problems) = try read("nummer;dato\n1;2\n")
    #expect(problems.count == 5)
    #expect(
      problems.allSatisfy {
        $0.contains("is missing; add it, or say in [register] which column it is: kolonne = ")
      })
  }

  /// The pieces in which a file is read must not show.
  @Test(arguments: Seeds.all)
  func longRegistersReadLikeShortOnes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var text = "sagsnr;afdeling;sagsbehandler;emne;modtaget;besvaret\n"
    var expected: [String] = []
    var line = 2
    for number in 0..<20_000 {
      let breaks = Int.random(in: 0...9, using: &random) == 0 ? 2 : 0
      let emne =
        breaks > 0
        ? "\"a;\n\"\"b\"\"\n\"" : String(repeating: "æ", count: Int.random(in: 0...30, using: &random))
      text += "S-\(number);Jobcenter;x;\(emne);2024-03-04;\n"
      expected.append("\(line) S-\(number) Jobcenter 2024-03-04 - - -")
      line += 1 + breaks
    }
    let (rows, problems) = try read(text)
    #expect(rows == expected)
    #expect(problems.isEmpty)
  }
}

/// A register that a command prints.
@Suite struct CommandRegisterTests {
  private func world() -> SmallWorld {
    SmallWorld().configured("kilde = register.csv", "kommando = psql --csv -c \"select 1\"")
  }

  @Test func itsOutputIsTheRegister() {
    let world = world()
    world.files.put(SmallWorld.register, at: "output/psql --csv -c \"select 1\"")
    #expect(world.tick("2024-03-13").output.contains("Sendt 3 mails med 4 varsler"))
  }

  /// A command is run once, however often its rows are looked at.
  @Test func aMonthFirstColumnOfItsOutputIsNotTrusted() {
    let world = world()
    world.files.put(
      SmallWorld.header
        + "S-1;Jobcenter;sb1@k.example;03/04/2024;\nS-2;Jobcenter;sb1@k.example;03/14/2024;\n",
      at: "output/psql --csv -c \"select 1\"")
    let result = world.run("check --config k/fristvagt.conf")
    #expect(result.code == .data)
    #expect(
      result.error.hasPrefix("kommando:3: modtaget: \"03/14/2024\" can only be month first, "),
      "\(result.error)")
    #expect(result.error.hasSuffix("1 problem in 1 file\n"))
  }

  @Test func aCommandThatFailsSendsNothing() {
    let result = world().tick("2024-03-13")
    #expect(result.code == .noInput)
    #expect(
      result.error.hasPrefix(
        "k/fristvagt.conf:8: kommando: \"psql --csv -c \"select 1\"\" exited with 127: psql --csv -c \"select 1\": not found; run it by hand as the same user"
      ))
  }

  @Test(arguments: [
    (
      "kilde = register.csv\nkommando = x",
      "k/fristvagt.conf:9: kommando: stands beside kilde, and there is one register; remove one of the two"
    ),
    (
      "skrump = 20 %",
      "k/fristvagt.conf:7: [register] lacks the register; add kilde = FILE, or kommando = COMMAND"
    ),
  ])
  func oneSourceAndNoMore(lines: String, message: String) {
    let result = SmallWorld().configured("kilde = register.csv", lines).tick("2024-03-13")
    #expect(result.code == .configuration)
    #expect(result.error.contains(message), "\(result.error)")
  }
}
