package import Notifier
package import Rules

/// A configuration with everything that it names read and checked: what a run starts from.
package struct Setup: Sendable {
  package let configuration: Configuration
  package let book: RuleBook
  package let zone: ZoneTable
  package let layout: RegisterLayout
  package let texts: Texts
  package let now: Now
  /// The files and folders that all this was read from, without the register.
  package let sources: SourceStamps

  /// Reads the configuration `file` and its rules.
  ///
  /// - Parameters:
  ///   - override: a now from the command line; it goes before the configuration's, and that before the
  ///     clock's.
  ///   - problems: gets everything that is wrong. A setup with problems is good for finding more of them,
  ///     never for a tick. There is none when the configuration itself cannot be read.
  package static func load(
    _ file: String, files: any FileSystem, clock: any TimeSource, override: Now?, problems: inout ProblemList
  ) -> Setup? {
    let bytes: [UInt8]
    var sources = SourceStamps([file], in: files)
    do throws(FileFault) {
      bytes = try files.read(file)
    } catch {
      problems.add(
        Place(file),
        "cannot \(error.operation) the configuration: \(systemMessage(error.code)); name another with --config"
      )
      return nil
    }
    var found = ProblemList()
    defer { problems.add(contentsOf: found) }
    guard let configuration = Configuration.parse(SourceFile(name: file, bytes: bytes), problems: &found)
    else {
      return nil
    }
    let zone: ZoneTable
    do throws(Remedy) {
      zone = try SystemZone.table(named: configuration.zoneName)
    } catch {
      found.add(configuration.zonePlace, "tidszone: \(error.message)")
      return nil
    }
    let loaded = RuleBookLoader(files: files, zone: zone).load(configuration.rules, problems: &found)
    let book = loaded.book
    // A rule that was left out may be the one that reads a column, so columns are judged on a sound book
    // only.
    var columns = ProblemList()
    let now = override ?? configuration.fixedNow.map { Now($0) } ?? Now(zone.local(clock.now()))
    let layout = RegisterLayout(
      book, configuration.register, organisation: configuration.organisation,
      dates: ColumnDates(configuration.register.dateOrders, zone: zone, today: now.today), problems: &columns)
    if found.isEmpty { found.add(contentsOf: columns) }
    if book.rules.isEmpty && found.isEmpty {
      found.add(Place(file), "regler: the rule files hold no [frist …]; add one")
    }
    let texts = TextsLoader(files: files).load(configuration.texts, problems: &found)
    sources.formUnion(loaded.sources)
    sources.formUnion(texts.sources)
    return Setup(
      configuration: configuration, book: book, zone: zone, layout: layout, texts: texts.texts, now: now,
      sources: sources)
  }

  /// The calendar that schedules and windows count working days on: the first of the book, in the version of
  /// today.
  package var calendar: WorkingDays? {
    let versions = book.calendars.filter { $0.definition.name == book.calendars.first?.definition.name }
    return versions.first { $0.definition.validity.contains(now.today) } ?? versions.last
  }

  /// The same setup at another now, with its memory in another folder where one is given.
  package func at(_ now: Now, stateDirectory: String? = nil) -> Setup {
    Setup(
      configuration: stateDirectory.map { configuration.with(stateDirectory: $0) } ?? configuration,
      book: book, zone: zone, layout: layout.at(now.today), texts: texts, now: now, sources: sources)
  }

  /// The same setup with other rules; what is wrong with them is added to `problems`.
  package func with(rules: [PlacedPath], files: any FileSystem, problems: inout ProblemList) -> Setup {
    let loaded = RuleBookLoader(files: files, zone: zone).load(rules, problems: &problems)
    // A column that only the present rules read is no fault of the others.
    var unread = ProblemList()
    let layout = RegisterLayout(
      loaded.book, configuration.register, organisation: configuration.organisation, dates: layout.dates,
      problems: &unread)
    return Setup(
      configuration: configuration, book: loaded.book, zone: zone, layout: layout, texts: texts, now: now,
      sources: loaded.sources)
  }
}
