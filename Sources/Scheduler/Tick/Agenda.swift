import Notifier
import Rules

/// When a tick has something to do although nobody touches the register: what is counted in hours, what is
/// still to come, the beginning of a day, and what the configuration sends at its own time.
struct Agenda {
  private let now: Now
  private let zone: ZoneTable
  /// The earliest moment of the register's own, in local seconds since 1970.
  private var earliest: Int64?

  init(_ setup: Setup) {
    now = setup.now
    zone = setup.zone
  }

  /// Everything that is counted in days changes at midnight, so only clocks in hours and events to come say
  /// when.
  mutating func take(_ verdict: CaseVerdict) {
    for (_, moment) in verdict.future { add(moment.localSeconds) }
    for clock in verdict.clocks {
      guard let reckoning = clock.reckoning, reckoning.outcome.isOpen,
        case .instant(_, let local) = reckoning.due
      else { continue }
      // The instant itself is still in time.
      add(local.localSeconds + 1)
      let schedule = LadderSchedule(
        clock.rule.reckoner(from: reckoning.start.date, zone: zone), start: reckoning.start,
        due: reckoning.due)
      for step in clock.rule.ladder { schedule.nextFall(of: step, after: now).map { add($0) } }
    }
  }

  private mutating func add(_ moment: Int64) {
    let (date, time) = now.latest
    guard moment > CivilMoment(date, time).localSeconds else { return }
    earliest = min(earliest ?? moment, moment)
  }

  /// The next moment of all, at the latest the coming midnight.
  func next(_ setup: Setup, _ state: JournalState, _ policy: RetryPolicy) -> CivilMoment {
    var agenda = self
    agenda.add(CivilMoment(now.today + 1, .midnight).localSeconds)
    let configuration = setup.configuration
    var times = configuration.digests.values.map(\.schedule.time)
    if let report = configuration.reportSchedule { times.append(report.time) }
    if let window = configuration.window { times.append(window.hours.lowerBound) }
    for time in times { agenda.add(CivilMoment(now.today, time).localSeconds) }
    for mail in state.unfinished(policy) {
      if case .attempt(let moment, _) = mail.next(policy) { agenda.add(moment.localSeconds) }
    }
    return CivilMoment(localSeconds: agenda.earliest ?? CivilMoment(now.today + 1).localSeconds)
  }
}
