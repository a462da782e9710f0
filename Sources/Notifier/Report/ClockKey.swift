import Rules

/// What two clocks of one department and one due day are compared by.
struct ClockKey {
  /// The time of day of a due instant, in seconds; -1 for a due day, which stands before it.
  private let time: Int32
  /// The first sixteen bytes of the case number.
  private let id: (UInt64, UInt64)

  /// - Parameters:
  ///   - ids: the numbers of the cases of the entry's shelf; ``ClockShelf/idPadding`` bytes behind them are
  ///     readable.
  ///   - clocks: those of the shelf that are kept whole.
  @inline(__always)
  init(_ entry: ClockShelf.Entry, ids: UnsafeRawBufferPointer, clocks: [Clock]) {
    let words = (
      ids.loadUnaligned(fromByteOffset: Int(entry.id), as: UInt64.self),
      ids.loadUnaligned(fromByteOffset: Int(entry.id) + 8, as: UInt64.self)
    )
    time = entry.isWhole ? clocks[Int(entry.extra)].reckoning?.due.local.time?.seconds ?? -1 : -1
    id = (Self.word(words.0, Int(entry.idCount)), Self.word(words.1, Int(entry.idCount) - 8))
  }

  /// The first `count` of eight bytes as a number that orders them; zeros behind them.
  @inline(__always)
  private static func word(_ bytes: UInt64, _ count: Int) -> UInt64 {
    count >= 8 ? bytes.bigEndian : bytes.bigEndian & ~(UInt64.max >> UInt64(max(0, count) * 8))
  }

  /// True where `a` stands before `b`; what they leave open `rest` decides.
  @inline(__always)
  static func precedes(_ a: ClockKey, _ b: ClockKey, _ rest: () -> (Rest, Rest)) -> Bool {
    if a.time != b.time { return a.time < b.time }
    if a.id.0 != b.id.0 { return a.id.0 < b.id.0 }
    if a.id.1 != b.id.1 { return a.id.1 < b.id.1 }
    let (first, second) = rest()
    return first.precedes(second)
  }

  /// What decides between clocks that are due together on one case, or on cases with very long numbers.
  struct Rest {
    private let id: UnsafeRawBufferPointer
    /// Of the register, for a case whose number is masked; 0 for every other.
    private let line: Int
    private let rule: String
    private let start: Int64

    /// - Parameter numbers: tells masked cases apart.
    init(
      _ entry: ClockShelf.Entry, ids: UnsafeRawBufferPointer, of shelf: ClockShelf, _ numbers: CaseNumbers
    ) {
      id = UnsafeRawBufferPointer(rebasing: ids[Int(entry.id)..<Int(entry.id) + Int(entry.idCount)])
      if entry.isWhole {
        let clock = shelf.clocks[Int(entry.extra)]
        line = numbers.line(of: clock.caseID)
        (rule, start) = (clock.rule.id, clock.start?.localSeconds ?? 0)
      } else {
        line = 0
        rule = shelf.vocabulary.terms[Int(entry.plan)].rule.id
        start = CivilMoment(CivilDate(day: entry.start)).localSeconds
      }
    }

    func precedes(_ other: Rest) -> Bool {
      if !id.elementsEqual(other.id) { return id.lexicographicallyPrecedes(other.id) }
      if line != other.line { return line < other.line }
      return rule == other.rule ? start < other.start : precedesInBytes(rule, other.rule)
    }
  }
}
