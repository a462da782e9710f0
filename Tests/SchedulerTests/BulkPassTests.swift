import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// The fast way through a register says what the plain one says, of every register that chance or malice
/// writes.
struct BulkPassTests {
  /// Small looks and many readers, so that every border falls everywhere.
  static let divisions = [
    BulkPass.Division(readers: 1, shares: 1, shortestStretch: 1 << 20, look: 1 << 16),
    BulkPass.Division(readers: 1, shares: 1, shortestStretch: 1 << 20, look: 70),
    BulkPass.Division(readers: 2, shares: 5, shortestStretch: 40, look: 128),
    BulkPass.Division(readers: 3, shares: 10, shortestStretch: 1, look: 97),
  ]

  @Test(arguments: Seeds.all)
  func randomRegistersReadTheSameBothWays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var fast = 0
    for round in 0..<25 {
      let register = RandomRegister(&random, rows: Int.random(in: 0...60, using: &random))
      let setup = Self.setup(register.bytes)
      let plain = Self.plain(setup)
      for division in Self.divisions {
        let bulk = Self.bulk(setup, division)
        if case .success(nil) = bulk { continue }
        fast += 1
        #expect(Self.differences(bulk, plain) == [], "seed \(seed), round \(round), look \(division.look)")
      }
    }
    #expect(fast > 50, "seed \(seed): only \(fast) registers went the fast way")
  }

  /// Every oddity alone, in the middle of a register of ordinary rows, at every distance from the borders.
  @Test(arguments: Oddity.all)
  func everyOddityReadsTheSameBothWays(oddity: Oddity) throws {
    var fast = 0
    for padding in stride(from: 0, to: 72, by: 3) {
      let bytes = oddity.register(padding: padding)
      let setup = Self.setup(bytes)
      let plain = Self.plain(setup)
      for division in Self.divisions {
        switch Self.bulk(setup, division) {
        case .success(nil): continue
        case let bulk:
          fast += 1
          #expect(
            Self.differences(bulk, plain) == [], "\(oddity.name), padding \(padding), look \(division.look)")
        }
      }
    }
    #expect(fast == 96 || oddity.isEnd, "only \(fast) went the fast way")
  }

  /// Whoever is watched is seen, with the verdict of the plain way, and what is counted stays the same.
  @Test(arguments: Seeds.all)
  func everyWatchedCaseIsSeen(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<20 {
      let world = Self.setup(RandomRegister(&random, rows: 40).bytes)
      var wanted: [String] = []
      let known = Set((0..<40).filter { $0 % 7 == 0 }.map { "S-\($0)" })
      let plain = try? Gathering.survey(world.setup, files: world.files) { found in
        let verdict = found.verdict
        let isOpen = verdict.clocks.contains {
          [.exceeded, .soon].contains($0.state) || Self.isNear($0, world.setup)
        }
        if isOpen || known.contains(found.id) {
          wanted += verdict.clocks.map { "\($0.caseID) \($0.rule.id) \($0.course)" }
        }
      }
      for division in Self.divisions {
        let pass = BulkPass(world.setup, files: world.files, Watch(.seen, KnownCases(known)), division)
        guard let result = try? pass.run() else { continue }
        let seen = Set(
          result.seen.flatMap(\.verdict.clocks).map { "\($0.caseID) \($0.rule.id) \($0.course)" })
        #expect(Set(wanted).subtracting(seen) == [], "seed \(seed), round \(round)")
        #expect(result.survey.counts == plain?.counts, "seed \(seed), round \(round)")
        #expect(
          result.survey.waiting == plain?.waiting && result.survey.unwatched.count == plain?.unwatched.count)
      }
    }
  }

  /// True for a clock of which a step has fallen.
  private static func isNear(_ clock: Clock, _ setup: Setup) -> Bool {
    guard let reckoning = clock.reckoning, reckoning.outcome == .running else { return false }
    let schedule = LadderSchedule(
      clock.rule.reckoner(from: reckoning.start.date, zone: setup.zone), start: reckoning.start,
      due: reckoning.due)
    return clock.rule.ladder.contains { schedule.latestFall(of: $0, at: setup.now) != nil }
  }

  /// A look finds some two thousand places at a time: here every kind of row stands where the list is full,
  /// and some rows hold more places than it.
  @Test(arguments: Seeds.all)
  func rowsReadTheSameWhereTheListOfPlacesIsFull(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<3 {
      let rows = (0..<240).map { Self.longRow($0, &random) }
      let setup = Self.setup(Array((RandomRegister.header + "\n" + rows.joined()).utf8))
      let plain = Self.plain(setup)
      for division in [Self.divisions[0], Self.longDivision] {
        #expect(Self.differences(Self.bulk(setup, division), plain) == [], "seed \(seed), round \(round)")
        let pass = BulkPass(setup.setup, files: setup.files, .nothing, division)
        #expect(try pass.run() != nil, "seed \(seed), round \(round): the slow way")
      }
    }
  }

  static let longDivision = BulkPass.Division(
    readers: 2, shares: 2, shortestStretch: 1 << 12, look: 1 << 18)

  private static func longRow(_ index: Int, _ random: inout SeededGenerator) -> String {
    let many = Int.random(in: 0..<2_500, using: &random)
    let subject =
      switch Int.random(in: 0..<60, using: &random) {
      case 0: "\"" + String(repeating: ";", count: many) + "\""
      case 1: "\"" + String(repeating: "a;\n\"\"", count: many / 3) + "\""
      case 2: String(repeating: ";", count: many)
      case 3: String(repeating: "*\" \u{2}", count: many / 3)
      case 4: "\"" + String(repeating: "\n", count: many) + "\"x"
      case 5: "\r"
      case 6...20: "\"kort; \"\"og\"\" godt\""
      default: String(repeating: "emne ", count: index % 9)
      }
    let day = 1 + index % 28
    return "S-\(index);svar;Job;sb@k.example;2024-02-\(day < 10 ? "0" : "")\(day);;;;;;;;;;;\(subject)\n"
  }

  /// One column may say when a case was answered and when it was closed.
  @Test(arguments: Seeds.all)
  func aColumnThatStandsForTwoEventsIsReadForBoth(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<10 {
      let register = RandomRegister(&random, rows: 40)
      let setup = Self.setup(
        register.bytes, columns: "kolonne = lukket: besvaret\nkolonne = fødselsdato: modtaget\n")
      let plain = Self.plain(setup)
      for division in Self.divisions {
        let bulk = Self.bulk(setup, division)
        if case .success(nil) = bulk { continue }
        #expect(Self.differences(bulk, plain) == [], "seed \(seed), round \(round), look \(division.look)")
      }
    }
  }

  /// A day before 1970 is a day like any other, in every column.
  @Test func theDayBefore1970IsRead() throws {
    for column in 4...13 {
      let cells = ["S-1", "ansøgning", "Jobcenter", "sb@k.example", "2024-03-04"]
      let rows = ["svar", "brev", "ansøgning", "status", "barn"].enumerated().map { index, type in
        var row = cells + [String](repeating: "", count: 11)
        (row[0], row[1], row[column]) = ("S-\(index)", type, "1969-12-31")
        return row.joined(separator: ";") + "\n"
      }
      let setup = Self.setup(Array((RandomRegister.header + "\n" + rows.joined()).utf8))
      let plain = Self.plain(setup)
      for division in Self.divisions {
        #expect(Self.differences(Self.bulk(setup, division), plain) == [], "column \(column)")
      }
    }
  }

  @Test func aFieldLongerThanEveryBufferIsPassedOver() throws {
    let long = String(repeating: "æ \"\" \n", count: 60_000)
    let rows = (0..<200).map {
      "S-\($0);svar;Job;sb@k.example;2024-03-04;;;;;;;;;;;\($0 == 100 ? "\"\(long)\"" : "kort")\n"
    }
    let setup = Self.setup(Array((RandomRegister.header + "\n" + rows.joined()).utf8))
    let division = BulkPass.Division(
      readers: 2, shares: 4, shortestStretch: 1 << 12, look: 1 << 12)
    #expect(Self.bulk(setup, division) == Self.plain(setup))
    #expect(try BulkPass(setup.setup, files: setup.files, .nothing, division).run()?.survey.cases == 200)
  }

  @Test func aRegisterWithoutFaultGoesTheFastWay() throws {
    for division in Self.divisions {
      let setup = Self.setup(Oddity.ordinary.register(padding: 3))
      #expect(try BulkPass(setup.setup, files: setup.files, .nothing, division).run() != nil)
    }
  }

  // MARK: Both ways

  struct World {
    let setup: Setup
    let files: InMemoryFileSystem
  }

  static func setup(
    _ register: [UInt8], columns: String = "", rules: String = RandomRegister.rules, table: String = "",
    now: CivilMoment = Make.moment("2024-03-18")
  ) -> World {
    let configuration = configuration.replacing("register.csv\n", with: "register.csv\n\(columns)")
    let world = SmallWorld(register: nil, configuration: configuration, rule: rules)
    world.files.put(register, at: "k/register.csv")
    world.files.put(table, at: "k/\(RandomRules.tableName)")
    return World(setup: TickWorld.setup(world).at(Now(now)), files: world.files)
  }

  private static let configuration =
    SmallWorld.sections + "[afdeling Børn]\nleder = b@k.example\n[afdeling Ældre]\nleder = c@k.example\n"

  static func plain(_ world: World) -> Result<Findings?, RegisterFault> {
    do throws(RegisterFault) {
      return .success(
        Findings(try Gathering.survey(world.setup, files: world.files) { _ in }, world.setup))
    } catch {
      return .failure(error)
    }
  }

  static func bulk(_ world: World, _ division: BulkPass.Division) -> Result<Findings?, RegisterFault> {
    do throws(RegisterFault) {
      let survey = try BulkPass(world.setup, files: world.files, .nothing, division).run()?.survey
      return .success(survey.map { Findings($0, world.setup) })
    } catch {
      return .failure(error)
    }
  }

  /// Holds every way of dividing a register against the plain reader.
  ///
  /// - Returns: how many of them went the fast way.
  static func fastWays(
    _ world: World, against plain: Result<Findings?, RegisterFault>, _ said: String
  ) -> Int {
    divisions.count { division in
      let bulk = bulk(world, division)
      if case .success(nil) = bulk { return false }
      #expect(differences(bulk, plain) == [], "\(said), look \(division.look)")
      return true
    }
  }

  /// What of the two is not the same, each with its values.
  static func differences(
    _ a: Result<Findings?, RegisterFault>, _ b: Result<Findings?, RegisterFault>
  ) -> [String] {
    guard case .success(let left?) = a, case .success(let right?) = b else {
      return a == b ? [] : ["\(a) \(b)"]
    }
    return zip(Mirror(reflecting: left).children, Mirror(reflecting: right).children).compactMap {
      left, right in
      let (found, wanted) = (left.value as? AnyHashable, right.value as? AnyHashable)
      if found != nil, found == wanted { return nil }
      if let found = left.value as? [String], let wanted = right.value as? [String] {
        return "\(left.label ?? ""): \(Set(found).subtracting(wanted).sorted()) instead of "
          + "\(Set(wanted).subtracting(found).sorted())"
      }
      return "\(left.label ?? ""): \(left.value) instead of \(right.value)"
    }
  }

  /// Everything that a survey says.
  struct Findings: Hashable {
    let cases: Int
    let counts: [Survey.Tally: Int]
    let unwatched: String?
    let waiting: Int
    let defects: [RegisterProblem]
    let defectCount: Int
    let futures: [RegisterProblem]
    let futureCount: Int
    let concealment: Concealment
    let weeks: [String: [Int]]
    let coming: [Int]
    let ages: [Int]
    let clocks: [String]
    let overdue: [String]
    let calendar: [UInt8]?
    let report: String

    init(_ survey: Survey, _ setup: Setup) {
      cases = survey.cases
      counts = survey.counts
      unwatched = survey.unwatched.sentence
      waiting = survey.waiting
      defects = survey.defects
      defectCount = survey.defectCount
      futures = survey.futures
      futureCount = survey.futureCount
      concealment = survey.concealment
      weeks = survey.exceededByWeek
      coming = survey.trends.coming
      ages = survey.trends.ages
      clocks = survey.reported.all.map(Self.text).sorted()
      overdue = ReportTables.overdue(survey).map { $0.name + ":" + String(decoding: $0.csv, as: UTF8.self) }
      let book = CalendarBook(Ledger(begun: setup.now.moment), domain: "k.example", zone: setup.zone)
      calendar = survey.calendar(book)
      let reports = Reports(setup, survey, ledger: Ledger(begun: setup.now.moment), JournalState())
      report = ReportText.render(reports.fristrapport()) + ReportHTML.render(reports.fristrapport())
    }

    private static func text(_ clock: Clock) -> String {
      "\(clock.fields) \(clock.rule.id) \(clock.rule.place) \(clock.terms.name) \(clock.origin) \(clock.round) "
        + "\(clock.course) \(clock.audience)"
    }
  }
}
