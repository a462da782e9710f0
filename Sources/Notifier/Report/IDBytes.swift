/// The numbers of many cases, one after another.
///
/// They are short, and there are very many: what an array does to take in a few bytes is more than to copy
/// them.
struct IDBytes: Sendable {
  /// The numbers, and at least ``ClockShelf/idPadding`` bytes behind them.
  private(set) var bytes: [UInt8]
  private(set) var count = 0

  init(capacity: Int = 0) {
    bytes = [UInt8](repeating: 0, count: capacity + ClockShelf.idPadding)
  }

  mutating func append(_ id: [UInt8]) {
    (id + [UInt8](repeating: 0, count: ClockShelf.idPadding)).withUnsafeBytes {
      append(UnsafeRawBufferPointer(rebasing: $0[..<id.count]))
    }
  }

  /// - Parameter id: behind it ``ClockShelf/idPadding`` bytes are readable.
  @inline(__always)
  mutating func append(_ id: UnsafeRawBufferPointer) {
    if count &+ id.count &+ ClockShelf.idPadding > bytes.count { makeRoom(for: id.count) }
    bytes.withUnsafeMutableBytes { bytes in
      guard let from = id.baseAddress, let to = bytes.baseAddress else { return }
      // Sixteen at a time, the last time some too many: hardly any number is longer.
      var place = 0
      repeat {
        let block = from.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
        to.storeBytes(of: block, toByteOffset: count &+ place, as: SIMD16<UInt8>.self)
        place &+= 16
      } while place < id.count
    }
    count &+= id.count
  }

  private mutating func makeRoom(for more: Int) {
    bytes += [UInt8](repeating: 0, count: max(bytes.count, more + (1 << 12)))
  }
}
