import Notifier
import Rules

/// What a pass leaves for the next one on the same day: which cases asked for nothing, and how their rows
/// stood.
///
/// What a row asks for follows from its bytes, the rules, the day, and what was told before. So a case whose
/// row stands as it stood asks for nothing again, and the next pass counts it without looking at it.
package struct RegisterMemory: Sendable {
  private(set) var known: KnownCases
  /// The cases that stood in several rows.
  private(set) var repeated = RepeatedCases.none
  /// What the readers of the register have met on this day.
  let readers: ReaderMemory
  private let day: CivilDate
  /// How many cases the last pass has settled; nil where all is ready for the next.
  private var settled: Int?

  /// What is known at the beginning of a pass.
  ///
  /// - Parameters:
  ///   - recalled: what the pass before left; of another day it is of no use.
  ///   - ledger: what was told before.
  init(_ recalled: consuming RegisterMemory?, _ ledger: Ledger?, on day: CivilDate) {
    self.day = day
    if let recalled, recalled.day == day {
      (known, readers, repeated) = (recalled.known, recalled.readers, recalled.repeated)
    } else {
      (known, readers) = (KnownCases(ledger.map { Array($0.caseIDs) } ?? []), ReaderMemory())
    }
  }

  /// What the next pass has to see.
  func watch(rows: Watch.Rows) -> Watch { Watch(.seen, known, rows: rows, repeated: repeated) }

  /// The same, of which no row is known.
  var withoutRows: RegisterMemory {
    var memory = self
    memory.known = known.withoutRows(under: known.header)
    return memory
  }

  /// The cases that a pass has to look at again: all but those whose row stands as it stood. Nil where such a
  /// row stands beside another one of its case, so that no row may be passed over.
  func scope(of result: BulkPass.Result) -> LedgerPass.Scope? {
    guard !known.isWithoutRows, known.header == result.header else { return .wholeRegister }
    var isQuiet = [Bool](repeating: false, count: known.ids.count)
    for number in result.quiet { isQuiet[Int(number)] = true }
    var cases: Set<String> = []
    // Numbers are known by their bytes, and two texts may be the same although their bytes are not.
    let isPlain = result.seen.allSatisfy { $0.id.utf8.allSatisfy { $0 < 0x80 } }
    let quietIDs = isPlain ? [] : Set(result.quiet.map { known.ids[Int($0)] })
    for seen in result.seen {
      if let number = known.number(of: seen.id), isQuiet[number] { return nil }
      if quietIDs.contains(seen.id) { return nil }
      cases.insert(seen.id)
    }
    for (number, id) in known.ids.enumerated() where !isQuiet[number] { cases.insert(id) }
    return .cases(cases)
  }

  /// Lets the readers meet those cases again that the last pass has settled, where they are more than `few`:
  /// the next pass would have to look up each of them. A register that cannot be read now they meet then.
  /// Afterwards they tidy up.
  mutating func rehearse(_ setup: Setup, files: any FileSystem, beyond few: Int) {
    guard let settled else { return }
    if settled > few {
      let pass = BulkPass(setup, files: files, watch(rows: .kept), remembering: readers)
      _ = try? pass.run()
    }
    self.settled = nil
    readers.makeReady()
  }

  /// Remembers what a pass has seen.
  ///
  /// - Parameters:
  ///   - isQuiet: for each case that was seen whether it asks for nothing.
  ///   - concealment: of what it hides another row may decide, so that is looked at each time.
  mutating func take(
    _ result: BulkPass.Result, _ isQuiet: [Bool], _ scope: LedgerPass.Scope, _ concealment: Concealment
  ) {
    if known.header != result.header { known = known.withoutRows(under: result.header) }
    if case .cases(let cases) = scope {
      for caseID in cases { known.unsettle(caseID) }
    }
    let hidden = concealment.caseIDs
    var rows: [String: Int] = [:]
    for seen in result.seen { rows[seen.id, default: 0] += 1 }
    var settled = 0
    for (seen, isQuiet) in zip(result.seen, isQuiet) {
      if isQuiet, !seen.row.isEmpty, rows[seen.id] == 1, !hidden.contains(seen.id) {
        known.settle(seen.id, row: seen.row)
        settled += 1
      } else {
        known.unsettle(seen.id)
      }
    }
    self.settled = settled
    repeated = result.repeated
  }
}

extension CaseVerdict {
  /// True where nothing but another day can make of the case what it is not now.
  var changesByDayOnly: Bool {
    future.isEmpty && clocks.allSatisfy { $0.changesByDayOnly }
  }
}

extension Clock {
  fileprivate var changesByDayOnly: Bool {
    if case .instant = reckoning?.due { return false }
    return rule.ladder.allSatisfy { $0.offset.unit != .hours && $0.repetition?.unit != .hours }
  }
}
