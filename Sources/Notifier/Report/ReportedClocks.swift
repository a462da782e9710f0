package import Rules

/// Where a clock stands on the shelves of a survey.
package struct ClockReference: Hashable, Sendable {
  let shelf: UInt32
  let index: UInt32
}

/// Every clock that somebody must hear of, on shelves in the order of the register.
package final class ReportedClocks: Sendable {
  let shelves: [ClockShelf]
  /// For each shelf the places of its departments in ``departments``.
  let places: [[Int]]
  /// In byte order.
  let departments: [String]
  let concealment: Concealment
  let numbers: CaseNumbers
  /// For each plan of the shelves whether its rule is the adviser's own.
  private let isPrivatePlan: [Bool]
  /// True where no clock is for the adviser alone.
  private let isOpen: Bool

  init(
    _ shelves: [ClockShelf] = [], _ concealment: Concealment = Concealment(),
    numbers: CaseNumbers = CaseNumbers()
  ) {
    self.numbers = numbers
    self.shelves = shelves
    self.concealment = concealment
    // Every worker's plans are those of one book.
    let terms = shelves.first { !$0.vocabulary.terms.isEmpty }?.vocabulary.terms ?? []
    isPrivatePlan = terms.map { $0.rule.privacy != nil }
    isOpen =
      concealment.isEmpty && !isPrivatePlan.contains(true)
      && shelves.allSatisfy { $0.clocks.allSatisfy(\.mayReachDepartment) }
    let names = Set(shelves.lazy.flatMap(\.departments)).sorted(by: precedesInBytes)
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    places = shelves.map { $0.departments.map { numbers[$0] ?? 0 } }
    departments = names
  }

  /// For no more than these no second processor is worth waking.
  package static let few = 5_000

  var count: Int { shelves.reduce(0) { $0 + $1.entries.count } }

  /// Those in one state, as lists show them.
  func list(_ state: StateName) -> ClockList {
    ClockList(self, ClockOrder.sorted([state], of: self).flatMap(\.self))
  }

  /// The same for two states at once.
  func lists(_ first: StateName, _ second: StateName) -> (ClockList, ClockList) {
    let sorted = ClockOrder.sorted([first, second], of: self)
    return (ClockList(self, sorted[0]), ClockList(self, sorted[1]))
  }

  /// Those that cannot be computed, in the order of lists.
  var unclear: [Clock] { list(.unclear).clocks.map(\.clock) }

  /// Every one of them.
  package var all: [Clock] {
    shelves.flatMap { shelf in shelf.entries.indices.map { concealment.concealed(shelf.clock($0)) } }
  }

  /// True where some case is masked, so that its place in a list says nothing of its place in a file.
  var haveTags: Bool { numbers.haveTags }

  /// The number of a clock's case, as programs may read it.
  func id(_ reference: ClockReference) -> String {
    let shelf = shelves[Int(reference.shelf)]
    let entry = shelf.entries[Int(reference.index)]
    return entry.isWhole
      ? numbers.whole(shelf.clocks[Int(entry.extra)].caseID)
      : String(decoding: shelf.id(entry), as: UTF8.self)
  }

  subscript(reference: ClockReference) -> ListedClock {
    ListedClock(reported: self, reference: reference)
  }

  /// False for a clock that no list of a department may hold.
  func mayReachDepartment(_ reference: ClockReference) -> Bool {
    let shelf = shelves[Int(reference.shelf)]
    let entry = shelf.entries[Int(reference.index)]
    if entry.isWhole { return concealment.concealed(shelf.clocks[Int(entry.extra)]).mayReachDepartment }
    if isPrivatePlan[Int(entry.plan)] { return false }
    if concealment.isEmpty { return true }
    let id = String(decoding: shelf.id(entry), as: UTF8.self)
    return concealment.reason(caseID: id, rule: shelf.vocabulary.terms[Int(entry.plan)].rule.id) == nil
  }

  /// Those of `references` that a list of their department may hold.
  fileprivate func open(_ references: [ClockReference]) -> [ClockReference] {
    guard !isOpen else { return references }
    let isPlain = concealment.isEmpty
    return ClockPages.with(self) { pages in
      references.filter { reference in
        let entry = pages.entry(reference)
        return isPlain && !entry.isWhole
          ? !isPrivatePlan[Int(entry.plan)] : mayReachDepartment(reference)
      }
    }
  }

  func department(_ reference: ClockReference) -> Int {
    let shelf = Int(reference.shelf)
    return places[shelf][Int(shelves[shelf].entries[Int(reference.index)].department)]
  }
}

/// One clock of a list: what a list is chosen by costs nothing, the clock itself is made when it is shown.
struct ListedClock {
  let reported: ReportedClocks
  let reference: ClockReference

  private var shelf: ClockShelf { reported.shelves[Int(reference.shelf)] }
  private var entry: ClockShelf.Entry { shelf.entries[Int(reference.index)] }

  var clock: Clock { reported.concealment.concealed(shelf.clock(Int(reference.index))) }

  /// The number of its case, as programs may read it.
  var id: String { reported.id(reference) }

  /// What ``clock`` knows of dates; nil where it has none.
  var reckoning: Reckoning? { shelf.reckoning(Int(reference.index)) }

  var rule: Rule {
    isWhole
      ? shelf.clocks[Int(entry.extra)].rule : shelf.vocabulary.terms[Int(entry.plan)].rule
  }

  /// True for a clock that holds more than days, or whose case number cannot be shown as it is.
  var isWhole: Bool { entry.isWhole }

  /// True where nothing is told of the clock but its start, its due day and its rule.
  var isOrdinary: Bool { entry.isOrdinary }
}

extension ListedClock {
  /// True where the clock's own department may hear of it, and is called so.
  func isOwn(of department: String) -> Bool {
    let fields =
      isWhole ? shelf.clocks[Int(entry.extra)].fields : shelf.vocabulary.fields[Int(entry.combination)]
    return fields[.department] == department && mayReachDepartment
  }

  /// False where the adviser alone may see it in a list.
  var mayReachDepartment: Bool { reported.mayReachDepartment(reference) }
}

extension RandomAccessCollection where Index == Int {
  /// The first place from which on `isBehind` holds, of a list that has those behind at its end.
  func partition(_ isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Clocks as a list shows them: by department, the oldest due day first.
struct ClockList {
  let reported: ReportedClocks
  let references: [ClockReference]

  init(_ reported: ReportedClocks, _ references: [ClockReference]) {
    self.reported = reported
    self.references = references
  }

  /// A list of clocks that stand on no shelf, each with the department under which it is reported.
  init(_ clocks: [(clock: Clock, department: String)], numbers: CaseNumbers) {
    var builder = ShelfBuilder(numbers)
    var departments = Numbering<String>()
    for (clock, department) in clocks { builder.take(clock, department: departments.number(of: department)) }
    builder.seal()
    let reported = ReportedClocks([builder.shelf(departments.values, .none)], numbers: numbers)
    let references = clocks.indices.map { ClockReference(shelf: 0, index: UInt32($0)) }
    self.init(reported, ClockOrder.sorted(references, of: reported))
  }

  /// Those reported for one department.
  func of(_ department: String) -> ClockList {
    guard let place = reported.departments.firstIndex(of: department) else { return ClockList(reported, []) }
    let start = references.partition { reported.department($0) >= place }
    let end = references[start...].partition { reported.department($0) > place }
    return ClockList(reported, Array(references[start..<end]))
  }

  /// All of both, which stand on the same shelves.
  static func + (a: ClockList, b: ClockList) -> ClockList {
    ClockList(a.reported, ClockOrder.sorted(a.references + b.references, of: a.reported))
  }

  var count: Int { references.count }
  var isEmpty: Bool { references.isEmpty }
  var first: ListedClock? { references.first.map { reported[$0] } }
  var clocks: some Sequence<ListedClock> { references.lazy.map { reported[$0] } }

  /// The clocks as a calendar, each entry made when it is written.
  func calendar(_ book: CalendarBook) -> [UInt8] {
    ClockPages.with(reported) { CalendarFile.bytes(CalendarEntries(self, $0, book), expecting: count) }
  }

  func filter(_ isIncluded: (ListedClock) -> Bool) -> ClockList {
    ClockList(reported, references.filter { isIncluded(reported[$0]) })
  }

  /// Those that a list of their department may hold.
  var open: ClockList { ClockList(reported, reported.open(references)) }

  /// Those of which the adviser alone may hear.
  var privateOnes: ClockList { filter { !$0.mayReachDepartment } }

  /// Those of which `isIncluded` says so, which must depend on nothing but what is told of a clock: of the
  /// ordinary ones, nearly all, it is asked once for each rule.
  func filterByWhatIsTold(_ isIncluded: (ListedClock) -> Bool) -> ClockList {
    ClockPages.with(reported) { pages in
      var answers: [Bool?] = []
      let included = references.filter { reference in
        let entry = pages.entry(reference)
        guard entry.isOrdinary else { return isIncluded(reported[reference]) }
        let plan = Int(entry.plan)
        while answers.count <= plan { answers.append(nil) }
        if let answer = answers[plan] { return answer }
        let answer = isIncluded(reported[reference])
        answers[plan] = answer
        return answer
      }
      return ClockList(reported, included)
    }
  }

  /// How many are due from one day to another, both inclusive.
  func count(from first: CivilDate, through last: CivilDate = CivilDate.supportedDays.upperBound) -> Int {
    ClockPages.with(reported) { pages in
      var count = 0
      for reference in references {
        let due = pages.entry(reference).due
        count &+= first.day <= due && due <= last.day ? 1 : 0
      }
      return count
    }
  }

  /// The list of each department that has a clock in it, in byte order.
  var byDepartment: [(department: String, clocks: ClockList)] {
    var lists: [(department: String, clocks: ClockList)] = []
    var rest = references[...]
    while let first = rest.first {
      let department = reported.department(first)
      let end = rest.partition { reported.department($0) > department }
      lists.append((reported.departments[department], ClockList(reported, Array(rest[..<end]))))
      rest = rest[end...]
    }
    return lists
  }
}
