package import Notifier
package import Rules

/// One line of the journal.
package struct JournalRecord: Hashable, Sendable {
  /// What happened.
  package enum Event: Hashable, Sendable {
    /// The first record: the version of the format.
    case opened(version: Int)
    case intent(Intent)
    /// Attempt number `attempt`, from 2, at a mail of an earlier intent; `doubt` says whether one before it may have
    /// arrived.
    case again(identity: String, attempt: Int, doubt: Doubt)
    case result(identity: String, DeliveryResult)
    /// A digest that had nothing to tell and was left out; its key, so that it is not owed any more.
    case leftOut(key: String)
    /// The past was summed up; from here on every step is told by itself.
    case commissioned
    /// A finished pass.
    case pass(Pass)
    /// A pass that ended before anything was sent.
    case stopped(StopReason)
  }

  /// Whether a mail may have arrived in an attempt that nobody knows the end of.
  package enum Doubt: String, Hashable, Sendable, CaseIterable {
    case none = "refused"
    case unanswered
  }

  /// The size of what a pass went through.
  package struct Pass: Hashable, Sendable {
    /// How many cases the register held.
    package let cases: Int
    /// How many clocks they had, finished ones too.
    package let clocks: Int

    package init(cases: Int, clocks: Int) {
      self.cases = cases
      self.clocks = clocks
    }
  }

  /// In local time.
  package let time: CivilMoment
  package let event: Event

  /// The version that is written.
  package static let version = 3
  /// Those that are read.
  package static let readableVersions = 1...version

  package init(time: CivilMoment, _ event: Event) {
    self.time = time
    self.event = event
  }

  /// The record as its line: checksum, time, event and its words, separated by spaces, ended by LF.
  package var line: String {
    ChecksummedLine.text([time.description] + words)
  }

  private var words: [String] {
    switch event {
    case .opened(let version): ["fristvagt-journal", String(version)]
    case .intent(let intent):
      ["intent", intent.identity, "1", intent.hash, escapedForJournal(intent.recipient.description)]
        + intent.keys
    case .again(let identity, let attempt, let doubt): ["again", identity, String(attempt), doubt.rawValue]
    case .result(let identity, .accepted): ["sent", identity]
    case .result(let identity, .deferred(let failure)):
      ["failed", identity, escapedForJournal(failure.reason)]
    case .result(let identity, .rejected(let failure)):
      ["rejected", identity, escapedForJournal(failure.reason)]
    case .result(let identity, .uncertain(let reason)): ["uncertain", identity, escapedForJournal(reason)]
    case .leftOut(let key): ["left-out", key]
    case .commissioned: ["commissioned"]
    case .pass(let pass): ["pass", String(pass.cases), String(pass.clocks)]
    case .stopped(let reason): ["stopped", reason.rawValue]
    }
  }
}

extension JournalRecord {
  /// The record that a line (without LF) writes; nil when the checksum or the form is wrong.
  package init?(line: ArraySlice<UInt8>) {
    guard let words = ChecksummedLine.words(of: line), words.count >= 2,
      let time = try? CivilMoment(iso: words[0]),
      let event = Self.event(words[1], Array(words.dropFirst(2)))
    else { return nil }
    self.init(time: time, event)
  }

  private static func event(_ kind: String, _ words: [String]) -> Event? {
    switch (kind, words.count) {
    case ("fristvagt-journal", 1): digits(words[0]).map { .opened(version: $0) }
    case ("left-out", 1): .leftOut(key: words[0])
    case ("commissioned", 0): .commissioned
    case ("pass", 1...2): pass(words).map { .pass($0) }
    case ("stopped", 1): StopReason(rawValue: words[0]).map { .stopped($0) }
    case ("sent", 1): .result(identity: words[0], .accepted)
    case ("failed", 2):
      .result(identity: words[0], .deferred(TransientFailure(unescapedFromJournal(words[1]))))
    case ("rejected", 2):
      .result(identity: words[0], .rejected(PermanentFailure(unescapedFromJournal(words[1]))))
    case ("uncertain", 2): .result(identity: words[0], .uncertain(unescapedFromJournal(words[1])))
    case ("again", 3): again(words)
    case ("intent", 4...): intent(words)
    default: nil
    }
  }

  /// Version 1 counted cases only.
  private static func pass(_ words: [String]) -> Pass? {
    guard let cases = digits(words[0]), let clocks = words.count > 1 ? digits(words[1]) : 0 else {
      return nil
    }
    return Pass(cases: cases, clocks: clocks)
  }

  private static func again(_ words: [String]) -> Event? {
    guard let attempt = digits(words[1]), let doubt = Doubt(rawValue: words[2]) else { return nil }
    return .again(identity: words[0], attempt: attempt, doubt: doubt)
  }

  /// Version 1 wrote a later attempt as one more intent.
  private static func intent(_ words: [String]) -> Event? {
    guard let attempt = digits(words[1]), let recipient = try? EmailAddress(unescapedFromJournal(words[3]))
    else { return nil }
    if attempt > 1 { return .again(identity: words[0], attempt: attempt, doubt: .none) }
    return .intent(
      Intent(identity: words[0], hash: words[2], recipient: recipient, keys: Array(words.dropFirst(4))))
  }
}
