import Glibc

/// Sees to it that new threads do not share a processor with the one that makes them.
///
/// Linux may put a new thread on the processor of its maker. There the two take turns, although another
/// processor stands idle, until the system notices: up to sixteen milliseconds *(measured)*.
package struct SideBySide: Sendable {
  private let maker = pthread_self()
  private let taken = Processors.current

  /// For the threads that the one calling it is about to make.
  package init() {}

  /// What a thread does as it begins.
  package enum Step: Hashable, Sendable {
    /// Lets whoever waits for its processor come first.
    case giveWay
    /// Goes to one of these.
    case leave(Processors)
    case stay
  }

  /// - Parameters:
  ///   - isMaker: true for the thread that made the others.
  ///   - processor: where the thread runs.
  ///   - taken: where its maker ran when it made it.
  ///   - allowed: where the thread may run; asked of one that has to leave.
  package static func step(
    isMaker: Bool, at processor: Int, taken: Int, allowed: @autoclosure () -> Processors
  ) -> Step {
    // A thread that waits for this processor can only leave it from there.
    if isMaker { return .giveWay }
    guard processor == taken else { return .stay }
    let others = allowed().without(taken)
    return others.numbers.isEmpty ? .stay : .leave(others)
  }

  /// To be called by each thread as it begins, by the one that made the others too. It is moved at most once;
  /// where it runs from then on is the system's matter.
  package func begin() {
    let isMaker = pthread_equal(maker, pthread_self()) != 0
    switch Self.step(
      isMaker: isMaker, at: Processors.current, taken: taken, allowed: Processors.allowed)
    {
    case .giveWay: sched_yield()
    case .leave(let others):
      let allowed = Processors.allowed
      // What was allowed a moment ago is allowed again.
      if others.use() { _ = allowed.use() }
    case .stay: break
    }
  }
}
