/// Reads the dates of a register: ISO and the Danish forms that Excel writes, with or without a time of day.
package enum DateField {
  /// The moment that the trimmed `bytes` write.
  ///
  /// `2024-12-31`, `31-12-2024`, `31.12.2024`, `31/12/2024`; the Danish forms also without leading zeros; behind
  /// a space or `T` a time `10:15` or `10:15:30`, a fraction of a second being dropped.
  /// - Throws: ``DateFault``.
  package static func read(_ bytes: ArraySlice<UInt8>) throws(DateFault) -> CivilMoment {
    var scanner = Scanner(rest: bytes)
    guard let first = scanner.number(atMost: 4), let separator = scanner.separator() else { throw .form }
    guard let middle = scanner.number(atMost: 2), scanner.take(separator) else { throw .form }
    guard let last = scanner.number(atMost: 4) else { throw .form }
    let date: CivilDate
    switch (first.digits, last.digits) {
    case (4, 2) where separator == UInt8(ascii: "-") && middle.digits == 2:
      date = try CivilDate(checkedYear: first.value, month: middle.value, day: last.value)
    case (1...2, 4):
      date = try CivilDate(checkedYear: last.value, month: middle.value, day: first.value)
    default: throw .form
    }
    if scanner.isAtEnd { return CivilMoment(date) }
    guard scanner.take(UInt8(ascii: "T")) || scanner.take(UInt8(ascii: " ")) else { throw .form }
    return CivilMoment(date, try scanner.timeOfDay())
  }

  /// What a cell says: nothing, a moment, or something that is no date.
  package static func reading(_ cell: ArraySlice<UInt8>) -> DateReading {
    let bytes = RegisterText.trimmed(cell)
    guard !bytes.isEmpty else { return .absent }
    do throws(DateFault) {
      return .at(try read(bytes))
    } catch {
      return .unreadable(text: RegisterText.decoded(bytes), error)
    }
  }

  private struct Scanner {
    var rest: ArraySlice<UInt8>

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number(atMost limit: Int) -> (value: Int, digits: Int)? {
      var value = 0
      var count = 0
      while let byte = rest.first, (0x30...0x39).contains(byte) {
        count += 1
        guard count <= limit else { return nil }
        value = value * 10 + Int(byte - 0x30)
        rest.removeFirst()
      }
      return count == 0 ? nil : (value, count)
    }

    mutating func separator() -> UInt8? {
      guard let byte = rest.first, byte == 0x2D || byte == 0x2E || byte == 0x2F else { return nil }
      rest.removeFirst()
      return byte
    }

    mutating func take(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest.removeFirst()
      return true
    }

    mutating func timeOfDay() throws(DateFault) -> TimeOfDay {
      guard let hour = number(atMost: 2), take(UInt8(ascii: ":")), let minute = number(atMost: 2) else {
        throw .time
      }
      var seconds = 0
      if take(UInt8(ascii: ":")) {
        guard let second = number(atMost: 2) else { throw .time }
        seconds = second.value
        if take(UInt8(ascii: ".")) || take(UInt8(ascii: ",")) { _ = number(atMost: 9) }
      }
      guard isAtEnd, minute.digits == 2,
        let time = TimeOfDay(hour: hour.value, minute: minute.value, second: seconds)
      else { throw .time }
      return time
    }
  }
}
