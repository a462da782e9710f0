package import Notifier
import Rules

/// What a command sees of the world outside; tests put a world in memory in its place.
package struct World: Sendable {
  package let files: any FileSystem
  package let clock: any TimeSource
  package let console: any Console
  package let transport: @Sendable (MailOutlet, any FileSystem) -> any MailTransport
  /// What a service waits on; the signal is raised when somebody asks it to leave.
  package let wakes: @Sendable (StopSignal) -> any WakeSource
  package let manager: any ServiceManager

  package init(
    files: any FileSystem, clock: any TimeSource, console: any Console,
    transport: @escaping @Sendable (MailOutlet, any FileSystem) -> any MailTransport = World.realTransport,
    wakes: @escaping @Sendable (StopSignal) -> any WakeSource = { DispatchWake(stop: $0) },
    manager: any ServiceManager = Systemd()
  ) {
    self.wakes = wakes
    self.manager = manager
    self.files = files
    self.clock = clock
    self.console = console
    self.transport = transport
  }

  /// Sendmail or a maildir, as the configuration says.
  package static let realTransport: @Sendable (MailOutlet, any FileSystem) -> any MailTransport = {
    outlet, files in
    switch outlet {
    case .sendmail(let program): SendmailTransport(program: program)
    case .maildir(let directory): MaildirTransport(directory: directory, files: files)
    }
  }
}

/// Standard input, output and error.
package protocol Console: Sendable {
  func print(_ text: String)
  func printError(_ text: String)
  /// Hands the lines of standard input, without their LF, to `body`.
  func readLines(_ body: (String) -> Void)
}

extension World {
  /// Prints `problems` in source order, a line each, and how many there are.
  func report(_ problems: ProblemList) {
    for problem in problems.inSourceOrder { console.printError("\(problem)\n") }
    console.printError("\(problems.summary)\n")
  }

  /// Prints one problem as the only one.
  func report(_ problem: Problem) {
    console.printError("\(problem)\n")
  }
}
