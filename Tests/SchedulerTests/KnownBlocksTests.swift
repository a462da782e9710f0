import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// Who remembers what rows said says of a register what who reads every row says.
struct KnownBlocksTests {
  /// Small blocks and looks and several readers, so that every border falls everywhere.
  private static let divisions = [
    BulkPass.Division(
      readers: 1, shares: 1, shortestStretch: 1 << 20, look: 1 << 16,
      borders: BlockBorders(least: 1, spacing: 4, most: 16)),
    BulkPass.Division(
      readers: 1, shares: 1, shortestStretch: 1 << 20, look: 300,
      borders: BlockBorders(least: 2, spacing: 2, most: 5)),
    BulkPass.Division(
      readers: 3, shares: 4, shortestStretch: 600, look: 1 << 12,
      borders: BlockBorders(least: 1, spacing: 1, most: 1)),
  ]

  /// One service: what its readers and its known cases have kept.
  private struct Place {
    let division: BulkPass.Division
    let readers: ReaderMemory
    var known: KnownCases

    func pass(_ world: BulkPassTests.World, _ readers: ReaderMemory? = nil) throws -> BulkPass.Result? {
      try BulkPass(
        world.setup, files: world.files, Watch(.seen, known, rows: .kept), division,
        remembering: readers ?? self.readers
      ).run()
    }

    /// As ``RegisterMemory`` does, of cases that `isQuiet`.
    mutating func take(_ result: BulkPass.Result, _ isQuiet: (SeenCase) -> Bool) {
      if known.header != result.header { known = known.withoutRows(under: result.header) }
      var rows: [String: Int] = [:]
      for seen in result.seen { rows[seen.id, default: 0] += 1 }
      for seen in result.seen {
        if rows[seen.id] == 1, isQuiet(seen) {
          known.settle(seen.id, row: seen.row)
        } else {
          known.unsettle(seen.id)
        }
      }
    }
  }

  @Test(arguments: Seeds.all)
  func whoRemembersRowsFindsWhatIsThere(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var again = 0
    for round in 0..<4 {
      for division in Self.divisions {
        var place = Place(division: division, readers: ReaderMemory(), known: KnownCases([]))
        var register = RandomRegister(&random, rows: Int.random(in: 20...120, using: &random)).bytes
        var earlier: [[UInt8]] = []
        for step in 0..<8 {
          let told = "seed \(seed), round \(round), look \(division.look), step \(step)"
          let world = BulkPassTests.setup(register)
          let wanted = Result { try place.pass(world, ReaderMemory()) }
          let found = Result { try place.pass(world) }
          if let wanted = try? wanted.get(), let found = try? found.get() {
            let differences = Self.differences(found, wanted, world)
            try #require(differences == [], "\(told)")
            try #require(wanted.again == 0 || !wanted.repeated.isEmpty)
            // Of several readers each knows what it has read, and who reads what is a matter of their speed.
            if division.readers == 1 { again += found.again }
            let quiet = Set(found.seen.map(\.id).filter { _ in Int.random(in: 0..<5, using: &random) > 0 })
            place.take(found) { quiet.contains($0.id) }
          } else {
            #expect((try? wanted.get()) == nil && (try? found.get()) == nil, "\(told)")
          }
          if Bool.random(using: &random) { place.readers.makeReady() }
          earlier.append(register)
          // What stood there some passes ago may stand there again, and more of its cases be known by then.
          let mayReturn = Int.random(in: 0..<3, using: &random) == 0
          register = mayReturn ? earlier.randomElement(using: &random) ?? register : register
          register = TickMemoryTests.changed(register, &random)
        }
      }
    }
    #expect(again > 200, "seed \(seed): only \(again) rows were known again")
  }

  private static func differences(
    _ found: BulkPass.Result, _ wanted: BulkPass.Result, _ world: BulkPassTests.World
  ) -> [String] {
    func text(_ seen: SeenCase) -> String { "\(seen.id) \(seen.verdict) \(seen.row)" }
    var differences = BulkPassTests.differences(
      .success(BulkPassTests.Findings(found.survey, world.setup)),
      .success(BulkPassTests.Findings(wanted.survey, world.setup)))
    if found.seen.map(text) != wanted.seen.map(text) {
      differences.append("seen \(found.seen.map(\.id)) instead of \(wanted.seen.map(\.id))")
    }
    if found.quiet != wanted.quiet { differences.append("quiet \(found.quiet) instead of \(wanted.quiet)") }
    return differences
  }

  /// No digit of a block can be another without somebody noticing, wherever in the block it stands.
  @Test func everyOtherDigitIsNoticed() throws {
    let rows = (0..<40).map { index in
      "S-\(100 + index);svar;Børn;sb@k.example;2024-01-\(10 + index % 20);;;;;;;;;;;emne \(index)\n"
    }
    let register = Array((RandomRegister.header + "\n" + rows.joined()).utf8)
    let place = Place(
      division: BulkPass.Division(
        readers: 1, shares: 1, shortestStretch: 1 << 20, look: 1 << 16,
        borders: BlockBorders(least: 40, spacing: 1, most: 40)),
      readers: ReaderMemory(), known: KnownCases([]))
    let header = RandomRegister.header.utf8.count
    // A case that is not seen, because nobody is told of it, is only in the counts: they are all answered.
    let answered = register.split(separator: 0x0A).enumerated().flatMap { index, line -> [UInt8] in
      guard index > 0 else { return line + [0x0A] }
      var cells = line.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(Array.init)
      cells[5] = Array("2024-03-01".utf8)
      return Array(cells.joined(separator: [UInt8(ascii: ";")])) + [0x0A]
    }
    let world = BulkPassTests.setup(answered)
    let first = try #require(try place.pass(world))
    #expect(first.again == 0)
    let second = try #require(try place.pass(world))
    #expect(second.again == 40 && second.survey.counts == first.survey.counts)
    let digits = answered.indices.filter { $0 > header && (0x30...0x39).contains(answered[$0]) }
    // Every third, so that each place among sixteen bytes is met.
    for index in stride(from: 0, to: digits.count, by: 3).map({ digits[$0] }) {
      var other = answered
      other[index] = other[index] == 0x39 ? 0x30 : other[index] + 1
      let changed = BulkPassTests.setup(other)
      // Who has read only one of the two does not know the other.
      for (known, met) in [(world, changed), (changed, world)] {
        let readers = ReaderMemory()
        #expect(try place.pass(known, readers)?.again == 0)
        #expect(try place.pass(met, readers)?.again == 0, "byte \(index)")
      }
    }
    // What stands there twice in a row is known again.
    #expect(try place.pass(world)?.again == 40)
  }

  /// A case becomes known by another row of its: the row that nobody had to see has to be seen now.
  @Test func aRowOfACaseThatBecomesKnownIsSeen() throws {
    var place = Place(division: Self.divisions[0], readers: ReaderMemory(), known: KnownCases([]))
    let ended = "S-1;svar;Børn;;2024-01-08;2024-01-09;;;;;;;;;;\n"
    let others = (2..<40).map { "S-\($0);svar;Børn;;2024-01-08;2024-01-09;;;;;;;;;;\n" }.joined()
    let open = "S-1;svar;Børn;;2024-01-10;;;;;;;;;;;\n"
    func world(_ rows: String) -> BulkPassTests.World {
      BulkPassTests.setup(Array((RandomRegister.header + "\n" + rows).utf8))
    }
    for _ in 0..<2 { place.take(try #require(try place.pass(world(ended + others)))) { _ in true } }
    let opened = try #require(try place.pass(world(ended + others + open)))
    #expect(opened.seen.map(\.id) == ["S-1"] && opened.survey.cases == 39)
    place.take(opened) { _ in false }
    let next = try #require(try place.pass(world(ended + others + open)))
    #expect(next.seen.map(\.id) == ["S-1"] && next.survey.cases == 39)
  }

  /// The same where the row was away while the case became known.
  @Test func aRowThatComesBackIsSeenWhereItsCaseBecameKnown() throws {
    var place = Place(division: Self.divisions[0], readers: ReaderMemory(), known: KnownCases([]))
    let ended = "S-1;svar;Børn;;2024-01-08;2024-01-09;;;;;;;;;;\n"
    let others = (2..<40).map { "S-\($0);svar;Børn;;2024-01-08;2024-01-09;;;;;;;;;;\n" }.joined()
    let open = "S-1;svar;Børn;;2024-01-10;;;;;;;;;;;\n"
    for rows in [ended + others, open + others, others] {
      let world = BulkPassTests.setup(Array((RandomRegister.header + "\n" + rows).utf8))
      place.take(try #require(try place.pass(world))) { _ in true }
    }
    let world = BulkPassTests.setup(Array((RandomRegister.header + "\n" + ended + others).utf8))
    let found = try #require(try place.pass(world))
    #expect(found.seen.map(\.id) == ["S-1"] && found.again > 0)
  }

  /// Of two readers each begins with its own stretches, and none is read twice or left out.
  @Test(arguments: 1...4, 0...9)
  func everyStretchIsReadOnce(readers: Int, count: Int) {
    let shares = StretchShares(count, among: readers)
    var taken: [Int] = []
    for reader in 0..<readers where reader < count {
      let first = shares.next(for: reader)
      #expect(first == reader)
      taken += [first].compactMap(\.self)
    }
    while let next = shares.next(for: readers - 1) { taken.append(next) }
    #expect(taken.sorted() == Array(0..<count))
    #expect((0..<readers).allSatisfy { shares.next(for: $0) == nil })
  }
}
