import CGlibc

/// Processors of the machine, by Linux's numbers.
package struct Processors: Hashable, Sendable {
  package let numbers: Set<Int>

  package init(_ numbers: Set<Int>) {
    self.numbers = numbers
  }

  /// Those that the calling thread may use, which an administrator or a container may have narrowed; none
  /// where the system does not say.
  package static var allowed: Processors {
    var mask = cpu_set_t()
    guard sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &mask) == 0 else { return Processors([]) }
    return withUnsafeBytes(of: mask) { bytes in
      Processors(Set((0..<bytes.count * 8).filter { bytes[$0 / 8] & (1 << ($0 % 8)) != 0 }))
    }
  }

  /// On which of them the calling thread runs.
  package static var current: Int { Int(sched_getcpu()) }

  package func without(_ number: Int) -> Processors { Processors(numbers.subtracting([number])) }

  /// Lets the calling thread use these alone; a thread that runs elsewhere is moved at once.
  ///
  /// - Returns: false where the system refuses, as it does for none.
  package func use() -> Bool {
    var mask = cpu_set_t()
    withUnsafeMutableBytes(of: &mask) { bytes in
      for number in numbers where bytes.indices.contains(number / 8) {
        bytes[number / 8] |= 1 << (number % 8)
      }
    }
    return sched_setaffinity(0, MemoryLayout<cpu_set_t>.size, &mask) == 0
  }
}
