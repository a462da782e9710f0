/// The numbers of many cases, one after another.
///
/// They are short, and there are very many: what an array does to take in a few bytes is more than to copy them.
struct IDBytes: Sendable {
  /// The numbers, and at least ``ClockShelf/idPadding`` zeros behind them.
  private(set) var bytes: [UInt8]
  private(set) var count = 0

  init(capacity: Int = 0) {
    bytes = [UInt8](repeating: 0, count: capacity + ClockShelf.idPadding)
  }

  mutating func append(_ id: [UInt8]) { id.withUnsafeBytes { append($0) } }

  @inline(__always)
  mutating func append(_ id: UnsafeRawBufferPointer) {
    if count + id.count + ClockShelf.idPadding > bytes.count { makeRoom(for: id.count) }
    bytes.withUnsafeMutableBytes { bytes in
      UnsafeMutableRawBufferPointer(rebasing: bytes[count...]).copyMemory(from: id)
    }
    count += id.count
  }

  private mutating func makeRoom(for more: Int) {
    bytes += [UInt8](repeating: 0, count: max(bytes.count, more + (1 << 12)))
  }
}
