/// Finds the records of a CSV text and the fields of each, without copying a byte.
///
/// It ends a record where ``CSVParser`` ends it: only quotes at the beginning of a field can hide a line break. What is
/// quoted or faulty it does not read, it says so.
struct RecordScanner {
  /// One whole record, line break excluded.
  struct Record {
    let start: Int
    let end: Int
    /// How many fields it has; where it has more than the header, any number of more.
    let fields: Int
    /// How many line breaks stand in its quotes.
    let breaks: Int
    /// True where a wanted field is quoted, or text goes on behind a closing quote.
    let needsParser: Bool
  }

  private let bits: SeparatorBits
  private let wanted: [Bool]
  private let width: Int
  /// Field `k` of the record at hand lies behind `bounds[k]` and before `bounds[k + 1]`.
  let bounds: UnsafeMutablePointer<Int>

  private static let quote = UInt8(ascii: "\"")
  private static let lineBreak = UInt8(ascii: "\n")

  /// - Parameter wanted: for each column of the header whether somebody reads it.
  init(separator: UInt8, wanted: [Bool]) {
    bits = SeparatorBits(separator: separator)
    self.wanted = wanted
    width = wanted.count
    let most = width + 2 + SeparatorBits.width + 1
    bounds = .allocate(capacity: most)
    bounds.initialize(repeating: 0, count: most)
  }

  /// Its owner calls this once, after the last scan.
  func deallocate() { bounds.deallocate() }

  /// How many bytes behind the text must be readable.
  static let padding = SeparatorBits.width

  /// Hands every whole record of the first `count` bytes to `take`, until one begins at `limit` or later.
  ///
  /// - Returns: where the first record begins that was not handed over.
  @inline(__always)
  func scan(_ text: UnsafeRawPointer, _ count: Int, limit: Int, _ take: (Record) -> Void) -> Int {
    guard limit > 0 else { return 0 }
    var (start, breaks, needsParser) = (0, 0, false)
    bounds[0] = -1
    // Where the end of the field at hand is written; the one before it stands before that.
    var next = bounds + 1
    var block = 0
    while block < count {
      keepToHeader(&next)
      var hits = hits(text, block, count)
      while hits != 0 {
        let place = block &+ hits.trailingZeroBitCount
        hits &= hits &- 1
        next.pointee = place
        let byte = text.load(fromByteOffset: place, as: UInt8.self)
        if bits.isSeparator(byte) {
          next += 1
        } else if byte == Self.lineBreak {
          take(
            Record(start: start, end: place, fields: next - bounds, breaks: breaks, needsParser: needsParser))
          start = place &+ 1
          if start >= limit { return start }
          bounds[0] = place
          (next, breaks, needsParser) = (bounds + 1, 0, false)
        } else if place == next[-1] &+ 1 {
          guard let quoted = quoted(text, place + 1, count) else { return start }
          breaks &+= quoted.breaks
          let field = next - bounds - 1
          needsParser = needsParser || quoted.isFaulty || (field < width && wanted[field])
          keepToHeader(&next)
          block = quoted.end & ~(SeparatorBits.width - 1)
          hits = self.hits(text, block, count) & (UInt64.max << UInt64(quoted.end - block))
        }
      }
      block &+= SeparatorBits.width
    }
    return start
  }

  /// A block holds at most as many ends as it has bytes; beyond the header's only the latest is remembered.
  @inline(__always)
  private func keepToHeader(_ next: inout UnsafeMutablePointer<Int>) {
    let last = bounds + (width + 2)
    guard next > last else { return }
    last[-1] = next[-1]
    next = last
  }

  @inline(__always)
  private func hits(_ text: UnsafeRawPointer, _ block: Int, _ count: Int) -> UInt64 {
    let hits = bits.mask(at: text + block)
    let left = count &- block
    return left >= SeparatorBits.width ? hits : hits & ~(UInt64.max << UInt64(left))
  }

  private struct Quoted {
    /// The separator or line break behind it.
    let end: Int
    let breaks: Int
    let isFaulty: Bool
  }

  /// The field that was opened before `start`; nil where the text ends inside it.
  @inline(never)
  private func quoted(_ text: UnsafeRawPointer, _ start: Int, _ count: Int) -> Quoted? {
    var (place, breaks, isInside, isFaulty) = (start, 0, true, false)
    while place < count {
      let byte = text.load(fromByteOffset: place, as: UInt8.self)
      if byte == Self.quote {
        // Behind a closing quote another one opens the field again: a doubled quote is nothing else.
        isInside.toggle()
      } else if isInside {
        if byte == Self.lineBreak { breaks += 1 }
      } else if byte == Self.lineBreak || bits.isSeparator(byte) {
        return Quoted(end: place, breaks: breaks, isFaulty: isFaulty)
      } else if byte != UInt8(ascii: "\r") {
        isFaulty = true
      }
      place += 1
    }
    return nil
  }
}
