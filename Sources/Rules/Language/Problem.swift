/// Where something stands: a file and, where it has one, a line (counted from 1).
package struct Place: Hashable, Sendable, CustomStringConvertible {
  package let file: String
  package let line: Int?

  package init(_ file: String, _ line: Int? = nil) {
    self.file = file
    self.line = line
  }

  /// `rules/gentofte.frist:14`.
  package var description: String { line.map { "\(file):\($0)" } ?? file }
}

/// One thing that is wrong in a file somebody wrote: its place, what is wrong, and the remedy.
package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
  package let place: Place
  package let message: String

  package init(_ place: Place, _ message: String) {
    self.place = place
    self.message = message
  }

  package var description: String { "\(place): \(message)" }
}

/// Every problem of one run; a parser adds and goes on, so that one run names them all.
package struct ProblemList: Sendable {
  package private(set) var all: [Problem] = []

  package init() {}

  package var isEmpty: Bool { all.isEmpty }

  /// Adds one problem.
  package mutating func add(_ place: Place, _ message: String) {
    all.append(Problem(place, message))
  }

  /// Adds all problems of another list, in its order.
  package mutating func add(contentsOf other: ProblemList) {
    add(contentsOf: other.all)
  }

  /// Adds problems that are already made.
  package mutating func add(contentsOf problems: [Problem]) {
    all += problems
  }

  /// In source order: files as they were first met, lines ascending; nothing twice.
  package var inSourceOrder: [Problem] {
    var order = [String: Int]()
    for problem in all where order[problem.place.file] == nil { order[problem.place.file] = order.count }
    var seen = Set<Problem>()
    return all.filter { seen.insert($0).inserted }.enumerated().sorted { a, b in
      let left = (order[a.element.place.file] ?? 0, a.element.place.line ?? 0, a.offset)
      return left < (order[b.element.place.file] ?? 0, b.element.place.line ?? 0, b.offset)
    }.map(\.element)
  }

  /// `4 problems in 2 files`.
  package var summary: String {
    "\(plural(Set(all).count, "problem")) in \(plural(Set(all.map(\.place.file)).count, "file"))"
  }
}

/// What is wrong with one value, and what to write instead; the place is added by who knows it.
package struct Remedy: Error, Hashable, Sendable {
  package let message: String

  package init(_ message: String) {
    self.message = message
  }
}
