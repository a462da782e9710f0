extension Array {
  /// The elements in the order of a number, those with the same number in the order that they had.
  ///
  /// By counting, digit by digit: days and departments are small numbers, and nothing is compared.
  func inOrder(of number: (Element) -> Int) -> [Element] {
    var (least, most) = (Int.max, Int.min)
    for element in self {
      let number = number(element)
      (least, most) = (Swift.min(least, number), Swift.max(most, number))
    }
    guard least < most else { return self }
    var ordered = self
    var shift = 0
    while (most - least) >> shift > 0 {
      ordered = ordered.distributed { (number($0) - least) >> shift & (Self.places - 1) }
      shift += Self.bits
    }
    return ordered
  }

  /// Of one digit.
  private static var bits: Int { 11 }
  private static var places: Int { 1 << bits }

  private func distributed(_ digit: (Element) -> Int) -> [Element] {
    var ends = [Int](repeating: 0, count: Self.places)
    for element in self { ends[digit(element)] += 1 }
    var sum = 0
    for place in ends.indices {
      sum += ends[place]
      ends[place] = sum - ends[place]
    }
    var distributed = self
    for element in self {
      let place = digit(element)
      distributed[ends[place]] = element
      ends[place] += 1
    }
    return distributed
  }

  /// Sorts each run of neighbours that are the same to `areSame`.
  mutating func sortRuns(where areSame: (Element, Element) -> Bool, by precedes: (Element, Element) -> Bool) {
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, areSame(self[start], self[end]) { end += 1 }
      if end - start > 1 { self[start..<end].sort(by: precedes) }
      start = end
    }
  }
}
