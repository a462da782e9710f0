package import Notifier
package import Rules

extension JournalState {
  /// For how many days the report lists a mail that did not simply arrive; nobody will learn more of it later.
  package static let listedDays = 14

  /// What the report of `today` shows of the mails: those since `since` (inclusive), and of the last ``listedDays`` every one
  /// that did not simply arrive. What needs a person stands first, then the newest.
  package func proofs(since: CivilDate, today: CivilDate, policy: RetryPolicy) -> [DeliveryProof] {
    let listed = mails.reversed().filter { mail in
      if mail.touched.date >= since { return true }
      if case .sent = mail.standing(policy) { return false }
      return !mail.isSettled(by: policy) || today - mail.touched.date <= Self.listedDays
    }
    let proofs = listed.map { $0.proof(policy) }
    return proofs.filter(\.needsAttention) + proofs.filter { !$0.needsAttention }
  }
}

extension Mail {
  /// What can be shown of it.
  package func proof(_ policy: RetryPolicy) -> DeliveryProof {
    DeliveryProof(
      recipient: intent.recipient, content: intent.content, written: written, standing: standing(policy))
  }

  /// Where it stands.
  package func standing(_ policy: RetryPolicy) -> DeliveryProof.Standing {
    guard let answer else { return .unanswered }
    switch answer.result {
    case .accepted:
      if doubt == .unanswered { return .repeated(at: answer.at, attempt: attempts) }
      let waited = answer.at.localSeconds - written.localSeconds
      return waited <= Int64(DeliveryProof.promptMinutes) * 60
        ? .sent(at: answer.at) : .late(at: answer.at, attempt: attempts)
    case .deferred(let failure):
      guard !policy.isExhausted(attempts) else { return notAccepted(failure.reason) }
      let next = policy.nextAttempt(after: attempts, at: answer.at)
      return .waiting(attempt: attempts, of: policy.mostAttempts, next: next, failure.reason)
    case .rejected(let failure): return notAccepted(failure.reason)
    case .uncertain(let reason): return .uncertain(reason)
    }
  }

  /// Not taken in the end; but where nobody knows of an earlier attempt, it may have arrived then.
  private func notAccepted(_ reason: String) -> DeliveryProof.Standing {
    doubt == .unanswered ? .uncertain(reason) : .failed(attempt: attempts, reason)
  }

  /// True when nobody was certainly reached, and nothing more is tried.
  package func isUndelivered(_ policy: RetryPolicy) -> Bool {
    switch standing(policy) {
    case .failed, .uncertain: true
    case .sent, .late, .repeated, .waiting, .unanswered: false
    }
  }
}
