import Rules
import Scheduler
import TestSupport
import Testing

/// Every command where what it needs is not there: what it says, and with which exit code.
@Suite struct CommandFaultTests {
  private static let config = "--config k/fristvagt.conf"

  /// The commands that read the register, each with what else it wants.
  private static let readers = [
    "report --out r", "list", "explain S-1", "preview", "simulate --from 2024-03-13 --to 2024-03-14",
    "compare --rules k/svar.frist", "check", "tick", "stats --from 2024-03-01 --to 2024-03-14",
  ]

  /// A command that is new has to be tried here.
  @Test func everyCommandIsTriedOrNeedsNoRegister() {
    let tried = Self.readers.compactMap { $0.split(separator: " ").first.map(String.init) }
    // `serve` runs until it is told to stop, and has tests of its own.
    #expect(Set(tried + ["due", "status", "serve"]) == Set(Program.commands.map { $0.name }))
  }

  @Test(arguments: readers)
  func aRegisterThatIsNotThere(command: String) {
    let result = SmallWorld(register: nil).run("\(command) \(Self.config)")
    #expect(result.code == .noInput)
    #expect(
      result.error.contains(
        "k/fristvagt.conf:8: kilde: k/register.csv: cannot read: no such file or directory; correct the path, or the right to read it\n"
      ), "\(result.error)")
  }

  @Test(arguments: readers)
  func aRegisterWithoutItsColumns(command: String) {
    let world = SmallWorld(register: "sagsnr;emne\nS-1;svar\n")
    let result = world.run("\(command) \(Self.config)")
    #expect(result.code == .data)
    let problems = ["afdeling", "sagsbehandler", "modtaget", "besvaret"].map {
      "k/register.csv:1: the column \"\($0)\" is missing; add it, or say in [register] which column it is: kolonne = \($0): HEADER\n"
    }
    #expect(result.error.contains(problems.joined() + "4 problems in 1 file\n"), "\(result.error)")
    #expect(world.mails == world.alarms)
  }

  @Test(arguments: readers)
  func aRegisterThatEndsInsideAQuote(command: String) {
    let world = SmallWorld(register: SmallWorld.register + "\"S-4;Jobcenter;sb1@k.example;2024-03-06;\n")
    let result = world.run("\(command) \(Self.config)")
    #expect(result.code == .data)
    #expect(result.error.contains("k/register.csv:5: a quote opens here and never closes"), "\(result.error)")
    #expect(world.mails == world.alarms)
  }

  @Test(arguments: readers + ["due svar 2024-03-04", "status"])
  func aConfigurationThatIsNotThere(command: String) {
    let result = SmallWorld().run("\(command) --config k/nowhere.conf")
    #expect(result.code == .configuration)
    #expect(
      result.error
        == "k/nowhere.conf: cannot read the configuration: no such file or directory; name another with --config\n1 problem in 1 file\n"
    )
  }
}
