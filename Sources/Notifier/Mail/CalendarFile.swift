package import Rules

/// One deadline as a calendar shows it.
package struct CalendarEvent: Hashable, Sendable {
  /// Stable as long as it is the same clock, so that a moved deadline moves its entry.
  package let uid: String
  /// Higher with every change of the day.
  package let sequence: Int
  package let day: CivilDate
  package let summary: String
  package let description: String

  /// The calendar entry of a clock; `domain` makes its UID the kommune's own.
  package init(_ clock: Clock, _ reckoning: Reckoning, domain: Substring, writtenOn today: CivilDate) {
    let name = SHA256.name(of: "\(clock.caseID)|\(clock.rule.id)|\(reckoning.start)")
    uid = "\(name)@\(domain)"
    // Grows with every day, so that a later file always goes before an earlier one, whichever way the day moved.
    sequence = max(0, today - reckoning.start.date)
    day = reckoning.due.date
    summary = "Frist: \(clock.terms.name) (\(shown(clock.caseID)))"
    description = "Forfalder \(reckoning.due.danish(asSeenFrom: day)). Hjemmel: \(clock.terms.basis)."
  }
}

/// An iCalendar file (RFC 5545) of whole-day events.
package enum CalendarFile {
  /// The bytes of a calendar with `events`, of which there is at least one; CRLF, lines folded at 75 octets.
  ///
  /// - Parameter stamp: when the file is made, in UTC.
  package static func bytes(_ events: [CalendarEvent], stamp: CivilMoment) -> [UInt8] {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//fristvagt//fristvagt//DA", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
    ]
    for event in events {
      lines += [
        "BEGIN:VEVENT", "UID:\(event.uid)", "DTSTAMP:\(compact(stamp))", "SEQUENCE:\(event.sequence)",
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
