import Foundation

/// SplitMix64: the same numbers for the same seed on every machine.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// The seeds that a property test runs with: those of `FRISTVAGT_SEED`, or a fixed few. Each test prints its
/// own through the failing argument.
package enum Seeds {
  package static let all: [UInt64] = {
    guard let text = ProcessInfo.processInfo.environment["FRISTVAGT_SEED"] else {
      return [1, 20_240_603, 77]
    }
    return text.split(separator: ",").map { seed in
      // Fewer seeds than were asked for would pass for all of them.
      guard let number = UInt64(seed) else { fatalError("FRISTVAGT_SEED: \"\(seed)\" is no number") }
      return number
    }
  }()
}
