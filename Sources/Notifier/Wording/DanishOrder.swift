/// True when `a` stands before `b` in a Danish list: letters before capitals' difference, æ, ø and å last.
package func collates(_ a: String, before b: String) -> Bool {
  let (left, right) = (collationKey(a), collationKey(b))
  return left == right ? a < b : left.lexicographicallyPrecedes(right)
}

private func collationKey(_ text: String) -> [UInt32] {
  text.lowercased().unicodeScalars.map { scalar in
    switch scalar {
    case "æ": 0x10_0001
    case "ø": 0x10_0002
    case "å": 0x10_0003
    default: scalar.value
    }
  }
}
