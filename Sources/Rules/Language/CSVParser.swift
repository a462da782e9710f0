/// One record of a CSV text: its fields unquoted, and where it began.
package struct CSVRecord: Sendable {
  /// The bytes of all fields, one after another.
  package fileprivate(set) var bytes: [UInt8] = []
  /// Where each field ends in ``bytes``.
  package fileprivate(set) var ends: [Int] = []
  /// The fields that were written in quotes, by index, in order.
  fileprivate var quoted: [Int] = []
  /// The line on which the record begins, counted from 1; a quoted field may hold further lines.
  package fileprivate(set) var line = 1
  /// What is wrong with the record as CSV.
  package fileprivate(set) var fault: CSVFault?

  /// The number of fields.
  package var count: Int { ends.count }

  /// The bytes of field `index`.
  package subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// True for a field that was written in quotes.
  package func isQuoted(_ index: Int) -> Bool { quoted.contains(index) }

  fileprivate mutating func reset(line: Int) {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    quoted.removeAll(keepingCapacity: true)
    self.line = line
    fault = nil
  }
}

/// What can be wrong with a text as CSV.
package enum CSVFault: Error, Hashable, Sendable {
  /// A quoted field goes on after its closing quote: `"a"b`.
  case textAfterQuote(field: Int)
  /// The text ends inside a quoted field that began on `line`.
  case unclosedQuote(line: Int)
}

/// RFC 4180 as exports write it, one byte after another: any one-byte separator, LF or CRLF, quoted
/// separators and line breaks, doubled quotes, no final line break needed. Blank lines are skipped. It does
/// no I/O.
///
/// A quote counts only at the beginning of a field; elsewhere (`5" rør`) it is a letter like any other.
package struct CSVParser {
  private enum Position {
    case fieldStart
    case plain
    case quoted
    case afterQuote
  }

  private let separator: UInt8
  private var position = Position.fieldStart
  private var record = CSVRecord()
  private var line = 1
  private var quoteLine = 1
  private var wasQuoted = false

  /// - Parameter line: the line on which the text begins.
  package init(separator: UInt8, line: Int = 1) {
    self.separator = separator
    self.line = line
    record.reset(line: line)
  }

  /// Reads on through `bytes`, handing each finished record to `body`. The record is only valid during the
  /// call.
  package mutating func read(_ bytes: ArraySlice<UInt8>, _ body: (borrowing CSVRecord) -> Void) {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let end = endOfRun(in: bytes, from: index)
      if end > index {
        record.bytes.append(contentsOf: bytes[index..<end])
        index = end
        continue
      }
      let byte = bytes[index]
      index += 1
      if byte == 0x0A {
        line += 1
        if position != .quoted {
          endRecord(body)
          continue
        }
      }
      take(byte)
    }
  }

  /// Ends the text; hands over a last record that has no line break.
  ///
  /// - Returns: ``CSVFault/unclosedQuote(line:)`` when the text ends inside quotes, otherwise nil.
  package mutating func finish(_ body: (borrowing CSVRecord) -> Void) -> CSVFault? {
    if position == .quoted { return .unclosedQuote(line: quoteLine) }
    endRecord(body)
    return nil
  }

  /// Where the bytes end, from `start`, that only have to be copied in the present position.
  private func endOfRun(in bytes: ArraySlice<UInt8>, from start: Int) -> Int {
    var index = start
    switch position {
    case .plain:
      while index < bytes.endIndex, bytes[index] != separator, bytes[index] != 0x0A { index += 1 }
    case .quoted:
      while index < bytes.endIndex, bytes[index] != 0x22, bytes[index] != 0x0A { index += 1 }
    case .fieldStart, .afterQuote: break
    }
    return index
  }

  private mutating func take(_ byte: UInt8) {
    switch position {
    case .quoted:
      if byte == 0x22 { position = .afterQuote } else { record.bytes.append(byte) }
    case .fieldStart where byte == 0x22:
      position = .quoted
      wasQuoted = true
      quoteLine = line
    case .afterQuote where byte == 0x22:
      record.bytes.append(byte)
      position = .quoted
    case .fieldStart, .plain, .afterQuote:
      if byte == separator {
        endField()
      } else if position == .afterQuote {
        // A CR may stand between the closing quote and LF.
        if byte != 0x0D, record.fault == nil { record.fault = .textAfterQuote(field: record.count) }
      } else {
        record.bytes.append(byte)
        position = .plain
      }
    }
  }

  private mutating func endField() {
    if wasQuoted { record.quoted.append(record.ends.count) }
    record.ends.append(record.bytes.count)
    position = .fieldStart
    wasQuoted = false
  }

  private mutating func endRecord(_ body: (borrowing CSVRecord) -> Void) {
    if position == .plain, record.bytes.last == 0x0D { record.bytes.removeLast() }
    let isBlank = record.ends.isEmpty && record.bytes.isEmpty && !wasQuoted
    if !isBlank {
      endField()
      body(record)
    }
    position = .fieldStart
    record.reset(line: line)
  }
}
