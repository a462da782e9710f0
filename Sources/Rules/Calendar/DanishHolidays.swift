/// A day with a name: a helligdag, or a day on which an office is closed.
package struct NamedDay: Hashable, Sendable {
  package let date: CivilDate
  /// In Danish, as it stands in explanations: `skærtorsdag`.
  package let name: String

  package init(_ date: CivilDate, _ name: String) {
    self.date = date
    self.name = name
  }
}

/// The Danish helligdage by rule.
package enum DanishHolidays {
  /// The last year in which store bededag was a helligdag (act 214 of 6 March 2023).
  package static let lastStoreBededag = 2023

  /// The helligdage of `year` in order of date. 1 May, 5 June, 24 and 31 December are not among them.
  package static func days(in year: Int) -> [NamedDay] {
    var days: [NamedDay] = []
    // Every process asks for each year; a calendar adds its closing days.
    days.reserveCapacity(movable.count + 8)
    func add(month: Int, day: Int, _ name: String) {
      if let date = CivilDate(year: year, month: month, day: day) { days.append(NamedDay(date, name)) }
    }
    add(month: 1, day: 1, "nytårsdag")
    if let easter = easterSunday(in: year) {
      for (offset, name) in movable where offset != 26 || year <= lastStoreBededag {
        days.append(NamedDay(easter + offset, name))
      }
    }
    add(month: 12, day: 25, "juledag")
    add(month: 12, day: 26, "2. juledag")
    return days
  }

  /// Days after Easter Sunday, and the name.
  private static let movable = [
    (-3, "skærtorsdag"), (-2, "langfredag"), (0, "påskedag"), (1, "2. påskedag"), (26, "store bededag"),
    (39, "Kristi himmelfartsdag"), (49, "pinsedag"), (50, "2. pinsedag"),
  ]

  /// Easter Sunday by the Gregorian computus: the first Sunday after the ecclesiastical full moon that falls
  /// on or after 21 March.
  package static func easterSunday(in year: Int) -> CivilDate? {
    let goldenNumber = year % 19
    let century = year / 100
    let moonCorrection = (century - (century - 17) / 25) / 3
    let leapCorrection = century - century / 4
    // Days from 21 March to the full moon; the lunar month is shortened where it would come too late.
    var fullMoon = (leapCorrection - moonCorrection + 19 * goldenNumber + 15) % 30
    fullMoon -= (fullMoon / 28) * (1 - (29 / (fullMoon + 1)) * ((21 - goldenNumber) / 11))
    let weekday = (year + year / 4 + fullMoon + 2 - leapCorrection) % 7
    let offset = fullMoon - weekday
    let month = 3 + (offset + 40) / 44
    return CivilDate(year: year, month: month, day: offset + 28 - 31 * (month / 4))
  }
}
