import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// A tick that remembers the one before does what a tick does that remembers nothing.
struct TickMemoryTests {
  private static let configuration =
    SmallWorld.sections + "[afdeling Børn]\nleder = b@k.example\n[afdeling Ældre]\nleder = c@k.example\n"

  private static let rules = RandomRegister.rules.replacing(
    "gælder = type: svar, brev\n",
    with: "gælder = type: svar, brev\nvarsel = 1 arbejdsdag efter: borgerrådgiver; gentag 5 arbejdsdage\n")

  /// One kommune, and what its mail system has taken.
  private final class Place {
    let world: TickWorld
    let transport = RecordingTransport()
    private var memory: TickMemory?

    init(
      _ register: [UInt8], _ random: RandomRules? = nil, remembering: Bool, past: SmallWorld.Past
    ) {
      let small = SmallWorld(
        register: nil, configuration: configuration, rule: random?.text ?? rules, past: past)
      small.files.put(register, at: "k/register.csv")
      small.files.put(random?.table ?? "", at: "k/\(RandomRules.tableName)")
      world = TickWorld(small)
      memory = remembering ? TickMemory(rows: .kept) : nil
    }

    /// A tick, and whether it saw less than everything.
    func tick(_ now: CivilMoment) -> String {
      let result: Result<TickResult, TickFault>
      if var memory {
        result = world.tick(now, transport, remembering: &memory)
        self.memory = memory
      } else {
        result = world.tick(now, transport)
      }
      switch result {
      case .success(let result): return "next \(result.next), \(result.deliveries.count) \(result.waiting)"
      case .failure(let fault): return "\(fault)"
      }
    }

    /// Reads the register once more, as it lies there now, for nothing but the memory.
    func rehearse(_ now: CivilMoment) {
      memory?.rehearse(world.setup(at: now), files: world.files, beyond: 0)
    }

    /// Everything that it left behind, file by file.
    var left: [String: [UInt8]] { world.files.contents(below: "k") }
  }

  @Test(arguments: Seeds.all)
  func whoRemembersDoesWhatWhoForgetsDoes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<12 {
      // Some hold several blocks of rows.
      let rows = Int.random(in: 0..<6, using: &random) == 0 ? 100...200 : 5...40
      var register = RandomRegister(&random, rows: Int.random(in: rows, using: &random)).bytes
      let past: SmallWorld.Past = Bool.random(using: &random) ? .commissioned : .unused
      let rules = round.isMultiple(of: 2) ? nil : RandomRules(&random)
      let (one, other) = (
        Place(register, rules, remembering: true, past: past),
        Place(register, rules, remembering: false, past: past)
      )
      var now = Make.moment("2024-03-18T06:00")
      for step in 0..<12 {
        let told = "seed \(seed), round \(round), step \(step), \(now)"
        let (found, wanted) = (one.tick(now), other.tick(now))
        try #require(found == wanted, "\(told)")
        let (left, expected) = (one.left, other.left)
        let different = Set(left.keys).union(expected.keys).filter { left[$0] != expected[$0] }.sorted()
        try #require(
          different.map { Self.difference($0, left, expected) } == [], "\(told)")
        try #require(one.transport.accepted.map(\.bytes) == other.transport.accepted.map(\.bytes), "\(told)")
        // Somebody may write the register anew before the memory has read it.
        let rehearsal = Int.random(in: 0..<4, using: &random)
        if rehearsal == 0 { one.rehearse(now) }
        let before = now
        now = Self.later(now, &random)
        register = Self.changed(register, &random)
        for place in [one, other] { place.world.files.put(register, at: "k/register.csv") }
        if rehearsal == 1 { one.rehearse(before) }
        Self.meddle([one.world.files, other.world.files], &random)
      }
    }
  }

  /// The lines that only one of the two has.
  private static func difference(
    _ path: String, _ left: [String: [UInt8]], _ expected: [String: [UInt8]]
  ) -> String {
    func lines(_ bytes: [UInt8]?) -> [String] {
      String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
    }
    let (found, wanted) = (lines(left[path]), lines(expected[path]))
    return
      "\(path): \(found.filter { !wanted.contains($0) }) instead of \(wanted.filter { !found.contains($0) })"
  }

  private static func later(_ now: CivilMoment, _ random: inout SeededGenerator) -> CivilMoment {
    let seconds: Int64 =
      switch Int.random(in: 0..<8, using: &random) {
      case 0: 86_400 * Int64.random(in: 1...4, using: &random)
      case 1: 3_600 * Int64.random(in: 1...12, using: &random)
      default: Int64.random(in: 2...900, using: &random)
      }
    return CivilMoment(localSeconds: now.localSeconds + seconds)
  }

  /// What happens to registers between two exports.
  static func changed(_ register: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var lines = register.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    for _ in 0..<Int.random(in: 0...3, using: &random) where lines.count > 3 {
      let index = Int.random(in: 1..<(lines.count - 1), using: &random)
      let other = Int.random(in: 1..<(lines.count - 1), using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: lines.remove(at: index)
      case 1: lines.insert(lines[other], at: index)
      case 2: lines.swapAt(index, other)
      // A cell of another row, an answer or a consent among them.
      case 3...6: lines[index] = mixed(lines[index], lines[other], &random)
      // Two titles change places over the same cells.
      default: lines[0] = swapped(lines[0])
      }
    }
    return Array(lines.joined(separator: [0x0A]))
  }

  private static func mixed(_ row: [UInt8], _ other: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    let separator = [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t")].first(where: row.contains)
    guard let separator else { return row }
    var cells = row.split(separator: separator, omittingEmptySubsequences: false)
    let others = other.split(separator: separator, omittingEmptySubsequences: false)
    let column = Int.random(in: 0..<cells.count, using: &random)
    if others.indices.contains(column) { cells[column] = others[column] }
    return Array(cells.joined(separator: [separator]))
  }

  private static func swapped(_ line: [UInt8]) -> [UInt8] {
    Array(
      String(decoding: line, as: UTF8.self).replacing("besvaret", with: "x").replacing(
        "afgjort", with: "besvaret"
      )
      .replacing("x", with: "afgjort").utf8)
  }

  /// Somebody takes the ledger away, or all that was remembered.
  private static func meddle(_ disks: [InMemoryFileSystem], _ random: inout SeededGenerator) {
    guard Int.random(in: 0..<12, using: &random) == 0 else { return }
    let paths = Bool.random(using: &random) ? ["k/state/ledger"] : ["k/state/ledger", "k/state/journal"]
    for disk in disks { paths.forEach(disk.delete) }
  }
}
