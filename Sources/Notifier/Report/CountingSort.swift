extension Array {
  /// The elements in the order of a number, those with the same number in the order that they had.
  ///
  /// By counting, digit by digit: days and departments are small numbers, and nothing is compared.
  ///
  /// - Parameter number: asked once of each element.
  func inOrder(of number: (Element) -> Int) -> [Element] { numbered(number).map(\.element) }

  /// The elements in the order of a number, those with the same number in the order of a key.
  ///
  /// - Parameters:
  ///   - number: asked once of each element, and so is `key`.
  ///   - precedes: a total order.
  @inline(__always)
  func inOrder<Key>(
    of number: (Element) -> Int, then key: (Element) -> Key,
    by precedes: (Keyed<Key, Element>, Keyed<Key, Element>) -> Bool
  ) -> [Element] {
    let pairs = numbered(number)
    return [Element](unsafeUninitializedCapacity: count) { sorted, count in
      var block: [Keyed<Key, Element>] = []
      while count < pairs.count {
        // Keys lie far apart in memory. Many at once are fetched side by side, one after the other each would
        // be waited for.
        let end = Self.endOfRun(in: pairs[...], at: Swift.min(count + Self.block, pairs.count) - 1)
        block.removeAll(keepingCapacity: true)
        for pair in pairs[count..<end] { block.append(Keyed(key: key(pair.element), element: pair.element)) }
        block.withUnsafeMutableBufferPointer { block in
          Self.sortRuns(of: pairs[count..<end], block, by: precedes)
          for keyed in block {
            sorted.initializeElement(at: count, to: keyed.element)
            count += 1
          }
        }
      }
    }
  }

  private struct Numbered {
    let number: Int
    let element: Element
  }

  /// So many keys are fetched at once.
  private static var block: Int { 512 }

  // MARK: By numbers

  private func numbered(_ number: (Element) -> Int) -> [Numbered] {
    var pairs = map { Numbered(number: number($0), element: $0) }
    guard let first = pairs.first?.number else { return pairs }
    let (least, most) = pairs.reduce(into: (first, first)) { ends, pair in
      ends = (Swift.min(ends.0, pair.number), Swift.max(ends.1, pair.number))
    }
    var shift = 0
    while (most - least) >> shift > 0 {
      pairs = Self.distributed(pairs, from: least, shift)
      shift += Self.bits
    }
    return pairs
  }

  /// Of one digit.
  private static var bits: Int { 11 }
  private static var places: Int { 1 << bits }

  private static func distributed(_ pairs: [Numbered], from least: Int, _ shift: Int) -> [Numbered] {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: places) { ends in
      ends.initialize(repeating: 0)
      for pair in pairs { ends[(pair.number &- least) &>> shift & (places &- 1)] &+= 1 }
      var sum = 0
      for place in ends.indices {
        sum &+= ends[place]
        ends[place] = sum &- ends[place]
      }
      return [Numbered](unsafeUninitializedCapacity: pairs.count) { distributed, count in
        for pair in pairs {
          let place = (pair.number &- least) &>> shift & (places &- 1)
          distributed.initializeElement(at: ends[place], to: pair)
          ends[place] &+= 1
        }
        count = pairs.count
      }
    }
  }

  // MARK: By keys

  /// Behind the last of the pairs that have the same number as the one at `place`.
  @inline(__always)
  private static func endOfRun(in pairs: ArraySlice<Numbered>, at place: Int) -> Int {
    var end = place + 1
    while end < pairs.endIndex, pairs[end].number == pairs[place].number { end += 1 }
    return end
  }

  /// Sorts the elements of each number among whole runs of `pairs`.
  @inline(__always)
  private static func sortRuns<Key>(
    of pairs: ArraySlice<Numbered>, _ block: UnsafeMutableBufferPointer<Keyed<Key, Element>>,
    by precedes: (Keyed<Key, Element>, Keyed<Key, Element>) -> Bool
  ) {
    let first = pairs.startIndex
    var start = first
    while start < pairs.endIndex {
      let end = endOfRun(in: pairs, at: start)
      var run = block[start - first..<end - first]
      if run.count > few { run.sort(by: precedes) } else { sort(few: run, by: precedes) }
      start = end
    }
  }

  /// So many are put in order by insertion.
  private static var few: Int { 64 }

  /// By insertion: most runs are short, and the library's sort asks through a pointer and moves each element
  /// twice.
  @inline(__always)
  private static func sort<Key>(
    few run: Slice<UnsafeMutableBufferPointer<Keyed<Key, Element>>>,
    by precedes: (Keyed<Key, Element>, Keyed<Key, Element>) -> Bool
  ) {
    let block = run.base
    for index in run.startIndex + 1..<run.endIndex {
      let inserted = block[index]
      var place = index
      while place > run.startIndex, precedes(inserted, block[place &- 1]) {
        block[place] = block[place &- 1]
        place &-= 1
      }
      block[place] = inserted
    }
  }
}

/// An element and what it is sorted by.
struct Keyed<Key, Element> {
  let key: Key
  let element: Element
}
