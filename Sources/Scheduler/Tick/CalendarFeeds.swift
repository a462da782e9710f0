import Notifier
import Rules

/// Calendars to subscribe to: one for each caseworker and each department, with every open deadline that they may hear of.
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

  /// Writes every calendar that is not on the disk as it should be. Who has no deadline any more keeps an empty one: a
  /// calendar program would show the old entries of one that is gone.
  func write(_ book: CalendarBook, _ files: any FileSystem) throws(FileFault) {
    guard let directory = setup.configuration.calendarDirectory else { return }
    let organisation = setup.configuration.organisation
    let departments = byDepartment.map { name, clocks in
      (
        file: FileName.department(name), title: "Frister · \(organisation.shownDepartment(name))",
        clocks: clocks
      )
    }
    try write(departments, Path.join(directory, "afdelinger"), book, files)
    let caseworkers = byCaseworker.map { address, clocks in
      (file: FileName.department(address.description), title: "Frister · \(address)", clocks: clocks)
    }
    try write(caseworkers, Path.join(directory, "sagsbehandlere"), book, files)
  }

  private func write(
    _ feeds: [(file: String, title: String, clocks: [Clock])], _ directory: String, _ book: CalendarBook,
    _ files: any FileSystem
  ) throws(FileFault) {
    try files.createDirectory(directory)
    var wanted: [String: [UInt8]] = [:]
    for file in try files.names(in: directory) where file.hasSuffix(".ics") {
      let bytes = try files.read(Path.join(directory, file))
      if CalendarFile.isOwn(bytes) { wanted[file] = CalendarFile.bytes([], name: "Frister") }
    }
    var taken: Set<String> = []
    for feed in feeds.sorted(by: { $0.title < $1.title }) {
      // Two names may make one file name, and neither may read the other's.
      var file = feed.file
      while !taken.insert(file).inserted { file += "_" }
      let events = feed.clocks.compactMap(book.event).sorted {
        ($0.occasion.day, $0.name) < ($1.occasion.day, $1.name)
      }
      wanted["\(file).ics"] = CalendarFile.bytes(events, name: feed.title)
    }
    for (file, bytes) in wanted.sorted(by: { $0.key < $1.key }) {
      let path = Path.join(directory, file)
      if files.kind(of: path) == .file, try files.read(path) == bytes { continue }
      try files.replace(path, with: bytes)
    }
  }
}
