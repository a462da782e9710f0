import Rules

/// An iCalendar file (RFC 5545) of whole-day events.
package enum CalendarFile {
  /// Bytes of an entry.
  private static let usualLength = 352
  private static let product = "-//fristvagt//fristvagt//DA"

  /// True for the bytes of a calendar that this program wrote.
  package static func isOwn(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes.prefix(128), as: UTF8.self).contains("\r\nPRODID:\(product)\r\n")
  }

  /// The bytes of a calendar with `events`, each once.
  ///
  /// - Parameters:
  ///   - count: how many there are, so that a long calendar is not copied while it grows.
  ///   - name: what a calendar program calls it, where somebody subscribes to it.
  package static func bytes(
    _ events: some Sequence<CalendarEvent>, expecting count: Int = 0, name: String? = nil
  ) -> [UInt8] {
    CalendarLines.bytes(capacity: count * usualLength) { lines in
      for line in [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:\(product)", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
      ] {
        lines.append(line)
      }
      if let name {
        // The first is the standard's (RFC 7986, 5.1), the second what older programs read; both ask once an
        // hour.
        let shown = CalendarLines.escaped(name)
        for line in ["NAME:\(shown)", "X-WR-CALNAME:\(shown)"] { lines.append(line) }
        for line in ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"] { lines.append(line) }
      }
      var entries = CalendarEntryWriter(expecting: count)
      for event in events { entries.append(event, to: &lines) }
      lines.append("END:VCALENDAR")
    }
  }
}

/// Writes the entries of one calendar, each once.
private struct CalendarEntryWriter {
  private var seen: Set<ContentName> = []
  /// Of the entry before; most entries of a calendar say the same.
  private var version: (sequence: Int, stamp: CivilMoment)?
  private var versionLines: [UInt8] = []

  private let begin = Array("BEGIN:VEVENT\r\n".utf8)
  private let uid = Array("UID:".utf8)
  private let end = Array("TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n".utf8)

  init(expecting count: Int) {
    seen.reserveCapacity(count)
  }

  mutating func append(_ event: CalendarEvent, to lines: inout CalendarLines) {
    guard seen.insert(event.name).inserted else { return }
    lines.append(lines: begin)
    lines.appendLine { line in
      line += uid
      line += event.name.letters
      line.append(UInt8(ascii: "@"))
      line += event.domain
    }
    note(event.sequence, event.stamp)
    lines.append(lines: versionLines)
    lines.append(lines: event.occasion.dayLines)
    lines.appendLine { line in
      line += event.occasion.summary
      line += CalendarLines.value(event.caseID).utf8
      line.append(UInt8(ascii: ")"))
    }
    lines.append(lines: event.occasion.description)
    lines.append(lines: end)
  }

  /// Since when the entry is as it is.
  private mutating func note(_ sequence: Int, _ stamp: CivilMoment) {
    if let version, version == (sequence, stamp) { return }
    version = (sequence, stamp)
    versionLines = CalendarLines.bytes {
      $0.append("DTSTAMP:\(CalendarLines.compact(stamp))")
      $0.append("SEQUENCE:\(sequence)")
    }
  }
}
