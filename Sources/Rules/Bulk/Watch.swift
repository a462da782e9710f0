/// Which rows a pass has to see whole, besides counting them.
package struct Watch: Sendable {
  /// Which open clocks are more than a figure.
  package enum OpenClocks: Sendable {
    case counted
    /// Those that are exceeded or due soon, and those of which a step of the ladder may have fallen.
    case seen
  }

  let openClocks: OpenClocks
  /// The hashes of case numbers; that of another number only sends a row the long way that need not have gone it.
  private let cases: Set<UInt64>

  /// Nothing but figures and lists is wanted.
  package static let nothing = Watch(.counted, cases: [])

  /// - Parameter cases: the numbers of cases that are known from before.
  package init(_ openClocks: OpenClocks, cases: some Sequence<String>) {
    self.openClocks = openClocks
    self.cases = Set(
      cases.map { id in
        (Array(id.utf8) + [UInt8](repeating: 0, count: 8)).withUnsafeBytes { bytes in
          bytes.baseAddress.map { AttributeTable.hash($0, bytes.count - 8) } ?? 0
        }
      })
  }

  /// True where no row has to be seen.
  package var isNothing: Bool { openClocks == .counted && cases.isEmpty }

  var isWithoutCases: Bool { cases.isEmpty }

  /// True where the case may be one of those known; a number that is not plain ASCII always may.
  func mayKnow(_ id: UnsafeRawBufferPointer) -> Bool {
    guard let base = id.baseAddress, id.allSatisfy({ $0 < 0x80 }) else { return true }
    return cases.contains(AttributeTable.hash(base, id.count))
  }
}

extension Rule {
  /// The last due day of which a step of the ladder can have fallen by `today`; later ones are too far off.
  ///
  /// On the safe side: whoever is watched in vain costs some microseconds.
  func lastTold(by today: CivilDate) -> CivilDate {
    let longest = ladder.compactMap { step -> Int? in
      guard case .before(let term) = step.offset else { return nil }
      return switch term.unit {
      case .hours: term.count / 24 + 2
      case .days: term.count
      case .weeks: term.count * 7
      case .months: term.count * 31
      case .years: term.count * 366
      // No month has fewer than ten working days.
      case .weekdays, .workingDays: term.count * 3 + 31
      }
    }.max()
    return today + (longest ?? 0)
  }
}
