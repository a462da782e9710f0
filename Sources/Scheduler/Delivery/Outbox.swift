package import Notifier
package import Rules

/// What became of one mail in this tick.
package struct Delivery: Hashable, Sendable {
  package let recipient: EmailAddress
  /// How many notices it carries.
  package let notices: Int
  package let attempt: Int
  package let result: DeliveryResult
  let earlier: EarlierAttempt

  /// What is known of the attempt before.
  enum EarlierAttempt: Hashable, Sendable {
    case none
    case refused
    /// The program stopped in it, so the mail may have gone out then.
    case unanswered
  }

  /// What the report says of a mail that may have arrived twice.
  var remark: DeliveryRemark? {
    guard result == .accepted, earlier == .unanswered else { return nil }
    return DeliveryRemark(recipient: recipient, notices: notices, standing: .repeated(attempt: attempt))
  }
}

/// Hands mails over so that none is lost and none is doubled: the bytes go to the spool and the intent to the journal
/// before sendmail is called, the result to the journal after.
package struct Outbox {
  private var journal: Journal
  private let spool: String
  private let files: any FileSystem
  private let transport: any MailTransport
  private let bounce: EmailAddress
  private let now: Now

  package init(
    journal: Journal, spool: String, files: any FileSystem, transport: any MailTransport,
    bounce: EmailAddress, now: Now
  ) {
    self.journal = journal
    self.spool = spool
    self.files = files
    self.transport = transport
    self.bounce = bounce
    self.now = now
  }

  /// What the journal now says.
  package var state: JournalState { journal.state }

  /// Tries the mails of earlier ticks again that were not accepted, with the same bytes: at every tick, so that an
  /// hour without a mail system loses nothing.
  ///
  /// One whose result is missing is sent again once: it may reach its reader twice, with one Message-ID.
  /// - Throws: ``JournalFault`` when the memory fails; then nothing more may be sent.
  package mutating func resume() throws(JournalFault) -> [Delivery] {
    var deliveries: [Delivery] = []
    for unfinished in journal.state.unfinished {
      let intent = unfinished.intent
      switch unfinished.standing {
      case .unansweredTwice:
        let result = DeliveryResult.uncertain("the program stopped twice while this mail was handed over")
        try journal.append(.result(identity: intent.identity, result), at: now)
        deliveries.append(Self.delivery(intent, result, .unanswered))
      case .unanswered: deliveries.append(try retry(intent, after: .unanswered))
      case .refused: deliveries.append(try retry(intent, after: .refused))
      case .uncertain: break
      }
    }
    return deliveries
  }

  /// Sends `messages` one after another; one that is refused never stops the others.
  ///
  /// - Throws: ``JournalFault`` when the memory fails; then nothing more may be sent.
  package mutating func send(_ messages: [ComposedMessage]) throws(JournalFault) -> [Delivery] {
    var deliveries: [Delivery] = []
    for composed in messages {
      let message = composed.message
      let bytes = message.bytes
      let intent = Intent(
        identity: message.identity, attempt: 1, hash: SHA256.letters(SHA256.digest(bytes)),
        recipient: message.recipient, keys: composed.keys)
      try write(bytes, intent)
      deliveries.append(try hand(over: bytes, intent, after: .none))
    }
    return deliveries
  }

  /// Writes down that a pass over a register of `cases` is finished.
  package mutating func finish(cases: Int) throws(JournalFault) {
    try journal.append(.pass(cases: cases), at: now)
  }

  private mutating func retry(
    _ earlier: Intent, after attempt: Delivery.EarlierAttempt
  ) throws(JournalFault) -> Delivery {
    let intent = Intent(
      identity: earlier.identity, attempt: earlier.attempt + 1, hash: earlier.hash,
      recipient: earlier.recipient,
      keys: earlier.keys)
    let bytes = try? files.read(spoolFile(intent))
    guard let bytes, SHA256.letters(SHA256.digest(bytes)) == intent.hash else {
      let result = DeliveryResult.uncertain("the spool file \(spoolFile(intent)) is missing or changed")
      try journal.append(.result(identity: intent.identity, result), at: now)
      return Self.delivery(intent, result, attempt)
    }
    return try hand(over: bytes, intent, after: attempt)
  }

  private mutating func hand(
    over bytes: [UInt8], _ intent: Intent, after attempt: Delivery.EarlierAttempt
  ) throws(JournalFault) -> Delivery {
    try journal.append(.intent(intent), at: now)
    let envelope = Envelope(
      spoolFile: spoolFile(intent), bytes: bytes, identity: intent.identity, recipient: intent.recipient,
      bounce: bounce)
    let result = transport.deliver(envelope)
    try journal.append(.result(identity: intent.identity, result), at: now)
    // The spool is only for mails that may be tried again; a file that stays behind does no harm.
    if result == .accepted { try? files.remove(spoolFile(intent)) }
    return Self.delivery(intent, result, attempt)
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

  private static func delivery(
    _ intent: Intent, _ result: DeliveryResult, _ earlier: Delivery.EarlierAttempt
  ) -> Delivery {
    Delivery(
      recipient: intent.recipient, notices: intent.noticeCount, attempt: intent.attempt, result: result,
      earlier: earlier)
  }
}
