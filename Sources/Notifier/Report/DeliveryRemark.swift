package import Rules

/// A mail of which it is not certain that it reached its reader once; listed in the report until it has.
package struct DeliveryRemark: Hashable, Sendable {
  /// What is known of it.
  package enum Standing: Hashable, Sendable {
    /// Not accepted; it is tried again at the next tick.
    case refused(attempt: Int, String)
    /// It may have arrived; it is not tried again.
    case uncertain(String)
    /// The program stopped before the answer; it is sent again once, with the same Message-ID.
    case unanswered
    /// Accepted now, after earlier attempts of which one may have arrived too, with the same Message-ID.
    case repeated(attempt: Int)
  }

  package let recipient: EmailAddress
  /// How many notices the mail carries.
  package let notices: Int
  package let standing: Standing

  package init(recipient: EmailAddress, notices: Int, standing: Standing) {
    self.recipient = recipient
    self.notices = notices
    self.standing = standing
  }

  /// The cells of its row: who, how much, and what is known.
  var cells: [String] {
    let words =
      switch standing {
      case .refused(let attempt, let reason):
        "ikke afleveret i \(attempt). forsøg, prøves igen: \(reason)"
      case .uncertain(let reason): "måske afleveret, spørg modtageren: \(reason)"
      case .repeated(let attempt): "afleveret i \(attempt). forsøg; kan være kommet to gange"
      case .unanswered: "programmet stoppede undervejs; mailen sendes igen én gang"
      }
    return [recipient.description, counted(notices, "varsel", "varsler"), SafeText.masked(words)]
  }
}
