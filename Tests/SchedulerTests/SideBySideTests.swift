import CGlibc
import Foundation
import Glibc
import Scheduler
import Synchronization
import Testing

/// Where threads begin that are to run side by side.
@Suite struct SideBySideTests {
  /// The processors that the calling thread may use.
  private static var allowed: [Int] {
    var set = cpu_set_t()
    guard sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &set) == 0 else { return [] }
    return withUnsafeBytes(of: set) { bytes in
      (0..<bytes.count * 8).filter { bytes[$0 / 8] & (1 << ($0 % 8)) != 0 }
    }
  }

  /// Lets the calling thread use these alone.
  private static func use(_ processors: [Int]) {
    var set = cpu_set_t()
    withUnsafeMutableBytes(of: &set) { bytes in
      for processor in processors { bytes[processor / 8] |= 1 << (processor % 8) }
    }
    #expect(sched_setaffinity(0, MemoryLayout<cpu_set_t>.size, &set) == 0)
  }

  private struct Place: Equatable {
    let processor: Int
    let allowed: [Int]
  }

  /// Where a thread is after it began, and what it may use: made by one that uses `maker` alone, it may use `made` when it begins.
  private func place(maker: Int, made: [Int]) -> Place? {
    thread {
      Self.use([maker])
      let sideBySide = SideBySide()
      return thread {
        // What a thread may use it has from its maker. To be allowed more does not move it yet.
        Self.use(made)
        sideBySide.begin()
        return Place(processor: Int(sched_getcpu()), allowed: Self.allowed)
      }
    } ?? nil
  }

  /// What a new thread makes of `work`.
  private func thread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) -> Value? {
    let value = Mutex<Value?>(nil)
    let done = DispatchSemaphore(value: 0)
    Thread {
      let made = work()
      value.withLock { $0 = made }
      done.signal()
    }.start()
    done.wait()
    return value.withLock { $0 }
  }

  @Test(.enabled(if: allowed.count > 1))
  func aThreadLeavesTheProcessorOfItsMaker() throws {
    let all = Self.allowed
    let places = try (0..<40).map { _ in try #require(place(maker: all[0], made: all)) }
    #expect(places.allSatisfy { $0.allowed == all }, "it was moved, not tied")
    // The system may move it again before it is asked.
    #expect(places.filter { $0.processor != all[0] }.count > 30)
  }

  @Test func aThreadThatMayUseNoOtherStays() throws {
    let one = try #require(Self.allowed.last)
    #expect(place(maker: one, made: [one]) == Place(processor: one, allowed: [one]))
  }

  @Test(.enabled(if: allowed.count > 1))
  func aThreadElsewhereStays() throws {
    let all = Self.allowed
    #expect(place(maker: all[0], made: [all[1]]) == Place(processor: all[1], allowed: [all[1]]))
  }

  @Test func theMakerIsNotMoved() throws {
    let one = try #require(Self.allowed.first)
    let place = thread {
      Self.use([one])
      SideBySide().begin()
      return Place(processor: Int(sched_getcpu()), allowed: Self.allowed)
    }
    #expect(place == Place(processor: one, allowed: [one]))
  }
}
