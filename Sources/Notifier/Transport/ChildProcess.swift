import Glibc
import Rules

/// Runs one program in a process group of its own, with a fixed environment and a time limit.
///
/// Not Foundation's `Process`: it waits for grandchildren that the child left in the background.
package struct ChildProcess: Sendable {
  /// How it ended.
  package enum Ending: Hashable, Sendable {
    /// With its exit code and the beginning of what it said on standard error, on one line.
    case exited(Int32, words: String)
    case killed(signal: Int32)
    case timedOut
    case notStarted(FileFault)
  }

  private let program: String
  private let arguments: [String]

  /// At most this many bytes of standard error are kept.
  private static let keptBytes = 1_000
  private static let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"]

  package init(program: String, arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }

  /// Runs the program to its end, or for at most `timeout` seconds; then its whole group is killed.
  ///
  /// The input file is held locked through the very description that the child reads, so that the lock lives as
  /// long as any process still reads it, even when this one dies.
  package func run(standardInput path: String, timeout: Int) -> Ending {
    let input = open(path, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { return .notStarted(FileFault("read", path, code: errno)) }
    defer { close(input) }
    guard flock(input, LOCK_EX | LOCK_NB) == 0 else {
      // An earlier child of a killed process still reads it; it is asked again at the next tick.
      return .notStarted(FileFault("take over", path, code: errno))
    }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return .notStarted(FileFault("run", program, code: errno)) }
    let (words, wordsIn) = (ends[0], ends[1])
    defer { close(words) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(words, F_SETFL, O_NONBLOCK)

    let spawned = spawn(input: input, error: wordsIn)
    close(wordsIn)
    switch spawned {
    case .failure(let fault): return .notStarted(fault)
    case .success(let child): return wait(for: child, words: words, timeout: timeout)
    }
  }

  private func spawn(input: Int32, error: Int32) -> Result<pid_t, FileFault> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
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
    let envp = CStrings(Self.environment)
    var child = pid_t()
    let code = posix_spawn(&child, program, &actions, &attributes, argv.pointers, envp.pointers)
    argv.free()
    envp.free()
    return code == 0 ? .success(child) : .failure(FileFault("run", program, code: code))
  }

  private func wait(for child: pid_t, words: Int32, timeout: Int) -> Ending {
    var kept: [UInt8] = []
    let deadline = Self.monotonicMilliseconds() + Int64(timeout) * 1_000
    while true {
      Self.drain(words, into: &kept)
      var status: Int32 = 0
      let found = waitpid(child, &status, WNOHANG)
      if found == child {
        Self.drain(words, into: &kept)
        return Self.ending(status, kept)
      }
      if Self.monotonicMilliseconds() > deadline {
        kill(-child, SIGKILL)
        waitpid(child, &status, 0)
        return .timedOut
      }
      // Wakes at once when the child speaks; what it does not say costs two milliseconds.
      var watched = pollfd(fd: words, events: Int16(POLLIN), revents: 0)
      if poll(&watched, 1, 2) > 0, watched.revents & Int16(POLLIN) == 0 { usleep(2_000) }
    }
  }

  /// Reads what is there; never waits for the end, which a grandchild may hold open for ever.
  private static func drain(_ descriptor: Int32, into kept: inout [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return }
      kept += buffer.prefix(min(count, keptBytes - kept.count))
    }
  }

  private static func ending(_ status: Int32, _ kept: [UInt8]) -> Ending {
    // The macros of <sys/wait.h> are not visible from Swift.
    let signal = status & 0x7F
    guard signal == 0 else { return .killed(signal: signal) }
    let words = SafeText.masked(String(decoding: kept, as: UTF8.self))
    return .exited((status >> 8) & 0xFF, words: shortened(trimmed(words), to: 200))
  }

  private static func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
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
