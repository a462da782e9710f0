/// Reads the dates of one column: ISO and the forms that people and spreadsheets write, with or without a
/// time of day.
package struct DateField: Sendable {
  /// Of day and month, where the year stands last; nil where nobody knows it, and no such date is read.
  package let order: DateOrder?
  /// Where a date that names its offset from UTC is put.
  private let zone: ZoneTable
  /// The last day that a year of two digits may make; nil where the year alone decides.
  private let latest: CivilDate?

  package init(_ order: DateOrder?, zone: ZoneTable, latest: CivilDate? = nil) {
    self.order = order
    self.zone = zone
    self.latest = latest
  }

  /// Day first, as Danes write; an offset leads to UTC.
  package static let danish = DateField(.dayFirst, zone: .utc)

  /// The moment that the trimmed `bytes` write.
  ///
  /// `2024-12-31`, `31-12-2024`, `31.12.2024`, `31/12/2024`, `31.12.24`, `31/12/24`, `31/12-2024`,
  /// `31/12-24`; all but the first also without leading zeros. Behind a space or `T` a time `10:15`,
  /// `10:15:30` or `8:05 PM`, a fraction of a second being dropped; behind that the offset from UTC, `Z`,
  /// `+01`, `+0100` or `+01:00`. Years of two digits: ``century(_:_:_:)``.
  /// - Throws: ``DateFault``.
  package func read(_ bytes: ArraySlice<UInt8>) throws(DateFault) -> CivilMoment {
    var scanner = DateScanner(rest: bytes)
    let date = try date(try scanner.date())
    if scanner.isAtEnd { return CivilMoment(date) }
    guard scanner.take(UInt8(ascii: "T")) || scanner.take(UInt8(ascii: " ")) else { throw .form }
    let time = try scanner.timeOfDay()
    guard let offset = try scanner.offset() else { return CivilMoment(date, time) }
    let moment = zone.exactly(Instant(seconds: CivilMoment(date, time).localSeconds - offset))
    guard CivilDate.supportedDays.contains(moment.date) else { throw .year(moment.date.year) }
    return moment
  }

  /// What a cell says: nothing, a moment, or something that is no date.
  package func reading(_ cell: ArraySlice<UInt8>) -> DateReading {
    let bytes = RegisterText.trimmed(cell)
    guard !bytes.isEmpty else { return .absent }
    do throws(DateFault) {
      return .at(try read(bytes))
    } catch {
      return .unreadable(text: RegisterText.decoded(bytes), error)
    }
  }

  /// What a cell says of the order of its column; nil for no date, and for one whose form says the order
  /// itself.
  package static func clue(_ cell: ArraySlice<UInt8>) -> OrderClue? {
    let bytes = RegisterText.trimmed(cell)
    var scanner = DateScanner(rest: bytes)
    guard let written = try? scanner.date(), written.form == .yearLast else { return nil }
    let orders = DateOrder.allCases.filter { (try? DateField($0, zone: .utc).read(bytes)) != nil }
    switch (orders.contains(.dayFirst), orders.contains(.monthFirst)) {
    case (true, true): return .either
    case (true, false): return .dayFirst
    case (false, true): return .monthFirst
    case (false, false): return nil
    }
  }

  private func date(_ written: WrittenDate) throws(DateFault) -> CivilDate {
    let (first, middle, last) = written.numbers
    switch written.form {
    case .yearFirst: return try CivilDate(checkedYear: first, month: middle, day: last)
    case .dayFirst: return try date(written, month: middle, day: first)
    case .yearLast:
      switch order {
      case .dayFirst: return try date(written, month: middle, day: first)
      case .monthFirst: return try date(written, month: first, day: middle)
      case nil:
        // What is a date in neither order is none for another reason.
        if (try? date(written, month: first, day: middle)) == nil {
          _ = try date(written, month: middle, day: first)
        }
        throw .order
      }
    }
  }

  private func date(_ written: WrittenDate, month: Int, day: Int) throws(DateFault) -> CivilDate {
    let year = written.numbers.last
    return written.hasShortYear
      ? try century(year, month, day) : try CivilDate(checkedYear: year, month: month, day: day)
  }

  /// A date whose year is written with two digits: 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999, as
  /// POSIX has it. Where there is a last day, it is 20.. up to that day and 19.. beyond it.
  private func century(_ year: Int, _ month: Int, _ day: Int) throws(DateFault) -> CivilDate {
    func date(in century: Int) throws(DateFault) -> CivilDate {
      try CivilDate(checkedYear: century + year, month: month, day: day)
    }
    guard let latest else { return try date(in: year < 69 ? 2_000 : 1_900) }
    let late = try date(in: 2_000)
    return late <= latest ? late : try date(in: 1_900)
  }
}
