import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

@Suite struct ConfigurationTests {
  private func parse(_ text: String) -> (Configuration?, [String]) {
    var problems = ProblemList()
    let file = SourceFile(name: "k/fristvagt.conf", bytes: Array(text.utf8))
    let configuration = Configuration.parse(file, problems: &problems)
    return (configuration, problems.inSourceOrder.map(\.description))
  }

  private func problems(_ old: String, _ new: String) -> [String] {
    let text = SmallWorld.sections.replacing(old, with: new)
    #expect(text != SmallWorld.sections || old == new)
    return parse(text).1
  }

  @Test func readsEverythingWithPathsFromItsOwnFolder() throws {
    let (parsed, problems) = parse(try Repository.text("Tests/Fixtures/fuld.conf"))
    #expect(problems == [])
    let configuration = try #require(parsed)
    #expect(configuration.kommune == "Hedensted")
    #expect(configuration.zoneName == "Europe/Copenhagen")
    #expect(configuration.rules.map(\.path) == ["rules/hedensted.frist", "/etc/fristvagt/lov.frist"])
    #expect(configuration.stateDirectory == "k/state")
    #expect(configuration.register.source == .file("k/register.csv"))
    #expect(configuration.register.shrinkLimit == 20)
    #expect(configuration.outlet == .sendmail(program: "/usr/sbin/sendmail"))
    #expect(configuration.letterhead.sender.name == "Fristvagt")
    #expect(configuration.organisation.departments["Børn og Familie"]?.directorate == "Læring")
    #expect(configuration.organisation.staff["Mette Møller"]?.description == "memo@hedensted.example")
    #expect(configuration.organisation.absences.first?.deputy.description == "sb118@hedensted.example")
    #expect(configuration.digests["Børn og Familie"]?.schedule.days == .weekdays([.monday]))
    #expect(configuration.reportSchedule?.time.description == "07:00")
    #expect(configuration.window != nil)
  }

  @Test(arguments: [
    (
      "kommune = Prøve", "kommun = Prøve",
      "k/fristvagt.conf:2: unknown key \"kommun\"; did you mean \"kommune\"?"
    ),
    (
      "kommune = Prøve", "",
      "k/fristvagt.conf:1: [fristvagt] lacks the required key \"kommune\"; add a line kommune = …"
    ),
    (
      "kommune = Prøve", "kommune =",
      "k/fristvagt.conf:2: kommune: the value is empty; write one or remove the line"
    ),
    (
      "regler = svar.frist", "",
      "k/fristvagt.conf:1: [fristvagt] lacks the required key \"regler\"; add a line regler = FILE or FOLDER"
    ),
    (
      "[mail]", "[post]",
      "k/fristvagt.conf:17: unknown section [post]; write one of: fristvagt, register, borgerrådgiver, afdeling, fravær, medarbejder, varsler, mail"
    ),
    (
      "maildir = udbakke", "",
      "k/fristvagt.conf:17: [mail] says nowhere to send to; add sendmail = /usr/sbin/sendmail, or maildir = FOLDER"
    ),
    (
      "maildir = udbakke", "maildir = udbakke\nsendmail = /x",
      "k/fristvagt.conf:18: maildir: stands beside sendmail, and mail can only go one way; remove one of the two"
    ),
    (
      "maildir = udbakke", "maildir = udbakke\ndomæner = k.example, @x.example",
      "k/fristvagt.conf:19: domæner: \"@x.example\" is no domain; write for example kommune.example"
    ),
    (
      "maildir = udbakke", "maildir = udbakke\ndomæner = k.example, K.example",
      "k/fristvagt.conf:19: domæner: \"k.example\" stands twice; keep one"
    ),
    (
      "maildir = udbakke", "maildir = udbakke\ndomæner = k.example,",
      "k/fristvagt.conf:19: domæner: \"\" is no domain; write for example kommune.example"
    ),
    (
      "raad@k.example", "raad@k.example, x@y",
      "k/fristvagt.conf:11: adresse: \"raad@k.example, x@y\" is no mail address; write for example jobcenter@kommune.example"
    ),
    (
      "afsender = Fristvagt <fristvagt@k.example>", "afsender = Fristvagt",
      "k/fristvagt.conf:19: afsender: \"Fristvagt\" is no mail address; write for example jobcenter@kommune.example"
    ),
    (
      "leder = leder@k.example", "leder = leder@k.example\ndigest = mandg 07:00",
      "k/fristvagt.conf:15: digest: \"mandg\" is no day; did you mean \"mandag\"?"
    ),
    (
      "leder = leder@k.example", "leder = leder@k.example\ndigest = mandag 7",
      "k/fristvagt.conf:15: digest: \"mandag 7\" is no time to send at; write for example arbejdsdage 07:00"
    ),
    (
      "adresse = raad@k.example", "adresse = raad@k.example\nrapport = 07:00",
      "k/fristvagt.conf:12: rapport: \"07:00\" is no time to send at; write for example arbejdsdage 07:00"
    ),
    (
      "kilde = register.csv", "kilde = register.csv\nskrump = 0 %",
      "k/fristvagt.conf:9: skrump: \"0 %\" is no share; write a whole percentage from 1 to 99, for example 20 %"
    ),
    (
      "kilde = register.csv", "kilde = register.csv\nsagsnumre = CPR",
      "k/fristvagt.conf:9: sagsnumre: \"CPR\" is not known; write ligner CPR, or remove the line"
    ),
    (
      "kilde = register.csv", "kilde = register.csv\ndatoformat = mm/dd/yyyy",
      "k/fristvagt.conf:9: datoformat: \"mm/dd/yyyy\" is not known; write one of: dag/måned/år, måned/dag/år"
    ),
    (
      "kilde = register.csv", "kilde = register.csv\ndatoformat = modtaget: måned/dag",
      "k/fristvagt.conf:9: datoformat: \"måned/dag\" is not known; did you mean \"måned/dag/år\"?"
    ),
    (
      "kilde = register.csv", "kilde = register.csv\ndatoformat = måned/dag/år\ndatoformat = dag/måned/år",
      "k/fristvagt.conf:10: datoformat: all columns already have an order; keep one line"
    ),
    (
      "kilde = register.csv",
      "kilde = register.csv\ndatoformat = modtaget: måned/dag/år\ndatoformat = modtaget: dag/måned/år",
      "k/fristvagt.conf:10: datoformat: \"modtaget\" already has an order; keep one line"
    ),
    (
      "kilde = register.csv", "kilde = register.csv\nkolonne = modtaget",
      "k/fristvagt.conf:9: kolonne: \"modtaget\" is not NAME: HEADER; write for example område: Sagsområde"
    ),
    (
      "kilde = register.csv", "kilde = register.csv\nkolonne = modtaget: Dato\nkolonne = modtaget: Ankommet",
      "k/fristvagt.conf:10: kolonne: \"modtaget\" already has a header; keep one line"
    ),
    (
      "kilde = register.csv", "kilde = register.csv\nkommando = psql -f udtræk.sql",
      "k/fristvagt.conf:9: kommando: stands beside kilde, and there is one register; remove one of the two"
    ),
    (
      "kilde = register.csv", "skrump = 20 %",
      "k/fristvagt.conf:7: [register] lacks the register; add kilde = FILE, or kommando = COMMAND"
    ),
    (
      "leder = leder@k.example", "leder = leder@k.example\ntom-digest = sendes",
      "k/fristvagt.conf:15: tom-digest: the department has no digest; add digest = mandag 07:00, or remove the line"
    ),
    (
      "leder = leder@k.example\npostkasse = job@k.example", "digest = mandag 07:00",
      "k/fristvagt.conf:14: digest: the department has nobody to send it to; add postkasse or leder"
    ),
    (
      "returadresse = retur@k.example", "returadresse = retur@k.example\nlink = register/{sagsnr}",
      "k/fristvagt.conf:21: link: \"register/{sagsnr}\" is no link to a case; write for example https://register.example/sag/{sagsnr}"
    ),
    (
      "rapporter = out", "rapporter = out\nnu = i dag",
      "k/fristvagt.conf:6: nu: \"i dag\" is no date: write year-month-day, for example 2024-12-31"
    ),
    (
      "[borgerrådgiver]", "[borgerrådgiver]\n[borgerrådgiver]",
      "k/fristvagt.conf:11: [borgerrådgiver] stands twice, first at k/fristvagt.conf:10; join the two"
    ),
    (
      "[afdeling Jobcenter]", "[afdeling]",
      "k/fristvagt.conf:13: [afdeling] has no name; write for example [afdeling …]"
    ),
    ("[register]", "[register x]", "k/fristvagt.conf:7: [register x] takes no name; write [register]"),
    (
      "[mail]", "[varsler]\nvindue = 07:00 .. 17:00\n[mail]",
      "k/fristvagt.conf:18: vindue: \"07:00 .. 17:00\" is no window; write for example arbejdsdage 07:00 .. 17:00"
    ),
    (
      "[mail]", "[fravær sb1]\nperiode = 2024-01-02 .. 2024-01-01\nstedfortræder = a@b\n[mail]",
      "k/fristvagt.conf:17: fravær: \"sb1\" is no mail address; write for example jobcenter@kommune.example"
    ),
    (
      "[mail]", "[fravær sb1@k]\nperiode = 2024-01-02 .. 2024-01-01\nstedfortræder = a@b\n[mail]",
      "k/fristvagt.conf:18: periode: \"2024-01-02 .. 2024-01-01\" ends before it begins; exchange the two dates"
    ),
    (
      "[mail]", "[fravær sb1@k]\nperiode = uge 7\nstedfortræder = a@b\n[mail]",
      "k/fristvagt.conf:18: periode: \"uge 7\" is no period; write for example 2026-11-01 .. 2026-12-15"
    ),
    (
      "[mail]",
      "[fravær a@k]\nperiode = 2024-01-02 .. 2024-01-09\nstedfortræder = b@k\n[fravær a@k]\nperiode = 2024-01-09 .. 2024-01-10\nstedfortræder = c@k\n[mail]",
      "k/fristvagt.conf:20: [fravær a@k] overlaps an earlier period with another deputy; let one end before the other begins"
    ),
    (
      "[mail]", "[medarbejder Sagsbehandler 1]\n[mail]",
      "k/fristvagt.conf:17: [medarbejder Sagsbehandler 1] lacks the required key \"adresse\"; add a line adresse = …"
    ),
  ])
  func saysWhatIsWrong(old: String, new: String, message: String) {
    #expect(problems(old, new).contains(message), "\(problems(old, new))")
  }

  @Test func aSoundConfigurationHasNoProblems() {
    #expect(parse(SmallWorld.sections).1 == [])
  }

  @Test(arguments: [
    (
      "kolonne = modtagt: Dato",
      "k/fristvagt.conf:9: kolonne: no rule reads \"modtagt\"; did you mean \"modtaget\"?"
    ),
    (
      "kolonne = emne: Emne",
      "k/fristvagt.conf:9: kolonne: no rule reads \"emne\"; write one of: sagsnr, type, område, paragraf, forvaltning, afdeling, sagsbehandler, samtykke, modtaget, besvaret, lukket, genåbnet"
    ),
  ])
  func aColumnThatNoRuleReads(line: String, message: String) {
    let world = SmallWorld().configured("kilde = register.csv", "kilde = register.csv\n\(line)")
    let result = world.run("check --config k/fristvagt.conf")
    #expect(result.code == .configuration)
    #expect(result.error.contains(message), "\(result.error)")
  }

  @Test(arguments: [
    ("tidszone = Europe/Kopenhagen", "tidszone: \"Europe/Kopenhagen\" is not among the system's time zones"),
    ("tidszone = ../../etc/passwd", "tidszone: \"../../etc/passwd\" is not among the system's time zones"),
  ])
  func aZoneThatTheSystemDoesNotHave(line: String, message: String) {
    let result = SmallWorld().configured("kommune = Prøve", "kommune = Prøve\n\(line)").tick("2024-03-13")
    #expect(result.code == .configuration)
    #expect(result.error.contains(message))
  }

  /// A folder of other files is no folder of rules.
  @Test func aFolderWithoutRules() {
    let world = SmallWorld().configured("regler = svar.frist", "regler = frister")
    world.files.put("ikke en frist", at: "k/frister/læsmig.txt")
    let result = world.run("check --config k/fristvagt.conf")
    #expect(result.code == .configuration)
    #expect(
      result.error.hasPrefix(
        "k/fristvagt.conf:3: regler: the folder k/frister holds no .frist file; name another, or write one\n"),
      "\(result.error)")
  }

  @Test func rulesOfCalendarsAlone() {
    let result = SmallWorld(rule: Make.lawSection).run("check --config k/fristvagt.conf")
    #expect(result.code == .configuration)
    #expect(
      result.error
        == "k/fristvagt.conf: regler: the rule files hold no [frist …]; add one\n1 problem in 1 file\n")
  }

  @Test(
    arguments: [
      (
        "regler = nowhere.frist",
        "k/fristvagt.conf:3: regler: k/nowhere.frist: cannot read: no such file or directory; correct the path, or the right to read it"
      ),
      ("regler = .", nil),
    ] as [(String, String?)])
  func ruleFilesAndFolders(line: String, message: String?) {
    let result = SmallWorld().configured("regler = svar.frist", line).run("check --config k/fristvagt.conf")
    #expect(result.code == (message == nil ? .ok : .configuration))
    #expect(result.error.hasPrefix(message ?? ""))
  }
}

@Suite struct ScheduleTests {
  private func latest(_ schedule: String, _ now: String) throws -> String? {
    try Schedule(text: schedule).latestDay(at: Make.now(now), calendar: Make.law)?.description
  }

  @Test(arguments: [
    ("arbejdsdage 07:00", "2024-12-16T07:00", "2024-12-16"),
    ("arbejdsdage 07:00", "2024-12-16T06:59", "2024-12-13"),
    ("mandag 07:00", "2024-12-18T12:00", "2024-12-16"),
    ("mandag, torsdag 07:00", "2024-12-19T08:00", "2024-12-19"),
    ("dagligt 02:30", "2024-03-31T03:30", "2024-03-31"), ("dagligt 02:30", "2024-10-27T02:29", "2024-10-26"),
    ("arbejdsdage 07:00", "2024-12-26T12:00", "2024-12-23"),
    ("arbejdsdage 07:00", "2024-12-16", "2024-12-16"),
  ])
  func theLatestDayWhoseTimeHasCome(schedule: String, now: String, day: String) throws {
    #expect(try latest(schedule, now) == day)
  }

  @Test(arguments: [
    ("2024-12-16T07:00", true), ("2024-12-16T06:59", false), ("2024-12-16T17:00", true),
    ("2024-12-16T17:01", false),
    ("2024-12-15T12:00", false), ("2024-12-24T12:00", false), ("2024-12-16", true), ("2024-12-15", false),
  ])
  func theWindow(now: String, isOpen: Bool) throws {
    let window = try SendWindow(text: "arbejdsdage 07:00 .. 17:00")
    #expect(window.isOpen(at: Make.now(now), calendar: Make.law) == isOpen)
  }
}

@Suite struct SystemZoneTests {
  @Test func theSystemsDataAgreeWithTheRuleOfSummerTime() throws {
    let zone = try SystemZone.table(named: "Europe/Copenhagen")
    // From 2020 to 2100.
    let hours = (18_300 * 24..<47_800 * 24).lazy.map { Instant(seconds: Int64($0) * 3_600) }
    #expect(hours.first { zone.offset(at: $0) != Make.copenhagen.offset(at: $0) } == nil)
  }
}
