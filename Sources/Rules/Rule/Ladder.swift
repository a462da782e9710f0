/// Who hears of a clock.
package enum Role: String, Hashable, Sendable, CaseIterable {
  case caseworker = "sagsbehandler"
  case leader = "leder"
  /// The department's shared mailbox.
  case mailbox = "postkasse"
  case adviser = "borgerrådgiver"
}

/// When a step of the ladder falls, relative to the due day.
package enum StepOffset: Hashable, Sendable {
  case before(LengthTerm)
  /// `på dagen`.
  case onDay
  case after(LengthTerm)
}

extension StepOffset: CustomStringConvertible {
  /// As rules write it: `10 arbejdsdage før`. It is also the step's name in the journal, so that a reordered
  /// ladder sends nothing again.
  package var description: String {
    switch self {
    case .before(let term): "\(term) før"
    case .onDay: "på dagen"
    case .after(let term): "\(term) efter"
    }
  }

  /// The unit that the step counts in; nil on the day itself.
  package var unit: LengthUnit? {
    switch self {
    case .before(let term), .after(let term): term.unit
    case .onDay: nil
    }
  }
}

/// One line of `varsel`: when, to whom, and how often again.
package struct LadderStep: Hashable, Sendable {
  package let offset: StepOffset
  /// At least one, without repetition.
  package let roles: [Role]
  /// The time from one repetition to the next, without end until the clock stops; nil for once.
  package let repetition: LengthTerm?
}
