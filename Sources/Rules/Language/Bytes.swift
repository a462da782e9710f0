/// Two upper-case hexadecimal digits, as percent, quoted-printable and journal escapes all write them.
package func hexDigits(_ byte: UInt8) -> [UInt8] {
  let digits = Array("0123456789ABCDEF".utf8)
  return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
}

/// True for an ASCII letter or digit: the bytes that no escape, address or link has to touch.
package func isASCIILetterOrDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: false
  }
}

/// True for a byte with which a cell begins, blanks aside, that a spreadsheet takes for a formula: `=`, `+`,
/// `-`, `@`, and the white space behind which some look for one.
package func isFormulaStart(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D: true
  default: false
  }
}

/// `bytes` without the UTF-8 byte order mark that Windows programs put first.
package func withoutByteOrderMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
  bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
}

extension String {
  /// Hands the bytes of the text to `body` as they lie in memory: a walk through ``utf8`` costs several times
  /// as much.
  @inlinable
  package func withBytes<Found>(_ body: (UnsafeBufferPointer<UInt8>) -> Found) -> Found {
    utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
  }
}
