/// True when `a` comes before `b` in the order of their UTF-8 bytes, as `LC_ALL=C sort` has it.
package func precedesInBytes(_ a: String, _ b: String) -> Bool {
  a.utf8.lexicographicallyPrecedes(b.utf8)
}

/// One line of CSV with `;`, quoted where RFC 4180 asks for it.
///
/// By bytes: a quote with a combining accent behind it is no quote to a `Character`.
package func csvLine(_ fields: [String]) -> String {
  var line: [UInt8] = []
  for (index, field) in fields.enumerated() {
    if index > 0 { line.append(0x3B) }
    if field.utf8.contains(where: { $0 == 0x3B || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) {
      line.append(0x22)
      for byte in field.utf8 { line += byte == 0x22 ? [0x22, 0x22] : [byte] }
      line.append(0x22)
    } else {
      line += field.utf8
    }
  }
  return String(decoding: line + [0x0A], as: UTF8.self)
}
