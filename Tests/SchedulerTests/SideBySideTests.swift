import Dispatch
import Foundation
import Scheduler
import Synchronization
import Testing

/// Where threads begin that are to run side by side.
@Suite struct SideBySideTests {
  @Test(arguments: [
    (true, 0, 0, [0, 1], SideBySide.Step.giveWay), (true, 1, 0, [0, 1], .giveWay),
    (true, 0, 0, [0], .giveWay),
    (false, 0, 0, [0, 1], .leave(Processors([1]))), (false, 3, 3, [1, 3, 9], .leave(Processors([1, 9]))),
    (false, 1, 0, [0, 1], .stay), (false, 0, 1, [0], .stay), (false, 0, 0, [0], .stay),
    (false, 0, 0, [], .stay),
    // Since it was made it may have been forbidden where its maker runs.
    (false, 2, 2, [0, 1], .leave(Processors([0, 1]))),
  ])
  func steps(isMaker: Bool, at processor: Int, taken: Int, allowed: [Int], step: SideBySide.Step) {
    #expect(
      SideBySide.step(isMaker: isMaker, at: processor, taken: taken, allowed: Processors(Set(allowed)))
        == step)
  }

  /// Moved and not tied.
  @Test func whoHasBegunMayRunWhereItMightBefore() {
    let before = Processors.allowed
    let sideBySide = SideBySide()
    let after = Mutex<[Processors]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      sideBySide.begin()
      let allowed = Processors.allowed
      after.withLock { $0.append(allowed) }
    }
    #expect(after.withLock { $0 } == Array(repeating: before, count: 8))
    #expect(!before.numbers.isEmpty)
  }

  @Test func aThreadRunsWhereItIsAllowed() async throws {
    let all = Processors.allowed
    for number in all.numbers {
      // A thread of its own: one of the pool would take the mark along.
      let place = await withCheckedContinuation { continuation in
        Thread.detachNewThread {
          let isTaken = Processors([number]).use()
          continuation.resume(returning: (isTaken, Processors.current, Processors.allowed))
        }
      }
      #expect(place.0 && place.1 == number && place.2 == Processors([number]))
    }
    #expect(!Processors([]).use(), "nowhere is no place to run")
    #expect(Processors.allowed == all)
  }
}
