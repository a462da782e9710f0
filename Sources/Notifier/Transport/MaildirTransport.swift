/// Writes the bytes that sendmail would get into a maildir: for a first try, for examples, for tests.
package struct MaildirTransport: MailTransport {
  private let directory: String
  private let files: any FileSystem

  package init(directory: String, files: any FileSystem) {
    self.directory = directory
    self.files = files
  }

  package var destination: String { "maildiren \(directory)" }

  /// Writes to `tmp` and renames into `new`; the name follows from the Message-ID, so that a repeated attempt
  /// replaces its own message.
  package func deliver(_ envelope: Envelope) -> DeliveryResult {
    do throws(FileFault) {
      for name in ["tmp", "new", "cur"] { try files.createDirectory("\(directory)/\(name)") }
      let name = "\(envelope.identity).fristvagt"
      try files.write(envelope.bytes, to: "\(directory)/tmp/\(name)")
      try files.rename("\(directory)/tmp/\(name)", to: "\(directory)/new/\(name)")
      try files.syncDirectory("\(directory)/new")
      return .accepted
    } catch {
      return .deferred(TransientFailure(error.description))
    }
  }
}
