import Notifier
import Rules

/// How fristvagt is at one now, read from its journal, its lock and the register's file; nothing is
/// evaluated.
struct Health {
  let now: Now
  let state: JournalState
  /// In bytes.
  let journalSize: Int
  /// The process that holds the state folder as a service, and when it last said that it lives.
  let service: (holder: StateLock.Holder, heartbeat: CivilMoment)?
  /// When the register's file was last written; nil where a command prints it, or it is missing.
  let registerWritten: CivilMoment?
  let registerSource: RegisterSource
  let policy = RetryPolicy.standard

  /// A service that has not said for so many seconds that it lives, hangs: a cycle may wait for the command
  /// that prints the register, and for three mails.
  private static let silentSeconds = Int64(
    DiskFileSystem.commandTimeout + 3 * SendmailTransport.standardTimeout + 120)
  /// In seconds.
  private static let patience: Int64 = 3_600

  init(_ setup: Setup, _ replay: JournalReplay, files: any FileSystem) {
    let configuration = setup.configuration
    func local(_ stamp: FileStamp) -> CivilMoment { setup.zone.local(stamp.modifiedAt) }
    now = setup.now
    state = replay.state
    journalSize = replay.goodBytes
    let lock = StateLock.path(configuration)
    if StateLock.isHeld(configuration, files: files), let stamp = files.stamp(of: lock),
      let holder = StateLock.holder(configuration, files: files), holder.command == ServeCommand.name
    {
      service = (holder, local(stamp))
    } else {
      service = nil
    }
    registerSource = configuration.register.source
    if case .file(let path) = registerSource {
      registerWritten = files.stamp(of: path).map(local)
    } else {
      registerWritten = nil
    }
  }

  // MARK: What is counted

  private func mails(_ isCounted: (DeliveryProof.Standing) -> Bool) -> [Mail] {
    state.mails.filter { isCounted($0.standing(policy)) }
  }

  /// Mails that were taken over today.
  var sentToday: Int {
    mails {
      switch $0 {
      case .sent(let at), .late(let at, _), .repeated(let at, _): at.date == now.today
      case .waiting, .failed, .uncertain, .unanswered: false
      }
    }.count
  }

  var waiting: [Mail] {
    mails { if case .waiting = $0 { true } else { $0 == .unanswered } }
  }

  /// Given up within the days that the report lists.
  var failed: [Mail] { recent(mails { if case .failed = $0 { true } else { false } }) }

  var uncertain: [Mail] { recent(mails { if case .uncertain = $0 { true } else { false } }) }

  private func recent(_ mails: [Mail]) -> [Mail] {
    mails.filter { now.today - $0.touched.date <= JournalState.listedDays }
  }

  // MARK: Whether passes come

  /// Seconds between the two latest passes; nil where there were not two.
  private var interval: Int64? {
    guard let last = state.lastPass, let before = state.passBefore else { return nil }
    let seconds = last.at.localSeconds - before.at.localSeconds
    return seconds > 0 ? seconds : nil
  }

  /// When the next pass is expected; nil for a service, which passes when there is something to do.
  var nextExpected: CivilMoment? {
    guard service == nil, let last = state.lastPass, let interval else { return nil }
    return CivilMoment(localSeconds: last.at.localSeconds + interval)
  }

  /// How long ago `moment` was, in seconds; zero where only the day is known.
  func age(_ moment: CivilMoment) -> Int64 {
    guard now.moment.time != nil, moment.time != nil else { return Int64(now.today - moment.date) * 86_400 }
    return max(0, now.moment.localSeconds - moment.localSeconds)
  }

  /// True when a pass, or a sign of life, is overdue: an hour more than three intervals, so that a daily pass
  /// may rest over a weekend.
  var isOverdue: Bool {
    if let service { return age(service.heartbeat) > Self.silentSeconds }
    guard let last = state.lastPass else { return true }
    return age(last.at) > 3 * (interval ?? 0) + Self.patience
  }

  /// 69 when passes do not come, or come to nothing; 75 when mail waits or did not arrive; 0 when all is
  /// well.
  var exitCode: ExitCode {
    if isOverdue || state.stop != nil { return .unavailable }
    return waiting.isEmpty && failed.isEmpty && uncertain.isEmpty ? .ok : .temporary
  }
}
