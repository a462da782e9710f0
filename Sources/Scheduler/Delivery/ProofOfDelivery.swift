package import Notifier
package import Rules

extension JournalState {
  /// For how many days the report lists a mail that did not simply arrive; nobody will learn more of it
  /// later.
  package static let listedDays = 14

  /// What the report of `today` shows of the mails: those since `since` (inclusive), and of the last
  /// ``listedDays`` every one that did not simply arrive. What needs a person stands first, then the newest.
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
    case .deferred(let failure): return notAccepted(failure.reason, policy)
    case .rejected(let failure): return notAccepted(failure.reason, policy)
    case .uncertain(let reason): return .uncertain(reason)
    }
  }

  /// Not taken in the end may still have arrived, where nobody knows of an earlier attempt.
  private func notAccepted(_ reason: String, _ policy: RetryPolicy) -> DeliveryProof.Standing {
    if case .attempt(let moment, let most) = next(policy) {
      return .waiting(attempt: attempts, of: most, next: moment, reason)
    }
    return doubt == .unanswered ? .uncertain(reason) : .failed(attempt: attempts, reason)
  }

  /// True when nobody was certainly reached, and trying again by itself will hardly help: time for a person.
  package func isUndelivered(_ policy: RetryPolicy) -> Bool {
    if case .rejected = answer?.result { return true }
    return switch standing(policy) {
    case .failed, .uncertain: true
    case .sent, .late, .repeated, .waiting, .unanswered: false
    }
  }
}
