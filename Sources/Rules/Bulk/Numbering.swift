/// Gives each value a number, in the order in which they are met.
package struct Numbering<Value: Hashable & Sendable>: Sendable {
  /// By number.
  package private(set) var values: [Value] = []
  private var numbers: [Value: Int] = [:]

  package init() {}

  package var count: Int { values.count }

  /// The number of `value`; a new one where it has none yet.
  package mutating func number(of value: Value) -> Int {
    if let number = numbers[value] { return number }
    values.append(value)
    numbers[value] = values.count - 1
    return values.count - 1
  }
}
