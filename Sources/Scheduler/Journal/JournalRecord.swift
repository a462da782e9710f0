package import Notifier
package import Rules

/// One line of the journal.
package struct JournalRecord: Hashable, Sendable {
  /// What happened.
  package enum Event: Hashable, Sendable {
    /// The first record: the version of the format, and the end of the journal that this one was made from.
    case opened(version: Int, behind: JournalHead = .start)
    case intent(Intent)
    /// Attempt number `attempt`, from 2, at a mail of an earlier intent; `doubt` says whether one before it
    /// may have arrived.
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
    /// Somebody accepted a journal that lacked records; until the next pass the ledger says what was told.
    case accepted(JournalGap)
    /// What was taken as told because of that; keys as in ``Intent/keys``.
    case told(keys: [String])
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
  package static let version = 4
  /// The first in which the checksum of a record covers the one before it.
  static let firstChainedVersion = 4
  /// Those that are read.
  package static let readableVersions = 1...version

  package init(time: CivilMoment, _ event: Event) {
    self.time = time
    self.event = event
  }

  /// The record as its line: checksum, time, event and its words, separated by spaces, ended by LF.
  ///
  /// - Parameter before: the checksum of the record before, which that of this one covers; nil where it
  ///   covers none.
  package func line(behind before: UInt32? = nil) -> String {
    ChecksummedLine.text([time.description] + words, behind: before)
  }

  /// True for what says nothing but that a pass was finished.
  var isPass: Bool { if case .pass = event { true } else { false } }

  private var words: [String] {
    switch event {
    case .opened(let version, _) where version < Self.firstChainedVersion:
      ["fristvagt-journal", String(version)]
    case .opened(let version, let before):
      [
        "fristvagt-journal", String(version), String(before.number),
        ChecksummedLine.hexadecimal(before.checksum),
      ]
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
    case .accepted(let gap): ["accepted", gap.after?.description ?? ""] + gap.told.words
    case .told(let keys): ["told"] + keys
    }
  }
}

extension JournalRecord {
  /// The record that a line (without LF) writes; nil when the checksum or the form is wrong.
  ///
  /// - Parameter before: the checksum of the record before, where that of this one covers it.
  package init?(line: ArraySlice<UInt8>, behind before: UInt32? = nil) {
    guard let words = ChecksummedLine.words(of: line, behind: before) else { return nil }
    self.init(words)
  }

  /// True for a line that is a record but for its checksum.
  static func hasForm(of line: ArraySlice<UInt8>) -> Bool {
    ChecksummedLine.unproved(line).flatMap(JournalRecord.init) != nil
  }

  private init?(_ words: [String]) {
    guard words.count >= 2, let time = try? CivilMoment(iso: words[0]),
      let event = Self.event(words[1], Array(words.dropFirst(2)))
    else { return nil }
    self.init(time: time, event)
  }

  private static func event(_ kind: String, _ words: [String]) -> Event? {
    switch (kind, words.count) {
    case ("fristvagt-journal", 1...): opened(words)
    case ("accepted", 3): accepted(words)
    case ("told", 1...): .told(keys: words)
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

  /// Of another version only the number is read.
  private static func opened(_ words: [String]) -> Event? {
    guard let version = digits(words[0]) else { return nil }
    guard version == JournalRecord.version else { return .opened(version: version) }
    guard words.count == 3, let number = digits(words[1]), let checksum = ChecksummedLine.checksum(words[2])
    else { return nil }
    return .opened(version: version, behind: JournalHead(number: number, checksum: checksum))
  }

  private static func accepted(_ words: [String]) -> Event? {
    let after = try? CivilMoment(iso: words[0])
    guard words[0].isEmpty || after != nil, let told = ToldUntil(words: words.dropFirst()) else { return nil }
    return .accepted(JournalGap(after: after, told: told))
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
