import Rules

/// One clock of the ledger as the words of a line.
enum ToldClockText {
  /// The words of the line of a clock.
  static func words(_ told: ToldClock) -> [String] {
    let identity = told.identity
    return [identity.caseID, identity.rule, text(identity.start), told.name, told.department].map(
      escapedForJournal)
      + [
        told.mayReachDepartment ? "department" : "adviser", text(told.shown.due), String(told.shown.sequence),
        text(told.shown.since),
      ] + words(told.verdict, told.change)
  }

  /// The clock that ``words(_:)`` wrote; nil for anything else.
  static func clock(_ words: [String]) -> ToldClock? {
    let end = words.dropFirst(9).firstIndex(of: "changed") ?? words.count
    guard words.count >= 10, let due = moment(words[6]), let sequence = digits(words[7]),
      let since = moment(words[8]), let verdict = verdict(words[9..<end])
    else { return nil }
    let change = change(words[end...])
    guard end == words.count || change != nil else { return nil }
    let names = words.prefix(5).map(unescapedFromJournal)
    return ToldClock(
      identity: ClockIdentity(caseID: names[0], rule: names[1], start: moment(names[2])), name: names[3],
      department: names[4], mayReachDepartment: words[5] == "department",
      shown: ShownDue(due: due, sequence: sequence, since: since), verdict: verdict, change: change)
  }

  private static func words(_ verdict: Verdict, _ change: VerdictChange?) -> [String] {
    let changed = change.map { ["changed", word($0.from), word($0.to), text($0.seen)] } ?? []
    return switch verdict {
    case .pending: ["pending"] + changed
    case .exceeded(let since): ["exceeded", text(since)] + changed
    case .ended(let reading, let seen, let since):
      ["ended", word(reading), text(seen), text(since)] + changed
    }
  }

  private static func verdict(_ words: ArraySlice<String>) -> Verdict? {
    let words = Array(words)
    switch (words.first, words.count) {
    case ("pending", 1): return .pending
    case ("exceeded", 2): return moment(words[1]).map { .exceeded(since: $0) }
    case ("ended", 4):
      guard let reading = reading(words[1]), let seen = moment(words[2]), let since = moment(words[3]) else {
        return nil
      }
      return .ended(reading, seen: seen, since: since)
    default: return nil
    }
  }

  private static func change(_ words: ArraySlice<String>) -> VerdictChange? {
    let words = Array(words)
    guard words.count == 4, let from = reading(words[1]), let to = reading(words[2]),
      let seen = moment(words[3])
    else { return nil }
    return VerdictChange(from: from, to: to, seen: seen)
  }

  /// `overskredet|2024-03-13|`; what is not known is empty.
  private static func word(_ reading: Reading) -> String {
    [reading.standing.rawValue, text(reading.due), text(reading.at)].joined(separator: "|")
  }

  private static func reading(_ word: String) -> Reading? {
    let parts = word.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let standing = Reading.Standing(rawValue: parts[0]) else { return nil }
    return Reading(standing, due: moment(parts[1]), at: moment(parts[2]))
  }

  private static func text(_ moment: CivilMoment?) -> String { moment?.description ?? "" }

  private static func moment(_ text: String) -> CivilMoment? { try? CivilMoment(iso: text) }
}
