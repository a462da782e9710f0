import Glibc

/// The real standard streams.
package struct StandardConsole: Console {
  package init() {}

  package func print(_ text: String) { write(text, to: STDOUT_FILENO) }

  package func printError(_ text: String) { write(text, to: STDERR_FILENO) }

  package func readLines(_ body: (String) -> Void) {
    while let line = readLine(strippingNewline: true) { body(line) }
  }

  /// A reader that has gone away (`| head`) is no reason to fail; output that is lost otherwise is, and
  /// nobody is left to be told but by the exit code.
  private func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EPIPE { return }
      guard count > 0 else { exit(ExitCode.ioError.rawValue) }
      rest = rest.dropFirst(count)
    }
  }
}
