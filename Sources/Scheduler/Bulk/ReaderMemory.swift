import Rules
import Synchronization

/// What those who read a register at once know from one pass to the next on the same day: each has read other
/// rows than the others, and has numbers of its own for the words in them.
package final class ReaderMemory: Sendable {
  private let readers = Mutex<[Int: Reader]>([:])

  /// One of those who read.
  private final class Reader: Sendable {
    let known: Mutex<Known?> = Mutex(nil)
  }

  private struct Known {
    /// Of the register.
    let header: [UInt8]
    var scan: BulkScan
  }

  package init() {}

  /// Lets one of those who read go on with what it knows, and remembers what it knows then; nil where that is
  /// nothing.
  func scan(of worker: Int, under header: [UInt8], _ read: (inout BulkScan?) -> Void) {
    let reader = readers.withLock { readers in
      let reader = readers[worker] ?? Reader()
      readers[worker] = reader
      return reader
    }
    reader.known.withLock { known in
      var scan = known?.header == header ? known?.scan : nil
      known = nil
      read(&scan)
      scan?.end()
      known = scan.map { Known(header: header, scan: $0) }
    }
  }

  /// Makes each of them ready for the next pass, while nobody waits for one.
  package func makeReady() {
    for reader in readers.withLock({ Array($0.values) }) { reader.known.withLock { $0?.scan.makeReady() } }
  }
}
