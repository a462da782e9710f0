import Glibc

/// Whoever started the service and watches over it.
package protocol ServiceManager: Sendable {
  /// Sends lines of sd_notify(3): `READY=1`, `STATUS=…`.
  func tell(_ lines: [String])
}

/// systemd, by the datagram socket that it names in the environment; without one nobody is told.
package struct Systemd: ServiceManager {
  private let address: String?

  package init(socket: String? = getenv("NOTIFY_SOCKET").map { String(cString: $0) }) {
    address = socket
  }

  package func tell(_ lines: [String]) {
    guard let address, !address.isEmpty else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    var path = Array(address.utf8)
    // A leading @ stands for the NUL of an abstract address.
    if path[0] == UInt8(ascii: "@") { path[0] = 0 }
    guard path.count < MemoryLayout.size(ofValue: name.sun_path) else { return }
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path) }
    let length = MemoryLayout<sa_family_t>.size + path.count
    let message = Array(lines.joined(separator: "\n").utf8)
    // Whether anybody listens is not the service's business.
    _ = withUnsafePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), $0, socklen_t(length))
      }
    }
  }
}
