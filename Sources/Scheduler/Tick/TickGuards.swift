import Notifier
import Rules

/// What must hold before a tick may send: a clock that goes forward, and a register that is whole.
struct TickGuards {
  let setup: Setup
  let state: JournalState

  /// How far a clock may be set back by those who keep it, in seconds.
  private static let toleratedSeconds: Int64 = 300

  /// Years that a working clock can say.
  private static let plausibleYears = 2000...2099

  /// Where the configuration names no share, a register of at least this many cases may not lose more than
  /// half of them.
  private static let (fewestCases, defaultLimit) = (20, 50)

  private var journal: Place { Place(Journal.path(setup.configuration)) }

  /// A year that no working clock says; asked before the journal is opened, which would believe it.
  static func checkYear(_ setup: Setup) throws(TickFault) {
    guard !plausibleYears.contains(setup.now.today.year) else { return }
    throw .clockImplausible(
      Problem(
        Place(setup.configuration.file),
        "the clock says \(setup.now.moment), which no working clock does; set it right. Nothing was done"))
  }

  /// A clock that was set back would send everything between again, in the wrong order; so nothing is sent.
  func checkClock() throws(TickFault) {
    let now = setup.now
    guard let newest = state.newest else { return }
    let (date, time) = now.latest
    let behind = newest.localSeconds - CivilMoment(date, time).localSeconds
    // In the autumn night one local hour comes twice, and the journal keeps local time.
    let midnight = setup.zone.instant(date, .midnight)
    let shift = setup.zone.offset(at: midnight) - setup.zone.offset(at: setup.zone.instant(date, .endOfDay))
    guard behind > Self.toleratedSeconds + max(0, shift) else { return }
    throw .clockBehind(
      newest: newest,
      Problem(
        journal,
        "the clock says \(now.moment), but the last pass was at \(newest); set the clock right, "
          + "or try another time out with report, or with another tilstandsmappe"))
  }

  /// A register that lost many cases at once is half an export.
  func checkShrinking(_ survey: Survey) throws(TickFault) {
    let settings = setup.configuration.register
    guard let before = state.lastPass?.pass.cases,
      let limit = settings.shrinkLimit ?? (before >= Self.fewestCases ? Self.defaultLimit : nil),
      survey.cases * 100 < before * (100 - limit)
    else { return }
    throw .shrunken(
      before: before, now: survey.cases,
      Problem(
        settings.place,
        "the register holds \(plural(survey.cases, "case")) and held \(before) at the last pass, more than \(limit) % fewer; "
          + "export it again, or raise skrump once if it is right"))
  }
}
