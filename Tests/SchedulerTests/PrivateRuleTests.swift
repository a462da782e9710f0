import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// What only the adviser may hear by its rule stays out of all that departments see, and is marked in what
/// she sees.
struct PrivateRuleTests {
  private static let rules =
    SmallWorld.rule
    + Make.furtherRule("navn = Rådgiverens\nvarsel = på dagen: borgerrådgiver", id: "raadgiver")
    + Make.furtherRule(
      "navn = Klagefrist\npåhviler = borger\nvarsel = på dagen: sagsbehandler", id: "klagefrist")
    + Make.furtherRule("navn = Uden varsel", id: "stille")

  private static let configuration = SmallWorld.sections.replacing(
    "rapporter = out", with: "rapporter = out\nkalendere = kal")

  private let world = SmallWorld(configuration: Self.configuration, rule: Self.rules)

  @Test func oneRuleDecidesForAllItsClocks() {
    let book = Make.soundBook(
      Self.rules
        + Make.furtherRule(
          "påhviler = borger\nvarsel = på dagen: borgerrådgiver\nvarsel = 1 dag før: leder", id: "begge")
        + Make.furtherRule("varsel = på dagen: borgerrådgiver, leder", id: "delt"))
    let privacy = Dictionary(uniqueKeysWithValues: book.rules.map { ($0.id, $0.privacy) })
    #expect(
      privacy == [
        "svar": nil, "raadgiver": .adviserLadder, "klagefrist": .citizensOwn, "stille": nil,
        "begge": .citizensOwn, "delt": nil,
      ])
  }

  @Test func departmentsSeeNothingOfThem() throws {
    #expect(world.tick("2024-03-15T12:00:00").code == .ok)
    let overdue = try #require(world.files.text("k/out/overdue/Jobcenter.csv"))
    #expect(
      overdue
        == "2024-03-13;S-1;stille\n2024-03-13;S-1;svar\n2024-03-14;S-2;stille\n2024-03-14;S-2;svar\n")
    for path in world.files.paths(below: "k/kal") {
      let calendar = world.files.text(path) ?? ""
      #expect(calendar.contains("Frist: Uden varsel") && !calendar.contains("Klagefrist"))
      #expect(!calendar.contains("Rådgiverens"))
    }
    let digest = world.run("preview digest --config k/fristvagt.conf --today 2024-03-15").output
    #expect(
      digest.contains("Uden varsel") && !digest.contains("Klagefrist") && !digest.contains("Rådgiverens"))
    #expect(!digest.contains("kun dig"))
  }

  @Test func theLadderStillRemindsOfTheCitizensOwn() {
    _ = world.tick("2024-03-15T12:00:00")
    let mails = world.reminders.map { ReadMail(Array($0.utf8)) }
    let toCaseworker = mails.filter { $0.headers.contains("To: sb2@k.example") }.map(\.plain).joined()
    #expect(toCaseworker.contains("S-3 · Klagefrist") && !toCaseworker.contains("Rådgiverens"))
    let toAdviser = mails.filter { $0.headers.contains("To: raad@k.example") }.map(\.plain).joined()
    #expect(toAdviser.contains("S-3 · Rådgiverens"))
  }

  /// On the first run the department's reminder is no part of an opening digest.
  @Test func noOpeningDigestOfADepartmentHoldsThem() {
    let world = SmallWorld(configuration: Self.configuration, rule: Self.rules, past: .unused)
    _ = world.tick("2024-03-18T12:00:00")
    let mails = world.reminders.map { ReadMail(Array($0.utf8)) }
    let openings = mails.filter { $0.plain.contains("ÅBNINGSOVERSIGT") }
    let toDepartment = openings.filter { $0.headers.contains("To: job@k.example") }.map(\.plain).joined()
    #expect(!toDepartment.isEmpty && !toDepartment.contains("Klagefrist"))
    #expect(!toDepartment.contains("Rådgiverens"))
    let reminders = mails.filter { $0.headers.contains("To: sb1@k.example") }.map(\.plain).joined()
    #expect(reminders.contains("S-1 · Klagefrist"))
    let toAdviser = openings.filter { $0.headers.contains("To: raad@k.example") }.map(\.plain).joined()
    #expect(toAdviser.contains("Rådgiverens") && toAdviser.contains("S-1 · kun dig"))
  }

  /// The other row of a case forbids the reminder too.
  @Test func consentGoesBeforeTheLadder() {
    let rule =
      SmallWorld.rule
      + Make.furtherRule(
        "navn = Klagefrist\npåhviler = borger\nsamtykke = kræves\nvarsel = på dagen: sagsbehandler",
        id: "klagefrist")
    let register =
      "sagsnr;afdeling;sagsbehandler;samtykke;modtaget;besvaret\nS-1;Jobcenter;sb1@k.example;ja;2024-03-06;\n"
    for other in ["", "S-1;Jobcenter;sb1@k.example;nej;2024-03-06;\n"] {
      let world = SmallWorld(register: register + other, rule: rule)
      _ = world.tick("2024-03-15T12:00:00")
      let toCaseworker = world.reminders.filter { $0.contains("To: sb1@k.example") }
        .map { ReadMail(Array($0.utf8)).plain }.joined()
      #expect(toCaseworker.contains("S-1 · Klagefrist") == other.isEmpty)
    }
  }

  @Test func theReportMarksWhatIsTheAdvisersAlone() throws {
    let output = world.run("report --config k/fristvagt.conf --today 2024-03-15").output
    let lines = output.split(separator: "\n")
    let marked = lines.filter { $0.contains("kun dig") }
    #expect(!marked.isEmpty && marked.allSatisfy { $0.contains("Klagefrist") || $0.contains("Rådgiverens") })
    #expect(lines.filter { $0.hasPrefix("  S-") }.count == marked.count * 2)
    let html = try #require(world.files.text("k/out/fristrapport.html"))
    #expect(html.contains("S-1<small> · kun dig</small>"))
  }

  @Test func withoutPrivateLeavesThemOutAndSaysHowMany() throws {
    let (code, output, _) = world.run(
      "report --config k/fristvagt.conf --today 2024-03-15 --without-private --out r")
    #expect(code == .ok)
    #expect(output.contains("6 frister, som kun borgerrådgiveren må høre om, er udeladt."))
    #expect(output.contains("  4 overskredet"))
    #expect(!output.contains("Klagefrist") && !output.contains("kun dig") && output.contains("Uden varsel"))
    #expect(output.hasSuffix("Rapporten ligger i r/fristrapport-uden-private.html\n"))
    #expect(
      world.files.paths(below: "r").sorted() == [
        "r/fristrapport-uden-private.html", "r/fristrapport-uden-private.txt",
      ])
    let none = SmallWorld().run("report --config k/fristvagt.conf --today 2024-03-15 --without-private")
      .output
    #expect(none.contains("Ingen frister er udeladt: der er ingen, som kun borgerrådgiveren må høre om."))
  }

  @Test func aDepartmentsPageHoldsWhatItMaySee() throws {
    let report = "report --config k/fristvagt.conf --today 2024-03-15"
    let (code, output, _) = world.run("\(report) --for-department Jobcenter --out r")
    #expect(code == .ok)
    #expect(output.hasPrefix("FRISTER I JOBCENTER"))
    #expect(output.contains("Uden varsel") && !output.contains("Klagefrist") && !output.contains("udeladt"))
    #expect(
      world.files.paths(below: "r").sorted() == [
        "r/fristrapport-afdeling-Jobcenter.html", "r/fristrapport-afdeling-Jobcenter.txt",
      ])
    let unknown = world.run("\(report) --for-department Jobcentr")
    #expect(unknown.code == .usage)
    #expect(
      unknown.error == "--for-department: no department \"Jobcentr\"; did you mean \"Jobcenter\"?\n")
    let both = world.run("\(report) --for-department Jobcenter --without-private")
    #expect(both.code == .usage)
    #expect(
      both.error.contains(
        "--for-department leaves out what only the adviser may hear anyway; remove --without-private"))
  }

  @Test func aListCanLeaveThemOut() {
    let list = "list --config k/fristvagt.conf --today 2024-03-15 --case S-1 --format csv"
    #expect(world.run(list).output.split(separator: "\n").count == 5)
    #expect(
      world.run("\(list) --without-private").output == """
        forfald;tilstand;sagsnr;frist;afdeling;start;lovet
        2024-03-13;overskredet;S-1;stille;Jobcenter;2024-03-04;
        2024-03-13;overskredet;S-1;svar;Jobcenter;2024-03-04;

        """)
  }

  /// Beyond the rows of a report the file of a department is named for what it holds.
  @Test func moreRowsThanAReportShows() {
    let rows = (100..<160).map { "S-\($0);Jobcenter;sb1@k.example;2024-03-04;\n" }.joined()
    let world = SmallWorld(register: SmallWorld.header + rows, rule: Self.rules)
    let output = world.run("report --config k/fristvagt.conf --today 2024-03-15").output
    #expect(
      output.contains("og 190 flere; de, som afdelingen må se, står i overdue/Jobcenter.csv"))
    #expect(world.files.text("k/out/overdue/Jobcenter.csv")?.split(separator: "\n").count == 120)
  }

  @Test(arguments: Seeds.all)
  func bothWaysThroughARegisterTellTheSame(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rules =
      RandomRegister.rules
      + Make.furtherRule("gælder = type: svar\nvarsel = på dagen: borgerrådgiver", id: "raadgiver")
      + Make.furtherRule("påhviler = borger\nvarsel = på dagen: leder", id: "klagefrist")
    var fast = 0
    for round in 0..<10 {
      let register = RandomRegister(&random, rows: Int.random(in: 0...60, using: &random))
      let world = BulkPassTests.setup(register.bytes, rules: rules)
      fast += BulkPassTests.fastWays(
        world, against: BulkPassTests.plain(world), "seed \(seed), round \(round)")
    }
    #expect(fast > 10, "seed \(seed): only \(fast) went the fast way")
  }
}
