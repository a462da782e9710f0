import Glibc
import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// Calendars to subscribe to.
@Suite struct FeedTests {
  private func world() -> SmallWorld {
    SmallWorld().configured("rapporter = out", "rapporter = out\nkalendere = kalendere")
  }

  private func calendar(_ world: SmallWorld, _ name: String) -> String {
    (world.files.text("k/kalendere/\(name).ics") ?? "").replacing("\r\n ", with: "")
  }

  @Test func eachCaseworkerAndEachDepartmentHasOne() throws {
    let world = world()
    _ = world.tick("2024-03-08T08:00")
    #expect(
      world.files.paths(below: "k/kalendere") == [
        "k/kalendere/afdelinger/Jobcenter.ics", "k/kalendere/sagsbehandlere/sb1@k.example.ics",
        "k/kalendere/sagsbehandlere/sb2@k.example.ics",
      ])
    let file = world.files.text("k/kalendere/afdelinger/Jobcenter.ics") ?? ""
    #expect(try Golden.difference("kalender.ics", file) == nil)
    #expect(calendar(world, "sagsbehandlere/sb2@k.example").contains("S-3"))
    #expect(!calendar(world, "sagsbehandlere/sb2@k.example").contains("S-1"))
  }

  @Test func withoutAFolderThereIsNone() {
    let world = SmallWorld()
    _ = world.tick("2024-03-08T08:00")
    #expect(!world.files.paths(below: "k").contains { $0.hasSuffix(".ics") && !$0.contains("fristrapport") })
  }

  /// The bytes change when a deadline does, and not before; who has none left keeps an empty calendar.
  @Test func aCalendarChangesWhenADeadlineDoes() {
    let world = world()
    _ = world.tick("2024-03-06T08:00")
    let first = calendar(world, "afdelinger/Jobcenter")
    _ = world.tick("2024-03-07T08:00")
    #expect(calendar(world, "afdelinger/Jobcenter") == first)
    world.files.put(
      SmallWorld.register.replacing("sb2@k.example;2024-03-06;", with: "sb2@k.example;2024-03-06;2024-03-07"),
      at: "k/register.csv")
    _ = world.tick("2024-03-07T09:00")
    #expect(!calendar(world, "afdelinger/Jobcenter").contains("S-3"))
    let empty = calendar(world, "sagsbehandlere/sb2@k.example")
    #expect(empty.hasPrefix("BEGIN:VCALENDAR") && !empty.contains("VEVENT"))
  }

  @Test func somebodyElsesCalendarIsLeftAlone() {
    let world = world()
    world.files.put("BEGIN:VCALENDAR\r\nPRODID:-//en anden//\r\n", at: "k/kalendere/sagsbehandlere/ferie.ics")
    _ = world.tick("2024-03-06T08:00")
    #expect(calendar(world, "sagsbehandlere/ferie").contains("en anden"))
  }

  /// Also where it has the name that one of these would have, and where it is no file at all.
  @Test func aNameThatIsTakenIsLeftToWhoHasIt() throws {
    let world = world()
    let foreign = "BEGIN:VCALENDAR\r\nPRODID:-//en anden//\r\n"
    world.files.put(foreign, at: "k/kalendere/afdelinger/Jobcenter.ics")
    try world.files.createDirectory("k/kalendere/sagsbehandlere/sb1@k.example.ics")
    for time in ["2024-03-08T08:00", "2024-03-08T09:00"] {
      #expect(world.tick(time).code == .ok)
      #expect(world.files.text("k/kalendere/afdelinger/Jobcenter.ics") == foreign)
      #expect(calendar(world, "afdelinger/Jobcenter_").contains("S-1"))
      #expect(calendar(world, "sagsbehandlere/sb1@k.example_").contains("S-1"))
      #expect(!world.files.paths(below: "k/kalendere").contains { $0.contains("__") })
    }
  }

  /// Whatever fails, nothing unfinished stays in a folder that others may read.
  @Test func aFaultLeavesNothingUnfinished() {
    var faults = 0
    for step in 1..<400 {
      let world = world()
      world.files.arrange(.fails(ENOSPC), at: step)
      _ = world.tick("2024-03-08T08:00")
      guard world.files.steps >= step else { break }
      let names = world.files.paths(below: "k/kalendere")
      #expect(!names.contains { !$0.hasSuffix(".ics") }, "step \(step): \(names)")
      faults += 1
    }
    #expect((20..<399).contains(faults))
  }

  /// A mail and a calendar speak of one entry.
  @Test func theMailAndTheCalendarSpeakOfOneEntry() throws {
    let world = world()
    let transport = RecordingTransport()
    _ = world.tick("2024-03-08T08:00", transport: transport)
    let mail = try #require(
      transport.accepted.map { ReadMail($0.bytes).calendar }.first { $0.contains("S-1") })
    let uid = try #require(mail.split(separator: "\r\n").first { $0.hasPrefix("UID:") })
    #expect(calendar(world, "afdelinger/Jobcenter").contains(uid))
  }

  /// Two departments whose names make one file name have a file each, and the same one whoever has a
  /// deadline.
  @Test func namesThatMakeOneFileNameAreKeptApart() {
    let world = world().configured(
      "[mail]",
      "[afdeling Job_center]\nleder = x@k.example\n[afdeling Job center]\nleder = y@k.example\n\n[mail]")
    world.files.put(
      SmallWorld.header
        + "S-1;Job center;sb1@k.example;2024-03-04;\nS-2;Job_center;sb1@k.example;2024-03-05;\n",
      at: "k/register.csv")
    _ = world.tick("2024-03-08T08:00")
    let own = FileName.own("Job_center") { $0.replacing("_", with: " ") }
    let calendars = ["afdelinger/Job_center", "afdelinger/\(own)"].map { calendar(world, $0) }
    #expect(calendars.map { $0.contains("S-1") } == [true, false])
    #expect(calendars.map { $0.contains("S-2") } == [false, true])
  }

  /// Nothing tells the configuration of departments here, so only those with an open deadline are known.
  @Test func aCalendarNeverChangesHands() {
    let names = [
      "Teknik Miljø", "Teknik/Miljø", "Teknik_Miljø", String(repeating: "lang ", count: 60) + "Nord",
    ]
    let files = names.map { name in FileName.own(name) { $0.replacing("_", with: " ") } }
    #expect(Set(files).count == 4)
    for missing in 0...names.count {
      let world = world().configured(
        "[afdeling Jobcenter]\nleder = leder@k.example\npostkasse = job@k.example\n", "")
      let rows = names.enumerated().filter { $0.offset != missing }.map {
        "S-\($0.offset);\($0.element);sb1@k.example;2024-03-04;\n"
      }
      world.files.put(SmallWorld.header + rows.joined(), at: "k/register.csv")
      _ = world.tick("2024-03-08T08:00")
      #expect(world.files.paths(below: "k/kalendere/afdelinger").count == rows.count)
      for (index, file) in files.enumerated()
      where world.files.text("k/kalendere/afdelinger/\(file).ics") != nil {
        for other in names.indices {
          #expect(
            calendar(world, "afdelinger/\(file)").contains("S-\(other)")
              == (other == index && other != missing),
            "\(file), without \(missing)")
        }
      }
    }
  }
}
