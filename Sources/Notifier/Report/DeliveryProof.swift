package import Rules

/// What one mail carries.
package enum MailContent: Hashable, Sendable {
  case notices(Int)
  case report
  case digest
  case opening
  case alarm

  /// `2 varsler`.
  package var danish: String {
    switch self {
    case .notices(let count): counted(count, "varsel", "varsler")
    case .report: "fristrapport"
    case .digest: "afdelingens oversigt"
    case .opening: "åbningsoversigt"
    case .alarm: "alarm"
    }
  }
}

/// What can be shown of one mail: to whom, what, when it was written, when the mail system took it over, or
/// why not.
package struct DeliveryProof: Hashable, Sendable {
  /// What is known of it.
  package enum Standing: Hashable, Sendable {
    /// At the first attempt, within ``DeliveryProof/promptMinutes``.
    case sent(at: CivilMoment)
    /// Only later than that.
    case late(at: CivilMoment, attempt: Int)
    /// With the same Message-ID, after an attempt of which nobody knows whether it arrived too.
    case repeated(at: CivilMoment, attempt: Int)
    /// Not accepted; it is tried again.
    case waiting(attempt: Int, of: Int, next: CivilMoment, String)
    /// Not accepted, and not tried again.
    case failed(attempt: Int, String)
    /// It may have arrived; it is not tried again.
    case uncertain(String)
    /// The program stopped before the answer; it is sent again once.
    case unanswered
  }

  package let recipient: EmailAddress
  package let content: MailContent
  package let written: CivilMoment
  package let standing: Standing

  /// A mail that was taken over within so many minutes was not late.
  package static let promptMinutes = 60

  package init(
    recipient: EmailAddress, content: MailContent, written: CivilMoment, standing: Standing
  ) {
    self.recipient = recipient
    self.content = content
    self.written = written
    self.standing = standing
  }

  /// True where a person may have to look after it.
  package var needsAttention: Bool {
    switch standing {
    case .sent, .late: false
    case .repeated, .waiting, .failed, .uncertain, .unanswered: true
    }
  }

  /// True where it arrived, and perhaps once before.
  package var mayHaveComeTwice: Bool {
    if case .repeated = standing { true } else { false }
  }

  /// All of it in one line.
  package func line(asSeenFrom today: CivilDate) -> String {
    cells(asSeenFrom: today).joined(separator: " · ")
  }

  /// The cells of its row: to whom, what, when written, and what is known.
  func cells(asSeenFrom today: CivilDate) -> [String] {
    [
      recipient.description, content.danish, written.short(asSeenFrom: today),
      SafeText.masked(words(asSeenFrom: today)),
    ]
  }

  /// What is known of it, in words.
  func words(asSeenFrom today: CivilDate) -> String {
    switch standing {
    case .sent(let at): "afleveret \(at.short(asSeenFrom: today))"
    case .late(let at, 1): "afleveret forsinket \(at.short(asSeenFrom: today))"
    case .late(let at, let attempt):
      "afleveret forsinket \(at.short(asSeenFrom: today)), i \(attempt). forsøg"
    case .repeated(let at, let attempt):
      "afleveret \(at.short(asSeenFrom: today)), i \(attempt). forsøg; kan være kommet to gange"
    case .waiting(let attempt, let most, let next, let reason):
      "ikke afleveret, forsøg \(attempt) af \(most), næste \(next.short(asSeenFrom: today)): \(reason)"
    case .failed(let attempt, let reason):
      "ikke afleveret, opgivet efter \(counted(attempt, "forsøg", "forsøg")): \(reason)"
    case .uncertain(let reason): "måske afleveret, spørg modtageren: \(reason)"
    case .unanswered: "programmet stoppede undervejs; mailen sendes igen én gang"
    }
  }
}

extension CivilMoment {
  /// `i dag 09:05`, `i går 16:00`, `fredag 13. december 07:00`; without a time the day alone.
  package func short(asSeenFrom today: CivilDate) -> String {
    let day =
      switch today - date {
      case 0: "i dag"
      case 1: "i går"
      default: date.danish(asSeenFrom: today)
      }
    return [day, time?.digitPairs.prefix(2).joined(separator: ":")].compactMap(\.self).joined(separator: " ")
  }
}
