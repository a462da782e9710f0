extension CivilDate {
  /// The Monday of the same week.
  package var monday: CivilDate { self - weekday.rawValue }

  /// The number of the week, 1 to 53, as Danish calendars count (ISO 8601): the first has the year's first
  /// Thursday.
  package var isoWeek: Int {
    let thursday = monday + 3
    guard let newYear = CivilDate(year: thursday.year, month: 1, day: 1) else { return 1 }
    return (thursday - newYear) / 7 + 1
  }
}
