/// What the notices of one round make of its due day, taken one by one in order of time.
///
/// Each is measured against the due day that stood when it was given. One that comes in time and gives a
/// later date moves the day: what is announced is a deadline of its own, which no pause moves, and a further
/// notice must be given before it passes. Once one came too late, the breach stands, and every later date is
/// a promise.
struct NoticeWalk {
  /// One notice to the citizen.
  struct Notice {
    let at: CivilMoment
    let newDate: DateReading
    /// The name of the field that holds the new date.
    let field: String
  }

  private(set) var steps: [NoticeStep] = []
  /// Those that move the due day.
  private(set) var pauses: Pauses
  /// The due day by the length and ``pauses`` alone.
  private(set) var original: Due
  /// The date that was announced in time; nil as long as none has moved the due day.
  private var announced: Due?
  private var isBroken = false
  private let reckoner: Reckoner
  private let start: CivilMoment
  private let length: Length
  private let roll: Roll?

  init(
    _ reckoner: Reckoner, from start: CivilMoment, _ length: Length, _ roll: Roll?, _ pauses: Pauses
  ) throws(Doubt) {
    (self.reckoner, self.start, self.length, self.roll, self.pauses) = (reckoner, start, length, roll, pauses)
    guard let due = reckoner.due(from: start, length, roll: roll ?? .none, pauses: pauses) else {
      throw .beyondCalendar
    }
    original = due
  }

  /// The due day that stands after the notices so far.
  var due: Due { announced ?? original }

  /// - Throws: ``Doubt`` where a date that would move the due day cannot be read or lies beyond the calendar.
  mutating func take(_ notice: Notice) throws(Doubt) {
    let stood = try due(on: notice.at)
    guard !isBroken, reckoner.isInTime(notice.at, for: stood) else {
      isBroken = true
      steps.append(NoticeStep(standing: .late(on: notice.at, promise(in: notice)), due: stood))
      return
    }
    switch notice.newDate {
    case .absent: steps.append(NoticeStep(standing: .withoutDate(on: notice.at), due: stood))
    case .unreadable(let text, let fault): throw .unreadable(event: notice.field, text: text, fault)
    // It lies in the future by its nature, so it is read as it stands.
    case .at(let moment):
      guard let rolled = reckoner.calendar.roll(moment.date, roll ?? .forward) else { throw .beyondCalendar }
      if case .day(let day) = stood, day < rolled { announce(rolled, by: notice, after: stood) }
      steps.append(
        NoticeStep(standing: .timely(on: notice.at, newDate: moment.date), due: announced ?? stood))
    }
  }

  private mutating func announce(_ day: CivilDate, by notice: Notice, after stood: Due) {
    if announced == nil {
      original = stood
      pauses = pauses.begun(before: notice.at)
    }
    announced = .day(day)
  }

  /// The due day that stood at `moment`.
  private func due(on moment: CivilMoment) throws(Doubt) -> Due {
    if let announced { return announced }
    let begun = pauses.begun(before: moment)
    if begun == pauses { return original }
    guard let due = reckoner.due(from: start, length, roll: roll ?? .none, pauses: begun) else {
      throw .beyondCalendar
    }
    return due
  }

  /// A date that cannot be read promises nothing that anybody could watch; the row is reported, and the
  /// breach stands.
  private func promise(in notice: Notice) -> Promise? {
    guard case .at(let moment) = notice.newDate else { return nil }
    return Promise(moment.date, on: notice.at.date, reckoner.calendar, roll)
  }
}
