import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// A kommune whose journal can be damaged, and a twin to which nothing happens.
struct LossWorld {
  let world: SmallWorld
  let transport = RecordingTransport()
  /// What went out in the world that this is a copy of.
  private let before: [Envelope]

  static let path = "k/state/journal"

  /// - Parameter further: sections of the configuration.
  init(_ further: String = "") {
    before = []
    world = SmallWorld(configuration: SmallWorld.sections + further).configured(
      "adresse = raad@k.example", "adresse = raad@k.example\nrapport = arbejdsdage 07:00")
  }

  init(copying other: LossWorld) {
    world = SmallWorld()
    before = other.before + other.transport.accepted
    for (path, bytes) in other.files.contents(below: "k") { files.put(bytes, at: path) }
  }

  @discardableResult
  func tick(_ now: String, _ option: String = "") -> (code: ExitCode, output: String, error: String) {
    world.run("tick --config k/fristvagt.conf --now \(now) \(option)", transport: transport)
  }

  var files: InMemoryFileSystem { world.files }
  var journal: String { files.text(Self.path) ?? "" }
  var lines: [String] { journal.split(separator: "\n").map { "\($0)\n" } }

  /// The names of the mails that went out, each as often as it did, without alarms: of a mail whose result
  /// was lost nobody knows whether it arrived, and the adviser hears of it.
  var accepted: [String] {
    let alarms = Set(mails.filter(\.isAlarm).map(\.identity))
    return (before + transport.accepted).map(\.identity).filter { !alarms.contains($0) }.sorted()
  }

  /// The notices and reports that stand in a mail of the journal as it is now.
  var told: Set<String> { Set(mails.filter { !$0.isAlarm }.flatMap(\.keys)) }

  private var mails: [Intent] { (try? world.journal())?.state.mails.map(\.intent) ?? [] }
}

/// What may happen to the lines of a journal between two ticks.
enum JournalDamage: Sendable, CustomTestStringConvertible {
  case cutBack(by: Int)
  case emptied, removed
  case lost(Int)
  case exchanged(Int)
  case doubled(Int)
  case flipped(Int)

  /// Each that there is for a journal of so many records.
  static func all(_ count: Int) -> [JournalDamage] {
    [.emptied, .removed] + (1...count).map { .cutBack(by: $0) }
      + (0..<count).flatMap { [.lost($0), .doubled($0), .flipped($0)] }
      + (0..<(count - 1)).map { .exchanged($0) }
  }

  func damage(_ files: InMemoryFileSystem, _ path: String) {
    var lines = (files.text(path) ?? "").split(separator: "\n").map { "\($0)\n" }
    switch self {
    case .removed:
      files.delete(path)
      return
    case .emptied: lines = []
    case .cutBack(let count): lines.removeLast(count)
    case .lost(let index): lines.remove(at: index)
    case .exchanged(let index): lines.swapAt(index, index + 1)
    case .doubled(let index): lines.insert(lines[index], at: index)
    case .flipped(let index): lines[index] = lines[index].replacing("20", with: "21", maxReplacements: 1)
    }
    files.put(lines.joined(), at: path)
  }

  var testDescription: String { "\(self)" }
}
