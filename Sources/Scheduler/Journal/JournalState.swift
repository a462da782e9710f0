package import Notifier
package import Rules

/// What the journal says, folded record by record.
package struct JournalState: Hashable, Sendable {
  /// A finished pass and when it was.
  package struct FinishedPass: Hashable, Sendable {
    package let at: CivilMoment
    package let pass: JournalRecord.Pass
  }

  /// A pass that sent nothing, and when it was.
  package struct Stop: Hashable, Sendable {
    package let at: CivilMoment
    package let reason: StopReason
  }

  private struct LeftOut: Hashable {
    let key: String
    let at: CivilMoment
  }

  private struct Told: Hashable {
    let keys: [String]
    let at: CivilMoment
  }

  private struct Acceptance: Hashable {
    let gap: JournalGap
    let at: CivilMoment
  }

  /// Every mail that was ever written, oldest first.
  package private(set) var mails: [Mail] = []
  private var positions: [String: Int] = [:]
  /// The keys of everything that a mail was made of: it is in somebody's hands, or in the spool on its way.
  private var keys = Set<String>()
  /// Digests that had nothing to tell, by their keys, and when that was.
  private var leftOut: [LeftOut] = []
  /// What was taken as told when a journal was accepted that lacked records.
  private var told: [Told] = []
  private var acceptances: [Acceptance] = []
  /// What the journal lacked when it was accepted; nil from the first pass on that was finished after that.
  package private(set) var openGap: JournalGap?
  /// Nil until the past was summed up.
  package private(set) var commissioned: CivilMoment?
  /// The two latest finished passes; the distance between them tells how often somebody runs the program.
  package private(set) var lastPass: FinishedPass?
  package private(set) var passBefore: FinishedPass?
  /// Set while the latest pass stopped.
  package private(set) var stop: Stop?
  /// The time of the newest record.
  package private(set) var newest: CivilMoment?
  /// How many records a compaction would leave out.
  package private(set) var superfluous = 0

  package init() {}

  /// True when the notice was handed over, or waits in the spool to be.
  package func holds(_ key: NoticeKey) -> Bool { keys.contains(key.description) }

  /// The same for a mail that is no reminder.
  package func holds(_ key: ProductKey) -> Bool { keys.contains(key.description) }

  /// The mail of that Message-ID.
  package func mail(_ identity: String) -> Mail? { positions[identity].map { mails[$0] } }

  /// When the latest of `series` before that of `day` was written; nil where there was none.
  package func lastWritten(_ series: ProductKey.Series, before day: CivilDate) -> CivilMoment? {
    mails.last { mail in
      mail.intent.keys.contains { ProductKey.day($0, in: series).map { $0 < day } ?? false }
    }?.written
  }

  /// The mails to which something may still happen by itself, oldest first.
  package func unfinished(_ policy: RetryPolicy) -> [Mail] { mails.filter { !$0.isSettled(by: policy) } }

  /// Takes the next record.
  package mutating func apply(_ record: JournalRecord) {
    let time = record.time
    if newest.map({ $0.earliest <= time.earliest }) ?? true { newest = time }
    switch record.event {
    // Version 1 had no opening; what it told, it told one by one.
    case .opened(let version, _): if version == 1 { commissioned = time }
    case .commissioned: commissioned = time
    case .intent(let intent):
      begin(Mail(intent, written: time))
    case .again(let identity, let attempt, let doubt):
      change(identity) { $0.tryAgain(attempt, doubt, at: time) }
    case .result(let identity, let result):
      change(identity) { $0.conclude(result, at: time) }
    case .leftOut(let key):
      keys.insert(key)
      leftOut.append(LeftOut(key: key, at: time))
    case .pass(let pass):
      if passBefore != nil { superfluous += 1 }
      passBefore = lastPass
      lastPass = FinishedPass(at: time, pass: pass)
      openGap = nil
      clearStop()
    case .stopped(let reason):
      clearStop()
      stop = Stop(at: time, reason: reason)
    case .accepted(let gap):
      acceptances.append(Acceptance(gap: gap, at: time))
      openGap = gap
      // Where all that was due had been told there is no past any more to sum up.
      commissioned = commissioned ?? gap.told.notices
    case .told(let keys):
      self.keys.formUnion(keys)
      told.append(Told(keys: keys, at: time))
    }
  }

  private mutating func begin(_ mail: Mail) {
    keys.formUnion(mail.intent.keys)
    if let position = positions[mail.intent.identity] {
      mails[position].tryAgain(mails[position].attempts + 1, .none, at: mail.written)
    } else {
      positions[mail.intent.identity] = mails.count
      mails.append(mail)
    }
  }

  private mutating func clearStop() {
    if stop != nil { superfluous += 1 }
    stop = nil
  }

  private mutating func change(_ identity: String, _ body: (inout Mail) -> Void) {
    guard let position = positions[identity] else { return }
    let before = mails[position].records.count
    body(&mails[position])
    superfluous += before + 1 - mails[position].records.count
  }
}

extension JournalState {
  /// The fewest records that say the same, of what is kept.
  ///
  /// - Parameter origin: the end of the journal that they take the place of.
  package func records(
    behind origin: JournalHead = .start, keeping retention: JournalRetention
  ) -> [JournalRecord] {
    guard let newest else { return [] }
    let kept = mails.filter { retention.keeps($0, at: newest) }
    let first = kept.first?.written ?? commissioned ?? newest
    var records = [
      JournalRecord(time: first, .opened(version: JournalRecord.version, behind: origin))
    ]
    records += kept.flatMap(\.records)
    records += leftOut.filter { JournalRetention.isRecent($0.at, at: newest) }
      .map { JournalRecord(time: $0.at, .leftOut(key: $0.key)) }
    records += told.filter { retention.keeps($0.keys, since: $0.at, at: newest) }
      .map { JournalRecord(time: $0.at, .told(keys: $0.keys)) }
    var accepted = acceptances.map { JournalRecord(time: $0.at, .accepted($0.gap)) }
    // One that no pass has followed yet must not have one behind it.
    let open = openGap == nil ? nil : accepted.popLast()
    records += accepted
    if let commissioned { records.append(JournalRecord(time: commissioned, .commissioned)) }
    for pass in [passBefore, lastPass].compactMap(\.self) {
      records.append(JournalRecord(time: pass.at, .pass(pass.pass)))
    }
    if let stop { records.append(JournalRecord(time: stop.at, .stopped(stop.reason))) }
    if let open { records.append(open) }
    return records
  }
}
