import Synchronization

/// Who reads which stretch of a register: of two readers each has every second one, so that it meets the rows
/// again that it has read in an earlier pass; who has no more takes the last that the others have not begun,
/// because those it soon knows as well.
package final class StretchShares: Sendable {
  private let count: Int
  private let readers: Int
  private let isTaken: Mutex<[Bool]>

  package init(_ count: Int, among readers: Int) {
    self.count = count
    self.readers = readers
    isTaken = Mutex(Array(repeating: false, count: count))
  }

  /// The next stretch for one of those who read; nil where none is left.
  package func next(for reader: Int) -> Int? {
    isTaken.withLock { isTaken in
      let own = stride(from: reader, to: count, by: readers).first { !isTaken[$0] }
      guard let next = own ?? isTaken.lastIndex(of: false) else { return nil }
      isTaken[next] = true
      return next
    }
  }
}
