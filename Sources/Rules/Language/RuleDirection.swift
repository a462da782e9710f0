/// What cannot be told of a length before its calendar is known: whether it leads anywhere.
extension Rule {
  /// Reports every length that never leads past its start. A start counts only once it has happened, a
  /// birthday as well, so such a deadline would be over before its clock begins.
  func checkDirection(problems: inout ProblemList) {
    for variant in variants {
      guard let length = variant.terms.length, neverLeadsForward(length) else { continue }
      problems.add(
        variant.place,
        "længde: \"\(length)\" never ends after its start, and a start counts only once it has happened, "
          + "so the deadline would never run; write a length that counts forward from \(start)")
    }
  }

  /// True when the end lies on the start or before it, whenever the clock starts.
  private func neverLeadsForward(_ length: Length) -> Bool {
    guard length.terms.contains(where: { $0.count < 0 }) else { return false }
    if length.isInHours { return length.hours <= 0 }
    if length.terms.allSatisfy({ $0.count < 0 }) { return true }
    let days = CivilDate.supportedDays
    let first = max(validity.from ?? days.lowerBound, days.lowerBound)
    let last = min(validity.through ?? days.upperBound, days.upperBound)
    var leadsBack = false
    for day in stride(from: first.day, through: last.day, by: 1) {
      let start = CivilDate(day: day)
      // Where it leaves the calendars it says nothing.
      guard let end = reckoner(from: start, zone: .utc).dueDay(from: start, length, roll: .none) else {
        continue
      }
      guard end <= start else { return false }
      leadsBack = true
    }
    return leadsBack
  }
}
