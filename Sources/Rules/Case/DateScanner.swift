/// A date as its three numbers were written.
struct WrittenDate {
  /// What the form says of their order.
  enum Form {
    /// `2024-12-31`
    case yearFirst
    /// `31/12-2024`, as only Danes write.
    case dayFirst
    /// `31/12/2024`: which of the others is the day, the column says.
    case yearLast
  }

  let form: Form
  let numbers: (first: Int, middle: Int, last: Int)
  /// True for a year of two digits, which stands last.
  let hasShortYear: Bool
}

/// Takes the text of a date apart, from front to back.
struct DateScanner {
  var rest: ArraySlice<UInt8>

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  /// The date that stands next; whether there is such a day is not asked.
  mutating func date() throws(DateFault) -> WrittenDate {
    guard let first = number(atMost: 4), let separator = self.separator(), let middle = number(atMost: 2),
      let second = self.separator(), let last = number(atMost: 4)
    else { throw .form }
    let dash = UInt8(ascii: "-")
    let form: WrittenDate.Form
    switch (first.digits, last.digits) {
    case (4, 2) where separator == dash && second == dash && middle.digits == 2: form = .yearFirst
    case (1...2, 4) where second == separator: form = .yearLast
    // 24-12-31 may begin with its year.
    case (1...2, 2) where second == separator && separator != dash: form = .yearLast
    case (1...2, 2), (1...2, 4):
      guard separator == UInt8(ascii: "/"), second == dash else { throw .form }
      form = .dayFirst
    default: throw .form
    }
    return WrittenDate(
      form: form, numbers: (first.value, middle.value, last.value),
      hasShortYear: form != .yearFirst && last.digits == 2)
  }

  /// The time that stands next, on a clock of 24 hours or of twelve.
  mutating func timeOfDay() throws(DateFault) -> TimeOfDay {
    guard let hour = number(atMost: 2), take(UInt8(ascii: ":")), let minute = number(atMost: 2),
      minute.digits == 2
    else { throw .time }
    var seconds = 0
    if take(UInt8(ascii: ":")) {
      guard let second = number(atMost: 2) else { throw .time }
      seconds = second.value
      if take(UInt8(ascii: ".")) || take(UInt8(ascii: ",")) { _ = number(atMost: 9) }
    }
    var hours = hour.value
    if let half = half() {
      guard (1...12).contains(hours) else { throw .time }
      hours = hours % 12 + half.rawValue
    }
    guard let time = TimeOfDay(hour: hours, minute: minute.value, second: seconds) else { throw .time }
    return time
  }

  /// The offset from UTC that stands last, in seconds to the east; nil where nothing stands there.
  mutating func offset() throws(DateFault) -> Int64? {
    if isAtEnd { return nil }
    _ = take(UInt8(ascii: " "))
    if take(UInt8(ascii: "Z")) {
      guard isAtEnd else { throw .time }
      return 0
    }
    let isEast = take(UInt8(ascii: "+"))
    guard isEast || take(UInt8(ascii: "-")) else { throw .time }
    guard let (hours, minutes) = hoursAndMinutes(), isAtEnd, hours <= 14, minutes < 60 else { throw .offset }
    return Int64(isEast ? 1 : -1) * Int64(hours * 3_600 + minutes * 60)
  }

  /// `01`, `0100` or `01:00`.
  private mutating func hoursAndMinutes() -> (Int, Int)? {
    guard let first = number(atMost: 4) else { return nil }
    if first.digits == 4 { return (first.value / 100, first.value % 100) }
    guard first.digits == 2 else { return nil }
    guard take(UInt8(ascii: ":")) else { return (first.value, 0) }
    guard let second = number(atMost: 2), second.digits == 2 else { return nil }
    return (first.value, second.value)
  }

  private mutating func number(atMost limit: Int) -> (value: Int, digits: Int)? {
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

  private mutating func separator() -> UInt8? {
    guard let byte = rest.first, byte == 0x2D || byte == 0x2E || byte == 0x2F else { return nil }
    rest.removeFirst()
    return byte
  }

  /// Half a day; how many hours lie before it.
  private enum Half: Int {
    case morning = 0
    case afternoon = 12
  }

  /// `AM` or `PM`, in small letters too, right behind the time or behind a blank; nil where neither stands
  /// there.
  private mutating func half() -> Half? {
    let blank = Self.blanks.first { rest.starts(with: $0) }
    let letters = rest.dropFirst(blank?.count ?? 0).prefix(2).map { $0 | 0x20 }
    guard letters == Array("am".utf8) || letters == Array("pm".utf8) else { return nil }
    rest = rest.dropFirst((blank?.count ?? 0) + 2)
    return letters == Array("am".utf8) ? .morning : .afternoon
  }

  /// A space, and the narrow one that takes no break, which newer systems write there; in UTF-8.
  private static let blanks: [[UInt8]] = [[0x20], [0xE2, 0x80, 0xAF]]
}
