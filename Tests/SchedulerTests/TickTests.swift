import Glibc
import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

@Suite struct TickTests {
  @Test func theSecondRunSendsNothingAndSaysSo() {
    let world = SmallWorld()
    let first = world.tick("2024-03-13")
    #expect(first.code == .ok)
    #expect(first.output.contains("Sendt 3 mails med 4 varsler til maildiren k/udbakke"))
    #expect(first.output.contains("Rapporten ligger i k/out/fristrapport.html"))
    let mails = world.mails
    let second = world.tick("2024-03-13")
    #expect(second.output.contains("Intet nyt at sende: alle varsler til og med i dag er sendt"))
    #expect(world.mails == mails)
    #expect(first.error == "" && second.error == "")
  }

  @Test func theReportIsWrittenInFull() {
    let world = SmallWorld()
    _ = world.tick("2024-03-15")
    #expect(
      world.files.paths(below: "k/out") == [
        "k/out/counts.csv", "k/out/fristrapport.html", "k/out/fristrapport.ics", "k/out/fristrapport.txt",
        "k/out/overdue/Jobcenter.csv",
      ])
    #expect(world.files.text("k/out/overdue/Jobcenter.csv") == "2024-03-13;S-1;svar\n2024-03-14;S-2;svar\n")
    #expect(world.files.text("k/out/counts.csv") == "Jobcenter;svar;overskredet;2\nJobcenter;svar;snart;1\n")
  }

  @Test func departmentsThatAreGoneLeaveNoListBehind() {
    let world = SmallWorld()
    world.files.put("gammel", at: "k/out/overdue/Nedlagt.csv")
    _ = world.tick("2024-03-15")
    #expect(world.files.paths(below: "k/out/overdue") == ["k/out/overdue/Jobcenter.csv"])
  }

  /// A tick every day for a month: each step to each person once, whatever the days between.
  @Test func everyStepOnceOverAMonth() {
    let world = SmallWorld()
    let transport = RecordingTransport()
    var day = Make.date("2024-03-04")
    while day <= Make.date("2024-04-05") {
      #expect(world.tick(day.description, transport: transport).code == .ok)
      #expect(world.tick(day.description, transport: transport).code == .ok)
      day = day + 1
    }
    let identities = transport.accepted.map(\.identity)
    #expect(Set(identities).count == identities.count)
    let toAdviser = transport.accepted.filter { $0.recipient.description == "raad@k.example" }
    // S-1, S-2 and S-3 each on the day after they fell due, then every five working days.
    #expect(toAdviser.count == 9)
  }

  @Test func afterAStandstillEachPersonHearsOfTheirLatestStep() {
    let world = SmallWorld()
    let transport = RecordingTransport()
    _ = world.tick("2024-03-08", transport: transport)
    _ = world.tick("2024-04-02", transport: transport)
    let late = transport.accepted.dropFirst(
      transport.accepted.firstIndex { $0.recipient.localPart == "leder" } ?? 0)
    #expect(
      late.map(\.recipient.description) == [
        "leder@k.example", "raad@k.example", "sb1@k.example", "sb2@k.example",
      ])
  }

  @Test func outsideTheWindowNoticesWait() {
    let world = SmallWorld().configured("[mail]", "[varsler]\nvindue = arbejdsdage 07:00 .. 17:00\n[mail]")
    let early = world.tick("2024-03-13T06:00")
    #expect(early.output.contains("4 varsler venter, til det igen er tid til at sende varsler"))
    #expect(world.mails.isEmpty)
    #expect(world.tick("2024-03-13T07:00").output.contains("Sendt 3 mails med 4 varsler"))
  }

  @Test func reportAndDigestComeAtTheirTimeOnce() {
    let world = SmallWorld()
      .configured("adresse = raad@k.example", "adresse = raad@k.example\nrapport = arbejdsdage 07:00")
      .configured("leder = leder@k.example", "leder = leder@k.example\ndigest = torsdag 07:00")
    let transport = RecordingTransport()
    func recipients(_ now: String) -> [String] {
      let before = transport.accepted.count
      #expect(world.tick(now, transport: transport).code == .ok)
      return transport.accepted.dropFirst(before).map { String($0.recipient.localPart) }
    }
    #expect(recipients("2024-03-06T06:00") == ["raad", "job"])
    #expect(recipients("2024-03-06T06:30") == [])
    #expect(recipients("2024-03-06T07:00") == ["raad"])
    #expect(recipients("2024-03-07T07:00") == ["raad", "job"])
    #expect(recipients("2024-03-07T23:59") == [])
  }

  /// What an export may put before a number, and what the program remembers of it, must be the same.
  @Test(arguments: ["\u{301}123", "\u{A0}123", "\u{2028}1", "1\u{200D}", "a%7Cb|c", "å 1", "\u{7F}"])
  func oddCaseNumbersAreToldOnce(id: String) {
    let world = SmallWorld(
      register: SmallWorld.header
        + "\(id);Jobcenter;sb1@k.example;2024-03-04;\nS-2;Jobcenter;sb1@k.example;2024-03-04;\n")
    #expect(world.tick("2024-03-13").output.contains("Sendt 2 mails med 4 varsler"))
    for _ in 0..<2 {
      let again = world.tick("2024-03-13")
      #expect(again.code == .ok && again.output.contains("Intet nyt at sende"), "\(again)")
    }
  }

  @Test func twoStepsOfOneDayToOnePersonAreOneNotice() {
    let world = SmallWorld(
      rule: Make.ruleFile("varsel = 1 arbejdsdag efter: leder\nvarsel = 1 dag efter: leder, borgerrådgiver"))
    #expect(world.tick("2024-03-14").output.contains("Sendt 2 mails med 2 varsler"))
    #expect(world.tick("2024-03-14").output.contains("Intet nyt at sende"))
  }

  @Test func aCaseThatStandsTwiceIsToldOnce() {
    let row = "S-1;Jobcenter;sb1@k.example;2024-03-04;\n"
    let world = SmallWorld(register: SmallWorld.header + row + row)
    #expect(world.tick("2024-03-13").output.contains("Sendt 2 mails med 2 varsler"))
  }

  @Test func aRefusedMailWaitsForTheWindowToo() {
    let world = SmallWorld().configured("[mail]", "[varsler]\nvindue = arbejdsdage 07:00 .. 17:00\n[mail]")
    _ = world.tick(
      "2024-03-13T16:59", transport: RecordingTransport { _, _ in .deferred(TransientFailure("450")) })
    let transport = RecordingTransport()
    #expect(world.tick("2024-03-14T03:00", transport: transport).code == .ok)
    #expect(transport.attempts == 0)
    _ = world.tick("2024-03-14T07:00", transport: transport)
    #expect(transport.accepted.count > 3)
  }

  // MARK: Bad input

  @Test(
    arguments: [
      (
        nil, ExitCode.noInput,
        "k/fristvagt.conf:8: kilde: k/register.csv: cannot read: no such file or directory"
      ),
      ("", .data, "k/register.csv: the register is empty"),
      (SmallWorld.header, .data, "k/register.csv: the register has a header but no case"),
      (
        "sagsnr;afdeling;sagsbehandler;modtaget\nS-1;Jobcenter;x;2024-03-04\n", .data,
        "k/register.csv:1: the column \"besvaret\" is missing"
      ),
      (
        SmallWorld.register + "S-9;\"Jobcenter;x;2024-03-04;\n", .data,
        "k/register.csv:5: a quote opens here and never closes"
      ),
    ] as [(String?, ExitCode, String)])
  func fromABadRegisterNothingIsSent(register: String?, code: ExitCode, message: String) {
    let world = SmallWorld(register: SmallWorld.register)
    _ = world.tick("2024-03-08")
    let mails = world.reminders
    let report = world.files.text("k/out/fristrapport.txt")
    if let register {
      world.files.put(register, at: "k/register.csv")
    } else {
      world.files.delete("k/register.csv")
    }
    let result = world.tick("2024-03-13")
    #expect(result.code == code)
    #expect(result.error.hasPrefix(message), "\(result.error)")
    #expect(world.reminders == mails)
    #expect(world.alarms.count == 1)
    #expect(world.files.text("k/out/fristrapport.txt") == report)
  }

  @Test func aBadRowIsToldAndTheOthersAreSent() {
    let world = SmallWorld(
      register: SmallWorld.register
        + "S-4;Jobcenter;sb1@k.example;2024-02-30;\nS-5;Nowhere;sb1@k.example;2024-03-04;\n")
    let result = world.tick("2024-03-13")
    #expect(result.code == .data)
    #expect(
      result.error == """
        k/register.csv:5: modtaget: "2024-02-30" is no date: February 2024 has 29 days
        k/register.csv:6: afdeling: "Nowhere" is not in the configuration (1 case); add [afdeling Nowhere], or correct the register. Its notices go to the adviser
        2 problems in the register

        """)
    #expect(result.output.contains("Sendt 4 mails med 5 varsler"))
    // The adviser hears of the case whose department nobody knows, and why.
    #expect(
      world.mails.contains {
        $0.contains("To: raad@k.example") && $0.contains("S-5") && $0.contains("Sagens afdeling kendes ikke")
      })
    #expect(world.mails.allSatisfy { $0.contains("To: raad@k.example") || !$0.contains("S-5") })
  }

  @Test func aShrunkenRegisterStopsTheTick() {
    let world = SmallWorld().configured("kilde = register.csv", "kilde = register.csv\nskrump = 20 %")
    _ = world.tick("2024-03-08")
    let mails = world.reminders
    world.files.put(SmallWorld.header + "S-1;Jobcenter;sb1@k.example;2024-03-04;\n", at: "k/register.csv")
    let result = world.tick("2024-03-13")
    #expect(result.code == .data)
    #expect(
      result.error
        == "k/fristvagt.conf:8: the register holds 1 case and held 3 at the last pass, more than 20 % fewer; export it again, or raise skrump once if it is right\n"
    )
    #expect(world.reminders == mails)
  }

  @Test func aDamagedJournalStopsTheTick() throws {
    let world = SmallWorld()
    _ = world.tick("2024-03-08")
    let journal = try #require(world.files.text("k/state/journal"))
    world.files.put(journal.replacing(" sent ", with: " tnes "), at: "k/state/journal")
    let result = world.tick("2024-03-13")
    #expect(result.code == .stateFile)
    #expect(result.error.hasPrefix("k/state/journal:5: the record is damaged"))
  }

  @Test func aSecondProcessLeavesAtOnce() throws {
    let world = SmallWorld()
    try world.files.createDirectory("k/state")
    let lock = try #require(try world.files.lock("k/state/lock"))
    let result = world.tick("2024-03-13")
    #expect(result.code == .temporary)
    #expect(
      result.error
        == "k/state/lock: another fristvagt is at work on this folder (it has only just begun); nothing was done\n"
    )
    #expect(world.mails.isEmpty)
    lock.release()
    #expect(world.tick("2024-03-13").code == .ok)
  }
}
