import Rules

/// Which kind of file system lies under a device, as `/proc/self/mountinfo` tells it.
package struct MountTable: Sendable {
  private let types: [String: String]

  /// File systems on another machine, where neither a lock nor an fsync can be trusted.
  private static let remote: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "afs", "9p", "fuse.sshfs", "fuse.glusterfs", "lustre",
  ]

  /// Takes the lines of `mountinfo`, as proc(5) describes them.
  package init(mountinfo: String) {
    let entries = mountinfo.split(separator: "\n").compactMap { line -> (String, String)? in
      let words = line.split(separator: " ")
      guard words.count > 2, let dash = words.firstIndex(of: "-"), dash + 1 < words.count else { return nil }
      return (String(words[2]), String(words[dash + 1]))
    }
    types = Dictionary(entries) { _, last in last }
  }

  /// True where the device `device` (an `st_dev`) is a network file system; false where nothing is known of
  /// it.
  package func isRemote(device: UInt64) -> Bool {
    let major = device >> 8 & 0xFFF | device >> 32 & ~0xFFF
    let minor = device & 0xFF | device >> 12 & ~0xFF
    return types["\(major):\(minor)"].map(Self.remote.contains) ?? false
  }
}
