import Rules

/// What a journal that is written anew keeps of what it says.
package enum JournalRetention: Hashable, Sendable {
  /// Every mail, and all that was taken as told.
  case everything
  /// The same without what is over: nothing happens to it any more, its last record is older than three
  /// years, and the present register asks for none of its keys, those in `live`.
  case remembered(live: Set<String>, RetryPolicy)

  /// For how many days something is remembered after its last record: three years, as long as somebody may
  /// ask who was told when.
  private static let rememberedDays = 3 * 366

  /// True for what is not older than three years.
  ///
  /// - Parameter newest: the time of the journal's newest record.
  static func isRecent(_ time: CivilMoment, at newest: CivilMoment) -> Bool {
    newest.date - time.date <= rememberedDays
  }

  /// False for a mail whose time is over.
  ///
  /// - Parameter newest: the time of the journal's newest record.
  func keeps(_ mail: Mail, at newest: CivilMoment) -> Bool {
    switch self {
    case .everything: true
    case .remembered(_, let policy):
      !mail.isSettled(by: policy) || keeps(mail.intent.keys, since: mail.touched, at: newest)
    }
  }

  /// False where the time of `keys`, of which the last record is from `time`, is over.
  ///
  /// - Parameter newest: the time of the journal's newest record.
  func keeps(_ keys: [String], since time: CivilMoment, at newest: CivilMoment) -> Bool {
    switch self {
    case .everything: true
    case .remembered(let live, _): Self.isRecent(time, at: newest) || keys.contains(where: live.contains)
    }
  }
}
