/// One record of a CSV text, found byte by byte: for the few that quotes or a wrong number of fields make
/// special.
///
/// It ends where ``CSVParser`` ends it: only quotes at the beginning of a field can hide a line break.
struct RecordWalk {
  /// Where its line break stands.
  private(set) var end = 0
  private(set) var fields: Int
  /// How many line breaks stand in its quotes.
  private(set) var breaks = 0
  /// True where text goes on behind a closing quote.
  private(set) var isFaulty = false
  /// True where some field stands in quotes.
  private(set) var hasQuotes = false

  /// A field that the walk has passed.
  struct PassedField {
    let number: Int
    let end: Int
    let isQuoted: Bool
  }

  private static let quote = UInt8(ascii: "\"")
  static let lineBreak = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  /// Walks on from `start`, where a field begins; nil where the record does not end in the `size` bytes of
  /// the text.
  ///
  /// - Parameters:
  ///   - known: how many fields of the record stand before, all without quotes.
  ///   - take: is told of each of the other fields.
  init?(
    _ text: UnsafeRawPointer, from start: Int, behind known: Int = 0, _ size: Int, separator: UInt8,
    _ take: (PassedField) -> Void = { _ in }
  ) {
    fields = known
    var place = start
    repeat {
      guard place < size else { return nil }
      let isQuoted = text.load(fromByteOffset: place, as: UInt8.self) == Self.quote
      hasQuotes = hasQuotes || isQuoted
      guard
        let last = isQuoted
          ? endOfQuoted(text, from: place + 1, size, separator)
          : Self.endOfPlain(text, from: place, size, separator)
      else { return nil }
      take(PassedField(number: fields, end: last, isQuoted: isQuoted))
      fields += 1
      (end, place) = (last, last + 1)
    } while text.load(fromByteOffset: end, as: UInt8.self) != Self.lineBreak
  }

  private static func endOfPlain(
    _ text: UnsafeRawPointer, from start: Int, _ size: Int, _ separator: UInt8
  ) -> Int? {
    for place in start..<size {
      let byte = text.load(fromByteOffset: place, as: UInt8.self)
      if byte == separator || byte == lineBreak { return place }
    }
    return nil
  }

  private mutating func endOfQuoted(
    _ text: UnsafeRawPointer, from start: Int, _ size: Int, _ separator: UInt8
  ) -> Int? {
    var isInside = true
    for place in start..<max(start, size) {
      let byte = text.load(fromByteOffset: place, as: UInt8.self)
      if byte == Self.quote {
        // Behind a closing quote another one opens the field again: a doubled quote is nothing else.
        isInside.toggle()
      } else if isInside {
        if byte == Self.lineBreak { breaks += 1 }
      } else if byte == separator || byte == Self.lineBreak {
        return place
      } else if byte != Self.carriageReturn {
        isFaulty = true
      }
    }
    return nil
  }
}
