import Dispatch
import Notifier
import Rules
import Synchronization

/// Puts the stretches of one register together, in order, and sees to it that each begins where the one
/// before it ended.
struct StretchMerge {
  private var gathering: Gathering
  private var caseHashes = CaseHashes()
  /// Puts cases together whose rows stand in several stretches.
  private var joiner: RowJoiner
  private var seen: [SeenCase] = []
  private var quiet: [UInt32] = []
  private var again = 0
  private var suspects: Set<Int> = []
  /// Of each worker; nil for one that read nothing.
  private let words: [BulkReader.Words?]
  /// For each worker, and the one who reads again, the sum of its stretches' ``BulkStretch/states``.
  private var states: [[Int]]
  /// Up to where the file is accounted for, in bytes and in line breaks.
  private var end: Int
  private var lines: Int
  private let makeReader: (Int) -> BulkReader
  /// Reads again what was read from a wrong beginning; nil until that is needed.
  private var reader: BulkReader?

  /// - Parameter problems: of the register as a whole; they come first.
  init(
    _ setup: Setup, _ words: [BulkReader.Words?], from head: RegisterHead,
    telling problems: [RegisterProblem], watching watch: Watch,
    _ makeReader: @escaping (Int) -> BulkReader
  ) {
    gathering = Gathering(
      setup, file: setup.configuration.register.source.name, keeping: watch.isNothing ? .nothing : .verdicts)
    joiner = RowJoiner(watch.repeated)
    for problem in problems { gathering.survey.add(problem) }
    self.words = words
    states = Array(repeating: [], count: words.count + 1)
    end = head.offset
    lines = head.lines
    self.makeReader = makeReader
  }

  /// Takes the next stretch, which was to end at `limit`; nil for one that could not be read alone.
  mutating func take(_ stretch: BulkStretch?, limit: Int) throws(BulkReader.Refusal) {
    guard let stretch else { return try readAgain(limit: limit) }
    // It begins too late: rows were taken for the inside of quotes.
    if end < stretch.start { try readAgain(limit: stretch.start) }
    if end == stretch.start { add(stretch) } else { try readAgain(limit: limit) }
  }

  private mutating func readAgain(limit: Int) throws(BulkReader.Refusal) {
    guard end < limit else { return }
    let reader = reader ?? makeReader(words.count)
    self.reader = reader
    add(try reader.stretch(from: end, limit: limit))
  }

  private mutating func add(_ stretch: BulkStretch) {
    gathering.survey.merge(stretch.survey, lines: lines, words(of: stretch.worker)?.vocabulary ?? .none)
    caseHashes.merge(stretch.caseHashes)
    for rows in joiner.merge(stretch.joiner, movedDown: lines) { gathering.take(rows) }
    let more = stretch.states.count - states[stretch.worker].count
    if more > 0 { states[stretch.worker] += [Int](repeating: 0, count: more) }
    for (index, count) in stretch.states.enumerated() { states[stretch.worker][index] += count }
    seen += stretch.seen
    quiet += stretch.quiet
    again += stretch.again
    suspects.formUnion(stretch.suspects)
    end = stretch.end
    lines += stretch.lines
  }

  /// Hands over which cases stand in several rows, found by as many as have read, and forgets the hashes.
  private mutating func takeRepeated() -> RepeatedCases {
    let (hashes, shares) = (caseHashes, max(1, words.count))
    caseHashes = CaseHashes()
    let found = Mutex<[UInt64: Int]>([:])
    DispatchQueue.concurrentPerform(iterations: shares) { index in
      let repeated = hashes.repeated(CaseHashes.Share(index, of: shares))
      found.withLock { $0.merge(repeated) { $1 } }
    }
    return RepeatedCases(found.withLock { $0 })
  }

  private func words(of worker: Int) -> BulkReader.Words? {
    worker < words.count ? words[worker] : reader?.words
  }

  /// False for a register without a row.
  var hasRows: Bool { gathering.survey.cases + gathering.survey.defectCount > 0 }

  /// - Parameter header: see ``RegisterHead/key``.
  mutating func finish(header: [UInt8]) -> BulkPass.Result {
    // First, so that lists are made where the hashes stood.
    let repeated = takeRepeated()
    for (worker, states) in states.enumerated() {
      if let words = words(of: worker) { gathering.survey.add(states: states, of: words.figures) }
    }
    gathering.survey.finish()
    return BulkPass.Result(
      survey: gathering.survey, repeated: repeated, seen: seen + gathering.seen, quiet: quiet,
      again: again, suspects: suspects, header: header)
  }
}
