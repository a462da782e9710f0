import Notifier
import Rules

/// Puts the stretches of one register together, in order, and sees to it that each begins where the one before it ended.
struct StretchMerge {
  private(set) var survey: Survey
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
    telling problems: [RegisterProblem],
    _ makeReader: @escaping (Int) -> BulkReader
  ) {
    survey = Survey(
      now: setup.now, organisation: setup.configuration.organisation,
      numbers: setup.configuration.letterhead.numbers)
    for problem in problems { survey.add(problem) }
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
    survey.merge(stretch.survey, lines: lines, words(of: stretch.worker)?.vocabulary ?? .none)
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

  private func words(of worker: Int) -> BulkReader.Words? {
    worker < words.count ? words[worker] : reader?.words
  }

  /// - Parameter header: see ``RegisterHead/key``.
  mutating func finish(header: [UInt8]) -> BulkPass.Result {
    for (worker, states) in states.enumerated() {
      if let words = words(of: worker) { survey.add(states: states, of: words.figures) }
    }
    survey.finish()
    return BulkPass.Result(
      survey: survey, seen: seen, quiet: quiet, again: again, suspects: suspects, header: header)
  }
}
