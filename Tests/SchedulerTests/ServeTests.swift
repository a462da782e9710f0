import Glibc
import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// A clock that goes only when the service waits, and what happens at its instants.
private final class SimulatedTime: TimeSource, WakeSource {
  private let state: Locked<(instant: Int64, events: [Event])>
  private let instants = Locked<[Int64]>([])

  struct Event: Sendable {
    let at: Int64
    let wake: Wake?
    let body: @Sendable () -> Void
  }

  init(_ from: String, events: [Event]) {
    state = Locked((Self.seconds(from), events.sorted { $0.at < $1.at }))
  }

  /// The seconds since 1970 of a local time in Copenhagen.
  static func seconds(_ text: String) -> Int64 {
    let moment = Make.moment(text)
    return Make.copenhagen.instant(moment.date, moment.earliest.1).seconds
  }

  static func at(_ text: String, _ wake: Wake? = nil, _ body: @escaping @Sendable () -> Void = {}) -> Event {
    Event(at: seconds(text), wake: wake, body: body)
  }

  /// The instants at which the service looked.
  var looks: [Int64] { instants.with { $0 } }

  func now() -> Instant { Instant(seconds: state.with { $0.instant }) }

  func wait(seconds: Int) -> Wake {
    instants.with { [now = now().seconds] in $0.append(now) }
    return state.with { state in
      let end = state.instant + Int64(seconds)
      while let event = state.events.first, event.at <= end {
        state.events.removeFirst()
        event.body()
        if let wake = event.wake {
          state.instant = event.at
          return wake
        }
      }
      state.instant = end
      return state.events.isEmpty ? .stop : .timer
    }
  }
}

private final class RecordingManager: ServiceManager {
  private let lines = Locked<[String]>([])

  var all: [String] { lines.with { $0 } }

  func tell(_ lines: [String]) { self.lines.with { $0 += lines } }
}

@Suite struct ServeTests {
  private struct Run {
    let code: ExitCode
    let console: RecordingConsole
    let looks: [Int64]
    let manager: [String]

    /// The instants at which it made a pass, from its log.
    var passes: [Int64] {
      console.output.split(separator: "\n").compactMap { line in
        line.firstRange(of: ": ").map { SimulatedTime.seconds(String(line[..<$0.lowerBound])) }
      }
    }
  }

  /// Serves `world` from one instant to the last event.
  private func serve(
    _ world: SmallWorld, from: String, _ transport: RecordingTransport, _ events: [SimulatedTime.Event]
  ) -> Run {
    let (time, console, manager) = (
      SimulatedTime(from, events: events), RecordingConsole(), RecordingManager()
    )
    let real = World(
      files: world.files, clock: time, console: console, transport: { _, _ in transport },
      wakes: { _ in time }, manager: manager)
    let code = Program.run(["serve", "--config", world.configuration], in: real)
    return Run(code: code, console: console, looks: time.looks, manager: manager.all)
  }

  private static let hourly = Make.ruleFile(
    """
    længde = 24 timer
    varsel = 4 timer før: sagsbehandler
    varsel = på dagen: sagsbehandler
    varsel = 2 timer efter: leder; gentag 3 timer
    eksempel = modtaget 2024-03-04T09:30 → frist 2024-03-05T09:30
    """)

  private func scheduled(rule: String, register: String, past: SmallWorld.Past) -> SmallWorld {
    SmallWorld(register: register, rule: rule, past: past)
      .configured("adresse = raad@k.example", "adresse = raad@k.example\nrapport = arbejdsdage 07:00")
      .configured("postkasse = job@k.example", "postkasse = job@k.example\ndigest = mandag 02:30")
      .configured("[mail]", "[varsler]\nvindue = arbejdsdage 07:00 .. 17:00\n\n[mail]")
  }

  /// Whatever the service sends, ticks at its own instants and at every quarter of an hour between send the
  /// same and nothing else: so it has not slept over anything.
  @Test(arguments: Seeds.all)
  func aServiceSendsWhatTicksWouldSend(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Summer time begins in the night to the 31st.
    let (from, change, through) = ("2024-03-30T18:00", "2024-04-01T12:00", "2024-04-02T18:00")
    for rule in [SmallWorld.rule, Self.hourly] {
      var register = SmallWorld.header
      for number in 1...6 {
        let day =
          Make.date(rule == Self.hourly ? "2024-03-29" : "2024-03-15") + Int.random(in: 0...4, using: &random)
        let time = TimeOfDay(wrapping: Int64.random(in: 0...1_439, using: &random) * 60)
        register += "S-\(number);Jobcenter;sb\(number % 3)@k.example;\(CivilMoment(day, time));\n"
      }
      let more = register + "S-9;Jobcenter;sb1@k.example;2024-03-19T10:00;\n"
      let (service, served) = (
        scheduled(rule: rule, register: register, past: .commissioned), RecordingTransport()
      )
      let run = serve(
        service, from: from, served,
        [
          SimulatedTime.at(change) { [files = service.files] in files.put(more, at: "k/register.csv") },
          SimulatedTime.at(through),
        ])
      #expect(run.code == .ok && run.console.error == "", "\(run.console.error)")

      let (ticks, ticked) = (
        scheduled(rule: rule, register: register, past: .commissioned), RecordingTransport()
      )
      let (start, end) = (SimulatedTime.seconds(from), SimulatedTime.seconds(through))
      let grid = Set(stride(from: start, to: end, by: 900)).union(run.passes)
      let world = TickWorld(ticks)
      for instant in grid.sorted() {
        if instant >= SimulatedTime.seconds(change) { ticks.files.put(more, at: "k/register.csv") }
        _ = world.tick(Make.copenhagen.local(Instant(seconds: instant)), ticked)
      }
      #expect(served.accepted.map(\.bytes) == ticked.accepted.map(\.bytes), "seed \(seed)")
      #expect(served.accepted.count > 3, "seed \(seed)")
      // And it worked only when there was something to do.
      #expect(run.passes.count * 20 < run.looks.count && run.looks.count > 4_000)
    }
  }

  @Test func itSleepsWhileNothingChangesAndWakesOnTime() {
    let world = SmallWorld().configured(
      "adresse = raad@k.example", "adresse = raad@k.example\nrapport = arbejdsdage 07:00")
    let transport = RecordingTransport()
    let run = serve(world, from: "2024-03-13T06:58:30", transport, [SimulatedTime.at("2024-03-13T07:05")])
    let lines = run.console.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("2024-03-13T06:58:30: 3 cases, 3 clocks, 4 mails sent"))
    #expect(
      lines[1] == "2024-03-13T07:00: 3 cases, 3 clocks, 1 mail sent; next at 2024-03-14T00:00 at the latest")
    #expect(zip(run.looks, run.looks.dropFirst()).allSatisfy { $1 - $0 <= 60 })
  }

  @Test func aChangedRegisterIsReadWithinAMinuteAndOnlyOnce() {
    let world = SmallWorld()
    let transport = RecordingTransport()
    let more = SmallWorld.register + "S-4;Jobcenter;sb7@k.example;2024-03-04;\n"
    let run = serve(
      world, from: "2024-03-13T09:00", transport,
      [
        SimulatedTime.at("2024-03-13T09:10:20") { [files = world.files] in
          files.put(more, at: "k/register.csv")
        },
        SimulatedTime.at("2024-03-13T09:30"),
      ])
    #expect(run.console.output.split(separator: "\n").count == 2)
    #expect(run.console.output.contains("2024-03-13T09:11: 4 cases, 4 clocks, 2 mails sent"))
  }

  /// Missing for a moment, because the export removes before it writes: no reason for an alarm. Missing for
  /// good: one.
  @Test func aMissingRegisterIsWaitedForAndThenTold() {
    let world = SmallWorld()
    let transport = RecordingTransport()
    let run = serve(
      world, from: "2024-03-13T09:00", transport,
      [
        SimulatedTime.at("2024-03-13T09:10:30") { [files = world.files] in files.delete("k/register.csv") },
        SimulatedTime.at("2024-03-13T09:11:01") { [files = world.files] in
          files.put(SmallWorld.register, at: "k/register.csv")
        },
        SimulatedTime.at("2024-03-13T09:20") { [files = world.files] in files.delete("k/register.csv") },
        SimulatedTime.at("2024-03-13T10:20"),
      ])
    let alarms = transport.accepted.filter { $0.recipient.localPart == "raad" }
    #expect(alarms.count == 1)
    #expect(run.console.error.contains("cannot read: no such file or directory"))
    #expect(run.manager.contains("STATUS=stopped; the log tells why"))
  }

  @Test func aChangedConfigurationIsCheckedThenTakenOver() {
    let world = SmallWorld()
    let transport = RecordingTransport()
    let bad = SmallWorld.rule.replacing("slags = løfte", with: "slags = løftet")
    let short = SmallWorld.rule.replacing(
      "længde = 7 arbejdsdage\neksempel = modtaget 2024-12-23 → frist 2025-01-08",
      with: "længde = 6 arbejdsdage\neksempel = modtaget 2024-12-23 → frist 2025-01-07")
    let run = serve(
      world, from: "2024-03-13T09:00", transport,
      [
        SimulatedTime.at("2024-03-13T09:10") { [files = world.files] in files.put(bad, at: "k/svar.frist") },
        SimulatedTime.at("2024-03-13T09:20", .reload),
        SimulatedTime.at("2024-03-13T09:30") { [files = world.files] in files.put(short, at: "k/svar.frist")
        },
        SimulatedTime.at("2024-03-13T09:40"),
      ])
    #expect(run.code == .ok)
    let told = run.console.error.components(separatedBy: "slags: \"løftet\" is not known").count - 1
    // Once when it changed, once when somebody asked for it.
    #expect(told == 2)
    #expect(run.console.error.contains("the service goes on with the old one"))
    #expect(run.manager.contains("RELOADING=1"))
    // A day shorter: what was due today is exceeded, and is told anew.
    #expect(
      run.console.output.contains("2024-03-13T09:30") || run.console.output.contains("2024-03-13T09:31"))
    #expect(transport.accepted.contains { $0.recipient.localPart == "raad" })
  }

  @Test func theStateFolderIsNotChangedInFlight() {
    let world = SmallWorld()
    let run = serve(
      world, from: "2024-03-13T09:00", RecordingTransport(),
      [
        SimulatedTime.at("2024-03-13T09:10") { [files = world.files] in
          files.put(SmallWorld.sections.replacing("= state", with: "= andet"), at: "k/fristvagt.conf")
        },
        SimulatedTime.at("2024-03-13T09:20"),
      ])
    #expect(
      run.console.error.contains(
        "tilstandsmappe: a running service keeps its folder; restart it to change the folder"))
    #expect(world.files.paths(below: "k/andet").isEmpty)
  }

  @Test func systemdHearsOfEachCycle() {
    let run = serve(
      SmallWorld(), from: "2024-03-13T09:00", RecordingTransport(), [SimulatedTime.at("2024-03-13T09:05")])
    #expect(run.manager.first == "READY=1" && run.manager.last == "STOPPING=1")
    #expect(run.manager.filter { $0 == "WATCHDOG=1" }.count == run.looks.count)
    #expect(run.manager.filter { $0.hasPrefix("STATUS=3 cases") }.count == 1)
  }

  @Test func aMemoryThatCannotBeWrittenEndsTheService() {
    let world = SmallWorld()
    world.files.arrange(.fails(EIO), at: 6)
    let run = serve(
      world, from: "2024-03-13T09:00", RecordingTransport(), [SimulatedTime.at("2024-03-13T12:00")])
    #expect(run.code == .ioError)
    #expect(run.console.error.contains("input/output error"))
    #expect(run.looks.isEmpty)
  }

  @Test func aClockThatStandsStillIsNoClockForAService() {
    let world = SmallWorld().configured("kommune = Prøve", "kommune = Prøve\nnu = 2024-03-13")
    let result = world.run("serve --config k/fristvagt.conf")
    #expect(result.code == .configuration)
    #expect(result.error.hasPrefix("k/fristvagt.conf: nu: a service needs a clock that goes"))
  }

  @Test func whoComesSecondIsToldWhoWasFirst() throws {
    let world = SmallWorld()
    var problems = ProblemList()
    let setup = try #require(
      Setup.load(
        world.configuration, files: world.files, clock: FixedClock(0), override: Make.now("2024-03-13T09:00"),
        problems: &problems))
    let lock = try StateLock(setup.configuration, files: world.files, command: "serve", now: setup.now)
    let words =
      "k/state/lock: another fristvagt is at work on this folder (serve, process 1, since 2024-03-13T09:00); nothing was done\n"
    for command in ["tick", "serve"] {
      let result = world.run("\(command) --config k/fristvagt.conf")
      #expect(result.code == .temporary && result.error == words)
    }
    lock.release()
  }
}

@Suite struct SystemdTests {
  /// A socket as systemd has it; what arrives is one datagram.
  private func received(by path: String, isAbstract: Bool) throws -> String {
    let socket = try DatagramSocket(path: path, isAbstract: isAbstract)
    Systemd(socket: (isAbstract ? "@" : "") + path).tell(["READY=1", "STATUS=æ"])
    return socket.receive()
  }

  @Test func aMessageIsOneDatagram() throws {
    let folder = try TemporaryFolder()
    #expect(try received(by: folder.path + "/notify", isAbstract: false) == "READY=1\nSTATUS=æ")
    #expect(
      try received(by: "fristvagt-\(UInt64.random(in: 0...UInt64.max))", isAbstract: true)
        == "READY=1\nSTATUS=æ")
  }

  @Test(arguments: [nil, "", "/nowhere/notify", String(repeating: "x", count: 200)])
  func nobodyListening(socket: String?) {
    Systemd(socket: socket).tell(["READY=1"])
  }
}
