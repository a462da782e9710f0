import Notifier
import Rules

/// Sums up for one reader what lay in the past when the program was first used.
struct Opening {
  private let setup: Setup
  private let reports: Reports

  init(_ setup: Setup, _ reports: Reports) {
    self.setup = setup
    self.reports = reports
  }

  /// The digest as one mail that carries the keys of all notices it sums up, so that none of them is sent by
  /// itself.
  ///
  /// - Parameter department: nil for the adviser.
  func compose(_ department: String?, _ notices: [Notice], _ composer: Composer) -> ComposedMessage {
    let (organisation, today) = (setup.configuration.organisation, setup.now.today)
    let reader =
      department.flatMap { organisation.departments[$0] }.flatMap { organisation.reader(of: $0, on: today) }
      ?? organisation.presentAdviser(on: today)
    let document = reports.opening(
      department, notices, ReportOccasion(detours: reader.detours))
    let key = ProductKey.opening(of: department, notices.map(\.key), to: reader.address)
    return composer.compose(
      document, to: reader.address, keys: [key.description] + notices.map(\.key.description))
  }
}
