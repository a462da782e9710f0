import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

@Suite struct SimulationTests {
  @Test func eachDayTellsItsMessagesAndChanges() {
    let world = SmallWorld()
    let result = world.run("simulate --config k/fristvagt.conf --from 2024-03-12 --to 2024-03-15")
    #expect(result.code == .ok)
    #expect(
      result.output == """
        tirsdag 12. marts 2024
          mail til job@k.example: Åbningsoversigt · Frister i Jobcenter: 2 på vej
          mail til sb2@k.example: 1 frist på fredag
        onsdag 13. marts 2024
          mail til leder@k.example: 1 frist i dag
          mail til sb1@k.example: 1 frist i dag
        torsdag 14. marts 2024
          mail til leder@k.example: 2 frister: 1 overskredet, 1 i dag
          mail til raad@k.example: 1 frist er overskredet
          mail til sb1@k.example: 1 frist i dag
          S-1 svar: snart → overskredet
        fredag 15. marts 2024
          mail til leder@k.example: 2 frister: 1 overskredet, 1 i dag
          mail til raad@k.example: 1 frist er overskredet
          mail til sb2@k.example: 1 frist i dag
          S-2 svar: snart → overskredet
        4 dage: 10 mails og 2 tilstandsskift, fordelt på 4 dage

        """, "\(result.output)")
  }

  @Test func nothingIsWrittenAndTheMemoryIsNotRead() {
    let world = SmallWorld()
    _ = world.tick("2024-03-13")
    let (mails, journal) = (world.mails, world.files.text("k/state/journal"))
    let paths = world.files.paths(below: "k")
    let result = world.run("simulate --config k/fristvagt.conf --from 2024-03-13 --to 2024-03-13")
    #expect(result.output.contains("3 mails"))
    #expect(world.mails == mails && world.files.text("k/state/journal") == journal)
    #expect(world.files.paths(below: "k") == paths)
  }

  /// A register of many cases over a year, once simulated and once with a tick each day.
  @Test(arguments: Seeds.all.prefix(1))
  func aSimulatedYearIsAYearOfTicks(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var register = SmallWorld.header
    for number in 0..<40 {
      let received = Make.date("2024-01-01") + Int.random(in: 0...360, using: &random)
      let answered =
        Bool.random(using: &random) ? (received + Int.random(in: 0...30, using: &random)).description : ""
      register += "S-\(number);Jobcenter;sb\(number % 4)@k.example;\(received);\(answered)\n"
    }
    let span = Make.date("2024-01-01")...Make.date("2024-12-31")
    let world = SmallWorld(register: register, past: .unused)
    var simulated: Set<[UInt8]> = []
    var problems = ProblemList()
    let setup = try #require(
      Setup.load(
        world.configuration, files: world.files, clock: FixedClock(0), override: nil, problems: &problems))
    try Simulation(setup, files: world.files).run(span) { day in
      for message in day.messages { #expect(simulated.insert(message.bytes).inserted) }
    }
    let transport = RecordingTransport()
    var day = span.lowerBound
    while day <= span.upperBound {
      #expect(world.tick(day.description, transport: transport).code == .ok)
      day = day + 1
    }
    #expect(Set(transport.accepted.map(\.bytes)) == simulated)
    #expect(transport.accepted.count == simulated.count && simulated.count > 50)
  }

  @Test(arguments: [
    ("--from 2024-03-12", "fristvagt simulate: --to is missing; write --to 2024-12-02"),
    (
      "--from 2024-03-12 --to 2024-03-11",
      "fristvagt simulate: --to 2024-03-11 lies before --from 2024-03-12; exchange them"
    ),
    (
      "--from 2024-02-30 --to 2024-03-11",
      "fristvagt simulate: --from: \"2024-02-30\" is no date: February 2024 has 29 days"
    ),
    (
      "--from 2000-01-01 --to 2024-03-11",
      "fristvagt simulate: the span is longer than ten years; choose a shorter one"
    ),
  ])
  func aSpanThatCannotBeMeant(options: String, message: String) {
    let result = SmallWorld().run("simulate --config k/fristvagt.conf \(options)")
    #expect(result.code == .usage)
    #expect(result.error == message + "\n")
  }
}

@Suite struct CompareTests {
  private func compare(_ old: String, _ new: String, format: String = "text") -> (
    code: ExitCode, output: String, error: String
  ) {
    let world = SmallWorld()
    world.files.put(SmallWorld.rule.replacing(old, with: new), at: "ny.frist")
    return world.run(
      "compare --config k/fristvagt.conf --rules ny.frist --today 2024-03-14 --format \(format)")
  }

  @Test func whichClocksMove() {
    let result = compare(
      "længde = 7 arbejdsdage\neksempel = modtaget 2024-12-23 → frist 2025-01-08",
      "længde = 6 arbejdsdage\neksempel = modtaget 2024-12-23 → frist 2025-01-07")
    #expect(result.code == .ok)
    #expect(
      result.output == """
        S-1  svar  2024-03-13 overskredet  →  2024-03-12 overskredet
        S-2  svar  2024-03-14 snart        →  2024-03-13 overskredet
        S-3  svar  2024-03-15 snart        →  2024-03-14 snart
        3 frister flytter sig, 1 bliver overskredet, 0 er ikke længere overskredet, 0 kommer til, 0 falder bort, 0 er uændret

        """)
  }

  @Test func whichClocksComeAndGo() {
    let result = compare("fra = modtaget", "gælder = sagsnr: S-1\nfra = modtaget", format: "csv")
    #expect(
      result.output == """
        sagsnr;frist;start;forfald;tilstand;nyt_forfald;ny_tilstand
        S-2;svar;2024-03-05;2024-03-14;snart;;
        S-3;svar;2024-03-06;2024-03-15;snart;;

        """)
    let same = compare("navn = Svar", "navn = Svar igen")
    #expect(
      same.output
        == "0 frister flytter sig, 0 bliver overskredet, 0 er ikke længere overskredet, 0 kommer til, 0 falder bort, 3 er uændret\n"
    )
  }

  @Test func otherRulesThatAreWrongAreTold() {
    let result = compare("slags = løfte", "slags = løftet")
    #expect(result.code == .configuration)
    #expect(result.error.hasPrefix("ny.frist:9: slags: \"løftet\" is not known; did you mean \"løfte\"?"))
    #expect(
      SmallWorld().run("compare --config k/fristvagt.conf").error
        == "fristvagt compare: --rules is missing; write --rules FILE with the rules to compare with\n")
  }
}

@Suite struct EventsFileTests {
  private func world(_ events: String) -> SmallWorld {
    let rule = Make.ruleFile(
      "længde = 14 dage\nruller = frem\npause = bero_fra .. bero_til\neksempel = modtaget 2024-03-04 → frist 2024-03-18"
    )
    let world = SmallWorld(rule: rule).configured(
      "kilde = register.csv", "kilde = register.csv\nhændelser = haendelser.csv")
    world.files.put(events, at: "k/haendelser.csv")
    return world
  }

  @Test func pausesOfACaseComeFromTheFile() {
    let world = world(
      "sagsnr;hændelse;dato\nS-1;bero_til;11-03-2024\nS-1;bero_fra;08-03-2024\nS-1;bero_fra;2024-03-13\nS-1;bero_til;2024-03-15\n"
    )
    let result = world.run("list --config k/fristvagt.conf --today 2024-03-20 --case S-1 --format csv")
    #expect(result.code == .ok && result.error == "")
    #expect(result.output.hasSuffix("2024-03-25;snart;S-1;svar;Jobcenter;2024-03-04;\n"))
  }

  @Test func badRowsAreNamedAndTheRestGoesOn() {
    let world = world(
      "sagsnr;hændelse;dato\nS-1;bero_fra;2024-02-30\nS-1;berofra;2024-03-08\nS-9;bero_fra;2024-03-08\nS-2\nS-2;bero_til;\nS-1;bero_til;2024-03-20\n"
    )
    let result = world.run("check --config k/fristvagt.conf")
    #expect(result.code == .data)
    #expect(
      result.error == """
        k/haendelser.csv:2: bero_fra: "2024-02-30" is no date: February 2024 has 29 days
        k/haendelser.csv:4: sagsnr: the register has no such case; correct the number. The row is left out
        k/haendelser.csv:5: the row has 1 fields, the header 3; write one for each column. The row is left out
        k/haendelser.csv:6: bero_til: "" is no date: write for example 2024-12-31 or 31-12-2024
        4 problems in 1 file

        """, "\(result.error)")
    #expect(
      result.output.contains(
        "bemærk: k/haendelser.csv:3: ingen regel læser hændelsen »berofra« (1 række), så den er sprunget over; mente du »bero_fra«?\n"
      ), "\(result.output)")
  }

  /// Each of its two columns has an order of its own, and both are told before the rows.
  @Test func monthFirstColumnsAreNotTrusted() {
    let world = world(
      "sagsnr;hændelse;dato;ny_frist\nS-1;bero_fra;03/08/2024;\nS-1;bero_til;03/14/2024;2024-03-30\n")
    let result = world.run("check --config k/fristvagt.conf")
    #expect(result.code == .data)
    #expect(
      result.error == """
        k/haendelser.csv:3: dato: "03/14/2024" can only be month first, and no other value of the column can only be day first, \
        so none of its 2 dates of such a form is read; write in [register] datoformat = måned/dag/år, or for this column alone \
        datoformat = dato: måned/dag/år
        1 problem in 1 file

        """, "\(result.error)")
    for line in ["datoformat = måned/dag/år", "datoformat = dato: måned/dag/år"] {
      let told = world.configured("hændelser =", "\(line)\nhændelser =")
      let list = told.run("list --config k/fristvagt.conf --today 2024-03-20 --case S-1 --format csv")
      #expect(list.code == .ok && list.error == "", "\(list.error)")
      #expect(list.output.hasSuffix("2024-03-25;snart;S-1;svar;Jobcenter;2024-03-04;\n"), "\(list.output)")
      _ = world.configured("\(line)\n", "")
    }
  }

  @Test(
    arguments: [
      (
        nil, ExitCode.noInput,
        "k/fristvagt.conf:9: hændelser: k/haendelser.csv: cannot read: no such file or directory; correct the path, or the right to read it"
      ),
      (
        "sagsnr;dato\n", .data,
        "k/haendelser.csv:1: the column \"hændelse\" is missing; write a header sagsnr;hændelse;dato;ny_frist"
      ),
      (
        "sagsnr;hændelse;dato\nS-1;\"bero", .data,
        "k/haendelser.csv:2: a quote opens here and never closes; close it, or export again"
      ),
    ] as [(String?, ExitCode, String)])
  func anUnusableFileStopsTheTick(text: String?, code: ExitCode, message: String) {
    let world = world(text ?? "")
    if text == nil { world.files.delete("k/haendelser.csv") }
    let result = world.tick("2024-03-20")
    #expect(result.code == code)
    #expect(result.error.hasPrefix(message), "\(result.error)")
    #expect(world.reminders.isEmpty)
  }
}

@Suite struct CheckAuditTests {
  @Test func aRoleWithoutAnAddressIsFound() {
    let world = SmallWorld().configured("leder = leder@k.example\n", "")
    let result = world.run("check --config k/fristvagt.conf")
    #expect(result.code == .configuration)
    #expect(
      result.error.contains(
        "k/fristvagt.conf: [afdeling Jobcenter] has no leder, and [frist svar] tells the leder; add leder = ADDRESS"
      ))
  }

  @Test func anAreaWithoutARuleIsARemark() {
    let register =
      "sagsnr;område;afdeling;sagsbehandler;modtaget;besvaret\nS-1;syd;Jobcenter;sb1@k.example;2024-03-04;\n"
      + "S-2;nord;Jobcenter;sb1@k.example;2024-03-04;\n"
    let world = SmallWorld(register: register, rule: Make.ruleFile("gælder = område: syd"))
    let result = world.run("check --config k/fristvagt.conf --today 2024-03-05")
    #expect(result.code == .ok)
    #expect(
      result.output
        == "bemærk: k/register.csv: ingen regel passer på område »nord« (1 sag)\n"
        + "1 rule, 1 example, 2 cases: no problems, 1 remark\n"
    )
  }

  @Test func inTheAutumnNightTheSecondTwoOClockIsNoClockSetBack() {
    let world = SmallWorld()
    _ = world.tick("2024-10-27T02:50")
    #expect(world.tick("2024-10-27T02:00").code == .ok)
    #expect(world.tick("2024-10-27T01:40").code == .temporary)
  }

  @Test func aRoleIsOnlyMissedWhereTheRuleApplies() {
    let world = SmallWorld(rule: Make.ruleFile("gælder = afdeling: Jobcenter\nvarsel = på dagen: leder"))
      .configured("[mail]", "[afdeling Skole]\npostkasse = s@k.example\n\n[mail]")
    #expect(world.run("check --config k/fristvagt.conf").code == .ok)
  }

  @Test func aClockThatWasSetBackSendsNothing() {
    let world = SmallWorld()
    _ = world.tick("2024-03-13T09:00")
    let mails = world.reminders
    #expect(world.tick("2024-03-13T08:56").code == .ok)
    let behind = world.tick("2024-03-12T09:00")
    #expect(behind.code == .temporary)
    #expect(
      behind.error.hasPrefix(
        "k/state/journal: the clock says 2024-03-12T09:00, but the last pass was at 2024-03-13T09:00"))
    #expect(world.reminders == mails)
  }
}
