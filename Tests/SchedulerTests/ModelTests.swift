import Glibc
import Notifier
import Rules
import Scheduler
import Synchronization
import TestSupport
import Testing

/// A small model of what must be told: one rule, cases by their dates, days counted one by one. It knows
/// nothing of how the program reckons, remembers or sends.
struct NoticeModel {
  struct Row {
    var received: CivilDate
    var answered: CivilDate?
    var caseworker: Int
  }

  /// What identifies a notice from outside.
  struct Expected: Hashable {
    let caseID: String
    let due: String
    let step: String
    let repetition: Int
    let recipient: String
  }

  var rows: [String: Row] = [:]
  /// The length of the rule, in working days.
  var length = 7

  /// From 2 January to 27 March 2024 there is no holiday, so only weekends count.
  static func isWorkingDay(_ day: CivilDate) -> Bool { day.weekday != .saturday && day.weekday != .sunday }

  static func shift(_ day: CivilDate, by count: Int) -> CivilDate {
    var (day, left) = (day, abs(count))
    while left > 0 {
      day = count > 0 ? day + 1 : day - 1
      if isWorkingDay(day) { left -= 1 }
    }
    return day
  }

  /// What somebody must have been told by the end of `today`: of each open case the latest of their own
  /// steps that has fallen.
  func expected(on today: CivilDate) -> Set<Expected> {
    var expected: Set<Expected> = []
    for (id, row) in rows where row.received <= today {
      if let answered = row.answered, answered <= today { continue }
      let due = Self.shift(row.received, by: length)
      var falls: [(day: CivilDate, step: String, repetition: Int, recipients: [String])] = []
      let before = Self.shift(due, by: -3)
      if before >= row.received {
        falls.append((before, "3 arbejdsdage før", 0, ["sb\(row.caseworker)"]))
      }
      falls.append((due, "på dagen", 0, ["sb\(row.caseworker)", "leder"]))
      var (day, repetition) = (Self.shift(due, by: 1), 0)
      while day <= today {
        falls.append((day, "1 arbejdsdag efter", repetition, ["leder", "raad"]))
        (day, repetition) = (Self.shift(day, by: 5), repetition + 1)
      }
      let fallen = falls.filter { $0.day <= today }
      for recipient in Set(fallen.flatMap(\.recipients)) {
        let own = fallen.filter { $0.recipients.contains(recipient) }
        guard let latest = own.max(by: { $0.day < $1.day }) else { continue }
        expected.insert(
          Expected(
            caseID: id, due: due.description, step: latest.step, repetition: latest.repetition,
            recipient: "\(recipient)@k.example"))
      }
    }
    return expected
  }

  var csv: String {
    SmallWorld.header
      + rows.sorted { $0.key < $1.key }.map { id, row in
        "\(id);Jobcenter;sb\(row.caseworker)@k.example;\(row.received);\(row.answered?.description ?? "")\n"
      }.joined()
  }
}

/// Random histories of ticks, kills, clocks that jump, registers and rules that change and mail systems that
/// fail, held against the model.
@Suite struct ModelTests {
  /// The two rule books a history changes between, read once.
  private static let books: [Int: Setup] = Dictionary(
    uniqueKeysWithValues: [7, 6].map { length in
      let example = length == 7 ? "2025-01-08" : "2025-01-07"
      let rule = SmallWorld.rule.replacing(
        "længde = 7 arbejdsdage\neksempel = modtaget 2024-12-23 → frist 2025-01-08",
        with: "længde = \(length) arbejdsdage\neksempel = modtaget 2024-12-23 → frist \(example)")
      let world = SmallWorld(rule: rule).configured(
        "adresse = raad@k.example", "adresse = raad@k.example\nrapport = dagligt 07:00")
      return (length, TickWorld.setup(world))
    })

  /// How many histories; CI sets ten thousand.
  private static let count = Repository.number("FRISTVAGT_HISTORIES") ?? 120

  private static let tally = Mutex((ticks: 0, stops: 0, mails: 0, doubled: 0, lost: 0))

  @Test(arguments: Seeds.all)
  func everyDueNoticeIsSentAndNoneTwice(seed: UInt64) {
    for number in 0..<(Self.count + 2) / 3 {
      var history = History(seed: seed &* 1_000_003 &+ UInt64(number), books: Self.books)
      history.run()
      let faults = history.faults
      #expect(faults.isEmpty, "seed \(seed), history \(number): \(faults.joined(separator: "; "))")
      Self.tally.withLock {
        $0.ticks += history.ticks
        $0.stops += history.stops
        $0.mails += history.accepted.count
        $0.doubled += history.doubled
      }
      if !faults.isEmpty { break }
    }
    let sum = Self.tally.withLock { $0 }
    print(
      "seed \(seed): \((Self.count + 2) / 3) histories agree; in all \(sum.ticks) ticks, \(sum.stops) stopped, "
        + "\(sum.mails) mails, \(sum.doubled) of them twice and listed")
  }
}

/// One random history.
private struct History {
  private(set) var faults: [String] = []
  private(set) var ticks = 0
  private(set) var stops = 0
  private(set) var doubled = 0
  var accepted: [Envelope] { transport.accepted }

  private var random: SeededGenerator
  private var model = NoticeModel()
  private var now = Make.moment("2024-01-22T09:00").localSeconds
  private var worlds: [Int: TickWorld] = [:]
  private let files: InMemoryFileSystem
  private let transport: RecordingTransport
  private let mood: Locked<(SeededGenerator, trouble: Int)>
  private var isUnused: Bool

  init(seed: UInt64, books: [Int: Setup]) {
    var random = SeededGenerator(seed: seed)
    isUnused = Bool.random(using: &random)
    let world = SmallWorld(past: isUnused ? .unused : .commissioned)
    worlds = books.mapValues { TickWorld(world, setup: $0) }
    files = world.files
    let mood = Locked((SeededGenerator(seed: seed &+ 1), trouble: 0))
    self.mood = mood
    self.random = random
    transport = RecordingTransport(on: world.files) { _, _ in
      let number = mood.with { mood in Int.random(in: 0..<100, using: &mood.0) - (100 - mood.trouble) }
      return switch number {
      case ..<0: .accepted
      case 0..<6: .rejected(PermanentFailure("550"))
      case 6..<15: .uncertain("hang")
      default: .deferred(TransientFailure("450"))
      }
    }
  }

  /// A dozen random steps, and then days of peace in which everything must come right.
  mutating func run() {
    for number in 0..<Int.random(in: 2...4, using: &random) { addCase(number) }
    for _ in 0..<Int.random(in: 4...12, using: &random) where faults.isEmpty {
      change()
      tick(isAtPeace: false)
    }
    // As long as a mail may wait that was refused just now.
    for _ in 0..<4 where faults.isEmpty {
      now += 4 * 3_600
      tick(isAtPeace: true)
    }
    if faults.isEmpty { judge() }
  }

  private mutating func addCase(_ number: Int) {
    let received = CivilMoment(localSeconds: now).date - Int.random(in: 0...14, using: &random)
    model.rows["S-\(number)"] = .init(
      received: received, answered: nil, caseworker: Int.random(in: 1...3, using: &random))
  }

  /// What happens between two ticks.
  private mutating func change() {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: addCase(Int.random(in: 0...6, using: &random))
    case 1:
      guard let id = model.rows.keys.sorted().randomElement(using: &random) else { return }
      model.rows[id]?.answered = Bool.random(using: &random) ? CivilMoment(localSeconds: now).date : nil
    case 2:
      guard let id = model.rows.keys.sorted().randomElement(using: &random) else { return }
      model.rows[id]?.caseworker = Int.random(in: 1...3, using: &random)
    case 3: model.length = model.length == 7 ? 6 : 7
    case 4: mood.with { [trouble = [0, 30, 90].randomElement(using: &random) ?? 0] in $0.trouble = trouble }
    case 5:
      // Before Easter, which the model does not know.
      let days = Int64.random(in: 3...12, using: &random)
      if now + days * 86_400 < Make.moment("2024-03-10").localSeconds { now += days * 86_400 }
    default: now += Int64.random(in: 5...2_000, using: &random) * 60
    }
  }

  /// A tick, perhaps one that is stopped, perhaps on a clock that was set back, perhaps on a register that is
  /// cut off.
  private mutating func tick(isAtPeace: Bool) {
    guard let world = worlds[model.length] else { return }
    files.put(model.csv, at: "k/register.csv")
    var time = now
    if isAtPeace {
      mood.with { $0.trouble = 0 }
    } else {
      switch Int.random(in: 0..<12, using: &random) {
      case 0...2: files.arrange(.killed, at: Int.random(in: 1...60, using: &random))
      case 3: files.arrange(.powerLost, at: Int.random(in: 1...60, using: &random))
      case 4: files.arrange(.fails(ENOSPC), at: Int.random(in: 1...60, using: &random))
      case 5: time -= Int64.random(in: 1...90, using: &random) * 3_600
      case 6: files.put(String(model.csv.dropLast(12)), at: "k/register.csv")
      default: break
      }
    }
    let moment = CivilMoment(localSeconds: time)
    let before = transport.accepted.count
    let result = world.tick(moment, transport)
    files.restart()
    ticks += 1
    guard let done = result.success else {
      stops += 1
      let isGuarded = result.fault?.isGuard ?? false
      let sent = transport.accepted.dropFirst(before).filter { $0.recipient.localPart != "raad" }
      if isGuarded && !sent.isEmpty {
        faults.append("\(moment): sent although \(String(describing: result.fault))")
      }
      return
    }
    check(done, at: moment)
  }

  /// After a pass that came to its end everything that the model expects stands in a mail.
  private mutating func check(_ result: TickResult, at moment: CivilMoment) {
    // What a silent mail system left over goes out with the next pass.
    guard result.postponed == 0 else { return }
    let missing = model.expected(on: moment.date).subtracting(told())
    if !missing.isEmpty { faults.append("\(moment): nobody was told of \(missing)") }
    // A report a day, at seven or as soon after it as somebody asks.
    let isMorning = moment.earliest.1 < TimeOfDay(wrapping: 7 * 3_600)
    let key = "rapport|\(moment.date - (isMorning ? 1 : 0))|raad@k.example"
    if !journal.mails.contains(where: { $0.intent.keys == [key] }) { faults.append("\(moment): no \(key)") }
  }

  private func told() -> Set<NoticeModel.Expected> {
    Set(
      journal.mails.flatMap(\.intent.notices).map {
        .init(
          caseID: $0.caseID, due: $0.due, step: $0.step, repetition: $0.repetition, recipient: $0.recipient)
      })
  }

  private var journal: JournalState {
    let bytes = (try? files.read("k/state/journal")) ?? []
    return (try? JournalReplay(bytes, file: "journal"))?.state ?? JournalState()
  }

  private mutating func judge() {
    let journal = journal
    let got = Dictionary(grouping: transport.accepted, by: \.identity)
    var seen: Set<String> = []
    for mail in journal.mails {
      let identity = mail.intent.identity
      for key in mail.intent.keys where !seen.insert(key).inserted {
        faults.append("\(key) stands in two mails")
      }
      let copies = got[identity, default: []]
      if Set(copies.map(\.bytes)).count > 1 { faults.append("\(identity): two copies differ") }
      switch mail.standing(.standard) {
      case .sent, .late:
        if copies.count != 1 { faults.append("\(identity): sent, and came \(copies.count) times") }
      case .repeated:
        if !(1...2).contains(copies.count) { faults.append("\(identity): came \(copies.count) times") }
      case .uncertain: if copies.count > 2 { faults.append("\(identity): came \(copies.count) times") }
      case .failed: if !copies.isEmpty { faults.append("\(identity): failed, and came") }
      case .waiting, .unanswered: faults.append("\(identity): still unfinished after days of peace")
      }
      if copies.count > 1 { doubled += 1 }
    }
    let known = Set(journal.mails.map(\.intent.identity))
    for identity in got.keys where !known.contains(identity) {
      faults.append("\(identity): sent and forgotten")
    }
  }
}

extension TickFault {
  /// True where the tick found that it must not send.
  fileprivate var isGuard: Bool {
    switch self {
    case .register, .shrunken, .clockBehind, .clockImplausible: true
    case .journal, .file, .locked, .interrupted: false
    }
  }
}
