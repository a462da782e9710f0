import CGlibc
import Glibc
import Notifier
import Rules

/// The program: chooses the command and runs it.
package enum Program {
  package static let version = "0.1.0"

  package static let commands: [any Command.Type] = [
    CheckCommand.self, TickCommand.self, ServeCommand.self, ReportCommand.self,
    PreviewCommand.self, ListCommand.self,
    ExplainCommand.self, DueCommand.self, SimulateCommand.self, CompareCommand.self, StatsCommand.self,
    StatusCommand.self,
  ]

  /// Runs the command line `words` (without the program's name) in the real world.
  package static func run(_ words: [String]) -> ExitCode {
    // A reader that goes away, and a file that may not grow, are told by write's error, not by death.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    // Where the caller ignored it, nobody could ask how a child ended.
    signal(SIGCHLD, SIG_DFL)
    if words.first != ServeCommand.name { keepFreedMemory() }
    return run(words, in: World(files: DiskFileSystem(), clock: SystemClock(), console: StandardConsole()))
  }

  /// A process that soon ends uses what it has freed again: to give it back to the system and be given other
  /// memory costs more than much of what is done with it. A service gives it back.
  private static func keepFreedMemory() {
    // Blocks of this size and more are given back all the same: ten million cases would keep a tenth more
    // memory for nothing.
    let size: Int32 = 4 << 20
    mallopt(M_MMAP_THRESHOLD, size)
    mallopt(M_TRIM_THRESHOLD, size)
  }

  /// Runs the command line in `world`.
  package static func run(_ words: [String], in world: World) -> ExitCode {
    guard let name = words.first, !["help", "--help", "-h"].contains(name) else {
      world.console.print(help)
      return words.isEmpty ? .usage : .ok
    }
    if name == "--version" {
      world.console.print("fristvagt \(version)\n")
      return .ok
    }
    guard let command = commands.first(where: { $0.name == name }) else {
      world.console.printError(
        "fristvagt: unknown command \"\(name)\"" + suggestion(for: name, among: commands.map { $0.name })
          + "\n")
      return .usage
    }
    return run(command, Array(words.dropFirst()), in: world)
  }

  private static func run(_ command: any Command.Type, _ words: [String], in world: World) -> ExitCode {
    if words.contains("--help") || words.contains("-h") {
      world.console.print(command.help)
      return .ok
    }
    do throws(Remedy) {
      return try command.init(Arguments(words, options: command.options)).run(in: world)
    } catch {
      world.console.printError("fristvagt \(command.name): \(error.message)\n")
      return .usage
    }
  }

  private static var help: String {
    let list = commands.map {
      "  \($0.name)\(String(repeating: " ", count: max(1, 9 - $0.name.count)))\($0.summary)\n"
    }
    return """
      usage: fristvagt COMMAND [OPTIONS]

      Watches the deadlines of a kommune's cases and tells who must know, in time and once.

      commands:
      \(list.joined())
      fristvagt COMMAND --help tells more of each. Exit codes are those of sysexits.h.

      """
  }
}
