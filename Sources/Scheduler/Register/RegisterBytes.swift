import Notifier
import Rules

/// The bytes of one register as often as they are asked for: a file is read each time, a command is run once.
struct RegisterBytes {
  private enum Source {
    case file(String)
    /// What a command has printed.
    case printed([UInt8])
  }

  private let source: Source
  private let settings: RegisterSettings
  private let files: any FileSystem

  private static let chunkSize = 1 << 18

  private init(_ source: Source, _ settings: RegisterSettings, _ files: any FileSystem) {
    self.source = source
    self.settings = settings
    self.files = files
  }

  /// Those of a file.
  init(_ path: String, _ settings: RegisterSettings, files: any FileSystem) {
    self.init(.file(path), settings, files)
  }

  /// Those that `settings` name.
  ///
  /// - Parameter head: takes the header; a command whose header is of no use is not run to its end.
  /// - Throws: ``RegisterFault`` when a command fails.
  init(_ settings: RegisterSettings, files: any FileSystem, head: RegisterRows) throws(RegisterFault) {
    switch settings.source {
    case .file(let path): self.init(path, settings, files: files)
    case .command(let command):
      self.init(.printed(try Self.output(of: command, settings, files, head)), settings, files)
    }
  }

  private static func output(
    of command: String, _ settings: RegisterSettings, _ files: any FileSystem, _ head: RegisterRows
  ) throws(RegisterFault) -> [UInt8] {
    var printed: [UInt8] = []
    var (rows, nobody) = (head, Nobody())
    let ending = files.readOutput(of: command) { chunk in
      printed += chunk
      guard rows.bound == nil else { return true }
      var start = RegisterStart()
      guard let text = start.take(printed[...]) else { return true }
      var parser = start.parser
      parser.read(text) { rows.accept($0, &nobody) }
      return rows.isUsable
    }
    let fault: String
    switch ending {
    case .exited(0, _): return printed
    case .exited(let code, let words): fault = "exited with \(code)" + (words.isEmpty ? "" : ": \(words)")
    case .killed(let signal): fault = "was killed by signal \(signal)"
    case .timedOut(let words):
      fault = "did not finish in time and was stopped" + (words.isEmpty ? "" : ": \(words)")
    case .notStarted(let reason): fault = reason.description
    }
    throw .unreadable(
      Problem(
        settings.place, "kommando: \"\(shortened(command))\" \(fault); run it by hand as the same user"))
  }

  /// Hands over all bytes, piece by piece; `body` returns false to stop early.
  func read(_ body: (ArraySlice<UInt8>) -> Bool) throws(RegisterFault) {
    switch source {
    case .printed(let bytes):
      for start in stride(from: 0, to: bytes.count, by: Self.chunkSize) {
        guard body(bytes[start..<min(start + Self.chunkSize, bytes.count)]) else { return }
      }
    case .file(let path):
      do throws(FileFault) {
        try files.readChunks(of: path, size: Self.chunkSize, body)
      } catch {
        throw settings.unreadable(error)
      }
    }
  }

  /// False where no date can be month first alone, whatever column it stands in. It is told from the bytes,
  /// which costs next to nothing.
  func mayBeMonthFirst() throws(RegisterFault) -> Bool {
    var search = MonthFirstSearch()
    try read { chunk in
      search.look(at: chunk)
      return !search.hasFound
    }
    return search.hasFound
  }
}

/// Looks for what every date holds that can only be month first: `/17/`, `-17-` or `.17.` behind a digit.
/// Other texts may hold it too.
package struct MonthFirstSearch {
  /// The four bytes before the next one, the latest lowest.
  private var before: UInt32 = 0
  package private(set) var hasFound = false

  package init() {}

  /// Looks at the next bytes of the text.
  package mutating func look(at bytes: ArraySlice<UInt8>) {
    var (before, hasFound) = (before, hasFound)
    bytes.withUnsafeBufferPointer { bytes in
      for byte in bytes {
        if byte &- 0x2D < 3, Self.isMonthFirst(before, byte) { hasFound = true }
        before = before << 8 | UInt32(byte)
      }
    }
    (self.before, self.hasFound) = (before, hasFound)
  }

  /// - Parameter byte: a separator.
  private static func isMonthFirst(_ before: UInt32, _ byte: UInt8) -> Bool {
    let (digit, separator) = (before >> 24 &- 0x30, UInt8(truncatingIfNeeded: before >> 16))
    let (tens, ones) = ((before >> 8 & 0xFF) &- 0x30, (before & 0xFF) &- 0x30)
    return separator == byte && digit < 10 && tens < 4 && ones < 10 && (13...31).contains(tens * 10 + ones)
  }
}

extension RegisterSettings {
  /// Why the register cannot be read.
  func unreadable(_ fault: FileFault) -> RegisterFault {
    .unreadable(Problem(place, "kilde: \(fault); correct the path, or the right to read it"))
  }
}
