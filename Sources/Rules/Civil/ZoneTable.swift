/// Seconds since 1970-01-01T00:00:00Z, as the kernel counts them: every day has 86,400.
package struct Instant: Hashable, Comparable, Sendable {
  package let seconds: Int64

  package init(seconds: Int64) {
    self.seconds = seconds
  }

  package static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }
}

/// A time zone's offsets from UTC as a table, so that hours can be counted without asking the system.
///
/// Read once at the edge from the system's zone data; everything below takes it as a value.
package struct ZoneTable: Sendable, Hashable {
  /// From `from` on (inclusive) local time is UTC plus `offset` seconds.
  package struct Span: Sendable, Hashable {
    package let from: Instant
    package let offset: Int64

    package init(from: Instant, offset: Int64) {
      self.from = from
      self.offset = offset
    }
  }

  private let first: Int64
  private let spans: [Span]

  /// A zone that starts with the offset `first` (seconds east of UTC) and changes at each of `spans`, which
  /// are in order of time.
  package init(first: Int64, spans: [Span]) {
    self.first = first
    self.spans = spans
  }

  package static let utc = ZoneTable(first: 0, spans: [])

  /// Seconds east of UTC at `instant`.
  package func offset(at instant: Instant) -> Int64 {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].from <= instant { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : spans[low - 1].offset
  }

  /// The local date and time at `instant`.
  package func local(_ instant: Instant) -> CivilMoment {
    CivilMoment(localSeconds: instant.seconds + offset(at: instant))
  }

  /// The same with the pass of an hour that exists twice, so that ``instant(_:)`` leads back.
  package func exactly(_ instant: Instant) -> CivilMoment {
    let moment = local(instant)
    let (date, time) = moment.earliest
    return self.instant(date, time) == instant ? moment : CivilMoment(date, time, pass: .second)
  }

  /// The instant of a moment, of its earliest reading where no time is known.
  package func instant(_ moment: CivilMoment) -> Instant {
    let (date, time) = moment.earliest
    return instant(date, time, moment.pass)
  }

  /// The instant of a local date and time.
  ///
  /// An hour that exists twice (autumn) is read as its first pass where nothing says otherwise: the earliest
  /// start, so that a deadline is never reckoned too late. An hour that does not exist (spring) is read with
  /// the offset before the change, which lands as long after the change as the clock would have run.
  package func instant(
    _ date: CivilDate, _ time: TimeOfDay, _ pass: CivilMoment.Pass = .first
  ) -> Instant {
    let local = CivilMoment(date, time).localSeconds
    let before = offset(at: Instant(seconds: local - 86_400))
    let after = offset(at: Instant(seconds: local + 86_400))
    let candidates = [before, after].map { Instant(seconds: local - $0) }
    let valid = candidates.filter { $0.seconds + offset(at: $0) == local }
    let meant = pass == .first ? valid.min() : valid.max()
    return meant ?? Instant(seconds: local - before)
  }
}
