import Glibc

/// A file that several threads read, each at its own place.
package protocol SharedFile: Sendable {
  /// In bytes, as it was when the file was opened.
  var size: Int { get }

  /// Fills the beginning of `buffer` with the bytes from `offset` on.
  ///
  /// - Returns: how many there were; 0 at the end of the file.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileFault) -> Int
}

extension FileSystem {
  /// The whole file in memory, for file systems that have no better way.
  package func open(_ path: String) throws(FileFault) -> any SharedFile {
    MemoryFile(bytes: try read(path))
  }
}

/// A file whose content is in memory.
struct MemoryFile: SharedFile {
  let bytes: [UInt8]

  var size: Int { bytes.count }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    let rest = bytes.dropFirst(offset).prefix(buffer.count)
    buffer.copyBytes(from: rest)
    return rest.count
  }
}

/// A file on the disk, open as long as somebody holds it.
final class DiskFile: SharedFile {
  let size: Int
  private let path: String
  private let descriptor: Int32

  /// - Parameter descriptor: of the open file, which is this object's own from now on.
  init(_ descriptor: Int32, path: String) throws(FileFault) {
    self.descriptor = descriptor
    self.path = path
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      size = 0
      throw FileFault("read", path, code: errno)
    }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileFault) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, offset)
      if count >= 0 { return count }
      if errno != EINTR { throw FileFault("read", path, code: errno) }
    }
  }
}
