import Rules
import Scheduler
import TestSupport
import Testing

@Suite struct CommandLineTests {
  private let config = "--config k/fristvagt.conf"

  @Test(arguments: [
    ("", "usage: fristvagt COMMAND"),
    ("chek", "fristvagt: unknown command \"chek\"; did you mean \"check\"?"),
    ("tick", "fristvagt tick: --config is missing; write --config FILE"),
    ("tick --config", "fristvagt tick: --config needs a value; write --config FILE"),
    ("report --config a --out=", "fristvagt report: --out needs a value; write --out DIR"),
    ("tick --konfig x", "fristvagt tick: unknown option --konfig; did you mean \"--config\"?"),
    ("tick --config a --config b", "fristvagt tick: --config stands twice; give it once"),
    ("tick extra --config a", "fristvagt tick: \"extra\" is one word too many; remove it"),
    (
      "report --config a --today 2024-02-30",
      "fristvagt report: --today: \"2024-02-30\" is no date: February 2024 has 29 days"
    ),
    (
      "report --config a --now 2024-02-29",
      "fristvagt report: --now: \"2024-02-29\" has no time of day; write for example 2026-11-20T08:00:00, or use --today"
    ),
    (
      "report --config a --now 2024-02-29T08:00:00 --today 2024-02-29",
      "fristvagt report: --today and --now exclude each other; give one of them"
    ),
    (
      "list --config a --state snarts",
      "fristvagt list: --state: \"snarts\" is not known; did you mean \"snart\"?"
    ),
    (
      "list --config a --format xml",
      "fristvagt list: --format: \"xml\" is not known; write one of: text, csv, json"
    ),
    (
      "due svar --config a",
      "fristvagt due: a rule and at least one date are missing; write for example due svar-3-uger 2024-12-02"
    ),
    (
      "due svar i-går --config a",
      "fristvagt due: \"i-går\" is no date: write year-month-day, for example 2024-12-31"
    ),
    (
      "due svar 2024-01-01 --field område --config a",
      "fristvagt due: --field: \"område\" is not FIELD:VALUE; write for example --field område:hjaelpemidler"
    ),
    (
      "due svar 2024-01-01 --field emne:x --config a",
      "fristvagt due: --field: \"emne:x\" is not FIELD:VALUE; write for example --field område:hjaelpemidler"
    ),
    (
      "explain --config a",
      "fristvagt explain: one case number is wanted; write for example explain G-2023-0412"
    ),
    (
      "explain S-1 S-2 --config a",
      "fristvagt explain: one case number is wanted; write for example explain G-2023-0412"
    ),
    ("due svar 2024-01-01 --config a --stdin", "fristvagt due: \"svar\" is one word too many; remove it"),
    ("due svar 2024-01-01 --config a --stdin=ja", "fristvagt due: --stdin takes no value; write it alone"),
  ])
  func whatCannotBeMeant(words: String, message: String) {
    let result = SmallWorld().run(words)
    #expect(result.code == .usage)
    #expect((result.output + result.error).hasPrefix(message), "\(result)")
  }

  @Test func everyCommandHelps() {
    let list = SmallWorld().run("--help")
    #expect(list.code == .ok)
    for command in Program.commands {
      #expect(list.output.contains(command.summary))
      let help = SmallWorld().run("\(command.name) --help")
      #expect(help.code == .ok)
      #expect(help.output.hasPrefix("usage: fristvagt \(command.name)"))
      for option in command.options { #expect(help.output.contains(option.name)) }
    }
  }

  @Test func aMissingConfigurationIsNamed() {
    let result = SmallWorld().run("check --config nowhere.conf")
    #expect(result.code == .configuration)
    #expect(
      result.error
        == "nowhere.conf: cannot read the configuration: no such file or directory; name another with --config\n1 problem in 1 file\n"
    )
  }

  @Test func checkNamesEverythingInOneRun() {
    let world = SmallWorld(
      register: SmallWorld.register + "S-4;Jobcenter;x;30-02-2024;\n",
      rule: SmallWorld.rule + "[frist anden]\nnavn = x\n")
    world.files.put(SmallWorld.rule.replacing("varsel = på", with: "varsle = på"), at: "k/svar.frist")
    let rules = world.run("check \(config)")
    #expect(rules.code == .configuration)
    #expect(rules.error.contains("k/svar.frist:15: unknown key \"varsle\"; did you mean \"varsel\"?"))
    world.files.put(SmallWorld.rule, at: "k/svar.frist")
    let register = world.run("check \(config)")
    #expect(register.code == .data)
    #expect(
      register.error
        == "k/register.csv:5: modtaget: \"30-02-2024\" is no date: February 2024 has 29 days\n1 problem in 1 file\n"
    )
    world.files.put(SmallWorld.register, at: "k/register.csv")
    let sound = world.run("check \(config)")
    #expect(sound.code == .ok)
    #expect(sound.output == "1 rule, 1 example, 3 cases: no problems\n")
  }

  @Test func aCaseWithoutADepartment() {
    let world = SmallWorld(register: SmallWorld.register + "S-4;;sb1@k.example;2024-03-04;\n")
    let result = world.run("check \(config)")
    #expect(result.code == .data)
    #expect(
      result.error
        == "k/register.csv:5: afdeling: the field is empty (1 case); write the department. Its notices go to the adviser\n1 problem in 1 file\n"
    )
  }

  @Test func reportTouchesNoState() {
    let world = SmallWorld(past: .unused)
    #expect(world.run("report \(config) --today 2024-03-15 --out r").code == .ok)
    #expect(world.files.paths(below: "k").sorted() == ["k/fristvagt.conf", "k/register.csv", "k/svar.frist"])
    #expect(world.files.text("r/counts.csv") == "Jobcenter;svar;overskredet;2\nJobcenter;svar;snart;1\n")
  }

  @Test func listFiltersAndFormats() {
    let world = SmallWorld()
    let csv = world.run("list \(config) --today 2024-03-15 --state overskredet --format csv")
    #expect(
      csv.output
        == "forfald;tilstand;sagsnr;frist;afdeling;start;lovet\n2024-03-13;overskredet;S-1;svar;Jobcenter;2024-03-04;\n"
        + "2024-03-14;overskredet;S-2;svar;Jobcenter;2024-03-05;\n")
    let json = world.run("list \(config) --today 2024-03-15 --case S-3 --format json")
    #expect(
      json.output
        == "[\n  {\"forfald\": \"2024-03-15\", \"tilstand\": \"snart\", \"sagsnr\": \"S-3\", \"frist\": \"svar\", \"afdeling\": \"Jobcenter\", \"start\": \"2024-03-06\", \"lovet\": \"\"}\n]\n"
    )
    let none = world.run("list \(config) --today 2024-03-15 --department Andet")
    #expect(none.output.hasSuffix("0 frister\n"))
    let unknown = world.run("list \(config) --rule svat")
    #expect(unknown.code == .usage)
    #expect(unknown.error == "--rule: no rule \"svat\"; did you mean \"svar\"?\n")
  }

  /// People see that something is left out; a program would take two cases for one.
  @Test func aLongCaseNumberIsWholeForPrograms() {
    let long = String(repeating: "sag-", count: 20)
    let world = SmallWorld(register: SmallWorld.header + "\(long)1;Jobcenter;sb1@k.example;2024-03-04;\n")
    let list = "list \(config) --today 2024-03-15"
    #expect(world.run("\(list) --format csv").output.contains(";\(long)1;"))
    #expect(world.run("\(list) --format json").output.contains("\"\(long)1\""))
    #expect(world.run(list).output.contains("  \(long.prefix(63))…  "))
  }

  @Test func dueOfARule() {
    let world = SmallWorld()
    #expect(
      world.run("due svar 2024-12-23 \(config)").output
        == "mandag 23. december 2024 → onsdag 8. januar 2025 (2025-01-08)\n")
    #expect(
      world.run("due svar 2024-12-23 2024-04-22 \(config) --format csv").output
        == "2024-12-23;2025-01-08\n2024-04-22;2024-05-01\n")
    let unknown = world.run("due svart 2024-12-23 \(config)")
    #expect(unknown.code == .usage)
    #expect(unknown.error == "fristvagt due: no rule \"svart\"; did you mean \"svar\"?\n")
  }

  @Test func dueForPrograms() {
    let result = SmallWorld().run("due svar 2024-12-23 2024-04-22 \(config) --format json")
    #expect(
      result.output
        == "[\n  {\"start\": \"2024-12-23\", \"forfald\": \"2025-01-08\"},\n  {\"start\": \"2024-04-22\", \"forfald\": \"2024-05-01\"}\n]\n"
    )
  }

  @Test(arguments: [
    (
      "gyldig = 2024-01-01 .. 2024-12-31", "2025-01-01",
      "[frist svar] does not hold on 2025-01-01; see its gyldig"
    ),
    (
      "længde = hurtigst muligt\neksempel = modtaget 2024-03-04 → løber den 2024-03-05", "2024-03-04",
      "[frist svar] is hurtigst muligt: the law sets no number of days, so there is no due day"
    ),
    ("", "2199-12-30", "the due day of 2199-12-30 lies outside the years 1900–2199"),
    (
      "gælder = område: syd", "2024-03-04 --field område:nord",
      "[frist svar] does not apply to område \"nord\""
    ),
  ])
  func dueWhereThereIsNone(lines: String, words: String, message: String) {
    let result = SmallWorld(rule: Make.ruleFile(lines)).run("due svar \(words) \(config)")
    #expect(result.code == .usage && result.output == "")
    #expect(result.error == "fristvagt due: \(message)\n")
  }

  /// Every command that prints CSV does so for Excel where it is asked to, and only then.
  @Test(arguments: [
    "list", "due svar 2024-12-23", "stats --from 2024-03-01 --to 2024-03-14", "compare --rules k/svar.frist",
  ])
  func csvForExcel(words: String) {
    let world = SmallWorld()
    let command = "\(words) \(config) --today 2024-03-15"
    let plain = world.run("\(command) --format csv")
    let excel = world.run("\(command) --format csv --excel")
    #expect(plain.code == .ok && excel.code == .ok)
    #expect(plain.output.utf8.contains(0x0A) && !plain.output.utf8.contains(0x0D))
    #expect(excel.output == "\u{FEFF}" + plain.output.replacing("\n", with: "\r\n"))
    let name = words.split(separator: " ")[0]
    for format in ["", " --format text"] {
      let refused = world.run("\(command)\(format) --excel")
      #expect(refused.code == .usage && refused.output == "")
      #expect(
        refused.error.hasPrefix("fristvagt \(name): --excel: only CSV has such a form; add --format csv\n"))
    }
  }

  @Test func linesThatAreGivenBackAreNotForExcel() {
    let refused = SmallWorld().run(
      "due --stdin --format csv --excel \(config)", input: ["1 uge;nej;2024-01-01"])
    #expect(refused.code == .usage && refused.output == "")
    #expect(
      refused.error.hasPrefix(
        "fristvagt due: --excel: with --stdin each line is given back as it came; remove one of the two\n"))
  }

  /// A list of many goes the fast way, one of a few rows with a time of day the long way.
  @Test(arguments: ["2024-03-04", "2024-03-04 10:00"])
  func noCaseNumberIsReckonedBySpreadsheets(received: String) {
    let ids = ["=1+1", "+1", "-1", "@a", "S-1"]
    let rows = ids.map { "\($0);Jobcenter;sb1@k.example;\(received);\n" }
    let world = SmallWorld(register: SmallWorld.header + rows.joined())
    _ = world.run("report \(config) --today 2024-03-15 --out r")
    let list = world.run("list \(config) --today 2024-03-15 --format csv").output
    for (id, cell) in zip(ids, ["'=1+1", "'+1", "'-1", "'@a", "S-1"]) {
      #expect(world.files.text("r/overdue/Jobcenter.csv")?.contains(";\(cell);") == true, "\(id)")
      #expect(list.contains(";\(cell);"), "\(id)")
      #expect(!list.contains(";\(id);") || id == cell, "\(id)")
    }
  }

  /// What follows two dashes is no option, whatever it looks like.
  @Test func aCaseNumberThatBeginsWithADash() {
    let world = SmallWorld(register: SmallWorld.header + "-1;Jobcenter;sb1@k.example;2024-03-04;\n")
    #expect(world.run("explain -1 \(config)").code == .usage)
    let result = world.run("explain \(config) -- -1")
    #expect(result.code == .ok)
    #expect(result.output.hasPrefix("Sag -1 · Jobcenter · sagsbehandler sb1@k.example\n"))
  }

  @Test func theVersionIsToldToWhoeverAsks() {
    let result = SmallWorld().run("--version")
    #expect(result.code == .ok && result.error == "")
    #expect(result.output == "fristvagt \(Program.version)\n")
  }

  @Test func dueOfLines() {
    let result = SmallWorld().run(
      "due --stdin \(config)",
      input: [
        "7 arbejdsdage;nej;2024-12-23", "3 uge;frem;2024-12-02", "18 år - 4 måneder;tilbage;2008-08-31", "x",
        "1 dag;op;2024-01-01", "1 dag;frem;2024-02-30",
      ])
    #expect(result.code == .data)
    #expect(
      result.output
        == "7 arbejdsdage;nej;2024-12-23;2025-01-08\n18 år - 4 måneder;tilbage;2008-08-31;2026-04-30\n")
    #expect(
      result.error == """
        standard input:2: længde: "3 uge" is not a length; write for example "3 uger"
        standard input:4: "x" is not længde;ruller;start; write for example 3 uger;frem;2024-12-02
        standard input:5: "op" is not known; write one of: frem, tilbage, nej
        standard input:6: "2024-02-30" is no date: February 2024 has 29 days

        """)
  }

  @Test func withoutAnOverrideTheClockTellsTheTime() {
    // 1,710,403,200 is 14 March 2024, 09:00 in Copenhagen.
    let result = SmallWorld().run("report \(config) --out r")
    #expect(result.output.hasPrefix("FRISTRAPPORT · Prøve Kommune · torsdag 14. marts 2024"))
  }

  @Test func aFixedClockIsSaid() {
    let world = SmallWorld().configured("rapporter = out", "rapporter = out\nnu = 2024-03-13T08:00:00")
    #expect(
      world.run("tick \(config)").output.contains(
        "Uret er stillet til onsdag 13. marts 2024 kl. 08:00 (nu i k/fristvagt.conf)"))
  }
}
