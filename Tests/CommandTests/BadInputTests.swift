import Foundation
import TestSupport
import Testing

/// Each way in which the input can be bad: a sentence with its place, a sysexits code, no mail, no harm.
@Suite struct BadInputTests {
  private let folder: TemporaryFolder
  private let register = "examples/hjoerring/register.csv"
  private let words = ["tick", "--config", "examples/hjoerring/fristvagt.conf"]

  init() throws {
    folder = try TemporaryFolder.withExamples()
  }

  /// Runs a tick after `change` was made to an example that had run well the day before: nothing is sent but
  /// one alarm, and the journal remembers all that it did.
  private func tick(after change: () throws -> Void) throws -> Binary.Outcome {
    #expect(try Binary.run(words + ["--now", "2022-12-16T08:00:00"], in: folder.path).code == 0)
    let mails = folder.tree("examples/hjoerring/udbakke")
    let journal = try folder.read("examples/hjoerring/state/journal")
    try change()
    let outcome = try Binary.run(words, in: folder.path)
    let added = folder.tree("examples/hjoerring/udbakke").filter { mails[$0.key] == nil }
    #expect(
      added.count == 1 && mails.keys.allSatisfy { folder.tree("examples/hjoerring/udbakke")[$0] != nil })
    for (_, bytes) in added {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains("Fristvagten_sender_ikke") && text.contains("To: borgerraadgiver@"))
    }
    #expect(try folder.read("examples/hjoerring/state/journal").hasPrefix(journal))
    return outcome
  }

  @Test func aMissingRegister() throws {
    let outcome = try tick { try FileManager.default.removeItem(atPath: folder.path + "/" + register) }
    #expect(outcome.code == 66)
    #expect(
      outcome.error.contains(
        "kilde: \(register): cannot read: no such file or directory; correct the path, or the right to read it"
      ))
    #expect(outcome.error.hasPrefix("examples/hjoerring/fristvagt.conf:"))
  }

  @Test func aRegisterThatCannotBeRead() throws {
    // A folder, because a test that runs as root may read any file.
    let outcome = try tick {
      try FileManager.default.removeItem(atPath: folder.path + "/" + register)
      try FileManager.default.createDirectory(
        atPath: folder.path + "/" + register, withIntermediateDirectories: true)
    }
    #expect(outcome.code == 66)
    #expect(outcome.error.contains("kilde: \(register): cannot read: it is a directory; correct the path"))
  }

  @Test func anEmptyRegister() throws {
    let outcome = try tick { try folder.write("", to: register) }
    #expect(outcome.code == 65)
    #expect(
      outcome.error.hasPrefix(
        "\(register): the register is empty; export it again, with a header and its cases\n"))
  }

  @Test func aMissingColumn() throws {
    let text = try folder.read(register)
    let outcome = try tick {
      try folder.write(text.replacing("modtaget;", with: "modtagelse;"), to: register)
    }
    #expect(outcome.code == 65)
    #expect(
      outcome.error.contains(
        "\(register):1: the column \"modtaget\" is missing; add it, or say in [register]"))
  }

  @Test func aRegisterThatIsCutOff() throws {
    let text = try folder.read(register)
    let outcome = try tick { try folder.write(String(text.dropLast(60)), to: register) }
    #expect(outcome.code == 65)
    #expect(outcome.error.contains("so the register is cut off; export it again"))
  }

  @Test func anUnknownDepartmentAndADateThatDoesNotExist() throws {
    let bad =
      "sagsnr;type;område;paragraf;forvaltning;afdeling;sagsbehandler;samtykke;modtaget;forventninger_afstemt;afsluttet;forvaltning_kontaktet;dialog_aftalt;lukket;emne\n"
      + "N-1;åben sag;x;;y;Findes ikke;sb@hjoerring.example;ja;2022-12-01;;;;;;x\nN-2;åben sag;x;;y;Borgerservice;sb@hjoerring.example;ja;2022-02-30;;;;;;x\n"
    try folder.write(bad, to: register)
    for command in ["tick", "report", "check"] {
      let outcome = try Binary.run(
        [command, "--config", "examples/hjoerring/fristvagt.conf"], in: folder.path)
      #expect(outcome.code == 65)
      #expect(
        outcome.error.contains(
          "\(register):2: afdeling: \"Findes ikke\" is not in the configuration (1 case); add [afdeling Findes ikke], or correct the register."
        ))
      #expect(
        outcome.error.contains(
          "\(register):3: modtaget: \"2022-02-30\" is no date: February 2022 has 28 days"))
    }
  }

  @Test func anAddressOutsideOfTheKommuneIsNotWrittenTo() throws {
    let text = try folder.read(register)
    try folder.write(text.replacing("@hjoerring.example", with: "@gmail.example"), to: register)
    let outcome = try Binary.run(words, in: folder.path)
    #expect(outcome.code == 65)
    #expect(
      outcome.error.contains(
        "\(register): sagsbehandler: the configuration does not name the domain \"gmail.example\" of an address ("
      ))
    let mails = folder.tree("examples/hjoerring/udbakke").values.map { String(decoding: $0, as: UTF8.self) }
    #expect(!mails.isEmpty && !mails.contains { $0.contains("gmail.example") && $0.contains("To: sb") })
    let check = try Binary.run(["check", "--config", "examples/hjoerring/fristvagt.conf"], in: folder.path)
    #expect(check.code == 65)
    #expect(
      check.error.contains(
        "; correct the register, or add domæner = gmail.example to [mail]. The address is not used: its notices go "
          + "as those of an unknown caseworker\n"))
    let configuration = try folder.read("examples/hjoerring/fristvagt.conf")
    try folder.write(
      configuration.replacing("returadresse = ", with: "domæner = gmail.example\nreturadresse = "),
      to: "examples/hjoerring/fristvagt.conf")
    let again = try Binary.run(["check", "--config", "examples/hjoerring/fristvagt.conf"], in: folder.path)
    #expect(!again.error.contains("gmail.example"))
  }

  @Test func caseNumbersThatLookLikeCPRNumbers() throws {
    let number = try #require(
      try folder.read(register).split(separator: "\n").dropFirst().first?.prefix { $0 != ";" })
    try folder.write(try folder.read(register).replacing("\n\(number);", with: "\n2603021234;"), to: register)
    let configuration = "examples/hjoerring/fristvagt.conf"
    let masked = try Binary.run(["list", "--config", configuration], in: folder.path)
    #expect(masked.output.contains("•••••••••• (linje 2)") && !masked.output.contains("2603021234"))
    let check = try Binary.run(["check", "--config", configuration], in: folder.path)
    #expect(
      check.output.contains(
        "bemærk: \(register): sagsnumrene i 1 sag ligner CPR-numre og er skjult, med registerets linje i stedet og uden link; "
          + "er de sagsnumre, så skriv sagsnumre = ligner CPR i [register]\n"), "\(check.output)")
    try folder.write(
      try folder.read(configuration).replacing("[register]\n", with: "[register]\nsagsnumre = ligner CPR\n"),
      to: configuration)
    let named = try Binary.run(["list", "--config", configuration], in: folder.path)
    #expect(named.output.contains("2603021234") && !named.output.contains("•"))
  }

  @Test func aFolderOfBrokenRulesIsToldWholeInOneRun() throws {
    let outcome = try Binary.run(["check", "Tests/Fixtures/bad-rules"], in: Repository.root)
    #expect(outcome.code == 78)
    for name in try Repository.names(in: "Tests/Fixtures/bad-rules") where name.hasSuffix(".fejl") {
      // Beside other files a calendar may be known or clash, and paths are longer.
      guard !name.hasPrefix("kalender"), !["tabel-mangler.fejl", "gyldig-hul.fejl"].contains(name) else {
        continue
      }
      for line in try Repository.text("Tests/Fixtures/bad-rules/\(name)").split(separator: "\n") {
        let placed =
          "Tests/Fixtures/bad-rules/"
          + line.replacing(
            " at ", with: " at Tests/Fixtures/bad-rules/",
            maxReplacements: line.contains("already defined") ? 1 : 0)
        #expect(outcome.error.contains(placed + "\n"), "\(placed)")
      }
    }
    let lines = outcome.error.split(separator: "\n")
    let files = Set(lines.dropLast().compactMap { $0.split(separator: ":").first }).count
    #expect(files > 40)
    #expect(lines.last == "\(lines.count - 1) problems in \(files) files")
  }

  @Test func aFullStandardOutputIsAnError() throws {
    let process = Process()
    process.executableURL = URL(filePath: Binary.path)
    process.arguments = ["list", "--config", "examples/hjoerring/fristvagt.conf"]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 74)
  }
}
