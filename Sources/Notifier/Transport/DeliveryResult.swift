/// Not accepted now: trying again later may help, and doubles nothing.
package struct TransientFailure: Hashable, Sendable {
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }
}

/// Not accepted, and the same bytes to the same address will not be accepted later either.
package struct PermanentFailure: Hashable, Sendable {
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }
}

/// What became of one attempt to hand over a mail.
package enum DeliveryResult: Hashable, Sendable {
  /// The mail system has taken it over.
  case accepted
  case deferred(TransientFailure)
  case rejected(PermanentFailure)
  /// Nobody can know: the program was killed, or did not answer in time.
  case uncertain(String)
}

/// The exit codes of sendmail(1), as far as mail systems agree on them.
///
/// 0 is the only one that means accepted everywhere. Postfix answers 75 to every failure, Exim 1 or 2,
/// nullmailer 1; msmtp has all of sysexits.h. So only the three that blame the message or the address itself
/// are final.
package enum SendmailExit {
  /// EX_USAGE, EX_DATAERR, EX_NOUSER.
  static let final: Set<Int32> = [64, 65, 67]

  /// What an exit with `code` means; `reason` is for people.
  package static func result(of code: Int32, reason: String) -> DeliveryResult {
    if code == 0 { return .accepted }
    return final.contains(code) ? .rejected(PermanentFailure(reason)) : .deferred(TransientFailure(reason))
  }
}
