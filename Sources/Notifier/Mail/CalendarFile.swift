package import Rules

/// One deadline as a calendar shows it.
package struct CalendarEvent: Hashable, Sendable {
  /// Stable as long as it is the same clock, so that a moved deadline moves its entry.
  package let uid: String
  /// One higher each time the due day moved.
  package let sequence: Int
  /// In UTC, since when this due day is shown; so an unchanged entry has unchanged bytes.
  package let stamp: CivilMoment
  package let day: CivilDate
  package let summary: String
  package let description: String
}

/// Makes calendar entries of clocks, with the numbers under which they were shown before.
package struct CalendarBook: Sendable {
  private let ledger: Ledger
  private let domain: Substring
  private let zone: ZoneTable
  /// The stamp of what was never shown.
  private let newest: CivilMoment

  /// - Parameter domain: makes every UID the kommune's own.
  package init(_ ledger: Ledger, domain: Substring, zone: ZoneTable) {
    self.ledger = ledger
    self.domain = domain
    self.zone = zone
    newest = Self.utc(ledger.newest, zone)
  }

  private static func utc(_ moment: CivilMoment, _ zone: ZoneTable) -> CivilMoment {
    let (date, time) = moment.earliest
    return CivilMoment(localSeconds: zone.instant(date, time).seconds)
  }

  /// What the entries of one rule on one due day have in common.
  struct Occasion {
    let day: CivilDate
    let title: String
    let description: String

    init(_ terms: RuleTerms, _ due: Due) {
      day = due.date
      title = "Frist: \(terms.name)"
      description = "Forfalder \(due.danish(asSeenFrom: due.date)). Hjemmel: \(terms.basis)."
    }
  }

  /// The entry of a clock; nil where it has no due day.
  package func event(_ clock: Clock) -> CalendarEvent? {
    clock.reckoning.map { event(ClockIdentity(clock), Occasion(clock.terms, $0.due)) }
  }

  /// The entry of a clock with this identity.
  func event(_ identity: ClockIdentity, _ occasion: Occasion) -> CalendarEvent {
    let told = ledger.isEmpty ? nil : ledger[identity]?.shown
    return CalendarEvent(
      uid: "\(SHA256.name(of: identity.description))@\(domain)", sequence: told?.sequence ?? 0,
      stamp: told.map { Self.utc($0.since, zone) } ?? newest, day: occasion.day,
      summary: "\(occasion.title) (\(shown(identity.caseID)))", description: occasion.description)
  }
}

/// An iCalendar file (RFC 5545) of whole-day events.
package enum CalendarFile {
  /// Bytes of an entry.
  private static let usualLength = 352
  private static let product = "-//fristvagt//fristvagt//DA"

  /// True for the bytes of a calendar that this program wrote.
  package static func isOwn(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes.prefix(128), as: UTF8.self).contains("\r\nPRODID:\(product)\r\n")
  }

  /// The bytes of a calendar with `events`, each once; CRLF, lines folded at 75 octets.
  ///
  /// - Parameters:
  ///   - count: how many there are, so that a long calendar is not copied while it grows.
  ///   - name: what a calendar program calls it, where somebody subscribes to it.
  package static func bytes(
    _ events: some Sequence<CalendarEvent>, expecting count: Int = 0, name: String? = nil
  ) -> [UInt8] {
    var lines = CalendarLines(capacity: count * usualLength)
    for line in [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:\(product)", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    ] {
      lines.append(line)
    }
    if let name {
      // The first is the standard's (RFC 7986, 5.1), the second what older programs read; both ask once an hour.
      for line in ["NAME:\(escaped(name))", "X-WR-CALNAME:\(escaped(name))"] { lines.append(line) }
      for line in ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"] { lines.append(line) }
    }
    var seen: Set<String> = []
    for event in events where seen.insert(event.uid).inserted { append(event, to: &lines) }
    lines.append("END:VCALENDAR")
    return lines.bytes
  }

  private static func append(_ event: CalendarEvent, to lines: inout CalendarLines) {
    lines.append("BEGIN:VEVENT")
    lines.append("UID:", event.uid)
    lines.append(Time(event))
    lines.append("SUMMARY:", escaped(event.summary))
    lines.append(description: event.description)
    lines.append(unfolded: "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n")
  }

  /// What many entries say that stand side by side.
  fileprivate struct Time: Hashable {
    private let stamp: CivilMoment
    private let sequence: Int
    private let day: CivilDate

    init(_ event: CalendarEvent) {
      (stamp, sequence, day) = (event.stamp, event.sequence, event.day)
    }

    /// None of these is longer than a line may be.
    var lines: String {
      """
      DTSTAMP:\(compact(stamp))\r
      SEQUENCE:\(sequence)\r
      DTSTART;VALUE=DATE:\(compact(day))\r
      DTEND;VALUE=DATE:\(compact(day + 1))\r

      """
    }
  }

  private static func compact(_ date: CivilDate) -> String {
    let (year, month, day) = date.components
    return String(year * 10_000 + month * 100 + day)
  }

  private static func compact(_ moment: CivilMoment) -> String {
    "\(compact(moment.date))T\(moment.earliest.1.digitPairs.joined())Z"
  }

  fileprivate static func escaped(_ text: String) -> String {
    let masked = SafeText.masked(text)
    guard masked.withBytes({ $0.contains(where: isSpecial) }) else { return masked }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(masked.utf8.count + 8)
    masked.withBytes { bytes in
      for byte in bytes {
        if isSpecial(byte) { escaped.append(UInt8(ascii: "\\")) }
        escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\\") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",")
  }
}

/// The lines of a calendar as its bytes.
private struct CalendarLines {
  private(set) var bytes: [UInt8] = []
  private var times: [CalendarFile.Time: [UInt8]] = [:]
  private var descriptions: [String: [UInt8]] = [:]

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Octets of a line; what goes beyond them continues behind a space, never inside a character.
  private static let longest = 75

  /// Adds lines that are short, each with its CRLF.
  mutating func append(unfolded lines: String) { bytes += lines.utf8 }

  /// When the entry is, and since when it is so.
  mutating func append(_ time: CalendarFile.Time) {
    if let known = times[time] {
      bytes += known
    } else {
      let lines = Array(time.lines.utf8)
      times[time] = lines
      bytes += lines
    }
  }

  mutating func append(description: String) {
    if let known = descriptions[description] {
      bytes += known
    } else {
      let start = bytes.count
      append("DESCRIPTION:", CalendarFile.escaped(description))
      descriptions[description] = Array(bytes[start...])
    }
  }

  mutating func append(_ property: String, _ value: String = "") {
    let start = bytes.count
    bytes += property.utf8
    bytes += value.utf8
    if bytes.count - start > Self.longest { fold(from: start) }
    bytes += [0x0D, 0x0A]
  }

  private mutating func fold(from start: Int) {
    var rest = Array(bytes[start...])[...]
    bytes.removeSubrange(start...)
    var room = Self.longest
    while rest.count > room {
      // The byte behind the break must be the first of a character.
      var end = rest.startIndex + room
      while end > rest.startIndex, rest[end] & 0xC0 == 0x80 { end -= 1 }
      bytes += rest[..<end]
      bytes += [0x0D, 0x0A, 0x20]
      rest = rest[end...]
      room = Self.longest - 1
    }
    bytes += rest
  }
}
