/// What makes a clock the same one on another day, under other rules, or after somebody changed the register.
package struct ClockIdentity: Hashable, Sendable {
  package let caseID: String
  package let rule: String
  /// Nil where the clock cannot be computed.
  package let start: CivilMoment?

  package init(caseID: String, rule: String, start: CivilMoment?) {
    self.caseID = caseID
    self.rule = rule
    self.start = start
  }

  package init(_ clock: Clock) {
    self.init(caseID: clock.caseID, rule: clock.rule.id, start: clock.knownStart)
  }

  package init(_ key: NoticeKey) {
    self.init(caseID: key.caseID, rule: key.rule, start: key.start)
  }
}

/// One rule on one case, whatever its clocks there.
struct CaseAndRule: Hashable, Sendable {
  let caseID: String
  let rule: String
}

extension ClockIdentity {
  var caseAndRule: CaseAndRule { CaseAndRule(caseID: caseID, rule: rule) }
}

extension ClockIdentity: Comparable, CustomStringConvertible {
  /// Its parts joined by `|`, as ``NoticeKey/description`` writes them; an unknown start is empty.
  package var description: String { String(decoding: bytes, as: UTF8.self) }

  /// The same as UTF-8.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64)
    bytes += escapedForJournal(caseID).utf8
    bytes.append(UInt8(ascii: "|"))
    bytes += escapedForJournal(rule).utf8
    bytes.append(UInt8(ascii: "|"))
    if let start { bytes += escapedForJournal(start.description).utf8 }
    return bytes
  }

  package static func < (a: Self, b: Self) -> Bool { a.sortedBy < b.sortedBy }

  private var sortedBy: (String, String, Int64) { (caseID, rule, start?.localSeconds ?? 0) }
}
