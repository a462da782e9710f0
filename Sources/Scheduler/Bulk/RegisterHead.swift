import Notifier
import Rules

/// The beginning of a register file: what its header says, and where its rows begin.
struct RegisterHead {
  /// Bound to the header.
  let rows: RegisterRows
  let layout: BulkLayout
  /// Its bytes, with those that mark the file, and behind them the columns whose order nobody knows: what a
  /// pass under another one has found does not hold here.
  let key: [UInt8]
  let separator: UInt8
  /// Where the first row begins, in bytes, and how many line breaks stand before it.
  let offset: Int
  let lines: Int

  /// A header longer than this is none.
  private static let longest = 1 << 16

  /// Nil where the header lacks something, or is unlike one: the reader that takes one row after another says
  /// what.
  init?(
    _ file: any SharedFile, _ layout: RegisterLayout, asked: Set<Field>, name: String
  ) throws(FileFault) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.longest, alignment: 1)
    defer { buffer.deallocate() }
    let count = try file.read(into: buffer, at: 0)
    var start = RegisterStart()
    guard let text = start.take(Array(buffer[..<count])[...]) else { return nil }
    let mark = count - text.count
    guard
      let end = BulkScan.endOfFirstRecord(
        UnsafeRawBufferPointer(rebasing: buffer[mark..<count]), separator: start.separator)
    else { return nil }
    let header = text.prefix(end)
    var rows = RegisterRows(layout: layout, events: .none, file: name)
    var nobody = Nobody()
    var parser = start.parser
    parser.read(header) { rows.accept($0, &nobody) }
    guard rows.isUsable, let bound = rows.bound,
      let columns = BulkLayout(
        separator: start.separator, width: bound.width, fields: bound.fields, events: bound.events,
        dates: layout.schema.names.map(layout.dates.field), asked: asked)
    else { return nil }
    self.rows = rows
    self.layout = columns
    key = Array(buffer[..<(mark + end)]) + layout.dates.distrusted.sorted().joined(separator: ";").utf8
    separator = start.separator
    offset = mark + end
    lines = header.reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }
  }
}
