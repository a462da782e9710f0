extension Array {
  /// The elements in the order of a number, those with the same number in the order that they had.
  ///
  /// By counting, digit by digit: days and departments are small numbers, and nothing is compared.
  ///
  /// - Parameter number: asked once of each element.
  func inOrder(of number: (Element) -> Int) -> [Element] {
    var pairs = map { Numbered(number: number($0), element: $0) }
    guard let first = pairs.first?.number else { return self }
    let (least, most) = pairs.reduce(into: (first, first)) { ends, pair in
      ends = (Swift.min(ends.0, pair.number), Swift.max(ends.1, pair.number))
    }
    guard least < most else { return self }
    var shift = 0
    while (most - least) >> shift > 0 {
      pairs = Self.distributed(pairs, from: least, shift)
      shift += Self.bits
    }
    return pairs.map(\.element)
  }

  private struct Numbered {
    let number: Int
    let element: Element
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

  /// Sorts each run of neighbours that are the same to `areSame`.
  ///
  /// - Parameter key: asked once of each element of a run of several.
  @inline(__always)
  mutating func sortRuns<Key>(
    where areSame: (Element, Element) -> Bool, key: (Element) -> Key,
    by precedes: (Keyed<Key, Element>, Keyed<Key, Element>) -> Bool
  ) {
    var run: [Keyed<Key, Element>] = []
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, areSame(self[start], self[end]) { end += 1 }
      if end - start > 1 {
        run.removeAll(keepingCapacity: true)
        for element in self[start..<end] { run.append(Keyed(key: key(element), element: element)) }
        if run.count > Self.few {
          run.sort(by: precedes)
        } else {
          run.withUnsafeMutableBufferPointer { Self.sort(few: $0, by: precedes) }
        }
        for index in run.indices { self[start + index] = run[index].element }
      }
      start = end
    }
  }

  /// So many are put in order by insertion.
  private static var few: Int { 32 }

  /// By insertion: most runs are short, and the library's sort asks through a pointer and moves each element twice.
  @inline(__always)
  private static func sort<Key>(
    few run: UnsafeMutableBufferPointer<Keyed<Key, Element>>,
    by precedes: (Keyed<Key, Element>, Keyed<Key, Element>) -> Bool
  ) {
    for index in 1..<run.count {
      let inserted = run[index]
      var place = index
      while place > 0, precedes(inserted, run[place &- 1]) {
        run[place] = run[place &- 1]
        place &-= 1
      }
      run[place] = inserted
    }
  }
}

/// An element and what it is sorted by.
struct Keyed<Key, Element> {
  let key: Key
  let element: Element
}
