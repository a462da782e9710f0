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

  /// - Parameter domain: makes every UID the kommune's own.
  package init(_ ledger: Ledger, domain: Substring, zone: ZoneTable) {
    self.ledger = ledger
    self.domain = domain
    self.zone = zone
  }

  /// The entry of a clock; nil where it has no due day.
  package func event(_ clock: Clock) -> CalendarEvent? {
    guard let due = clock.reckoning?.due else { return nil }
    let identity = ClockIdentity(clock)
    let told = ledger.clocks[identity]?.shown
    let since = (told?.since ?? ledger.newest).earliest
    let utc = CivilMoment(localSeconds: zone.instant(since.0, since.1).seconds)
    return CalendarEvent(
      uid: "\(SHA256.name(of: identity.description))@\(domain)", sequence: told?.sequence ?? 0, stamp: utc,
      day: due.date, summary: "Frist: \(clock.terms.name) (\(shown(clock.caseID)))",
      description: "Forfalder \(due.danish(asSeenFrom: due.date)). Hjemmel: \(clock.terms.basis).")
  }
}

/// An iCalendar file (RFC 5545) of whole-day events.
package enum CalendarFile {
  private static let product = "-//fristvagt//fristvagt//DA"

  /// True for the bytes of a calendar that this program wrote.
  package static func isOwn(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes.prefix(128), as: UTF8.self).contains("\r\nPRODID:\(product)\r\n")
  }

  /// The bytes of a calendar with `events`, each once; CRLF, lines folded at 75 octets.
  ///
  /// - Parameter name: what a calendar program calls it, where somebody subscribes to it.
  package static func bytes(_ events: [CalendarEvent], name: String? = nil) -> [UInt8] {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:\(product)", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
    ]
    if let name {
      // The first is the standard's (RFC 7986, 5.1), the second what older programs read; both ask once an hour.
      lines += [
        "NAME:\(escaped(name))", "X-WR-CALNAME:\(escaped(name))", "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
      ]
    }
    var seen: Set<String> = []
    for event in events where seen.insert(event.uid).inserted {
      lines += [
        "BEGIN:VEVENT", "UID:\(event.uid)", "DTSTAMP:\(compact(event.stamp))", "SEQUENCE:\(event.sequence)",
        "DTSTART;VALUE=DATE:\(compact(event.day))", "DTEND;VALUE=DATE:\(compact(event.day + 1))",
        "SUMMARY:\(escaped(event.summary))", "DESCRIPTION:\(escaped(event.description))",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
      ]
    }
    lines.append("END:VCALENDAR")
    return lines.flatMap(folded)
  }

  private static func compact(_ date: CivilDate) -> String { date.description.filter { $0 != "-" } }

  private static func compact(_ moment: CivilMoment) -> String {
    "\(compact(moment.date))T\(moment.earliest.1.digitPairs.joined())Z"
  }

  private static func escaped(_ text: String) -> String {
    SafeText.masked(text).reduce(into: "") { escaped, character in
      if ["\\", ";", ","].contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
  }

  /// The line with CRLF; what goes beyond 75 octets continues behind a space, never inside a character.
  private static func folded(_ line: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var width = 0
    for scalar in line.unicodeScalars {
      let piece = Array(String(scalar).utf8)
      if width + piece.count > 75 {
        bytes += [0x0D, 0x0A, 0x20]
        width = 1
      }
      bytes += piece
      width += piece.count
    }
    return bytes + [0x0D, 0x0A]
  }
}
