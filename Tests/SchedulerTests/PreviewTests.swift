import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// Any message can be seen without being sent.
@Suite struct PreviewTests {
  private func preview(_ words: String, _ world: SmallWorld = SmallWorld()) -> (
    code: ExitCode, output: String, error: String
  ) {
    world.run("preview \(words) --config k/fristvagt.conf --now 2024-03-14T09:00")
  }

  @Test func theListNamesEveryMessage() {
    let result = preview("")
    #expect(result.code == .ok && result.error == "")
    #expect(
      result.output == """
        reminder  leder@k.example  2 frister: 1 overskredet, 1 i dag
        reminder  raad@k.example   1 frist er overskredet
        reminder  sb1@k.example    2 frister: 1 overskredet, 1 i dag
        reminder  sb2@k.example    1 frist i morgen
        digest    job@k.example    Frister i Jobcenter: 1 overskredet, 1 forfalder i dag, 1 inden 5 arbejdsdage
        report    raad@k.example   Fristrapport: 1 overskredet, 1 forfalder i dag, 1 inden 5 arbejdsdage
        opening   job@k.example    Åbningsoversigt · Frister i Jobcenter: 1 overskredet, 1 på vej
        alarm     raad@k.example   Fristvagten sender ikke: registeret kan ikke læses
        alarm     raad@k.example   Fristvagten sender ikke: registeret er ufuldstændigt
        alarm     raad@k.example   Fristvagten sender ikke: registeret er ved at blive skrevet
        alarm     raad@k.example   Fristvagten sender ikke: registeret er skrumpet
        alarm     raad@k.example   Fristvagten sender ikke: uret går forkert

        """, "\(result.output)")
  }

  /// What is shown is what is sent, to the byte.
  @Test func whatIsShownIsWhatIsSent() throws {
    let world = SmallWorld()
    let shown = preview("reminder --to sb1@k.example --format eml", world).output
    let transport = RecordingTransport()
    _ = world.tick("2024-03-14T09:00", transport: transport)
    let sent = try #require(transport.accepted.first { $0.recipient.localPart == "sb1" })
    #expect(shown == String(decoding: sent.bytes, as: UTF8.self))
    // Also after it was sent.
    #expect(preview("reminder --to sb1@k.example --format eml", world).output == shown)
  }

  @Test func nothingIsWritten() {
    let world = SmallWorld(past: .unused)
    let before = world.files.paths(below: "k")
    for kind in ["", "reminder", "digest", "report", "opening", "alarm"] { _ = preview(kind, world) }
    #expect(world.files.paths(below: "k") == before)
  }

  @Test(arguments: [
    ("reminder --case S-3", "S-3", "S-1"), ("reminder --to sb2@k.example", "S-3", "S-1"),
    ("digest --department Jobcenter", "FRISTER I JOBCENTER", "FRISTRAPPORT"),
    ("report", "FRISTRAPPORT", "Til:  job"),
    ("reminder --case S-1 --format html", "<!DOCTYPE html>", "S-2"),
    ("reminder --case S-1 --format ics", "BEGIN:VCALENDAR", "S-2"),
    ("alarm", "Sagsregisteret kunne ikke læses", "S-1"),
    ("digest --case S-1", "Ingen besked at vise", "S-1"),
  ])
  func oneKind(words: String, holds: String, lacks: String) {
    let result = preview(words)
    #expect(result.code == .ok)
    #expect(result.output.contains(holds) && !result.output.contains(lacks), "\(result.output)")
  }

  @Test(arguments: [
    ("remindr", "fristvagt preview: \"remindr\" is not known; did you mean \"reminder\"?\n"),
    ("reminder digest", "fristvagt preview: \"digest\" is one word too many; name one kind of message\n"),
    (
      "--to hvem",
      "fristvagt preview: --to: \"hvem\" is no mail address; write for example jobcenter@kommune.example\n"
    ),
    ("--case S-4", "--case: the register has no deadline on case \"S-4\"; correct the number\n"),
    ("--department Jobcentr", "--department: no department \"Jobcentr\"; did you mean \"Jobcenter\"?\n"),
  ])
  func whatCannotBeMeant(words: String, message: String) {
    let result = preview(words)
    #expect(result.code == .usage && result.error == message, "\(result.error)")
  }

  @Test func ofOneCaseOrDepartmentOnlyWhatIsAboutIt() {
    let ofCase = preview("--case S-1").output.split(separator: "\n").map { $0.prefix(8) }
    #expect(ofCase == ["reminder", "reminder", "reminder", "opening "])
    let ofDepartment = Set(
      preview("--department Jobcenter").output.split(separator: "\n").map { $0.prefix(7) })
    #expect(ofDepartment == ["reminde", "digest ", "opening"])
  }

  /// A kommune's own wording, from its folder to the message; and what is wrong in it stops everything, with
  /// its place.
  @Test func ownWording() {
    let world = SmallWorld().configured("rapporter = out", "rapporter = out\ntekster = tekster")
    world.files.put("# vores\nKærlig hilsen fra {kommune}\n", at: "k/tekster/varsel-afslutning.txt")
    #expect(preview("reminder", world).output.contains("Kærlig hilsen fra Prøve\n"))
    world.files.put("Hej {navn}", at: "k/tekster/varsel-indledning.txt")
    world.files.put("Hej", at: "k/tekster/varsel-slutning.txt")
    world.files.put("ikke en tekst", at: "k/tekster/LÆSMIG")
    world.files.put("x", at: "k/tekster/forbehold.txt/x")
    let check = world.run("check --config k/fristvagt.conf --now 2024-03-14T09:00")
    #expect(check.code == .configuration)
    #expect(
      check.error == """
        k/tekster/forbehold.txt: is no file; write the text into a file of that name
        k/tekster/varsel-slutning.txt: no text has this name; did you mean "varsel-afslutning"?
        k/tekster/varsel-indledning.txt:1: unknown placeholder {navn}; write one of: kommune, dato, antal
        3 problems in 3 files

        """, "\(check.error)")
    #expect(world.tick("2024-03-14").code == .configuration && world.mails.isEmpty)
  }

  @Test func aFolderOfTextsThatIsNotThere() {
    let world = SmallWorld().configured("rapporter = out", "rapporter = out\ntekster = tekst")
    let result = preview("", world)
    #expect(result.code == .configuration)
    #expect(result.error.hasPrefix("k/fristvagt.conf:6: tekster: "))
  }
}
