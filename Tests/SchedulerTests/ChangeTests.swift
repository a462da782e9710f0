import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// What is told of changes from one report to the next.
@Suite struct ChangeTests {
  private func world(_ digest: String = "digest = dagligt 07:00") -> SmallWorld {
    SmallWorld()
      .configured("adresse = raad@k.example", "adresse = raad@k.example\nrapport = dagligt 07:00")
      .configured("leder = leder@k.example", "leder = leder@k.example\n\(digest)")
  }

  private func edit(_ world: SmallWorld, _ old: String, _ new: String) {
    world.files.put(
      (world.files.text("k/register.csv") ?? "").replacing(old, with: new), at: "k/register.csv")
  }

  /// What a reader got on a morning.
  private func mail(_ world: SmallWorld, _ now: String, to reader: String, _ subject: String) -> String? {
    let transport = RecordingTransport()
    _ = world.tick(now, transport: transport)
    return transport.accepted.filter { $0.recipient.localPart == reader }.map { ReadMail($0.bytes) }
      .first { $0.plain.hasPrefix(subject) }?.plain
  }

  private func section(_ title: String, of text: String?) -> String? {
    text?.split(separator: "\n\n").first { $0.hasPrefix(title) }.map(String.init)
  }

  @Test func whatChangedSinceTheLastReport() throws {
    let world = world()
    _ = world.tick("2024-03-14T07:00")
    // S-1 fell due on the 13th. Somebody answers it; S-2 passes its day.
    edit(world, "2024-03-04;\n", "2024-03-04;2024-03-14\n")
    let report = mail(world, "2024-03-15T07:00", to: "raad", "FRISTRAPPORT")
    #expect(section("NYE OVERSKRIDELSER SIDEN I GÅR", of: report)?.contains("S-2") == true)
    #expect(section("LØST SIDEN I GÅR", of: report)?.contains("S-1") == true)
    #expect(section("LØST SIDEN I GÅR", of: report)?.contains("for sent torsdag 14. marts") == true)
    #expect(section("ÆNDRET BAGUDRETTET", of: report) == nil)
    #expect(report?.contains("1 overskredet (1 ny siden i går)") == true)
    // The next day that is no news any more.
    let next = mail(world, "2024-03-16T07:00", to: "raad", "FRISTRAPPORT")
    #expect(section("LØST", of: next) == nil)
    #expect(section("NYE OVERSKRIDELSER", of: next)?.contains("S-3") == true)
    #expect(section("NYE OVERSKRIDELSER", of: next)?.contains("S-2") == false)
  }

  @Test func whatWasExceededAndLaterLooksKeptIsListedWithBothReadings() throws {
    let world = world()
    _ = world.tick("2024-03-14T07:00")
    edit(world, "2024-03-04;\n", "2024-03-04;2024-03-12\n")
    let text = mail(world, "2024-03-15T07:00", to: "raad", "FRISTRAPPORT")
    let changed = try #require(section("ÆNDRET BAGUDRETTET", of: text))
    #expect(changed.contains("overskredet, frist onsdag 13. marts"))
    #expect(changed.contains("overholdt tirsdag 12. marts, frist onsdag 13. marts"))
    #expect(changed.contains("i dag 07:00"))
    #expect(section("LØST", of: text) == nil)
    // Whoever was away a week still reads of it, and on what day it was seen.
    let later = mail(world, "2024-03-22T07:00", to: "raad", "FRISTRAPPORT")
    #expect(section("ÆNDRET BAGUDRETTET", of: later)?.contains("fredag 15. marts 07:00") == true)
    let muchLater = mail(world, "2024-04-12T07:00", to: "raad", "FRISTRAPPORT")
    #expect(section("ÆNDRET BAGUDRETTET", of: muchLater) == nil)
  }

  /// A change that was seen before a long standstill is in the first report after it.
  @Test func aStandstillHidesNoChange() {
    let world = world()
    _ = world.tick("2024-03-14T07:00")
    edit(world, "2024-03-04;\n", "2024-03-04;2024-03-12\n")
    _ = world.tick("2024-03-14T12:00")
    let later = mail(world, "2024-04-08T07:00", to: "raad", "FRISTRAPPORT")
    #expect(section("ÆNDRET BAGUDRETTET", of: later)?.contains("S-1") == true)
  }

  /// What is counted in hours is told with its hours.
  @Test func hoursAreToldWithTheirTime() throws {
    let world = SmallWorld(
      rule: Make.ruleFile("længde = 24 timer\neksempel = modtaget 2024-12-23T10:00 → frist 2024-12-24T10:00")
    )
    .configured("adresse = raad@k.example", "adresse = raad@k.example\nrapport = dagligt 07:00")
    let row = "S-1;Jobcenter;sb1@k.example;2024-03-12T10:00;"
    world.files.put(SmallWorld.header + row + "\n", at: "k/register.csv")
    _ = world.tick("2024-03-14T07:00")
    edit(world, row, row + "2024-03-13T09:59")
    let text = mail(world, "2024-03-15T07:00", to: "raad", "FRISTRAPPORT")
    let changed = try #require(section("ÆNDRET BAGUDRETTET", of: text))
    #expect(changed.contains("overskredet, frist onsdag 13. marts kl. 10:00"))
    #expect(changed.contains("overholdt onsdag 13. marts kl. 09:59, frist onsdag 13. marts kl. 10:00"))
  }

  @Test func theFirstReportHasNothingToCompareWith() {
    let text = mail(world(), "2024-03-14T07:00", to: "raad", "FRISTRAPPORT")
    #expect(text?.contains("NYE OVERSKRIDELSER") == false)
    #expect(text?.contains("1 overskredet (1 ny siden i går)") == true)
  }

  @Test func aWeeklyDigestTellsOfItsWeek() throws {
    let world = world("digest = torsdag 07:00")
    _ = world.tick("2024-03-14T07:00")
    edit(world, "2024-03-04;\n", "2024-03-04;2024-03-15\n")
    for day in ["2024-03-15", "2024-03-18", "2024-03-20"] { _ = world.tick("\(day)T09:00") }
    let text = mail(world, "2024-03-21T07:00", to: "job", "FRISTER I JOBCENTER")
    #expect(section("NYE OVERSKRIDELSER SIDEN TORSDAG 14. MARTS", of: text)?.contains("S-2") == true)
    #expect(section("LØST SIDEN TORSDAG 14. MARTS", of: text)?.contains("S-1") == true)
  }

  @Test(arguments: [("", false), ("tom-digest = udelades\n", false), ("tom-digest = sendes\n", true)])
  func aDigestWithNothingToTell(key: String, isSent: Bool) throws {
    let world = world("digest = dagligt 07:00\n\(key)")
    edit(world, SmallWorld.register, SmallWorld.header + "S-9;Jobcenter;sb1@k.example;2024-03-14;\n")
    let text = mail(world, "2024-03-14T07:00", to: "job", "FRISTER I JOBCENTER")
    #expect((text?.contains("Ingen af afdelingens frister er overskredet i dag.") ?? false) == isSent)
    // Left out is left out for that day, also when something comes up after.
    edit(world, "2024-03-14;\n", "2024-02-14;\n")
    let later = mail(world, "2024-03-14T12:00", to: "job", "FRISTER I JOBCENTER")
    #expect(later == nil)
    #expect(mail(world, "2024-03-15T07:00", to: "job", "FRISTER I JOBCENTER") != nil)
  }

  @Test func whoStandsInForTheReaderIsTold() throws {
    let absence = "[fravær %@]\nperiode = 2024-03-01 .. 2024-03-31\nstedfortræder = vikar@k.example\n\n[mail]"
    let world = world()
      .configured("postkasse = job@k.example\n", "")
      .configured("[mail]", absence.replacing("%@", with: "leder@k.example"))
      .configured("[mail]", absence.replacing("%@", with: "raad@k.example"))
    let transport = RecordingTransport()
    #expect(world.tick("2024-03-14T07:00", transport: transport).code == .ok)
    let texts = transport.accepted.filter { $0.recipient.localPart == "vikar" }.map {
      ReadMail($0.bytes).plain
    }
    #expect(
      texts.contains { $0.hasPrefix("FRISTER I") && $0.contains("som stedfortræder for leder@k.example") })
    #expect(
      texts.contains { $0.hasPrefix("FRISTRAPPORT") && $0.contains("som stedfortræder for raad@k.example") })
    // Who comes back on the same day does not get it again.
    world.files.put(
      (world.files.text(world.configuration) ?? "").replacing("2024-03-31", with: "2024-03-13"),
      at: world.configuration)
    let before = transport.accepted.count
    _ = world.tick("2024-03-14T08:00", transport: transport)
    #expect(
      !transport.accepted.dropFirst(before).contains { ReadMail($0.bytes).plain.hasPrefix("FRISTRAPPORT") })
  }

  @Test func anAlarmGoesToWhoStandsInForTheAdviser() {
    let world = world().configured(
      "[mail]",
      "[fravær raad@k.example]\nperiode = 2024-03-01 .. 2024-03-31\nstedfortræder = vikar@k.example\n\n[mail]"
    )
    try? world.files.remove("k/register.csv")
    let transport = RecordingTransport()
    #expect(world.tick("2024-03-14T07:00", transport: transport).code == .noInput)
    #expect(transport.accepted.map(\.recipient.description) == ["vikar@k.example"])
  }

  @Test func theReportCommandTellsTheSameAndKeepsNothing() throws {
    let world = world()
    _ = world.tick("2024-03-14T07:00")
    edit(world, "2024-03-04;\n", "2024-03-04;2024-03-12\n")
    let state = world.files.paths(below: "k/state").map { world.files.text($0) }
    let report = world.run("report --config k/fristvagt.conf --now 2024-03-15T06:00 --out k/andet")
    #expect(section("ÆNDRET BAGUDRETTET", of: report.output)?.contains("S-1") == true)
    #expect(world.files.paths(below: "k/state").map { world.files.text($0) } == state)
    // Of a day before the memory begins it says nothing.
    let earlier = world.run("report --config k/fristvagt.conf --today 2024-03-12 --out k/andet")
    #expect(earlier.code == .ok && !earlier.output.contains("ÆNDRET"))
  }
}
