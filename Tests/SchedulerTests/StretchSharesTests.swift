import Dispatch
import Scheduler
import Synchronization
import TestSupport
import Testing

/// Who reads which stretch of a register.
@Suite struct StretchSharesTests {
  @Test func ofTwoReadersEachHasEverySecondOne() {
    let shares = StretchShares(5, among: 2)
    #expect((0..<5).map { shares.next(for: $0 % 2) } == [0, 1, 2, 3, 4])
    #expect(shares.next(for: 0) == nil && shares.next(for: 1) == nil)
  }

  /// Who has no more helps from the end.
  @Test func whoHelpsTakesTheLast() {
    let shares = StretchShares(6, among: 2)
    #expect((0..<6).map { _ in shares.next(for: 1) } == [1, 3, 5, 4, 2, 0])
    #expect(shares.next(for: 0) == nil)
  }

  @Test(arguments: [(0, 1), (1, 1), (1, 4), (7, 3)])
  func oneReaderTakesAll(count: Int, readers: Int) {
    let shares = StretchShares(count, among: readers)
    var taken: [Int] = []
    while let next = shares.next(for: readers - 1) { taken.append(next) }
    #expect(taken.sorted() == Array(0..<count))
  }

  /// Whoever asks, and how often: each stretch is read once.
  @Test(arguments: Seeds.all)
  func everyStretchOnce(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for round in 0..<20 {
      let (count, readers) = (Int.random(in: 0...60, using: &random), Int.random(in: 1...5, using: &random))
      let shares = StretchShares(count, among: readers)
      let taken = Mutex<[Int]>([])
      DispatchQueue.concurrentPerform(iterations: readers) { reader in
        while let next = shares.next(for: reader) { taken.withLock { $0.append(next) } }
      }
      #expect(taken.withLock { $0.sorted() } == Array(0..<count), "seed \(seed), round \(round)")
    }
  }
}
