import Dispatch
package import Notifier
package import Rules
import Synchronization

/// Surveys a register file the fast way: all processors read it at once, each stretches of its own.
///
/// Where a row begins only who has read everything before it can be sure of, because a quote may hide a line
/// break. So a reader guesses where its stretch begins, and what the one before it leaves shows whether that
/// was right; what does not fit is read again.
package struct BulkPass {
  /// How a register is divided among those who read it; sizes in bytes.
  package struct Division: Sendable {
    /// At once.
    package let readers: Int
    /// A stretch is one of so many parts, for each reader, of what no stretch before it holds: the last ones
    /// are short, so that no reader waits long for another.
    package let shares: Int
    /// For less nobody starts a thread.
    package let shortestStretch: Int
    /// What one look at the file takes in: small enough to stay near the processor until it is worked
    /// through.
    package let look: Int
    /// Of the blocks of rows that a later pass may know again.
    package let borders: BlockBorders

    package init(
      readers: Int, shares: Int, shortestStretch: Int, look: Int, borders: BlockBorders = .standard
    ) {
      self.readers = readers
      self.shares = shares
      self.shortestStretch = shortestStretch
      self.look = look
      self.borders = borders
    }

    /// One reader for each processor that may be used.
    package static var standard: Division {
      Division(
        readers: max(1, Processors.allowed.numbers.count), shares: 4, shortestStretch: 1 << 21, look: 1 << 18)
    }
  }

  private let setup: Setup
  private let files: any FileSystem
  private let watch: Watch
  private let memory: ReaderMemory
  private let division: Division
  private let reader: RegisterReader

  /// The stretches, nil where one could not be read alone, and for each worker its words.
  private struct Findings {
    var stretches: [BulkStretch?]
    var words: [BulkReader.Words?]
  }

  /// What a pass found.
  package struct Result: Sendable {
    package let survey: Survey
    /// The cases that stand in several rows.
    package let repeated: RepeatedCases
    /// What the rule book says of the rows that were watched, and of others that went the long way; in the
    /// register's order.
    package let seen: [SeenCase]
    /// The known rows that stand as they stood, by the numbers of their cases.
    package let quiet: [UInt32]
    /// How many cases an earlier pass had read.
    package let again: Int
    /// The events of the schema some date of which can only be month first, though nothing says that it may.
    let suspects: Set<Int>
    /// See ``RegisterHead/key``.
    package let header: [UInt8]
  }

  /// - Parameters:
  ///   - watch: which rows have to be ``Result/seen``.
  ///   - memory: what an earlier pass on the same day has left, and then what this one leaves.
  package init(
    _ setup: Setup, files: any FileSystem, _ watch: Watch = .nothing, _ division: Division = .standard,
    remembering memory: ReaderMemory = ReaderMemory()
  ) {
    self.watch = watch
    self.memory = memory
    self.setup = setup
    self.files = files
    self.division = division
    reader = RegisterReader(setup.configuration.register, layout: setup.layout, files: files)
  }

  /// Nil for a register that has to be read one row after another, and for one that may have a fault as a
  /// whole: of that the other reader knows the words.
  ///
  /// - Throws: ``RegisterFault`` when the file cannot be read or is written meanwhile.
  package func run() throws(RegisterFault) -> Result? {
    guard setup.configuration.register.events == nil,
      case .file(let path) = setup.configuration.register.source, files.kind(of: path) == .file
    else { return nil }
    return try reader.unchanged { () throws(RegisterFault) in
      let found = try joined(path, .none, watch.repeated)
      // Hardly a register has such a date, so no other pays for a look at all of them.
      guard let found, !found.suspects.isEmpty else { return found }
      let distrust = try reader.distrust(of: found.suspects, in: path)
      return distrust.names.isEmpty ? found : try joined(path, distrust, found.repeated)
    }
  }

  /// What a pass finds that puts the rows of each case together. Which cases stand in several rows is only
  /// known behind the last row, so a register that has such cases is read again, unless the pass before found
  /// the same.
  private func joined(
    _ path: String, _ distrust: Distrust, _ repeated: RepeatedCases
  ) throws(RegisterFault) -> Result? {
    let found = try result(path, distrust, watch.joining(repeated))
    guard let found, found.repeated != repeated else { return found }
    return try result(path, distrust, watch.joining(found.repeated))
  }

  /// What a pass finds where nobody knows the order of some columns; nil where there is no fast way.
  private func result(
    _ path: String, _ distrust: Distrust, _ watch: Watch
  ) throws(RegisterFault) -> Result? {
    do throws(BulkReader.Refusal) {
      return try run(path, distrust, watch)
    } catch {
      switch error {
      case .file(let fault): throw setup.configuration.register.unreadable(fault)
      case .needsWholeRegister: return nil
      }
    }
  }

  private func run(_ path: String, _ distrust: Distrust, _ watch: Watch) throws(BulkReader.Refusal) -> Result
  {
    let (file, head) = try opened(path, setup.layout.distrusting(distrust.names))
    let borders = borders(from: head.offset, to: file.size)
    let watch = watch.under(header: head.key)
    let found = read(file, head, watch, borders)
    let problems = distrust.problems(in: reader.name)
    var merge = StretchMerge(setup, found.words, from: head, telling: problems, watching: watch) { worker in
      BulkReader(file, head, setup, watch, name: reader.name, division, worker: worker)
    }
    for (index, stretch) in found.stretches.enumerated() {
      try merge.take(stretch, limit: borders[index + 1])
    }
    // A register without a row has a fault as a whole.
    guard merge.hasRows else { throw .needsWholeRegister }
    return merge.finish(header: head.key)
  }

  private func opened(
    _ path: String, _ layout: RegisterLayout
  ) throws(BulkReader.Refusal) -> (any SharedFile, RegisterHead) {
    do throws(FileFault) {
      let file = try files.open(path)
      let asked = setup.book.conditionFields
      if let head = try RegisterHead(file, layout, asked: asked, name: reader.name) {
        return (file, head)
      }
    } catch {
      throw .file(error)
    }
    throw .needsWholeRegister
  }

  /// Where stretches begin, and at last where the file ends.
  private func borders(from start: Int, to end: Int) -> [Int] {
    var borders = [start]
    var border = start
    while true {
      border += max(division.shortestStretch, (end - border) / (division.readers * division.shares))
      // None is shorter.
      guard border + division.shortestStretch <= end else { return borders + [end] }
      borders.append(border)
    }
  }

  private func read(
    _ file: any SharedFile, _ head: RegisterHead, _ watch: Watch, _ borders: [Int]
  ) -> Findings {
    let count = borders.count - 1
    let workers = min(count, division.readers)
    let found = Mutex(
      Findings(
        stretches: Array(repeating: nil, count: count), words: Array(repeating: nil, count: workers)))
    let shares = StretchShares(count, among: workers)
    let readers = SideBySide()
    let work = { @Sendable (worker: Int) in
      readers.begin()
      memory.scan(of: worker, under: head.key) { scan in
        // Taken and not copied, because what two hold is copied as soon as one of them changes it.
        let bulk = BulkReader(
          file, head, setup, watch, name: reader.name, division, worker: worker, continuing: scan.take())
        while let index = shares.next(for: worker) {
          // What could not be read is read once more when it is joined to the others, and then says why.
          let stretch = try? bulk.stretch(
            from: index == 0 ? borders[0] : bulk.likelyStart(behind: borders[index]),
            limit: borders[index + 1])
          found.withLock { $0.stretches[index] = stretch }
        }
        let words = bulk.words
        found.withLock { $0.words[worker] = words }
        scan = bulk.scan
      }
    }
    if workers == 1 { work(0) } else { DispatchQueue.concurrentPerform(iterations: workers, execute: work) }
    return found.withLock { $0 }
  }
}
