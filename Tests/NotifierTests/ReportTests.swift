import Notifier
import Rules
import TestSupport
import Testing

@Suite struct ReportTests {
  private static let today = "2023-06-14"

  /// A survey of cases, each in a department, with their events.
  private func survey(
    _ cases: [(id: String, department: String, events: [String: String])], book: RuleBook = Sample.book,
    organisation: Organisation = Sample.organisation
  ) -> Survey {
    var survey = Survey(now: Make.now(Self.today), organisation: organisation, numbers: Sample.numbers)
    for (index, entry) in cases.enumerated() {
      let fields: [Field: String] = [
        .caseID: entry.id, .department: entry.department, .caseworker: "sb117@gentofte.example",
      ]
      let row = Case(
        fields: FieldValues(fields), dates: [], line: index + 2)
      survey.add(
        JudgedCase(
          row,
          Make.verdict(book, fields, entry.events, now: Self.today)), file: "register.csv")
    }
    survey.finish()
    return survey
  }

  /// Nothing tells it which departments there are, so it knows all of them.
  private static let withoutDepartments = Organisation(
    adviser: Make.address("raad@k.example"), departments: [], staff: [:], absences: [])

  private var everyKind: Survey {
    survey([
      ("G-1", "Social og Handicap", ["modtaget": "2023-03-01"]),
      ("G-2", "Social og Handicap", ["modtaget": "2023-03-13"]),
      ("G-3", "Social og Handicap", ["modtaget": "2023-03-14"]),
      ("G-4", "Social og Handicap", ["modtaget": "2023-03-10"]),
      ("G-5", "Social og Handicap", ["modtaget": "2023-05-01"]),
      ("G-6", "Social og Handicap", ["modtaget": "2023-03-01", "afgjort": "2023-02-01"]),
      ("G-7", "Social og Handicap", ["modtaget": "2023-03-01", "afgjort": "2023-06-01"]),
      ("G-8", "Social og Handicap", ["modtaget": "2023-03-01", "afgjort": "2023-06-02"]),
      (
        "G-9", "Social og Handicap",
        ["modtaget": "2023-02-01", "underrettet": "2023-04-28", "ny_frist": "2023-06-01"]
      ),
      ("G-10", "Social og Handicap", ["modtaget": "2023-03-01", "lukket": "2023-05-02"]),
      ("G-11", "Nogen Anden", ["modtaget": "2023-03-06"]),
      ("G-12", "Social og Handicap", ["modtaget": "2023-06-20"]),
      ("G-13", "Social og Handicap", [:]),
    ])
  }

  private func material(_ survey: Survey) throws -> ReportMaterial {
    ReportMaterial(survey: survey, letterhead: try Sample.letterhead(), texts: Make.texts)
  }

  private func report(_ survey: Survey) throws -> ReportDocument {
    Fristrapport(try material(survey)).document
  }

  private func digest(_ survey: Survey) throws -> DepartmentDigest {
    let department = try #require(Sample.organisation.departments["Social og Handicap"])
    return DepartmentDigest(try material(survey), of: department)
  }

  @Test func theReportIsAsItWasRead() throws {
    #expect(try Golden.difference("fristrapport.txt", ReportText.render(report(everyKind))) == nil)
    #expect(try Golden.difference("fristrapport.html", ReportHTML.render(report(everyKind))) == nil)
  }

  @Test func aDepartmentSeesItsOwnAlone() throws {
    let digest = try digest(everyKind).document
    #expect(try Golden.difference("digest.txt", ReportText.render(digest)) == nil)
    #expect(!ReportText.render(digest).contains("G-11"))
  }

  @Test func aDepartmentNeverSeesACaseWithoutConsent() throws {
    let book = Make.soundBook(Make.ruleFile("samtykke = kræves"))
    let survey = survey([("G-1", "Social og Handicap", ["modtaget": "2023-03-01"])], book: book)
    #expect(try !ReportText.render(digest(survey).document).contains("G-1"))
    #expect(try ReportText.render(report(survey)).contains("G-1"))
  }

  @Test func theFigureOfTheDay() throws {
    let figures = try report(everyKind).figures
    #expect(
      figures.map { "\($0.number) \($0.label)" } == [
        "4 overskredet", "1 forfalder i dag", "1 inden 5 arbejdsdage", "2 kan ikke beregnes",
      ])
    #expect(figures[0].remark == "1 ny siden i går")
  }

  @Test func nothingToReportIsSaid() throws {
    let kept = ["modtaget": "2023-01-02", "afgjort": "2023-01-03"]
    let text = try ReportText.render(report(survey([("G-1", "Social og Handicap", kept)])))
    #expect(text.contains("Ingen frister er overskredet."))
    #expect(text.contains("0 overskredet"))
  }

  /// Where nothing is watched, nobody can say that nothing is exceeded.
  @Test func whereNothingIsWatchedNothingIsSaidToBeWell() throws {
    let text = try ReportText.render(report(survey([])))
    #expect(text.contains("Ingen frister bliver fulgt, for ingen regel passer på nogen sag."))
    #expect(!text.contains("Ingen frister er overskredet") && !text.contains("0 overskredet"))
  }

  @Test func countsAreSortedAndSum() throws {
    let csv = ReportTables.counts(everyKind)
    let lines = csv.split(separator: "\n")
    #expect(lines.contains("Social og Handicap;merudgifter-100;overskredet;3"))
    #expect(lines == lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(lines.compactMap { Int($0.split(separator: ";").last ?? "") }.reduce(0, +) == 12)
  }

  /// An invisible character and what looks like a CPR number are shown alike, and a line stands once.
  @Test func departmentsThatReadAlikeAreCountedTogether() {
    let received = ["modtaget": "2023-03-01"]
    let csv = ReportTables.counts(
      survey(
        [
          ("G-1", "Skole", received), ("G-2", "Sko\u{AD}le", received), ("G-3", "Sko\u{AD}le", received),
          ("G-4", "010190-0001", received), ("G-5", "010190-0002", received),
        ],
        organisation: Self.withoutDepartments))
    let keys = csv.split(separator: "\n").map { $0.split(separator: ";").dropLast() }
    #expect(Set(keys).count == keys.count, "\(csv)")
    #expect(csv.contains("Skole;merudgifter-100;overskredet;3\n"), "\(csv)")
    #expect(!csv.contains("010190"))
  }

  @Test func overdueListsEveryDepartmentThatHasAClock() throws {
    let tables = ReportTables.overdue(everyKind).map {
      (name: $0.name, csv: String(decoding: $0.csv, as: UTF8.self))
    }
    #expect(tables.map(\.name) == ["Social_og_Handicap", "Ukendt_afdeling"])
    #expect(tables[1].csv == "2023-06-07;G-11;merudgifter-100\n")
    #expect(
      tables[0].csv.split(separator: "\n").map { $0.prefix(10) } == [
        "2023-06-01", "2023-06-01", "2023-06-13",
      ])
    let kept = survey([("G-7", "Social og Handicap", ["modtaget": "2023-03-01", "afgjort": "2023-06-01"])])
    #expect(ReportTables.overdue(kept).map { "\($0.name):\($0.csv.count)" } == ["Social_og_Handicap:0"])
  }

  @Test func longListsAreCutAndSayWhereTheRestStands() throws {
    let many = (0..<120).map { ("G-\($0)", "Social og Handicap", ["modtaget": "2023-03-01"]) }
    let text = try ReportText.render(report(survey(many)))
    #expect(text.contains("og 70 flere; alle står i overdue/Social_og_Handicap.csv"))
    let exceeded = text.split(separator: "OVERSKREDET UDEN")[0]
    #expect(exceeded.split(separator: "\n").filter { $0.contains("G-") }.count == 50)
  }

  /// Where another name could make the same file, letters of its own stand behind.
  @Test(arguments: [
    ("Børn og Familie", "Børn_og_Familie", false), ("", "uden_afdeling", false),
    ("Vækst, Teknik & Fællesskab", "Vækst,_Teknik_&_Fællesskab", false), ("Byg Nord", "Byg_Nord", false),
    ("Byg_Nord", "Byg_Nord", true), ("Byg/Nord", "Byg_Nord", true), ("uden afdeling", "uden_afdeling", true),
    ("../../etc/passwd", "_._.._etc_passwd", true), (".skjult", "_skjult", true), ("a/b\\c", "a_b_c", true),
    ("x\ny\u{0}", "x_y_", false),
  ])
  func fileNames(department: String, name: String, hasLetters: Bool) {
    let file = FileName.department(department)
    #expect(file == name || hasLetters)
    #expect(!hasLetters || (file.hasPrefix(name + "-") && file.count == name.count + 9), "\(file)")
  }

  @Test func eachDepartmentHasAListOfItsOwn() {
    let names = ["Byg Nord", "Byg_Nord", "Byg/Nord", "uden afdeling", ""]
    let tables = ReportTables.overdue(
      survey(
        names.enumerated().map { ("G-\($0)", $1, ["modtaget": "2023-03-01"]) },
        organisation: Self.withoutDepartments))
    #expect(Set(tables.map(\.name)) == Set(names.map(FileName.department)))
    for (index, name) in names.enumerated() {
      let table = tables.first { $0.name == FileName.department(name) }
      #expect(
        table.map { String(decoding: $0.csv, as: UTF8.self) } == "2023-06-01;G-\(index);merudgifter-100\n",
        "\(name)")
    }
  }

  /// Names of which only a CPR number differs have one file, or its letters could be reckoned back.
  @Test func maskedNamesShareAList() {
    let names = ["Team 010190-0001", "Team 010190-0002"]
    let tables = ReportTables.overdue(
      survey(
        names.enumerated().map { ("G-\($0)", $1, ["modtaget": "2023-03-01"]) },
        organisation: Self.withoutDepartments))
    #expect(tables.count == 1 && !tables[0].name.contains("010190"))
    #expect(
      tables.map { String(decoding: $0.csv, as: UTF8.self) } == [
        "2023-06-01;G-0;merudgifter-100\n2023-06-01;G-1;merudgifter-100\n"
      ])
  }

  @Test(arguments: [
    (["a", "b"], "a;b"), (["=1+1"], "'=1+1"), (["+45 12"], "'+45 12"), (["-5"], "'-5"),
    (["@x", "=y"], "'@x;'=y"),
    (["\tx"], "'\tx"), (["\rx"], "\"'\rx\""), (["\n=x"], "\"'\n=x\""), (["=a;b"], "\"'=a;b\""),
    (["=\"a\""], "\"'=\"\"a\"\"\""),
    (["a=1", "1-2", "'=1", ""], "a=1;1-2;'=1;"), (["  =1"], "'  =1"), ([" a"], " a"),
    (["=\u{301}1"], "'=\u{301}1"),
  ])
  func noCellIsReckoned(cells: [String], line: String) {
    #expect(csvLine(cells) == line + "\n")
    #expect(csvLine(cells, .excel) == line + "\r\n")
  }

  @Test func excelGetsAMarkAndItsLineEnds() {
    let rows = [["a", "b\nc"], ["å", ""]]
    #expect(CSVStyle.plain.text(rows) == "a;\"b\nc\"\nå;\n")
    #expect(CSVStyle.excel.text(rows) == "\u{FEFF}a;\"b\nc\"\r\nå;\r\n")
  }

  /// Both ways in which a list is written.
  @Test(arguments: ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "-1 \u{E6}"])
  func aListReckonsNoCaseNumber(id: String) {
    let (received, cell) = (["modtaget": "2023-03-01"], "'" + SafeText.masked(id))
    let lines = ReportTables.overdue(survey([(id, "Social og Handicap", received)])).map {
      String(decoding: $0.csv, as: UTF8.self)
    }
    #expect(lines == ["2023-06-01;\(cell);merudgifter-100\n"])
    let named = survey([("G-1", id, received)], organisation: Self.withoutDepartments)
    #expect(ReportTables.counts(named) == "\(cell);merudgifter-100;overskredet;1\n")
  }

  @Test func aFileNameFitsAFileSystem() throws {
    let long = String(repeating: "å", count: 500)
    #expect(FileName.department(long).utf8.count <= 240)
    #expect(FileName.own(long) { $0 }.utf8.count <= 240)
  }

  /// What can be regained stands as it is; whatever else, two names have two files.
  @Test func ownFileNames() {
    let spaced = { (file: String) in file.replacing("_", with: " ") }
    #expect(FileName.own("Børn og Familie", regained: spaced) == "Børn_og_Familie")
    #expect(FileName.own("sb_1@k.example") { $0 } == "sb_1@k.example")
    let long = String(repeating: "x", count: 300)
    let names = [
      "a b", "a_b", "a/b", "a\\b", "a\tb", ".a b", "_a b", "010190-0001", "010190-0002", long + "1",
      long + "2",
    ]
    let files = names.map { FileName.own($0, regained: spaced) }
    #expect(Set(files).count == names.count, "\(files)")
    #expect(files == names.map { FileName.own($0, regained: spaced) })
    #expect(files.allSatisfy { $0.utf8.count <= 240 && !$0.contains("/") && !$0.contains("010190") })
  }

  @Test func htmlQuotesEverything() throws {
    let hostile = survey([("<script>\"&'", "Social og Handicap", ["modtaget": "2023-03-01"])])
    let html = try ReportHTML.render(report(hostile))
    #expect(!html.contains("<script"))
    #expect(html.contains("&lt;script&gt;&quot;&amp;&#39;"))
  }

  @Test func theReportQuotesNothingOfTheRegisterButNumbers() throws {
    let secret = survey([
      ("G-1", "Anders And, 010190-1234", ["modtaget": "Anders And"]),
      ("G-2", "Social og Handicap", ["modtaget": "Anders And"]),
    ])
    let text = try ReportText.render(report(secret)) + ReportHTML.render(report(secret))
    #expect(!text.contains("Anders"))
    #expect(!text.contains("010190"))
    #expect(text.contains("datoen i »modtaget« kan ikke læses"))
  }

  @Test(arguments: [
    ("Børn", "Ungeenheden", true), ("Ældre", "Ønsker", true), ("Ønsker", "Ålborg", true), ("Å", "Z", false),
    ("a", "B", true), ("B", "a", false),
  ])
  func danishOrder(first: String, second: String, isBefore: Bool) {
    #expect(collates(first, before: second) == isBefore)
  }

  /// Names that are too long to be shown apart still stand in one order, the same in every table and each
  /// day.
  @Test func departmentsThatAreShownAlikeStandByName() throws {
    let names = (1...7).map { "Center for \(String(repeating: "børn og ", count: 8))familie \($0)" }
    let organisation = Organisation(
      adviser: Make.address("raad@gentofte.example"), departments: [], staff: [:], absences: [])
    let cases = names.enumerated().flatMap { index, name in
      (0...index).map { (id: "G-\(index)-\($0)", department: name, events: ["modtaget": "2023-03-01"]) }
    }
    let material = ReportMaterial(
      survey: survey(cases.reversed(), organisation: organisation), letterhead: try Sample.letterhead(),
      texts: Make.texts)
    let tables = Fristrapport(material).document.tables
    let exceeded = try #require(tables.first { $0.title == "Overskredet" })
    #expect(Set(exceeded.groups.map(\.heading)).count == 1)
    #expect(exceeded.groups.map(\.rows.count) == Array(1...7))
    #expect(try #require(exceeded.picture).series.map { $0.values.last } == Array(1...7))
    let counts = try #require(tables.first { $0.title == "Alle frister" }?.groups.first?.rows)
    #expect(counts.dropLast().map { $0.cells[1] } == (1...7).map { "\($0)" })
  }

  @Test(arguments: [
    (0, "0"), (12, "12"), (999, "999"), (1_204, "1.204"), (1_000_000, "1.000.000"), (-1_204, "-1.204"),
  ])
  func danishNumbers(number: Int, text: String) {
    #expect(danish(number) == text)
  }

  @Test func danishDates() throws {
    #expect(Make.date("2023-06-01").danish == "torsdag 1. juni 2023")
    #expect(Make.date("2024-02-29").danish(asSeenFrom: Make.date("2024-01-01")) == "torsdag 29. februar")
    #expect(Make.date("2024-02-29").danish(asSeenFrom: Make.date("2025-01-01")) == "torsdag 29. februar 2024")
    #expect(Make.moment("2024-12-16T08:00").danish == "mandag 16. december 2024 kl. 08:00")
  }
}
