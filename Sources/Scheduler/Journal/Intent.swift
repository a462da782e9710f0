package import Notifier
package import Rules

/// A mail that is about to be handed over, written down before sendmail is called.
package struct Intent: Hashable, Sendable {
  /// The left part of the Message-ID.
  package let identity: String
  /// The SHA-256 of the exact bytes, in letters.
  package let hash: String
  package let recipient: EmailAddress
  /// What the mail carries: keys of notices as ``NoticeKey/description`` writes them, and ``ProductKey``s.
  package let keys: [String]

  package init(identity: String, hash: String, recipient: EmailAddress, keys: [String]) {
    self.identity = identity
    self.hash = hash
    self.recipient = recipient
    self.keys = keys
  }

  /// The notices among the keys.
  package var notices: [WrittenNoticeKey] { keys.compactMap(WrittenNoticeKey.init) }

  /// True for a mail that tells the adviser of trouble.
  package var isAlarm: Bool { keys.first.map(ProductKey.isAlarm) ?? false }

  /// What kind of mail it is.
  package var content: MailContent {
    keys.lazy.compactMap(ProductKey.content).first ?? .notices(notices.count)
  }
}

/// The key of a mail that is no reminder: what it is, the day or incident that it is about, and who gets it.
///
/// Three parts, so that none can be taken for a notice's seven.
package struct ProductKey: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// The first word of a key.
  private enum Kind: String, CaseIterable {
    case report = "rapport"
    case digest
    case opening = "åbning"
    case alarm
  }

  /// A product that comes again and again, each time for a day.
  package enum Series: Hashable, Sendable {
    /// The adviser's report.
    case report
    /// The digest of a department.
    case digest(of: String)

    fileprivate var word: String {
      switch self {
      case .report: Kind.report.rawValue
      case .digest(let name): "\(Kind.digest.rawValue) \(name)"
      }
    }
  }

  /// That of a series for a day, to whom it is meant for, whoever stands in.
  package init(_ series: Series, of day: CivilDate, to reader: EmailAddress) {
    description = Self.joined([series.word, day.description, reader.description])
  }

  /// The day of the product that has this key; nil for one of no or another series.
  static func day(_ key: String, in series: Series) -> CivilDate? {
    guard key.hasPrefix(escapedForJournal(series.word) + "|") else { return nil }
    return try? CivilDate(iso: subject(of: key))
  }

  /// What lay in the past when the program was first used, of one department or, without a name, for the
  /// adviser.
  ///
  /// By the notices that it sums up: what falls into the past before all is summed up gets a digest of its
  /// own.
  package static func opening(
    of name: String?, _ notices: [NoticeKey], to recipient: EmailAddress
  ) -> ProductKey {
    let subject = SHA256.name(of: notices.map(\.description).joined(separator: "\n"))
    return ProductKey(.opening, of: name.map { " \($0)" } ?? "", subject, recipient)
  }

  /// An alarm about one incident: each is told once.
  package static func alarm(_ incident: String, to recipient: EmailAddress) -> ProductKey {
    ProductKey(.alarm, incident, recipient)
  }

  private init(_ kind: Kind, of name: String = "", _ subject: String, _ recipient: EmailAddress) {
    description = Self.joined([kind.rawValue + name, subject, recipient.description])
  }

  private static func joined(_ parts: [String]) -> String {
    parts.map(escapedForJournal).joined(separator: "|")
  }

  /// Asked of every mail at every tick, so without taking the key apart.
  static func isAlarm(_ key: String) -> Bool { key.hasPrefix("\(Kind.alarm.rawValue)|") }

  /// The day or incident that a key is about; empty for a notice's.
  static func subject(of key: String) -> String {
    let parts = key.split(separator: "|", omittingEmptySubsequences: false)
    return parts.count == 3 ? unescapedFromJournal(String(parts[1])) : ""
  }

  /// What kind of mail has this key; nil for a notice's.
  static func content(_ key: String) -> MailContent? {
    let parts = key.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let word = unescapedFromJournal(String(parts[0])).prefix { $0 != " " }
    return switch Kind(rawValue: String(word)) {
    case .report: .report
    case .digest: .digest
    case .opening: .opening
    case .alarm: .alarm
    case nil: nil
    }
  }
}
