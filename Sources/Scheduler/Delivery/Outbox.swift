package import Notifier
package import Rules

/// What became of one mail in this tick.
package struct Delivery: Hashable, Sendable {
  package let recipient: EmailAddress
  /// How many notices it carries.
  package let notices: Int
  package let attempt: Int
  package let result: DeliveryResult
}

/// Hands mails over so that none is lost and none is doubled: the bytes go to the spool and the intent to the
/// journal before sendmail is called, the result to the journal after.
package struct Outbox {
  /// As it stands now.
  private(set) var journal: Journal
  private let spool: String
  private let files: any FileSystem
  private let transport: any MailTransport
  private let bounce: EmailAddress
  private let policy: RetryPolicy
  private let stop: StopSignal
  private let now: Now
  /// How many answers in a row nobody could know.
  private var silences = 0

  /// A mail system that stays silent this often in a row is left alone until the next tick: each time costs a
  /// minute, and a mail of which nobody knows whether it went out.
  private static let mostSilences = 3

  package init(
    journal: Journal, spool: String, files: any FileSystem, transport: any MailTransport,
    bounce: EmailAddress, policy: RetryPolicy, stop: StopSignal, now: Now
  ) {
    self.journal = journal
    self.spool = spool
    self.files = files
    self.transport = transport
    self.bounce = bounce
    self.policy = policy
    self.stop = stop
    self.now = now
  }

  /// What the journal now says.
  package var state: JournalState { journal.state }

  /// False when no further mail may be handed over in this tick.
  private var isOpen: Bool { !stop.isRaised && silences < Self.mostSilences }

  /// Tries the mails of earlier ticks again that were not accepted and whose time has come, with the same
  /// bytes.
  ///
  /// One whose result is missing is sent again once: it may reach its reader twice, with one Message-ID.
  /// - Throws: ``JournalFault`` when the memory fails; then nothing more may be sent.
  package mutating func resume() throws(JournalFault) -> [Delivery] {
    var deliveries: [Delivery] = []
    for mail in state.unfinished(policy) where isOpen {
      switch mail.next(policy) {
      case nil: if let delivery = try resolve(mail) { deliveries.append(delivery) }
      case .attempt(let moment, _) where now.hasSeen(moment): deliveries.append(try retry(mail, .none))
      case .attempt, .some(.none): break
      }
    }
    return deliveries
  }

  /// Sends `messages` one after another; one that is refused never stops the others.
  ///
  /// - Throws: ``JournalFault`` when the memory fails; then nothing more may be sent.
  package mutating func send(_ messages: [ComposedMessage]) throws(JournalFault) -> [Delivery] {
    var deliveries: [Delivery] = []
    for composed in messages where isOpen {
      let message = composed.message
      let bytes = message.bytes
      let intent = Intent(
        identity: message.identity, hash: SHA256.letters(SHA256.digest(bytes)), recipient: message.recipient,
        keys: composed.keys)
      try write(bytes, intent)
      try journal.append(.intent(intent), at: now)
      deliveries.append(try hand(over: bytes, intent, attempt: 1))
    }
    return deliveries
  }

  /// Writes down something that is no mail.
  package mutating func note(_ event: JournalRecord.Event) throws(JournalFault) {
    try journal.append(event, at: now)
  }

  /// Shortens the journal when most of it is superfluous, and the spool by what no attempt needs any more.
  ///
  /// - Parameter live: the keys that the present register still asks for; nil where not all of them are
  ///   known.
  package mutating func tidy(live: Set<String>?) throws(JournalFault) {
    let state = journal.state
    if let live, state.superfluous > max(Self.toleratedRecords, state.mails.count) {
      try journal.compact(keeping: .remembered(live: live, policy))
    }
    for name in (try? files.names(in: spool)) ?? [] {
      let mail = mail(inFile: name)
      // What stays behind does no harm.
      if mail == nil || mail?.answer?.result == .accepted { try? files.remove("\(spool)/\(name)") }
    }
  }

  /// Puts the mails in the spool that the journal does not name out of the way: where it lost records, nobody
  /// else has them.
  func setUnknownAside() throws(JournalFault) {
    do throws(FileFault) {
      for name in try unknownNames(in: spool) {
        try files.createDirectory(unknown)
        try files.rename(Path.join(spool, name), to: Path.join(unknown, name))
        try files.syncDirectory(unknown)
      }
    } catch {
      throw .file(error)
    }
  }

  /// The files of all mails that were put aside, by this tick or one before, and that the journal does not
  /// name: one that was composed anew meanwhile is in its hands again.
  func unknownMails() throws(JournalFault) -> [String] {
    do throws(FileFault) {
      return try unknownNames(in: unknown).map { Path.join(unknown, $0) }
    } catch {
      throw .file(error)
    }
  }

  private var unknown: String { "\(spool).ukendt" }

  private func unknownNames(in folder: String) throws(FileFault) -> [String] {
    guard files.kind(of: folder) != nil else { return [] }
    return try files.names(in: folder).filter { mail(inFile: $0) == nil }
  }

  /// The mail of which a file of the spool holds the bytes; nil where the journal names none.
  private func mail(inFile name: String) -> Mail? { journal.state.mail(String(name.prefix { $0 != "." })) }

  /// So few superfluous records are not worth writing the journal anew: ten days of ticks.
  private static let toleratedRecords = 1_000

  /// What is to be done about an attempt in which the program stopped; nil while its child still works on it.
  private mutating func resolve(_ mail: Mail) throws(JournalFault) -> Delivery? {
    if mail.doubt == .unanswered {
      return try conclude(mail, .uncertain("the program stopped twice while this mail was handed over"))
    }
    // The child of a killed process holds the spool file locked for as long as it reads it.
    let path = spoolFile(mail.intent)
    if files.kind(of: path) == .file {
      guard let lock = try? files.lock(path) else { return nil }
      lock.release()
    }
    return try retry(mail, .unanswered)
  }

  private mutating func retry(
    _ mail: Mail, _ doubt: JournalRecord.Doubt
  ) throws(JournalFault) -> Delivery {
    let bytes = try? files.read(spoolFile(mail.intent))
    guard let bytes, SHA256.letters(SHA256.digest(bytes)) == mail.intent.hash else {
      let reason = "the spool file \(spoolFile(mail.intent)) is missing or changed"
      return try conclude(mail, .uncertain(reason))
    }
    let attempt = mail.attempts + 1
    try journal.append(.again(identity: mail.intent.identity, attempt: attempt, doubt: doubt), at: now)
    return try hand(over: bytes, mail.intent, attempt: attempt)
  }

  private mutating func conclude(_ mail: Mail, _ result: DeliveryResult) throws(JournalFault) -> Delivery {
    try journal.append(.result(identity: mail.intent.identity, result), at: now)
    return Self.delivery(mail.intent, mail.attempts, result)
  }

  private mutating func hand(
    over bytes: [UInt8], _ intent: Intent, attempt: Int
  ) throws(JournalFault) -> Delivery {
    let envelope = Envelope(
      spoolFile: spoolFile(intent), bytes: bytes, identity: intent.identity, recipient: intent.recipient,
      bounce: bounce)
    let result = transport.deliver(envelope)
    try journal.append(.result(identity: intent.identity, result), at: now)
    if case .uncertain = result { silences += 1 } else { silences = 0 }
    // The spool is only for mails that may be tried again; a file that stays behind does no harm.
    if result == .accepted { try? files.remove(spoolFile(intent)) }
    return Self.delivery(intent, attempt, result)
  }

  private func write(_ bytes: [UInt8], _ intent: Intent) throws(JournalFault) {
    do throws(FileFault) {
      try files.createDirectory(spool)
      try files.write(bytes, to: spoolFile(intent))
      try files.syncDirectory(spool)
    } catch {
      throw .file(error)
    }
  }

  private func spoolFile(_ intent: Intent) -> String { "\(spool)/\(intent.identity).eml" }

  private static func delivery(_ intent: Intent, _ attempt: Int, _ result: DeliveryResult) -> Delivery {
    Delivery(recipient: intent.recipient, notices: intent.notices.count, attempt: attempt, result: result)
  }
}
