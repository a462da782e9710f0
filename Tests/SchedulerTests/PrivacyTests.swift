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
