package import Notifier
package import Rules

/// A mail that is about to be handed over, written down before sendmail is called.
package struct Intent: Hashable, Sendable {
  /// The left part of the Message-ID.
  package let identity: String
  /// 1 for the first attempt.
  package let attempt: Int
  /// The SHA-256 of the exact bytes, in letters.
  package let hash: String
  package let recipient: EmailAddress
  /// The keys of the notices that the mail carries, as ``NoticeKey/description`` writes them.
  package let keys: [String]

  /// How many of the keys are notices; a report or a digest has a key of its own kind, of three parts.
  package var noticeCount: Int {
    keys.filter { $0.utf8.filter { $0 == UInt8(ascii: "|") }.count > 2 }.count
  }

  package init(identity: String, attempt: Int, hash: String, recipient: EmailAddress, keys: [String]) {
    self.identity = identity
    self.attempt = attempt
    self.hash = hash
    self.recipient = recipient
    self.keys = keys
  }
}

/// One line of the journal.
package struct JournalRecord: Hashable, Sendable {
  /// What happened.
  package enum Event: Hashable, Sendable {
    /// The first record: the version of the format.
    case opened(version: Int)
    case intent(Intent)
    case result(identity: String, DeliveryResult)
    /// A finished pass over a register of that many cases.
    case pass(cases: Int)
  }

  /// In local time.
  package let time: CivilMoment
  package let event: Event

  package static let version = 1

  /// The record as its line: checksum, time, event and its words, separated by spaces, ended by LF.
  package var line: String {
    let words: [String] =
      switch event {
      case .opened(let version): ["fristvagt-journal", String(version)]
      case .intent(let intent):
        [
          "intent", intent.identity, String(intent.attempt), intent.hash,
          escapedForJournal(intent.recipient.description),
        ]
          + intent.keys
      case .result(let identity, .accepted): ["sent", identity]
      case .result(let identity, .refused(let reason)): ["failed", identity, escapedForJournal(reason)]
      case .result(let identity, .uncertain(let reason)): ["uncertain", identity, escapedForJournal(reason)]
      case .pass(let cases): ["pass", String(cases)]
      }
    let text = ([time.description] + words).joined(separator: " ")
    return "\(Self.checksum(text.utf8)) \(text)\n"
  }

  package init(time: CivilMoment, _ event: Event) {
    self.time = time
    self.event = event
  }

  /// The record that a line (without LF) writes; nil when the checksum or the form is wrong.
  ///
  /// Bytes, not characters: a space before a combining accent is no space to a `Character`.
  package init?(line: ArraySlice<UInt8>) {
    guard let space = line.firstIndex(of: 0x20) else { return nil }
    let payload = line[line.index(after: space)...]
    guard line[..<space].elementsEqual(Self.checksum(payload).utf8) else { return nil }
    let words = payload.split(separator: 0x20, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard words.count >= 2, let time = try? CivilMoment(iso: words[0]),
      let event = Self.event(words[1], Array(words.dropFirst(2)))
    else { return nil }
    self.time = time
    self.event = event
  }

  private static func event(_ kind: String, _ words: [String]) -> Event? {
    switch (kind, words.count) {
    case ("fristvagt-journal", 1): digits(words[0]).map { .opened(version: $0) }
    case ("pass", 1): digits(words[0]).map { .pass(cases: $0) }
    case ("sent", 1): .result(identity: words[0], .accepted)
    case ("failed", 2): .result(identity: words[0], .refused(unescapedFromJournal(words[1])))
    case ("uncertain", 2): .result(identity: words[0], .uncertain(unescapedFromJournal(words[1])))
    case ("intent", 4...): intent(words).map { .intent($0) }
    default: nil
    }
  }

  private static func intent(_ words: [String]) -> Intent? {
    guard let attempt = digits(words[1]), let recipient = try? EmailAddress(unescapedFromJournal(words[3]))
    else {
      return nil
    }
    return Intent(
      identity: words[0], attempt: attempt, hash: words[2], recipient: recipient,
      keys: Array(words.dropFirst(4)))
  }

  private static func checksum(_ bytes: some Sequence<UInt8>) -> String {
    let hex = String(CRC32.checksum(bytes), radix: 16)
    return String(repeating: "0", count: 8 - hex.utf8.count) + hex
  }
}
