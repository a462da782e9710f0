import Glibc
import Notifier
package import Rules

/// Reads the system's zone data into a table, once, through the C library.
///
/// Not through Foundation: a statically linked one returns nil for every named zone.
package enum SystemZone {
  /// The offsets of the zone `name` from 1970 to 2100.
  ///
  /// - Throws: ``Remedy`` when the system has no such zone, or when its data are wrong for Denmark.
  package static func table(named name: String) throws(Remedy) -> ZoneTable {
    let folder = getenv("TZDIR").map { String(cString: $0) } ?? "/usr/share/zoneinfo"
    let isPlain =
      name.utf8.allSatisfy { (0x21...0x7E).contains($0) } && !name.contains("..") && name.first != "/"
    guard !name.isEmpty, isPlain, isZoneFile("\(folder)/\(name)") else {
      throw Remedy(
        "\"\(shortened(name))\" is not among the system's time zones (\(folder)); "
          + "write for example Europe/Copenhagen, and install tzdata where it is missing")
    }
    // The C library turns a zone it cannot read into UTC without a word, which the check below would see.
    setenv("TZ", name, 1)
    tzset()
    let table = probe()
    if name == "Europe/Copenhagen" { try check(table) }
    return table
  }

  /// True for a file that begins as compiled zone data do (RFC 8536); a folder or a text beside them does
  /// not.
  private static func isZoneFile(_ path: String) -> Bool {
    guard let file = uninterruptedOpening({ fopen(path, "r") }) else { return false }
    defer { fclose(file) }
    var start = [UInt8](repeating: 0, count: 4)
    return fread(&start, 1, 4, file) == 4 && start == Array("TZif".utf8)
  }

  /// Two transitions that everybody's zone data have: 31 March and 27 October 2024, both at 01:00 UTC.
  private static func check(_ table: ZoneTable) throws(Remedy) {
    let expected: [(instant: Int64, offset: Int64)] = [
      (1_711_846_799, 3_600), (1_711_846_800, 7_200), (1_729_990_799, 7_200), (1_729_990_800, 3_600),
    ]
    guard expected.allSatisfy({ table.offset(at: Instant(seconds: $0.instant)) == $0.offset }) else {
      throw Remedy(
        "the system's data for Europe/Copenhagen are wrong: summer time 2024 is not in them; reinstall tzdata"
      )
    }
  }

  private static let month = 30 * 86_400
  /// The end of 2100.
  private static let end = 131 * 365 * 86_400
  /// Behind 2037 hardly any zone's data list changes; its rules go on, one year like the other.
  private static let lastListed = 68 * 365 * 86_400

  private static func probe() -> ZoneTable {
    let first = offset(at: 0)
    var spans: [ZoneTable.Span] = []
    var start = 0
    while start < end {
      let last = spans.last?.offset ?? first
      if start > lastListed, let ruled = ruled(after: spans, from: start) {
        spans.append(ZoneTable.Span(from: Instant(seconds: Int64(ruled)), offset: offset(at: ruled)))
        start = ruled
      } else {
        let next = offset(at: start + month)
        if next != last {
          let after =
            foreseen(after: spans.suffix(4), between: start, start + month)
            ?? searched(between: start, start + month)
          spans.append(ZoneTable.Span(from: Instant(seconds: Int64(after)), offset: next))
        }
        start += month
      }
    }
    return ZoneTable(first: first, spans: spans)
  }

  /// The next change behind `start` where the clocks change twice a year: a year after the last but one. That
  /// none lies between is what rules are like.
  private static func ruled(after spans: [ZoneTable.Span], from start: Int) -> Int? {
    let latest = spans.suffix(3)
    guard latest.count == 3, let last = latest.last, let first = latest.first,
      last.from.seconds - first.from.seconds >= 52 * 7 * 86_400
    else { return nil }
    return foreseen(after: latest.dropFirst().prefix(1), between: start, end)
  }

  /// The change of clocks between two moments where it comes a year after an earlier one, to the weekday:
  /// nearly every change of nearly every zone. It spares the library some thousand questions.
  private static func foreseen(
    after spans: ArraySlice<ZoneTable.Span>, between before: Int, _ after: Int
  ) -> Int? {
    for span in spans {
      for weeks in 52...53 {
        let moment = Int(span.from.seconds) + weeks * 7 * 86_400
        guard (before + 1...after).contains(moment) else { continue }
        if offset(at: moment - 1) != offset(at: moment) { return moment }
      }
    }
    return nil
  }

  private static func searched(between start: Int, _ end: Int) -> Int {
    let first = offset(at: start)
    var (before, after) = (start, end)
    while after - before > 1 {
      let middle = (before + after) / 2
      if offset(at: middle) == first { before = middle } else { after = middle }
    }
    return after
  }

  private static func offset(at seconds: Int) -> Int64 {
    var moment = time_t(seconds)
    var local = tm()
    localtime_r(&moment, &local)
    return Int64(local.tm_gmtoff)
  }
}
