import Notifier
import Rules

/// Calendars to subscribe to: one for each caseworker and each department, with every open deadline that they
/// may hear of.
///
/// Gathered only where the configuration names a folder for them.
struct CalendarFeeds {
  private let setup: Setup
  private var byDepartment: [String: [Clock]] = [:]
  private var byCaseworker: [EmailAddress: [Clock]] = [:]

  init(_ setup: Setup) {
    self.setup = setup
    for name in setup.configuration.organisation.departments.keys { byDepartment[name] = [] }
  }

  /// True where somebody may see the clock in a calendar.
  private func shows(_ clock: Clock) -> Bool {
    guard setup.configuration.calendarDirectory != nil, clock.mayReachDepartment,
      let reckoning = clock.reckoning, reckoning.outcome.isOpen
    else { return false }
    let department = clock.fields[.department]
    return !department.isEmpty && !setup.configuration.organisation.isUnknown(department: department)
  }

  /// Takes one clock and says whether a calendar shows it.
  mutating func take(_ clock: Clock) -> Bool {
    guard shows(clock) else { return false }
    byDepartment[clock.fields[.department], default: []].append(clock)
    if let address = setup.configuration.organisation.address(of: clock.fields[.caseworker]) {
      byCaseworker[address, default: []].append(clock)
    }
    return true
  }

  /// Leaves out what another row of its case conceals.
  mutating func conceal(_ concealment: Concealment) {
    byDepartment = byDepartment.mapValues { $0.filter { !concealment.hides($0) } }
    byCaseworker = byCaseworker.mapValues { $0.filter { !concealment.hides($0) } }
  }

  /// Writes every calendar that is not on the disk as it should be, none before all of them are written. Who
  /// has no deadline any more keeps an empty one: a calendar program would show the old entries of one that
  /// is gone.
  ///
  /// - Parameter report: a file that this process has just written; what older processes left unfinished is
  ///   told by its time.
  func write(_ book: CalendarBook, behind report: String, _ files: any FileSystem) throws(FileFault) {
    guard let directory = setup.configuration.calendarDirectory else { return }
    let organisation = setup.configuration.organisation
    let departments = byDepartment.map { name, clocks in
      Feed(
        file: FileName.own(name, regained: FileName.spaced),
        title: "Frister · \(organisation.shownDepartment(name))",
        clocks: clocks)
    }
    let caseworkers = byCaseworker.map { address, clocks in
      Feed(
        file: FileName.own(address.description) { $0 }, title: "Frister · \(address)", clocks: clocks)
    }
    let folders = [
      (Path.join(directory, "afdelinger"), departments),
      (Path.join(directory, "sagsbehandlere"), caseworkers),
    ]
    try StagedFiles.committed(in: files) { staged throws(FileFault) in
      for (folder, feeds) in folders { try stage(feeds, in: folder, book, &staged, files) }
    }
    for (folder, _) in folders {
      try StagedFiles.removeLeftovers(in: folder, of: files, olderThan: report) { $0.hasSuffix(".ics") }
    }
  }

  /// One calendar.
  private struct Feed {
    /// The name of its file, without the ending.
    let file: String
    let title: String
    let clocks: [Clock]
  }

  private func stage(
    _ feeds: [Feed], in directory: String, _ book: CalendarBook, _ staged: inout StagedFiles,
    _ files: any FileSystem
  ) throws(FileFault) {
    try files.createDirectory(directory)
    var present: [String: [UInt8]] = [:]
    // What is somebody else's is left alone.
    var taken: Set<String> = []
    for file in try files.names(in: directory) where file.hasSuffix(".ics") {
      let path = Path.join(directory, file)
      let bytes = files.kind(of: path) == .file ? try files.read(path) : []
      if CalendarFile.isOwn(bytes) { present[file] = bytes } else { taken.insert(file) }
    }
    var wanted = present.mapValues { _ in CalendarFile.bytes([], name: "Frister") }
    for feed in feeds.sorted(by: { precedesInBytes($0.file, $1.file) }) {
      var name = feed.file
      while !taken.insert("\(name).ics").inserted { name += "_" }
      let events = feed.clocks.flatMap(book.events).sorted {
        ($0.occasion.day, $0.name) < ($1.occasion.day, $1.name)
      }
      wanted["\(name).ics"] = CalendarFile.bytes(events, name: feed.title)
    }
    for (file, bytes) in wanted.sorted(by: { $0.key < $1.key }) where present[file] != bytes {
      try staged.add(bytes, for: Path.join(directory, file), in: files)
    }
  }
}
