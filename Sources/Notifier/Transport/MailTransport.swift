package import Rules

/// A mail whose bytes are frozen and stand in the spool, on their way to one recipient.
package struct Envelope: Hashable, Sendable {
  /// The file that holds the message.
  package let spoolFile: String
  package let bytes: [UInt8]
  /// The left part of the Message-ID; the same for every attempt.
  package let identity: String
  package let recipient: EmailAddress
  /// Where bounces go.
  package let bounce: EmailAddress

  package init(
    spoolFile: String, bytes: [UInt8], identity: String, recipient: EmailAddress, bounce: EmailAddress
  ) {
    self.spoolFile = spoolFile
    self.bytes = bytes
    self.identity = identity
    self.recipient = recipient
    self.bounce = bounce
  }
}

/// Hands finished mails to whatever sends them.
package protocol MailTransport: Sendable {
  func deliver(_ envelope: Envelope) -> DeliveryResult

  /// Where the mails go, for people: `maildir udbakke`.
  var destination: String { get }
}
