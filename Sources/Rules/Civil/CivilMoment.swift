/// A time of day in seconds after midnight, 0 to 86,399.
package struct TimeOfDay: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let seconds: Int32

  package init?(hour: Int, minute: Int, second: Int = 0) {
    guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
    self.init(unchecked: hour * 3_600 + minute * 60 + second)
  }

  private init(unchecked seconds: Int) {
    self.seconds = Int32(seconds)
  }

  package static let midnight = TimeOfDay(unchecked: 0)
  package static let endOfDay = TimeOfDay(unchecked: 86_399)

  package static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }

  /// The time of day that `seconds` after some midnight fall on.
  package init(wrapping seconds: Int64) {
    self.init(unchecked: Int(((seconds % 86_400) + 86_400) % 86_400))
  }

  /// Hour, minute and second, each as two digits.
  package var digitPairs: [String] {
    [Int(seconds) / 3_600, Int(seconds) / 60 % 60, Int(seconds) % 60].map { padded($0, to: 2) }
  }

  /// `07:00`; with seconds only where there are some.
  package var description: String {
    digitPairs.prefix(seconds % 60 == 0 ? 2 : 3).joined(separator: ":")
  }

  /// The time that `text` writes as `07:00` or `07:00:30`; nil for anything else.
  package init?(text: some StringProtocol) {
    let bytes = Array(text.utf8)
    func pair(_ place: Int) -> Int? { digits(bytes[place..<place + 2]) }
    guard bytes.count == 5 || bytes.count == 8,
      stride(from: 2, to: bytes.count, by: 3).allSatisfy({ bytes[$0] == UInt8(ascii: ":") }),
      let hour = pair(0), let minute = pair(3), let second = bytes.count == 8 ? pair(6) : 0
    else { return nil }
    self.init(hour: hour, minute: minute, second: second)
  }
}

/// A civil date with the time of day where one is known.
///
/// The register often holds only dates. `time == nil` means "some time that day", not midnight.
package struct CivilMoment: Hashable, Sendable, CustomStringConvertible {
  package let date: CivilDate
  package let time: TimeOfDay?
  /// Which of the two is meant, where a clock goes through the same hour twice. No part of what the moment
  /// is: neither its text nor equality knows of it.
  package let pass: Pass

  /// Of an hour that a clock goes through twice.
  package enum Pass: Sendable {
    case first
    case second
  }

  package init(_ date: CivilDate, _ time: TimeOfDay? = nil, pass: Pass = .first) {
    self.date = date
    self.time = time
    self.pass = pass
  }

  package static func == (a: Self, b: Self) -> Bool { a.date == b.date && a.time == b.time }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(date)
    hasher.combine(time)
  }

  /// The earliest reading: midnight where no time is known.
  package var earliest: (CivilDate, TimeOfDay) { (date, time ?? .midnight) }

  /// Seconds from 1970-01-01T00:00 to the earliest reading by the calendar alone, every day having 86,400.
  package var localSeconds: Int64 { Int64(date.day) * 86_400 + Int64(earliest.1.seconds) }

  /// The moment, with its time of day, of which ``localSeconds`` is `seconds`.
  package init(localSeconds seconds: Int64) {
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    self.init(CivilDate(day: Int32(day)), TimeOfDay(wrapping: seconds))
  }

  /// ISO 8601 in local time: `2024-12-16` or `2024-12-16T08:00`.
  package var description: String {
    guard let time else { return date.description }
    return "\(date)T\(time)"
  }

  /// The moment that `text` writes as `2026-11-20` or `2026-11-20T08:00[:00]`, with `T` or a space.
  ///
  /// - Throws: ``DateFault`` when there is no such moment.
  package init(iso text: String) throws(DateFault) {
    let isSeparator = { $0 == UInt8(ascii: "T") || $0 == UInt8(ascii: " ") }
    guard let separator = text.utf8.firstIndex(where: isSeparator) else {
      self.init(try CivilDate(iso: text))
      return
    }
    let date = try CivilDate(iso: text[..<separator])
    guard let time = TimeOfDay(text: text[text.utf8.index(after: separator)...]) else { throw .time }
    self.init(date, time)
  }
}

/// The moment at which everything is judged; read once at the top and passed down.
///
/// Without a time of day (`--today`) the whole day counts as past: nothing that is dated today is still to
/// come, and no hour of today is ruled out.
package struct Now: Hashable, Sendable {
  package let moment: CivilMoment

  package init(_ moment: CivilMoment) {
    self.moment = moment
  }

  package var today: CivilDate { moment.date }

  /// The last second that counts as past.
  package var latest: (CivilDate, TimeOfDay) { (moment.date, moment.time ?? .endOfDay) }

  /// The same in local seconds since 1970.
  package var lastSecond: Int64 { CivilMoment(latest.0, latest.1).localSeconds }

  /// True when `event` lies at or before now. An event without a time of day has happened from its midnight
  /// on.
  package func hasSeen(_ event: CivilMoment) -> Bool {
    event.earliest <= latest
  }
}
