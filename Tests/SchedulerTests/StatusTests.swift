import Glibc
import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

@Suite struct StatusTests {
  private func status(_ world: SmallWorld, _ now: String, _ more: String = "") -> (ExitCode, String, String) {
    let result = world.run("status --config k/fristvagt.conf --now \(now) \(more)")
    return (result.code, result.output, result.error)
  }

  /// A world that was at work at 09:00 and 09:15 on 13 March.
  private func worked(_ transport: RecordingTransport = RecordingTransport()) -> SmallWorld {
    let world = SmallWorld()
    for time in ["09:00", "09:15"] { _ = world.tick("2024-03-13T\(time)", transport: transport) }
    return world
  }

  @Test func allIsWell() {
    let (code, output, error) = status(worked(), "2024-03-13T09:20")
    #expect(code == .ok && error == "")
    #expect(
      output == """
        Seneste gennemgang  i dag 09:15, 3 sager, 3 frister
        Næste               i dag 09:30
        Sendt i dag         3    afventer 0    mislykket 0    uvis 0
        Registeret          opdateret torsdag 1. januar 1970 01:00
        Journalen           3 mails, 1 kB

        """, "\(output)")
  }

  @Test func beforeTheFirstPassNothingIsWell() {
    let (code, output, _) = status(SmallWorld(past: .unused), "2024-03-13T09:00")
    #expect(code == .unavailable)
    #expect(output.contains("Seneste gennemgang  ingen endnu") && output.contains("UDEBLEVET"))
  }

  /// An hour more than three intervals.
  @Test(arguments: [("10:59", ExitCode.ok), ("11:00", .ok), ("11:01", .unavailable), ("23:59", .unavailable)])
  func passesThatDoNotCome(time: String, code: ExitCode) {
    let (found, output, _) = status(worked(), "2024-03-13T\(time)")
    #expect(found == code)
    #expect(output.contains("UDEBLEVET, ventet i dag 09:30") == (code != .ok))
  }

  /// A pass each morning may rest over a weekend.
  @Test(arguments: [("2024-03-18T07:30", ExitCode.ok), ("2024-03-18T08:30", .unavailable)])
  func aDailyPassMayRestOverTheWeekend(now: String, code: ExitCode) {
    let world = SmallWorld()
    for day in [14, 15] { _ = world.tick("2024-03-\(day)T07:00", transport: RecordingTransport()) }
    #expect(status(world, now).0 == code)
  }

  @Test func mailThatDidNotArriveIsNamed() {
    let transport = RecordingTransport { envelope, _ in
      switch envelope.recipient.localPart {
      case "leder": .deferred(TransientFailure("450 senere"))
      case "sb1": .rejected(PermanentFailure("550 ukendt"))
      case "sb2": .uncertain("hang")
      default: .accepted
      }
    }
    let (code, output, _) = status(worked(transport), "2024-03-13T09:20")
    #expect(code == .temporary)
    #expect(output.contains("Sendt i dag         1    afventer 2    mislykket 0    uvis 1"))
    #expect(
      output.contains(
        "leder@k.example · 1 varsel · i dag 09:00 · ikke afleveret, forsøg 2 af 30, næste i dag 09:45: 450 senere"
      ))
    #expect(
      output.contains(
        "sb1@k.example · 2 varsler · i dag 09:00 · ikke afleveret, forsøg 1 af 6, næste i dag 13:00: 550 ukendt"
      ))
    #expect(
      output.contains("sb2@k.example · 1 varsel · i dag 09:00 · måske afleveret, spørg modtageren: hang"))
  }

  @Test func aStandstillIsTold() {
    let world = worked()
    world.files.put("", at: "k/register.csv")
    _ = world.tick("2024-03-13T09:30")
    let (code, output, _) = status(world, "2024-03-13T09:40")
    #expect(code == .unavailable)
    #expect(
      output.contains(
        "i dag 09:15, 3 sager, 3 frister; STANDSET siden i dag 09:30: registeret er ufuldstændigt"))
  }

  @Test func aRunningServiceIsNamed() throws {
    let world = worked()
    let setup = TickWorld.setup(world).at(Make.now("2024-03-13T09:16"))
    let lock = try StateLock(setup.configuration, files: world.files, command: "serve", now: setup.now)
    // Memory has no clock: what was written there was written in 1970, so a service in memory has been silent
    // since.
    let (code, output, _) = status(world, "2024-03-13T09:40")
    #expect(
      code == .unavailable
        && output.contains("tjenesten HÆNGER (proces 1), seneste livstegn torsdag 1. januar 1970"))
    lock.release()
    #expect(status(world, "2024-03-13T09:40").0 == .ok)
  }

  @Test func programsGetNumbers() {
    let world = worked()
    let (_, prometheus, _) = status(world, "2024-03-13T09:20", "--format prometheus")
    let lines = prometheus.split(separator: "\n")
    #expect(lines.contains("fristvagt_up 1") && lines.contains("fristvagt_last_pass_age_seconds 300"))
    #expect(lines.contains("fristvagt_mails_sent_today 3") && lines.contains("fristvagt_clocks 3"))
    // Each figure once, with its help and type before it.
    let names = lines.filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: " ").first }
    #expect(Set(names).count == names.count && lines.count == 3 * names.count)
    for name in names {
      #expect(lines.contains { $0.hasPrefix("# HELP \(name) ") } && lines.contains("# TYPE \(name) gauge"))
    }
    let (_, json, _) = status(world, "2024-03-13T09:20", "--format json")
    #expect(json.hasPrefix("{\"up\": 1, \"mails_sent_today\": 3,") && json.hasSuffix("}\n"))
  }

  @Test func aDamagedJournalIsTold() throws {
    let world = worked()
    let journal = try #require(world.files.text("k/state/journal"))
    world.files.put(journal.replacing(" sent ", with: " tnes "), at: "k/state/journal")
    let (code, output, error) = status(world, "2024-03-13T09:20")
    #expect(code == .stateFile && output == "" && error.contains("the record is damaged"))
  }

  /// A service may be writing at this moment; that is no damage.
  @Test func aRecordThatIsBeingWrittenIsNoDamage() throws {
    let world = worked()
    let journal = try #require(world.files.text("k/state/journal"))
    world.files.put(journal + "1234 2024-03-13T09:2", at: "k/state/journal")
    #expect(status(world, "2024-03-13T09:20").0 == .ok)
    #expect(world.files.text("k/state/journal") == journal + "1234 2024-03-13T09:2")
  }
}

/// The proof of delivery: for any notice one can show when it was written and accepted, or why not.
@Suite struct ProofTests {
  @Test func everyNoticeOfACaseIsProved() {
    let world = SmallWorld()
    let transport = RecordingTransport { envelope, attempt in
      envelope.recipient.localPart == "leder" && attempt < 4 ? .deferred(TransientFailure("450")) : .accepted
    }
    _ = world.tick("2024-03-13T09:00", transport: transport)
    let waiting = world.run("explain S-1 --config k/fristvagt.conf --now 2024-03-13T09:05").output
    #expect(waiting.contains("onsdag 13. marts 2024 til sb1@k.example (på dagen), afleveret 09:00"))
    #expect(
      waiting.contains(
        "onsdag 13. marts 2024 til leder@k.example (på dagen), ikke afleveret, forsøg 1 af 30, næste i dag 09:15: 450"
      ))
    _ = world.tick("2024-03-13T12:00", transport: transport)
    let late = world.run("explain S-1 --config k/fristvagt.conf --now 2024-03-13T12:05").output
    #expect(late.contains("til leder@k.example (på dagen), afleveret forsinket i dag 12:00, i 2. forsøg"))
  }

  /// A report by hand shows the same proof as that of the tick, and without a journal that can be read all
  /// the rest.
  @Test func aReportByHandProvesToo() throws {
    let world = SmallWorld()
    _ = world.tick("2024-03-13T09:00", transport: RecordingTransport())
    let report = world.run("report --config k/fristvagt.conf --now 2024-03-13T10:00 --out r")
    #expect(report.code == .ok && report.output.contains("afleveret i dag 09:00"))
    let journal = try #require(world.files.text("k/state/journal"))
    world.files.put(journal.replacing(" sent ", with: " tnes "), at: "k/state/journal")
    let damaged = world.run("report --config k/fristvagt.conf --now 2024-03-13T10:00 --out r")
    #expect(damaged.code == .stateFile && damaged.error.contains("the record is damaged"))
    #expect(damaged.output.contains("FRISTRAPPORT") && !damaged.output.contains("BEVIS"))
  }

  /// What needs a person stands first; what simply arrived stands there until the next working day has
  /// passed.
  @Test func theReportShowsTheMailSinceTheLastOne() throws {
    let world = SmallWorld()
    let transport = RecordingTransport { envelope, _ in
      envelope.recipient.localPart == "sb2" ? .uncertain("hang") : .accepted
    }
    let first = world.tick("2024-03-15T09:00", transport: transport).output
    let start = try #require(first.firstRange(of: "BEVIS FOR AFLEVERING"))
    let rows = first[start.upperBound...].split(separator: "\n").dropFirst().prefix(5).map {
      $0.split(separator: " ")[0]
    }
    #expect(
      rows.first == "sb2@k.example"
        && Set(rows) == ["sb2@k.example", "raad@k.example", "leder@k.example", "sb1@k.example"])
    // On Monday the mail of Friday still stands there, on Tuesday only what is uncertain, and that for two
    // weeks.
    func listed(_ now: String) -> [String] {
      let output = world.tick(now, transport: RecordingTransport()).output
      guard let start = output.firstRange(of: "BEVIS FOR AFLEVERING") else { return [] }
      return output[start.upperBound...].split(separator: "\n").filter { $0.contains("fredag 15. marts") }.map
      {
        String($0.split(separator: " ")[0])
      }
    }
    #expect(listed("2024-03-18T09:00").count == 5)
    #expect(listed("2024-03-19T09:00") == ["sb2@k.example"])
    #expect(listed("2024-03-29T09:00") == ["sb2@k.example"])
    #expect(listed("2024-03-30T09:00").isEmpty)
  }
}
