package import Rules

/// One deadline as a calendar shows it.
package struct CalendarEvent: Hashable, Sendable {
  /// Stable as long as it is the same clock, so that a moved deadline moves its entry.
  package let name: ContentName
  /// What makes the name the kommune's own, behind an `@`.
  let domain: [UInt8]
  /// One higher each time the due day moved.
  package let sequence: Int
  /// In UTC, since when this due day is shown; so an unchanged entry has unchanged bytes.
  package let stamp: CivilMoment
  package let occasion: CalendarOccasion
  /// As it may be shown.
  let caseID: String
}

/// What the entries of one rule on one due day have in common.
package struct CalendarOccasion: Hashable, Sendable {
  package let day: CivilDate
  /// The lines that say so.
  let dayLines: [UInt8]
  /// How the line of the summary begins, behind which the number of the case stands.
  let summary: [UInt8]
  let description: [UInt8]

  init(_ terms: RuleTerms, _ due: Due) {
    self.init(
      due.date, title: "Frist: \(terms.name)",
      text: "Forfalder \(due.danish(asSeenFrom: due.date)). Hjemmel: \(terms.basis).")
  }

  init(_ terms: RuleTerms, _ promise: Promise) {
    self.init(
      promise.date, title: "Lovet: \(terms.name)",
      text: "Borgeren er lovet svar senest denne dag. Fristen er overskredet. Hjemmel: \(terms.basis).")
  }

  private init(_ day: CivilDate, title: String, text: String) {
    self.day = day
    dayLines = CalendarLines.bytes {
      $0.append("DTSTART;VALUE=DATE:\(CalendarLines.compact(day))")
      $0.append("DTEND;VALUE=DATE:\(CalendarLines.compact(day + 1))")
    }
    summary = Array("SUMMARY:\(CalendarLines.escaped(title)) (".utf8)
    description = CalendarLines.bytes { $0.append("DESCRIPTION:\(CalendarLines.escaped(text))") }
  }
}

/// Makes calendar entries of clocks, with the numbers under which they were shown before.
package struct CalendarBook: Sendable {
  private let ledger: Ledger
  private let domain: [UInt8]
  private let zone: ZoneTable
  private let numbers: CaseNumbers
  /// The stamp of what was never shown.
  private let newest: CivilMoment

  /// - Parameter domain: makes every UID the kommune's own.
  package init(
    _ ledger: Ledger, domain: Substring, zone: ZoneTable, numbers: CaseNumbers = CaseNumbers()
  ) {
    self.numbers = numbers
    self.ledger = ledger
    self.domain = Array(domain.utf8)
    self.zone = zone
    newest = Self.utc(ledger.newest, zone)
  }

  private static func utc(_ moment: CivilMoment, _ zone: ZoneTable) -> CivilMoment {
    let (date, time) = moment.earliest
    return CivilMoment(localSeconds: zone.instant(date, time).seconds)
  }

  /// The entry of a clock; nil where it has no due day.
  package func event(_ clock: Clock) -> CalendarEvent? {
    clock.reckoning.map { event(ClockIdentity(clock), CalendarOccasion(clock.terms, $0.due)) }
  }

  /// The entries of a clock: that of its due day, and that of a date which the citizen was promised after it.
  ///
  /// A promise is named by its date, and so another one is another entry.
  package func events(_ clock: Clock) -> [CalendarEvent] {
    guard let reckoning = clock.reckoning, let (given, promise) = reckoning.lastPromise else {
      return [event(clock)].compactMap(\.self)
    }
    let identity = ClockIdentity(clock)
    let promised = CalendarEvent(
      name: ContentName(of: identity.bytes + "|lovet \(promise.date)".utf8), domain: domain, sequence: 0,
      stamp: Self.utc(given, zone), occasion: CalendarOccasion(clock.terms, promise),
      caseID: numbers.shown(identity.caseID))
    return [event(clock), promised].compactMap(\.self)
  }

  /// The entry of a clock with this identity.
  func event(_ identity: ClockIdentity, _ occasion: CalendarOccasion) -> CalendarEvent {
    let told = ledger.isEmpty ? nil : ledger[identity]?.shown
    return CalendarEvent(
      name: ContentName(of: identity.bytes), domain: domain, sequence: told?.sequence ?? 0,
      stamp: told.map { Self.utc($0.since, zone) } ?? newest, occasion: occasion,
      caseID: numbers.shown(identity.caseID))
  }
}
