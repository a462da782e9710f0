import Foundation
import TestSupport
import Testing

/// Two processes on one state folder, started at the same moment, again and again: nothing is sent twice, and
/// who comes second says who was first.
@Suite struct RaceTests {
  private static let races = Repository.number("FRISTVAGT_RACES") ?? 40

  @Test func twoTicksAtOnceSendNothingTwice() async throws {
    let folder = try TemporaryFolder.withExamples()
    let state = "examples/hedensted"
    var seconds = 0
    for race in 1...Self.races {
      for name in ["state", "udbakke"] {
        try? FileManager.default.removeItem(atPath: "\(folder.path)/\(state)/\(name)")
      }
      let outcomes = try await withThrowingTaskGroup(of: Binary.Outcome.self) { group in
        for _ in 0..<2 {
          group.addTask { try Binary.run(["tick", "--config", "\(state)/fristvagt.conf"], in: folder.path) }
        }
        return try await group.reduce(into: [Binary.Outcome]()) { $0.append($1) }
      }
      #expect(outcomes.contains { $0.code == 0 }, "race \(race)")
      for outcome in outcomes where outcome.code != 0 {
        #expect(outcome.code == 75, "race \(race): \(outcome.error)")
        #expect(outcome.error.contains("another fristvagt is at work on this folder ("), "\(outcome.error)")
        // Between taking the lock and signing it lies a moment.
        let isNamed =
          outcome.error.contains("(tick, process ") || outcome.error.contains("(it has only just begun)")
        #expect(isNamed, "\(outcome.error)")
        seconds += 1
      }
      let mails = folder.tree("\(state)/udbakke/new")
      let sent = try folder.read("\(state)/state/journal").split(separator: "\n").filter {
        $0.contains(" sent ")
      }
      #expect(Set(sent.compactMap { $0.split(separator: " ").last }).count == sent.count, "race \(race)")
      #expect(mails.count == sent.count && !mails.isEmpty, "race \(race)")
    }
    print("\(Self.races) races: nothing twice; \(seconds) times the second left, else it found nothing to do")
  }
}
