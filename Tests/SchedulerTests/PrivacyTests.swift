import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// Who hears of what, over random organisations. `FRISTVAGT_KOMMUNER` says of how many.
@Suite struct PrivacyTests {
  private static let seeds = (1...UInt64(Repository.number("FRISTVAGT_KOMMUNER") ?? 8)).map { $0 &* 7_919 }

  /// Everything that left, over two mornings and a change of the register between them.
  private func mails(_ kommune: RandomKommune) -> [(to: String, text: String)] {
    let world = TickWorld(kommune.world)
    let transport = RecordingTransport()
    for now in ["2024-03-14T08:00", "2024-03-15T08:00"] {
      #expect(world.tick(now, transport).fault == nil)
      let register = world.files.text("k/register.csv") ?? ""
      world.files.put(register.replacing(";;;;;\n", with: ";2024-03-15;;;;\n"), at: "k/register.csv")
    }
    return transport.accepted.map { ($0.recipient.description, ReadMail($0.bytes).everything) }
  }

  @Test(arguments: seeds)
  func aDepartmentHearsOfItsOwnCasesAlone(seed: UInt64) {
    for past in [SmallWorld.Past.commissioned, .unused] {
      let kommune = RandomKommune(seed: seed, past: past)
      let mails = mails(kommune)
      #expect(mails.count > 3, "seed \(seed)")
      for mail in mails where mail.to != RandomKommune.adviser {
        for truth in kommune.cases where mail.text.contains(truth.caseID) {
          #expect(
            truth.isDepartmentKnown && truth.hasConsent && !truth.isConfidential,
            "seed \(seed): \(mail.to) \(truth)")
          let own = kommune.people[truth.department] ?? []
          #expect(own.contains(mail.to), "seed \(seed): \(mail.to) hears of \(truth)")
        }
        #expect(!mail.text.contains("Anders And"))
      }
    }
  }

  @Test(arguments: seeds)
  func aCalendarShowsNothingElse(seed: UInt64) {
    let kommune = RandomKommune(seed: seed)
    _ = mails(kommune)
    let feeds = kommune.world.files.paths(below: "k/kalendere")
    #expect(feeds.count > 2)
    for path in feeds {
      let text = (kommune.world.files.text(path) ?? "").replacing("\r\n ", with: "")
      for truth in kommune.cases where text.contains(truth.caseID) {
        #expect(truth.isDepartmentKnown && truth.hasConsent && !truth.isConfidential, "seed \(seed): \(path)")
        let name = truth.department.replacing(" ", with: "_")
        let isOwn =
          path == "k/kalendere/afdelinger/\(name).ics"
          || (kommune.people[truth.department] ?? []).contains {
            path == "k/kalendere/sagsbehandlere/\($0).ics"
          }
        #expect(isOwn, "seed \(seed): \(path) shows \(truth)")
      }
    }
  }

  /// A case number in two rows keeps the secret of either, in whatever order they stand.
  @Test(arguments: ["hemmelig;S-9", "andet;S-9"], [0, 1])
  func aSecretOfOneRowIsASecretOfAll(first: String, order: Int) {
    let rule =
      Make.ruleFile("varsel = på dagen: sagsbehandler, leder")
      + Make.secretRule
    let rows = [
      "S-9;hemmelig;Jobcenter;sb1@k.example;2024-03-04;;2024-03-04\n",
      "S-9;andet;Jobcenter;sb1@k.example;2024-03-05;;\n",
    ]
    let world = SmallWorld(
      register: "sagsnr;område;afdeling;sagsbehandler;modtaget;besvaret;anmeldt\n"
        + (order == 0 ? rows : rows.reversed()).joined(), rule: rule
    )
    .configured(
      "leder = leder@k.example", "leder = leder@k.example\ndigest = dagligt 07:00\ntom-digest = sendes"
    )
    .configured("rapporter = out", "rapporter = out\nkalendere = kalendere")
    let transport = RecordingTransport()
    for day in ["2024-03-13", "2024-03-14"] { _ = world.tick("\(day)T08:00", transport: transport) }
    let told = transport.accepted.filter { ReadMail($0.bytes).everything.contains("S-9") }
    #expect(Set(told.map(\.recipient.description)) == ["raad@k.example"])
    for path in world.files.paths(below: "k/kalendere") {
      #expect(world.files.text(path)?.contains("S-9") == false, "\(path)")
    }
  }

  @Test func ofABirthdayNotEvenWhatIsWrongIsTold() {
    let world = SmallWorld(
      register:
        "sagsnr;afdeling;sagsbehandler;fødselsdato;besvaret\nS-1;Jobcenter;sb1@k.example;2008-08-32;\n",
      rule: Make.ruleFile(
        "fra = fødselsdato\nlængde = 18 år\nruller = tilbage\neksempel = fødselsdato 2008-08-31 → frist 2026-08-31"
      ))
    let result = world.tick("2024-03-14")
    let everything =
      [
        result.output, result.error,
        world.run("explain S-1 --config k/fristvagt.conf --today 2024-03-14").output,
      ]
      + world.files.paths(below: "k/out").compactMap { world.files.text($0) }
    for text in everything { #expect(!text.contains("2008") && !text.contains("august")) }
    #expect(result.output.contains("datoen i »fødselsdato« kan ikke læses\n"))
  }

  /// The adviser hears of every case that somebody must hear of: nothing is held back on the way.
  @Test(arguments: seeds)
  func whatTheDepartmentMayNotHearTheAdviserDoes(seed: UInt64) {
    let kommune = RandomKommune(seed: seed)
    let told = mails(kommune).filter { $0.to == RandomKommune.adviser }.map(\.text).joined()
    let exceeded = kommune.world.run("list --config k/fristvagt.conf --state overskredet --today 2024-03-14")
      .output
    for truth in kommune.cases where exceeded.contains("\(truth.caseID) ") {
      #expect(told.contains(truth.caseID), "seed \(seed): \(truth)")
    }
  }

  /// Two worlds that are the same do the same, to the byte: mails, reports, calendars, what is remembered.
  @Test(arguments: seeds.prefix(4))
  func theSameTickIsTheSameToTheByte(seed: UInt64) {
    let worlds = (0..<2).map { _ in RandomKommune(seed: seed, past: .unused).world }
    for world in worlds {
      let ticks = TickWorld(world)
      for now in ["2024-03-14T08:00", "2024-03-15T08:00"] {
        #expect(ticks.tick(now, RecordingTransport(on: world.files)).fault == nil)
      }
    }
    let paths = worlds[0].files.paths(below: "k")
    #expect(paths == worlds[1].files.paths(below: "k"))
    for path in paths { #expect(worlds[0].files.text(path) == worlds[1].files.text(path), "\(path)") }
    // And again at the same time: nothing is new, so nothing changes.
    let before = paths.map { worlds[0].files.text($0) }
    let again = TickWorld(worlds[0])
    #expect(again.tick("2024-03-15T08:00", RecordingTransport()).success?.messages.isEmpty == true)
    for (path, text) in zip(paths, before) where !path.hasSuffix("journal") && !path.hasSuffix("lock") {
      #expect(worlds[0].files.text(path) == text, "\(path)")
    }
  }
}
