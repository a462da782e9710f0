import Glibc
import Rules

/// Runs one program in a process group of its own, with a time limit.
///
/// Not Foundation's `Process`: it waits for grandchildren that the child left in the background.
package struct ChildProcess: Sendable {
  /// How it ended.
  package enum Ending: Hashable, Sendable {
    /// With its exit code and the beginning of what it said on standard error, on one line.
    case exited(Int32, words: String)
    case killed(signal: Int32)
    /// Stopped at the end of its time, with what it had said until then.
    case timedOut(words: String)
    case notStarted(FileFault)
  }

  /// What the program finds in its environment.
  package enum Environment: Hashable, Sendable {
    /// A path and a locale, the same wherever the program was started from.
    case fixed
    /// That of this process: a database client looks there for its server and its password file.
    case inherited
  }

  private let program: String
  private let arguments: [String]
  private let environment: Environment

  /// At most this many bytes of standard error are kept.
  private static let keptBytes = 1_000
  private static let fixedEnvironment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"]

  package init(program: String, arguments: [String], environment: Environment = .fixed) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
  }

  /// Runs the program to its end, or for at most `timeout` seconds; then its whole group is killed.
  ///
  /// The input file is held locked through the very description that the child reads, so that the lock lives
  /// as long as any process still reads it, even when this one dies.
  package func run(standardInput path: String, timeout: Int) -> Ending {
    let input = uninterrupted { open(path, O_RDONLY | O_CLOEXEC) }
    guard input >= 0 else { return .notStarted(FileFault("read", path, code: errno)) }
    defer { close(input) }
    guard uninterrupted({ flock(input, LOCK_EX | LOCK_NB) }) == 0 else {
      // An earlier child of a killed process still reads it; it is asked again at the next tick.
      return .notStarted(FileFault("take over", path, code: errno))
    }
    return run(input: input, output: .discarded, timeout: timeout) { _ in true }
  }

  /// Runs the program without input and hands what it writes to `onOutput`, which returns false to stop it
  /// early.
  ///
  /// - Returns: how it ended; stopped early it counts as ended well.
  package func readOutput(timeout: Int, _ onOutput: (ArraySlice<UInt8>) -> Bool) -> Ending {
    let input = uninterrupted { open("/dev/null", O_RDONLY | O_CLOEXEC) }
    guard input >= 0 else { return .notStarted(FileFault("read", "/dev/null", code: errno)) }
    defer { close(input) }
    return run(input: input, output: .piped, timeout: timeout, onOutput)
  }

  private typealias OutputReader = (ArraySlice<UInt8>) -> Bool

  private enum Output {
    case discarded
    case piped
  }

  private func run(input: Int32, output kind: Output, timeout: Int, _ onOutput: OutputReader) -> Ending {
    guard let words = Pipe() else { return .notStarted(FileFault("run", program, code: errno)) }
    defer { close(words.readEnd) }
    var output: Pipe?
    if kind == .piped {
      guard let pipe = Pipe() else {
        close(words.writeEnd)
        return .notStarted(FileFault("run", program, code: errno))
      }
      output = pipe
    }
    defer { if let output { close(output.readEnd) } }
    let spawned = spawn(input: input, output: output?.writeEnd, error: words.writeEnd)
    close(words.writeEnd)
    if let output { close(output.writeEnd) }
    switch spawned {
    case .failure(let fault): return .notStarted(fault)
    case .success(let child):
      return wait(
        for: child, words: words.readEnd, output: output?.readEnd, timeout: timeout, onOutput
      )
    }
  }

  private func spawn(input: Int32, output: Int32?, error: Int32) -> Result<pid_t, FileFault> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, error, 2)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let argv = CStrings([program] + arguments)
    let envp = CStrings(Self.fixedEnvironment)
    var child = pid_t()
    let code =
      environment == .inherited
      ? posix_spawn(&child, program, &actions, &attributes, argv.pointers, environ)
      : posix_spawn(&child, program, &actions, &attributes, argv.pointers, envp.pointers)
    argv.free()
    envp.free()
    return code == 0 ? .success(child) : .failure(FileFault("run", program, code: code))
  }

  private func wait(
    for child: pid_t, words: Int32, output: Int32?, timeout: Int, _ onOutput: OutputReader
  ) -> Ending {
    var kept: [UInt8] = []
    let deadline = Self.monotonicMilliseconds() + Int64(timeout) * 1_000
    while true {
      Self.drain(words, into: &kept)
      var status: Int32 = 0
      let isOver = waitpid(child, &status, WNOHANG) == child
      if let output, !Self.pass(output, to: onOutput) {
        stop(child, isOver)
        return .exited(0, words: "")
      }
      if isOver {
        Self.drain(words, into: &kept)
        return Self.ending(status, kept)
      }
      if Self.monotonicMilliseconds() > deadline {
        stop(child, isOver)
        return .timedOut(words: Self.words(kept))
      }
      // Wakes at once when the child speaks; what it does not say costs two milliseconds.
      var watched = [words, output ?? -1].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      let readable = poll(&watched, 2, 2) > 0 && watched.contains { $0.revents & Int16(POLLIN) != 0 }
      if !readable { usleep(500) }
    }
  }

  private func stop(_ child: pid_t, _ isOver: Bool) {
    kill(-child, SIGKILL)
    var status: Int32 = 0
    if !isOver { _ = uninterrupted { waitpid(child, &status, 0) } }
  }

  /// At most so many bytes are read before the clock is looked at again: a child may write faster than
  /// anybody reads. No pipe holds more, so what it said to its end is read whole.
  private static let mostAtOnce = 1 << 20

  /// Hands on what is there; false when nothing more is wanted.
  private static func pass(_ descriptor: Int32, to reader: OutputReader) -> Bool {
    takeWhatIsThere(descriptor, size: 1 << 16, reader)
  }

  /// Reads what is there and keeps the beginning.
  private static func drain(_ descriptor: Int32, into kept: inout [UInt8]) {
    _ = takeWhatIsThere(descriptor, size: 4_096) { bytes in
      kept += bytes.prefix(keptBytes - kept.count)
      return true
    }
  }

  /// Never waits for the end, which a grandchild may hold open for ever.
  ///
  /// - Returns: false where `reader` did.
  private static func takeWhatIsThere(_ descriptor: Int32, size: Int, _ reader: OutputReader) -> Bool {
    var buffer = [UInt8](repeating: 0, count: size)
    var left = mostAtOnce
    while left > 0 {
      let count = read(descriptor, &buffer, size)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return true }
      if !reader(buffer[..<count]) { return false }
      left -= count
    }
    return true
  }

  private static func ending(_ status: Int32, _ kept: [UInt8]) -> Ending {
    // The macros of <sys/wait.h> are not visible from Swift.
    let signal = status & 0x7F
    guard signal == 0 else { return .killed(signal: signal) }
    return .exited((status >> 8) & 0xFF, words: words(kept))
  }

  /// What was said, on one line.
  private static func words(_ kept: [UInt8]) -> String {
    shortened(trimmed(SafeText.masked(String(decoding: kept, as: UTF8.self))), to: 200)
  }

  private static func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// A pipe that is read without waiting and that no other child inherits.
private struct Pipe {
  let readEnd: Int32
  let writeEnd: Int32

  init?() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    (readEnd, writeEnd) = (ends[0], ends[1])
  }
}

/// A null-terminated array of C strings for one call.
private struct CStrings {
  let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [String]) {
    pointers = strings.map { strdup($0) } + [nil]
  }

  func free() {
    for pointer in pointers { Glibc.free(pointer) }
  }
}
