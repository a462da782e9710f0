import Notifier
import Rules

/// Sums up for one reader what lay in the past when the program was first used.
struct Opening {
  private let setup: Setup

  init(_ setup: Setup) {
    self.setup = setup
  }

  /// The digest as one mail that carries the keys of all notices it sums up, so that none of them is sent by itself.
  ///
  /// - Parameter department: nil for the adviser.
  func compose(_ department: String?, _ notices: [Notice], _ composer: Composer) -> ComposedMessage {
    let (configuration, today) = (setup.configuration, setup.now.today)
    let organisation = configuration.organisation
    let reader = notices.first.flatMap { organisation.openingReader(of: $0) } ?? organisation.adviser
    let digest = OpeningDigest(
      notices, department: department, organisation: organisation, kommune: configuration.kommune,
      today: today)
    let key = ProductKey.opening(of: department, notices.map(\.key), to: reader)
    return composer.compose(
      digest.document, to: reader, keys: [key.description] + notices.map(\.key.description))
  }
}
