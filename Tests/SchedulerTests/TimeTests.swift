import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// Reports at their local time: once a day on every day of the year, whatever the clock does.
@Suite struct TimeTests {
  /// The days on which a report goes out at `time`, ticked every `minutes` from one local day to another.
  private func reports(_ schedule: String, from: String, through: String, every minutes: Int64) -> [String] {
    let world = SmallWorld(register: SmallWorld.header + "S-1;Jobcenter;sb1@k.example;2029-03-04;\n")
      .configured("adresse = raad@k.example", "adresse = raad@k.example\nrapport = \(schedule)")
    let ticks = TickWorld(world)
    var days: [String] = []
    let transport = RecordingTransport()
    func instant(_ text: String) -> Int64 { Make.copenhagen.instant(Make.date(text), .midnight).seconds }
    var sent = 0
    for time in stride(from: instant(from), to: instant(through), by: Int(minutes) * 60) {
      let local = Make.copenhagen.local(Instant(seconds: Int64(time)))
      _ = ticks.tick(local, transport)
      let count = transport.accepted.count
      if count > sent { days.append(local.description) }
      #expect(count - sent <= 1, "\(local)")
      sent = count
    }
    return days
  }

  /// 02:30 does not exist on the night to 31 March, and exists twice on the night to 27 October.
  @Test(arguments: [
    (
      "2024-03-30", "2024-04-02",
      ["2024-03-30T02:30", "2024-03-31T03:00", "2024-04-01T02:30"]
    ),
    (
      "2024-10-26", "2024-10-29",
      ["2024-10-26T02:30", "2024-10-27T02:30", "2024-10-28T02:30"]
    ),
  ])
  func halfPastTwoOnBothNights(from: String, through: String, days: [String]) {
    // A schedule that was never served is owed its last day at once; that one is left out.
    let sent = reports("dagligt 02:30", from: from, through: through, every: 10)
    #expect(sent.filter { !$0.hasSuffix("T00:00") } == days)
  }

  @Test func everyWorkingDayOfAMonthOnce() {
    let days = reports("arbejdsdage 07:00", from: "2024-05-01", through: "2024-06-01", every: 60)
      .filter { $0.hasSuffix("T07:00") }
    // Kristi himmelfartsdag and 2. pinsedag are none.
    #expect(days.count == 21 && !days.contains("2024-05-09T07:00") && !days.contains("2024-05-20T07:00"))
  }

  @Test func afterAStandstillOneReportSaysSinceWhen() throws {
    let world = SmallWorld().configured(
      "adresse = raad@k.example", "adresse = raad@k.example\nrapport = arbejdsdage 07:00")
    let transport = RecordingTransport()
    _ = world.tick("2024-03-05T07:00", transport: transport)
    let before = transport.accepted.count
    _ = world.tick("2024-03-09T10:00", transport: transport)
    let reports = transport.accepted.dropFirst(before).filter { $0.recipient.localPart == "raad" }
    #expect(reports.count == 1)
    let text = String(decoding: reports.last?.bytes ?? [], as: UTF8.self).replacing("=\n", with: "")
    #expect(text.contains("Den skulle have v=C3=A6ret sendt fredag 8. marts"))
    // One that comes at its time says nothing of the kind.
    _ = world.tick("2024-03-11T07:00", transport: transport)
    let onTime = try #require(transport.accepted.last { $0.recipient.localPart == "raad" })
    #expect(!String(decoding: onTime.bytes, as: UTF8.self).contains("skulle have v"))
  }

  @Test func theFirstReportIsNotLate() {
    let world = SmallWorld(past: .unused).configured(
      "adresse = raad@k.example", "adresse = raad@k.example\nrapport = arbejdsdage 07:00")
    let transport = RecordingTransport()
    _ = world.tick("2024-03-09T10:00", transport: transport)
    #expect(transport.accepted.contains { $0.recipient.localPart == "raad" })
    #expect(
      !transport.accepted.contains { String(decoding: $0.bytes, as: UTF8.self).contains("skulle have v") })
  }

  /// A standstill of three weeks: of each clock the latest step of each person, once, and when it should have
  /// come.
  @Test func afterAStandstillOnlyTheLatestStepAndSinceWhen() throws {
    let world = SmallWorld()
    let transport = RecordingTransport()
    _ = world.tick("2024-03-08T09:00", transport: transport)
    let before = transport.accepted.count
    _ = world.tick("2024-04-02T09:00", transport: transport)
    let sent = transport.accepted.dropFirst(before)
    #expect(sent.map(\.recipient.localPart) == ["leder", "raad", "sb1", "sb2"])
    let text = String(decoding: try #require(sent.first).bytes, as: UTF8.self).replacing("=\n", with: "")
    #expect(text.contains("Varslet var sat til"))
  }
}

@Suite struct MountTableTests {
  private let table = MountTable(
    mountinfo: """
      22 28 0:21 / /proc rw,nosuid shared:12 - proc proc rw
      28 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
      90 28 0:45 / /srv/net rw,relatime shared:40 master:2 - nfs4 server:/export rw,vers=4.2
      91 28 0:46 / /srv/win rw - cifs //server/share rw
      noget andet
      """)

  /// Major and minor as the kernel packs them into an st_dev.
  private func device(_ major: UInt64, _ minor: UInt64) -> UInt64 {
    (minor & 0xFF) | (major & 0xFFF) << 8 | (minor & ~0xFF) << 12 | (major & ~0xFFF) << 32
  }

  @Test func networkFileSystemsAreKnown() {
    #expect(table.isRemote(device: device(0, 45)) && table.isRemote(device: device(0, 46)))
    #expect(!table.isRemote(device: device(254, 1)) && !table.isRemote(device: device(9, 9)))
    #expect(!table.isRemote(device: device(0, 45 + 256)))
  }
}
