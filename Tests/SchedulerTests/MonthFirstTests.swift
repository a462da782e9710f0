import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// Columns of dates whose order has to be found out, read both ways.
struct MonthFirstTests {
  /// One register whose columns are each written in their own way, with slips.
  private static func register(_ random: inout SeededGenerator, rows: Int) -> [UInt8] {
    let styles = (4...13).map { _ in Style.allCases.randomElement(using: &random) ?? .iso }
    let slips = [0, 0, 40, 8].randomElement(using: &random) ?? 0
    let lines = (0..<rows).map { index in
      var cells = [
        "S-\(index)", ["svar", "ansøgning", "brev", "akut", "barn"][index % 5],
        ["Jobcenter", "Børn"][index % 2], "sb@k.example",
      ]
      for column in 4...13 {
        let isOdd = slips > 0 && Int.random(in: 0..<slips, using: &random) == 0
        let style = isOdd ? Style.allCases.randomElement(using: &random) ?? .iso : styles[column - 4]
        let isThere = column == 4 || Int.random(in: 0..<5, using: &random) == 0
        let day = Make.date("2024-03-18") - Int.random(in: 0..<200, using: &random)
        cells.append(isThere ? style.text(day) : "")
      }
      return (cells + ["ja", "emne"]).joined(separator: ";") + "\n"
    }
    return Array((RandomRegister.header + "\n" + lines.joined()).utf8)
  }

  private enum Style: CaseIterable {
    case iso, danish, american, short, american2, clock

    func text(_ date: CivilDate) -> String {
      let (year, month, day) = date.components
      return switch self {
      case .iso: date.description
      case .danish: "\(padded(day, to: 2))-\(padded(month, to: 2))-\(year)"
      case .american: "\(padded(month, to: 2))/\(padded(day, to: 2))/\(year)"
      case .american2: "\(month)/\(day)/\(padded(year % 100, to: 2))"
      case .short: "\(day)/\(month)-\(padded(year % 100, to: 2))"
      case .clock: "\(date) 11:30 PM"
      }
    }
  }

  private static let orders = [
    "", "", "datoformat = måned/dag/år\n", "datoformat = modtaget: måned/dag/år\n",
    "datoformat = dag/måned/år\ndatoformat = fødselsdato: måned/dag/år\n",
  ]

  @Test(arguments: Seeds.all)
  func bothWaysFindTheSame(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var (fast, distrusted, trusted) = (0, 0, 0)
    for round in 0..<25 {
      let bytes = Self.register(&random, rows: Int.random(in: 1...50, using: &random))
      let world = BulkPassTests.setup(bytes, columns: Self.orders.randomElement(using: &random) ?? "")
      let plain = BulkPassTests.plain(world)
      if case .success(let found?) = plain {
        let isDistrusted = found.defects.contains { if case .distrusted = $0.kind { true } else { false } }
        if isDistrusted { distrusted += 1 } else { trusted += 1 }
      }
      fast += BulkPassTests.fastWays(world, against: plain, "seed \(seed), round \(round)")
    }
    #expect(fast > 60 && distrusted > 5 && trusted > 2, "seed \(seed): \(fast), \(distrusted), \(trusted)")
  }

  /// What a service remembers of a column does not outlive the trust in it, nor the lack of it.
  @Test(arguments: BulkPassTests.divisions)
  func aServiceForgetsWhatItTrusted(division: BulkPass.Division) throws {
    let rows = (0..<60).map {
      "S-\($0);svar;Jobcenter;sb@k.example;\($0 % 3 == 0 ? "2024-03-01" : "02/03/2024");;;;;;;;;;;emne\n"
    }
    let memory = ReaderMemory()
    let last = [
      ("S-60", "2024-03-04"), ("S-60", "02/14/2024"), ("S-60", "14/02/2024"), ("S-60", "02/14/2024"),
      ("S-60", "3/3/2024"),
    ]
    var known = KnownCases([])
    for (step, (id, received)) in last.enumerated() {
      let text =
        RandomRegister.header + "\n" + rows.joined()
        + "\(id);svar;Jobcenter;sb@k.example;\(received);;;;;;;;;;;emne\n"
      let world = BulkPassTests.setup(Array(text.utf8), now: Make.moment("2024-03-18"))
      let watch = Watch(.seen, known, rows: .kept)
      let found = try #require(
        try BulkPass(world.setup, files: world.files, watch, division, remembering: memory).run())
      let plain = BulkPassTests.plain(world)
      #expect(
        BulkPassTests.differences(.success(BulkPassTests.Findings(found.survey, world.setup)), plain) == [],
        "step \(step)")
      if known.header != found.header { known = known.withoutRows(under: found.header) }
      for seen in found.seen { known.settle(seen.id, row: seen.row) }
      // 40 of the others, and the last.
      #expect((found.survey.count(.unclear) > 40) == (step % 2 == 1), "step \(step)")
    }
  }

  /// The clocks that need a date of such a column are unclear, whichever way the register is read, and the
  /// report says so once.
  @Test func theReportTellsTheColumnOnce() throws {
    let rows = (1...40).map { "S-\($0);Jobcenter;sb1@k.example;03/\(padded($0 % 12 + 5, to: 2))/2024;\n" }
    let world = SmallWorld(register: SmallWorld.header + rows.joined())
    let result = world.tick("2024-03-20")
    #expect(result.code == .data)
    #expect(
      result.error
        == "k/register.csv:9: modtaget: \"03/13/2024\" can only be month first, and no other value of the column can only be day first, "
        + "so none of its 40 dates of such a form is read; write in [register] datoformat = måned/dag/år, "
        + "or for this column alone datoformat = modtaget: måned/dag/år\n1 problem in the register\n")
    let report = try #require(world.files.text("k/out/fristrapport.txt"))
    #expect(
      report.contains(
        "linje 9: »modtaget« har datoer, der kun kan have måneden først, og ingen, der kun kan have dagen; 40 datoer er ikke læst."
      ), "\(report)")
    #expect(world.files.text("k/out/counts.csv") == "Jobcenter;svar;uafklaret;40\n")
    let mended = world.configured("kilde = register.csv", "kilde = register.csv\ndatoformat = måned/dag/år")
    #expect(mended.tick("2024-03-20").code == .ok)
    #expect(world.files.text("k/out/counts.csv")?.contains("uafklaret") == false)
  }

  /// Not even what is wrong with a birthday is quoted.
  @Test func aColumnOfBirthdaysIsNotQuoted() {
    let rule = Make.ruleFile(
      "fra = fødselsdato\nlængde = 18 år\nruller = nej\neksempel = fødselsdato 2006-03-04 → frist 2024-03-04")
    let world = SmallWorld(
      register: "sagsnr;afdeling;sagsbehandler;fødselsdato;besvaret\nS-1;Jobcenter;a@k.example;03/17/2006;\n",
      rule: rule)
    let result = world.run("check --config k/fristvagt.conf")
    #expect(
      result.error.contains("k/register.csv:2: fødselsdato: a value can only be month first, "),
      "\(result.error)")
    #expect(!result.error.contains("03/17"))
  }

  /// A two-digit birthday lies behind the day that is looked at, on every day of a simulation too.
  @Test func birthdaysLieBehindToday() {
    let rule = Make.ruleFile(
      "fra = fødselsdato\nlængde = 18 år\nruller = nej\neksempel = fødselsdato 2006-03-04 → frist 2024-03-04")
    let world = SmallWorld(
      register: "sagsnr;afdeling;sagsbehandler;fødselsdato;besvaret\nS-1;Jobcenter;a@k.example;10.03.24;\n",
      rule: rule)
    func due(_ today: String) -> Substring {
      world.run("list --config k/fristvagt.conf --today \(today) --format csv").output.split(separator: "\n")[
        1
      ].prefix(10)
    }
    #expect(due("2024-03-10") == "2042-03-10")
    #expect(due("2024-03-09") == "1942-03-10")
  }

  /// An instant is reckoned from itself, in the hour that a clock goes through twice too.
  @Test(arguments: [
    ("2024-10-27T00:30Z", "2024-10-28T01:30"), ("2024-10-27T01:30Z", "2024-10-28T02:30"),
    ("2024-10-27 02:30:00+02", "2024-10-28T01:30"), ("2024-10-27 02:30:00+01:00", "2024-10-28T02:30"),
    ("2024-10-27 02:30", "2024-10-28T01:30"), ("2024-07-01T22:30Z", "2024-07-03T00:30"),
  ])
  func hoursFromAnInstant(received: String, due: String) {
    let rule = Make.ruleFile(
      "længde = 24 timer\neksempel = modtaget 2024-03-04T10:00 → frist 2024-03-05T10:00")
    let world = SmallWorld(
      register: SmallWorld.header + "S-1;Jobcenter;a@k.example;\(received);\n", rule: rule)
    let list = world.run("list --config k/fristvagt.conf --today 2024-12-01 --format csv")
    #expect(list.code == .ok && list.error == "")
    #expect(list.output.split(separator: "\n")[1].hasPrefix(due + ";"), "\(list.output)")
  }
}
