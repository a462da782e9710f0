import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// An address of the register is used only under a domain that the configuration names.
struct ForeignAddressTests {
  private let register =
    SmallWorld.header + "S-1;Jobcenter;hr.x@gmail.example;2024-03-04;\n"
    + "S-2;Jobcenter;a@ude.example;2024-03-05;\n"
    + "S-3;Jobcenter;b@GMAIL.example;2024-03-05;\nS-4;Jobcenter;sb@k.example;2024-03-05;\n"
    + "S-5;Jobcenter;c@sub.k.example;2024-06-05;\n"

  private let check = "check --config k/fristvagt.conf --today 2024-03-14"

  private func problem(_ domain: String, _ cases: String) -> String {
    "k/register.csv: sagsbehandler: the configuration does not name the domain \"\(domain)\" of an address "
      + "(\(cases)); correct the register, or add domæner = \(domain) to [mail]. The address is not used: its "
      + "notices go as those of an unknown caseworker\n"
  }

  @Test func nobodyOutsideIsWrittenTo() {
    let world = SmallWorld(register: register)
    _ = world.tick("2024-03-14")
    let mails = world.reminders.map { ReadMail(Array($0.utf8)) }
    let headers = mails.flatMap { $0.headers.split(separator: "\n") }
    let recipients = Set(headers.filter { $0.hasPrefix("To: ") })
    #expect(recipients == ["To: leder@k.example", "To: sb@k.example", "To: raad@k.example"])
    let toLeader = mails.filter { $0.headers.contains("To: leder@k.example") }.map(\.plain)
    #expect(
      toLeader.joined().contains(
        "Sagsbehandlerens adresse ligger uden for kommunens domæner og bruges ikke, så varslet går til dig."))
    #expect(!world.mails.contains { $0.contains("gmail") || $0.contains("ude.example") })
  }

  @Test func checkCountsEveryCaseByDomain() {
    let (code, _, error) = SmallWorld(register: register).run(check)
    #expect(code == .data)
    #expect(
      error == problem("gmail.example", "2 cases") + problem("sub.k.example", "1 case")
        + problem("ude.example", "1 case") + "3 problems in 1 file\n")
  }

  @Test func theReportTellsTheAdviserOfThoseThatItLists() {
    let world = SmallWorld(register: register)
    let (code, output, error) = world.run("report --config k/fristvagt.conf --today 2024-03-14")
    #expect(code == .data)
    #expect(
      error == problem("gmail.example", "2 cases") + problem("ude.example", "1 case")
        + "2 problems in the register\n")
    #expect(
      output.contains(
        "sagsbehandleren har en adresse under »gmail.example«, som ikke er et af kommunens domæner (2 sager); "
          + "adressen bruges ikke, og varslerne går som for en ukendt sagsbehandler"))
  }

  @Test func aNamedDomainIsTheKommunesOwn() {
    let named = "returadresse = retur@k.example\ndomæner = GMAIL.example, ude.example, sub.k.example"
    let world = SmallWorld(
      register: register,
      configuration: SmallWorld.sections.replacing("returadresse = retur@k.example", with: named))
    let (code, _, error) = world.run(check)
    #expect((code, error) == (.ok, ""))
    _ = world.tick("2024-03-14")
    #expect(world.reminders.contains { $0.contains("To: a@ude.example") })
  }

  @Test func everyAddressOfTheConfigurationNamesItsDomain() {
    let sections =
      SmallWorld.sections.replacing("retur@k.example", with: "retur@gmail.example")
      + "[medarbejder Anna]\nadresse = anna@ude.example\n"
    let world = SmallWorld(register: register, configuration: sections)
    #expect(
      world.run(check).error == problem("sub.k.example", "1 case") + "1 problem in 1 file\n")
  }

  @Test func bothWaysThroughARegisterTellTheSame() throws {
    let rows = (1...400).map { index in
      let domain = ["k.example", "ude.example", "x.example"][index % 3]
      return "S-\(index);svar;Jobcenter;sb\(index % 7)@\(domain);2024-03-0\(index % 9 + 1);;;;;;;;;;;\n"
    }
    let world = BulkPassTests.setup(Array((RandomRegister.header + "\n" + rows.joined()).utf8))
    let plain = try #require(try BulkPassTests.plain(world).get())
    #expect(plain.defects.filter(\.isForeignCaseworker).count == 2)
    for division in BulkPassTests.divisions {
      let bulk = BulkPassTests.bulk(world, division)
      if case .success(nil) = bulk { Issue.record("\(division) did not go the fast way") }
      #expect(BulkPassTests.differences(bulk, .success(plain)) == [])
    }
  }

  @Test func countlessDomainsAreCountedTogether() {
    let rows = (10...50).map { "S-\($0);Jobcenter;a@d\($0).example;2024-03-04;\n" }.joined()
    let error = SmallWorld(register: SmallWorld.header + rows)
      .run(check).error
    #expect(error.split(separator: "\n").count == 22)
    #expect(
      error.hasSuffix(
        "k/register.csv: sagsbehandler: the configuration does not name the domains of further addresses "
          + "(21 domains, 21 cases); correct the register, or add the domains to domæner in [mail]. The address is "
          + "not used: its notices go as those of an unknown caseworker\n21 problems in 1 file\n"))
  }

  @Test func explainSaysSo() {
    let output = SmallWorld(register: register)
      .run("explain S-1 --config k/fristvagt.conf --today 2024-03-14").output
    #expect(output.contains("Sag S-1 · Jobcenter · sagsbehandler med adresse uden for kommunens domæner"))
  }
}
