/// What single keys cannot know: which of them go together.
struct RuleChecks {
  let reader: SectionReader
  let variants: [RuleVariant]
  let ladder: [LadderStep]

  private var lengths: [Length] { variants.compactMap(\.terms.length) }

  func run(problems: inout ProblemList) {
    checkHours(&problems)
    checkPause(&problems)
    checkConfidentiality(&problems)
    if let entry = reader.one("hverdage"),
      !lengths.contains(where: { $0.terms.contains { $0.unit == .weekdays } })
    {
      problems.add(
        entry.place, "hverdage: the length counts no hverdage; remove the line, or write længde in hverdage")
    }
    let isUnlimited = variants.contains { $0.terms.length == nil }
    for key in ["varsel", "udsættelse", "pause"] where isUnlimited {
      if let entry = reader.one(key) {
        problems.add(
          entry.place,
          "\(key): a deadline that is hurtigst muligt is never due; remove the line, or set a længde")
      }
    }
  }

  /// Hours and days do not mix: a step in hours needs a due instant, an extension a due day.
  private func checkHours(_ problems: inout ProblemList) {
    for entry in reader.all("varsel") where lengths.contains(where: { !$0.isInHours }) {
      // A step that was reported has no unit to ask about.
      guard let step = try? LadderStep(text: entry.value),
        step.offset.unit == .hours || step.repetition?.unit == .hours
      else { continue }
      problems.add(
        entry.place, "varsel: a step in timer needs a længde in timer; write it in dage or arbejdsdage")
    }
    if lengths.contains(where: \.isInHours), let entry = reader.one("udsættelse") {
      problems.add(entry.place, "udsættelse: a deadline in timer cannot be moved to a date; remove the line")
    }
  }

  /// What no department may hear cannot be told to one.
  private func checkConfidentiality(_ problems: inout ProblemList) {
    guard let entry = reader.one("fortrolig"), ladder.contains(where: { $0.roles != [.adviser] }) else {
      return
    }
    problems.add(
      entry.place,
      "fortrolig: the adviser alone hears of such a case; let every varsel go to borgerrådgiver, or remove the line"
    )
  }

  /// A pause holds either days or working days; of a sum of both nobody could say which.
  private func checkPause(_ problems: inout ProblemList) {
    guard let entry = reader.one("pause") else { return }
    for length in lengths where !length.canPause {
      problems.add(
        entry.place,
        "pause: \"\(length)\" mixes units or counts back, and a pause cannot say what of it waits; write one unit"
      )
    }
  }
}

extension Length {
  /// True when every term counts forward, and days are not mixed with working days.
  fileprivate var canPause: Bool {
    guard terms.allSatisfy({ $0.count > 0 }) else { return false }
    return terms.count == 1 || terms.allSatisfy { $0.unit.endsOnAnyDay } || isInHours
  }
}
