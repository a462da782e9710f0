import Notifier
import Rules

extension TickFault {
  /// Prints why the tick stopped.
  func report(in world: World) -> ExitCode {
    switch self {
    case .register(let fault): return fault.report(in: world)
    case .shrunken(_, _, let problem):
      world.report(problem)
      return .data
    case .clockBehind(_, let problem), .clockImplausible(let problem):
      world.report(problem)
      return .temporary
    case .journal(let fault):
      world.report(fault.problem)
      return fault.exitCode
    case .file(let fault):
      world.console.printError("\(fault)\n")
      return .ioError
    case .locked(let path, let holder):
      world.console.printError(
        "\(path): another fristvagt is at work on this folder (\(holder)); nothing was done\n")
      return .temporary
    case .interrupted: return .ok
    }
  }
}

extension JournalFault {
  fileprivate var exitCode: ExitCode {
    switch self {
    case .file: .ioError
    case .nothingToAccept: .usage
    case .damaged, .unknownVersion, .lost: .stateFile
    }
  }
}
