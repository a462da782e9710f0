import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// Case numbers that look like CPR numbers: masked and told apart, or shown and linked, as the configuration
/// says.
struct CaseNumberTests {
  private static let sections = SmallWorld.sections.replacing(
    "rapporter = out", with: "rapporter = out\nkalendere = kal"
  ).replacing("retur@k.example", with: "retur@k.example\nlink = https://r.example/sag/{sagsnr}")

  private static let register =
    SmallWorld.header + "2603021234;Jobcenter;sb1@k.example;2024-03-04;\n"
    + "2603021235;Jobcenter;sb1@k.example;2024-03-04;\n"
    + "2026-0302120001;Jobcenter;sb1@k.example;2024-03-06;\nS-4;Jobcenter;sb1@k.example;2024-03-06;\n"

  private static let numbers = ["2603021234", "2603021235", "2026-0302120001"]

  private let masked = SmallWorld(register: register, configuration: sections)
  private let named = SmallWorld(
    register: register,
    configuration: sections.replacing(
      "kilde = register.csv", with: "kilde = register.csv\nsagsnumre = ligner CPR"))

  /// Everything that a tick and the commands put out.
  private func products(_ world: SmallWorld) -> [String: String] {
    _ = world.tick("2024-03-15T12:00:00")
    var products: [String: String] = [:]
    for folder in ["k/out", "k/kal"] {
      for path in world.files.paths(below: folder) { products[path] = world.files.text(path) }
    }
    for (index, mail) in world.reminders.enumerated() {
      products["mail \(index)"] = ReadMail(Array(mail.utf8)).everything
    }
    let options = "--config k/fristvagt.conf --today 2024-03-15"
    for command in [
      "list", "list --format csv", "list --format json", "explain 2603021234",
      "explain --format html 2603021234",
      "preview", "preview --format html", "preview --format ics", "compare --rules k/svar.frist",
    ] {
      products[command] = world.run("\(command) \(options)").output
    }
    return products
  }

  @Test func maskedTheyAreToldApartAndLeadNowhere() throws {
    let products = products(masked)
    for (name, text) in products {
      for number in Self.numbers {
        #expect(!text.contains(number) && !text.contains(number.suffix(10)), "\(name)")
      }
      #expect(!text.contains("sag/%E2") && !text.contains("sag/2"), "\(name)")
    }
    #expect(products["k/out/fristrapport.txt"]?.contains("•••••••••• (linje 2)") == true)
    #expect(products["k/out/fristrapport.txt"]?.contains("•••••••••• (linje 3)") == true)
    #expect(products["k/out/fristrapport.txt"]?.contains("2026-•••••••••• (linje 4)") == true)
    #expect(products["k/out/fristrapport.html"]?.contains("https://r.example/sag/S-4") == true)
    #expect(
      products["k/out/overdue/Jobcenter.csv"]
        == "2024-03-13;•••••••••• (linje 2);svar\n2024-03-13;•••••••••• (linje 3);svar\n")
    #expect(products["list"]?.contains("•••••••••• (linje 3)") == true)
    #expect(products["explain 2603021234"]?.contains("Sag •••••••••• (linje 2) · Jobcenter") == true)
    #expect(products["mail 0"].map { $0.contains("(linje 4)") || $0.contains("(linje 2)") } == true)
    let calendar = products["k/kal/afdelinger/Jobcenter.ics"]?.replacing("\r\n ", with: "")
    #expect(calendar?.contains("SUMMARY:Frist: Svar (•••••••••• (linje 2))") == true)
  }

  @Test func namedTheyAreShownAndLinked() throws {
    let products = products(named)
    for (name, text) in products { #expect(!text.contains("•") && !text.contains("(linje"), "\(name)") }
    let html = try #require(products["k/out/fristrapport.html"])
    for number in Self.numbers {
      #expect(html.contains("<a href=\"https://r.example/sag/\(number)\">\(number)</a>"))
    }
    #expect(
      products["k/out/overdue/Jobcenter.csv"] == "2024-03-13;2603021234;svar\n2024-03-13;2603021235;svar\n")
    #expect(products["list --format csv"]?.contains("2603021235") == true)
    #expect(products["explain 2603021234"]?.contains("Sag 2603021234 · Jobcenter") == true)
    #expect(products["k/kal/afdelinger/Jobcenter.ics"]?.contains("SUMMARY:Frist: Svar (2603021234)") == true)
  }

  @Test func checkSaysHowManyAndWhatToWrite() {
    let check = "check --config k/fristvagt.conf --today 2024-03-15"
    let remark =
      "bemærk: k/register.csv: sagsnumrene i 3 sager ligner CPR-numre og er skjult, med registerets linje i stedet "
      + "og uden link; er de sagsnumre, så skriv sagsnumre = ligner CPR i [register]\n"
    #expect(masked.run(check).output.contains(remark))
    #expect(masked.run(check).code == .ok)
    #expect(!named.run(check).output.contains("sagsnumrene"))
  }

  /// Whatever a link holds is the number as the register has it.
  @Test(
    arguments: [
      ("S-1", "S-1"), ("S 1/å", "S%201%2F%C3%A5"), ("010190-1234", nil), ("S\u{202E}1", nil),
      ("S\u{FFFD}1", nil),
      (String(repeating: "x", count: 80), String(repeating: "x", count: 80)),
    ] as [(String, String?)])
  func noLinkThatCannotWork(id: String, number: String?) {
    let numbers = CaseNumbers(link: "https://r.example/{sagsnr}")
    #expect(numbers.link(to: id) == number.map { "https://r.example/\($0)" })
  }

  @Test func whatTheRegisterHasNoMoreHasNoLine() {
    var numbers = CaseNumbers()
    #expect(numbers.shown("010190-1234") == "••••••-•••• (ikke i registeret)")
    numbers.note("010190-1234", line: 7)
    numbers.note("010190-1234", line: 5)
    #expect(numbers.whole("010190-1234") == "••••••-•••• (linje 5)")
    #expect(CaseNumbers(.caseNumbers).shown("010190-1234\u{202E}") == "010190-1234")
  }

  @Test(arguments: Seeds.all)
  func bothWaysThroughARegisterTellTheSame(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for columns in ["", "sagsnumre = ligner CPR\n"] {
      var fast = 0
      for round in 0..<10 {
        let rows = (0..<Int.random(in: 1...50, using: &random)).map { _ in
          let number = 2_603_021_230 + Int.random(in: 0..<20, using: &random)
          let id =
            ["\(number)", "2026-0\(number % 1_000_000_000)", "S-\(number % 100)", "\(number % 1_000_000)"]
            .randomElement(using: &random) ?? ""
          let answered = Bool.random(using: &random) ? "2024-03-08" : ""
          return "\(id);svar;Jobcenter;sb@k.example;2024-03-0\(number % 9 + 1);\(answered);;;;;;;;;;\n"
        }
        let bytes = Array((RandomRegister.header + "\n" + rows.joined()).utf8)
        let world = BulkPassTests.setup(bytes, columns: columns)
        fast += BulkPassTests.fastWays(
          world, against: BulkPassTests.plain(world), "seed \(seed), round \(round)")
      }
      #expect(fast > 10, "seed \(seed): only \(fast) went the fast way")
    }
  }
}
