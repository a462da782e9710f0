import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// A row that asked for nothing and stands as it stood is counted and not looked at; every other one is.
struct KnownCasesTests {
  @Test(arguments: Seeds.all)
  func onlyWhatChangedIsSeenAgain(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<20 {
      let told = "seed \(seed), round \(round)"
      let rows = (0..<Int.random(in: 1...60, using: &random)).map { row($0, isAnswered: false) }
      let world = SmallWorld(register: nil)
      let setup = TickWorld.setup(world).at(Make.now("2024-03-18"))
      func pass(_ rows: [String], _ known: KnownCases) throws -> BulkPass.Result {
        world.files.put(Self.header + rows.joined(), at: "k/register.csv")
        let watch = Watch(.seen, known, rows: .kept)
        return try #require(try BulkPass(setup, files: world.files, watch).run())
      }
      let first = try pass(rows, KnownCases([]))
      #expect(first.seen.map(\.id) == rows.indices.map { "S-\($0)" } && first.quiet.isEmpty, "\(told)")
      var known = KnownCases([], header: first.header)
      let settled = Set(first.seen.filter { _ in Int.random(in: 0..<4, using: &random) > 0 }.map(\.id))
      for seen in first.seen {
        if settled.contains(seen.id) { known.settle(seen.id, row: seen.row) } else { known.unsettle(seen.id) }
      }
      let answered = Set(rows.indices.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
      var second = rows.indices.map { row($0, isAnswered: answered.contains($0)) }
      second.shuffle(using: &random)
      let result = try pass(second, known)
      let quiet = settled.subtracting(answered.map { "S-\($0)" })
      #expect(Set(result.quiet.map { known.ids[Int($0)] }) == quiet, "\(told)")
      #expect(Set(result.seen.map(\.id)) == Set(rows.indices.map { "S-\($0)" }).subtracting(quiet), "\(told)")
      #expect(result.survey.counts == (try pass(second, KnownCases([]))).survey.counts, "\(told)")
    }
  }

  private static let header = "sagsnr;afdeling;sagsbehandler;modtaget;besvaret\n"

  /// Received long ago, and answered perhaps.
  private func row(_ index: Int, isAnswered: Bool) -> String {
    "S-\(index);Jobcenter;sb@k.example;2024-01-08;\(isAnswered ? "2024-03-01" : "")\n"
  }

  /// Rows come and go; what is remembered of them stays true, and the gaps that they leave are closed.
  @Test(arguments: Seeds.all)
  func whatIsRememberedStaysTrue(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var known = KnownCases(["S-1"])
    var rows: [String: [UInt8]] = [:]
    for _ in 0..<1_500 {
      let id = "S-\(Int.random(in: 0..<300, using: &random))"
      if Int.random(in: 0..<5, using: &random) == 0 {
        rows[id] = nil
        known.unsettle(id)
      } else {
        let row = (0..<Int.random(in: 9...4_000, using: &random)).map { UInt8(truncatingIfNeeded: $0) }
        rows[id] = row
        known.settle(id, row: row)
      }
    }
    #expect(Set(known.quiet.map { known.ids[$0] }) == Set(rows.keys), "seed \(seed)")
    #expect(known.isWithoutRows == rows.isEmpty)
    for (id, row) in rows {
      #expect(known.number(of: id).map { known.row($0) } == row, "seed \(seed), \(id)")
    }
    #expect(known.number(of: "S-300") == nil)
    #expect(known.withoutRows(under: [1]).quiet.isEmpty && known.withoutRows(under: [1]).header == [1])
  }
}
