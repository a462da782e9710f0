import CGlibc
import Glibc

/// Sees to it that threads which are to run side by side do so from their first millisecond.
///
/// Linux may put a new thread on the processor of the one that made it. There the two take turns, although another processor
/// stands idle, until the system notices: up to sixteen milliseconds *(measured)*.
package struct SideBySide: Sendable {
  private let maker = pthread_self()
  private let processor = sched_getcpu()

  /// For the threads that the one calling it is about to make.
  package init() {}

  /// To be called by each thread as it begins, by the one that made the others too. It is moved at most once; where it runs from
  /// then on is the system's matter.
  package func begin() {
    if pthread_equal(maker, pthread_self()) != 0 {
      // Whoever waits for this processor can leave it only from there.
      sched_yield()
    } else if sched_getcpu() == processor {
      leave()
    }
  }

  /// Goes to another of the processors that this thread may use, if there is one.
  private func leave() {
    let size = MemoryLayout<cpu_set_t>.size
    var allowed = cpu_set_t()
    guard sched_getaffinity(0, size, &allowed) == 0 else { return }
    var others = allowed
    withUnsafeMutableBytes(of: &others) { bits in
      let (byte, bit) = Int(processor).quotientAndRemainder(dividingBy: 8)
      if bits.indices.contains(byte) { bits[byte] &= ~(1 << bit) }
    }
    // Refused where no other is allowed.
    guard sched_setaffinity(0, size, &others) == 0 else { return }
    sched_setaffinity(0, size, &allowed)
  }
}
