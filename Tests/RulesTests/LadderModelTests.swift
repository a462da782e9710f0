import Rules
import TestSupport
import Testing

/// Random ladders, passes and outages against a model that walks from day to day: each person hears of the
/// latest of their own fallen steps, once.
@Suite struct LadderModelTests {
  private static let count = Repository.number("FRISTVAGT_HISTORIES") ?? 900

  private struct Step {
    /// Working days behind the due day; negative before it.
    let offset: Int
    let roles: [String]
    let every: Int?

    var text: String {
      let when = offset == 0 ? "på dagen" : "\(abs(offset)) arbejdsdage \(offset < 0 ? "før" : "efter")"
      return "varsel = \(when): \(roles.joined(separator: ", "))"
        + (every.map { "; gentag \($0) arbejdsdage" } ?? "")
    }

    /// The step's name in a key: of one working day it is singular.
    var name: String {
      if offset == 0 { return "på dagen" }
      return
        "\(abs(offset)) \(abs(offset) == 1 ? "arbejdsdag" : "arbejdsdage") \(offset < 0 ? "før" : "efter")"
    }
  }

  private struct Told: Hashable {
    let person: String
    let step: String
    let repetition: Int
  }

  private static let people = [
    "sagsbehandler": "sb1", "leder": "leder", "postkasse": "job", "borgerrådgiver": "raad",
  ]
  private static let received = Make.date("2024-02-05")
  private static let length = 12

  private static func steps(_ random: inout SeededGenerator) -> [Step] {
    let offsets = Set(
      (0..<Int.random(in: 1...5, using: &random)).map { _ in Int.random(in: -8...25, using: &random) })
    return offsets.sorted().map { offset in
      let roles = people.keys.sorted().filter { _ in Bool.random(using: &random) }
      return Step(
        offset: offset, roles: roles.isEmpty ? ["leder"] : roles,
        every: offset > 0 && Bool.random(using: &random) ? Int.random(in: 1...7, using: &random) : nil)
    }
  }

  /// From February to 27 March 2024 there is no holiday, so only weekends count.
  private static func workingDays(from day: CivilDate, count: Int) -> CivilDate {
    var (day, left) = (day, abs(count))
    while left > 0 {
      day = count > 0 ? day + 1 : day - 1
      if day.weekday != .saturday, day.weekday != .sunday { left -= 1 }
    }
    return day
  }

  /// For each person the latest of their steps that has fallen by `today`; several where they fall on one
  /// day.
  private static func latest(_ steps: [Step], on today: CivilDate, leaderIsAdviser: Bool) -> [String: Set<
    Told
  >] {
    let due = workingDays(from: received, count: length)
    var falls: [String: (day: CivilDate, told: Set<Told>)] = [:]
    for step in steps {
      var (day, repetition) = (workingDays(from: due, count: step.offset), 0)
      if day < received { continue }
      while day <= today {
        for role in step.roles {
          let person = leaderIsAdviser && role == "borgerrådgiver" ? "leder" : people[role] ?? ""
          let told = Told(person: person, step: step.name, repetition: repetition)
          let known = falls[person]
          if known.map({ $0.day < day }) ?? true { falls[person] = (day, [told]) }
          if known?.day == day { falls[person]?.told.insert(told) }
        }
        guard let every = step.every else { break }
        (day, repetition) = (workingDays(from: day, count: every), repetition + 1)
      }
    }
    return falls.mapValues(\.told)
  }

  @Test(arguments: Seeds.all)
  func everyPersonHearsOfTheirLatestStepOnce(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for number in 0..<Self.count / Seeds.all.count {
      let steps = Self.steps(&random)
      let leaderIsAdviser = Int.random(in: 0..<4, using: &random) == 0
      let book = Make.soundBook(
        Make.ruleFile(
          "længde = \(Self.length) arbejdsdage\neksempel = modtaget 2024-02-05 → frist 2024-02-21\n"
            + steps.map { $0.text + "\n" }.joined()))
      let organisation = Organisation(
        adviser: Make.address(leaderIsAdviser ? "leder@k.example" : "raad@k.example"),
        departments: [
          Department(
            name: "Jobcenter", leader: Make.address("leder@k.example"), mailbox: Make.address("job@k.example")
          )
        ], staff: [:], absences: [], domains: ["kommune.example"])
      var sent: Set<NoticeKey> = []
      var told: Set<Told> = []
      // Weekends of a closed window, outages of some days.
      var day = Self.received + Int.random(in: 1...6, using: &random)
      while day <= Make.date("2024-03-27") {
        defer { day = day + Int.random(in: 1...6, using: &random) }
        let said = Comment(rawValue: "history \(number) of seed \(seed) on \(day): \(steps.map(\.text))")
        let clocks = Make.verdict(book, [:], ["modtaget": Self.received.description], now: day.description)
          .clocks
        let decider = NoticeDecider(
          organisation: organisation, zone: Make.copenhagen, now: Make.now(day.description))
        let found = try decider.notices(for: #require(clocks.first)) { sent.contains($0) }
        var expected: Set<String> = []
        for (person, latest) in Self.latest(steps, on: day, leaderIsAdviser: leaderIsAdviser)
        where latest.isDisjoint(with: told) {
          expected.insert(person)
        }
        #expect(Set(found.map { String($0.recipient.address.localPart) }) == expected, said)
        #expect(found.count == expected.count, said)
        for notice in found {
          let new = Told(
            person: String(notice.recipient.address.localPart), step: notice.key.step,
            repetition: notice.key.repetition)
          #expect(told.insert(new).inserted && sent.insert(notice.key).inserted, said)
          #expect(
            Self.latest(steps, on: day, leaderIsAdviser: leaderIsAdviser)[new.person]?.contains(new) == true,
            said)
        }
      }
    }
  }
}
