import Rules

/// Hands mails to sendmail(1), one call for each, without a shell.
package struct SendmailTransport: MailTransport {
  private let program: String
  /// Seconds that one call may take.
  private let timeout: Int

  /// Seconds that a call may take where nobody says otherwise.
  package static let standardTimeout = 60

  package init(program: String, timeout: Int = standardTimeout) {
    self.program = program
    self.timeout = timeout
  }

  package var destination: String { program }

  /// Runs `sendmail -i -f BOUNCE -- RECIPIENT` with the spool file as its standard input.
  ///
  /// A regular file, because with a pipe a killed writer looks like the end of the message. Exit codes differ
  /// from one mail system to the next: ``SendmailExit``.
  package func deliver(_ envelope: Envelope) -> DeliveryResult {
    let arguments = ["-i", "-f", envelope.bounce.description, "--", envelope.recipient.description]
    let ending = ChildProcess(program: program, arguments: arguments)
      .run(standardInput: envelope.spoolFile, timeout: timeout)
    switch ending {
    case .exited(let code, let words):
      return SendmailExit.result(of: code, reason: "\(program) exited with \(code)\(quotedWords(words))")
    case .notStarted(let fault): return .deferred(TransientFailure(fault.description))
    case .killed(let signal): return .uncertain("\(program) was killed by signal \(signal)")
    case .timedOut(let words):
      return .uncertain(
        "\(program) did not finish within \(timeout) seconds and was stopped\(quotedWords(words))")
    }
  }

  private func quotedWords(_ words: String) -> String {
    words.isEmpty ? "" : ": \(words)"
  }
}
