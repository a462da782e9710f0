import Glibc

/// The real standard streams.
package struct StandardConsole: Console {
  package init() {}

  package func print(_ text: String) { write(text, to: STDOUT_FILENO) }

  package func printError(_ text: String) { write(text, to: STDERR_FILENO) }

  package func readLines(_ body: (String) -> Void) {
    while let line = readLine(strippingNewline: true) { body(line) }
  }

  /// A reader that has gone away (`| head`) is no reason to fail.
  private func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
