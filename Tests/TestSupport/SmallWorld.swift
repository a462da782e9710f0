import Notifier
import Rules
package import Scheduler

/// A kommune in memory: one configuration, one rule, a register, and everything that a tick touches.
package struct SmallWorld: Sendable {
  package let files: InMemoryFileSystem
  package let configuration = "k/fristvagt.conf"

  package static let rule = Make.ruleFile(
    """
    varsel = 3 arbejdsdage før: sagsbehandler
    varsel = på dagen: sagsbehandler, leder
    varsel = 1 arbejdsdag efter: leder, borgerrådgiver; gentag 5 arbejdsdage
    """)

  package static let sections = """
    [fristvagt]
    kommune = Prøve
    regler = svar.frist
    tilstandsmappe = state
    rapporter = out

    [register]
    kilde = register.csv

    [borgerrådgiver]
    adresse = raad@k.example

    [afdeling Jobcenter]
    leder = leder@k.example
    postkasse = job@k.example

    [mail]
    maildir = udbakke
    afsender = Fristvagt <fristvagt@k.example>
    returadresse = retur@k.example

    """

  package static let header = "sagsnr;afdeling;sagsbehandler;modtaget;besvaret\n"

  /// Three open cases, received on 4, 5 and 6 March 2024: due on 13, 14 and 15 March.
  package static let register =
    header + "S-1;Jobcenter;sb1@k.example;2024-03-04;\nS-2;Jobcenter;sb1@k.example;2024-03-05;\n"
    + "S-3;Jobcenter;sb2@k.example;2024-03-06;\n"

  /// Whether the program has been at work here before.
  package enum Past: Sendable {
    case unused
    /// Since before the first case, so that every step is told by itself.
    case commissioned
  }

  package init(
    register: String? = Self.register, configuration: String = Self.sections, rule: String = Self.rule,
    past: Past = .commissioned
  ) {
    files = InMemoryFileSystem(["k/fristvagt.conf": configuration, "k/svar.frist": rule])
    if let register { files.put(register, at: "k/register.csv") }
    if past == .commissioned { files.put(Self.begunJournal, at: "k/state/journal") }
  }

  /// The journal of a program that has had nothing to tell yet.
  private static let begunJournal: String = {
    var head = JournalHead.start
    return [
      JournalRecord.Event.opened(version: JournalRecord.version), .commissioned,
      .pass(JournalRecord.Pass(cases: 3, clocks: 0)),
    ].map { head.line(of: JournalRecord(time: Make.moment("2020-01-01"), $0)) }.joined()
  }()

  /// Replaces `old` in the configuration.
  package func configured(_ old: String, _ new: String) -> SmallWorld {
    files.put((files.text(configuration) ?? "").replacing(old, with: new), at: configuration)
    return self
  }

  /// Runs a command line and returns what it said.
  package func run(
    _ words: String, input: [String] = [], transport: RecordingTransport? = nil
  ) -> (code: ExitCode, output: String, error: String) {
    let console = RecordingConsole(input: input)
    let world =
      if let transport {
        World(
          files: files, clock: FixedClock(1_710_403_200), console: console, transport: { _, _ in transport })
      } else {
        World(files: files, clock: FixedClock(1_710_403_200), console: console)
      }
    let code = Program.run(words.split(separator: " ").map(String.init), in: world)
    return (code, console.output, console.error)
  }

  /// One tick as of `now`, a date or a moment.
  package func tick(
    _ now: String, transport: RecordingTransport? = nil
  ) -> (code: ExitCode, output: String, error: String) {
    let option = now.contains("T") ? "--now" : "--today"
    return run("tick --config \(configuration) \(option) \(now)", transport: transport)
  }

  /// The journal as it stands.
  package func journal() throws -> JournalReplay {
    try JournalReplay(try files.read("k/state/journal"), file: "k/state/journal")
  }

  /// The mails in the maildir, each with its text.
  package var mails: [String] {
    files.paths(below: "k/udbakke/new").compactMap { files.text($0) }
  }

  /// Those that tell the adviser of fristvagt's own trouble.
  package var alarms: [String] { mails.filter(Self.isAlarm) }

  /// All others.
  package var reminders: [String] { mails.filter { !Self.isAlarm($0) } }

  private static func isAlarm(_ mail: String) -> Bool {
    mail.contains("Subject: Fristvagten sender ikke")
      || mail.contains("Subject: =?UTF-8?Q?Fristvagten_sender_ikke")
      || mail.contains("ske_ikke_n")
  }
}
