/// A text with as many bytes behind it as the fast way may look at and no more, and those as misleading as
/// bytes can be.
struct PaddedText {
  let bytes: [UInt8]
  private let padded: [UInt8]

  init(_ bytes: some Sequence<UInt8>, padding: Int = 64) {
    self.bytes = Array(bytes)
    let misleading = Array(";\n\"1".utf8)
    padded = self.bytes + (0..<padding).map { misleading[$0 % misleading.count] }
  }

  func with<Value>(_ read: (_ text: UnsafeRawPointer, _ size: Int) -> Value) -> Value {
    read(padded, bytes.count)
  }
}
