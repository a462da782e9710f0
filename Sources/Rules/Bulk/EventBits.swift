/// Some events of a schema, by number; from the 64th on they are not told apart.
struct EventBits {
  private var bits: UInt64

  static let none = EventBits(bits: 0)

  private init(bits: UInt64) { self.bits = bits }

  init(_ events: [Int]) {
    bits = events.reduce(0) { $0 | 1 << UInt64(min($1, 63)) }
  }

  @inline(__always)
  mutating func formUnion(_ other: EventBits) { bits |= other.bits }

  /// True where surely no event is in both.
  @inline(__always)
  func isDisjoint(with other: EventBits) -> Bool { bits & other.bits == 0 }
}
