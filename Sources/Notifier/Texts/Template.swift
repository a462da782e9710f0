import Rules

/// A text with placeholders in braces, taken apart once.
struct Template: Hashable, Sendable {
  private enum Piece: Hashable, Sendable {
    case words(String)
    case placeholder(Placeholder)
  }

  private let pieces: [Piece]

  /// Reads the text of a file: comment lines at its beginning are left out, and so is white space at both
  /// ends.
  ///
  /// Everything that is wrong is added to `problems`; then it is not a text to send.
  init(_ file: SourceFile, allowed: [Placeholder], problems: inout ProblemList) {
    var lines: [(number: Int, text: Substring)] = []
    let decoded = String(decoding: withoutByteOrderMark(file.bytes), as: UTF8.self)
    // Every start of the program comes through here, and hardly any text was written on Windows.
    let text = file.bytes.contains(0x0D) ? decoded.replacing("\r\n", with: "\n") : decoded
    if String(validating: file.bytes, as: UTF8.self) == nil {
      problems.add(Place(file.name), "the text is not UTF-8; save the file as UTF-8")
    }
    if text.unicodeScalars.contains(where: { Self.isControl($0) && $0 != "\n" }) {
      problems.add(Place(file.name), "the text holds a control character, for example a tab; write spaces")
    }
    let parts = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in parts.enumerated() {
      if lines.isEmpty, line.isEmpty || line.first == UInt8(ascii: "#") { continue }
      lines.append((index + 1, Substring(line)))
    }
    while lines.last.map({ trimmed($0.text).isEmpty }) ?? false { lines.removeLast() }
    var pieces: [Piece] = []
    for (index, line) in lines.enumerated() {
      if index > 0 { pieces.append(.words("\n")) }
      pieces += Self.pieces(of: line.text, Place(file.name, line.number), allowed, &problems)
    }
    self.pieces = pieces
  }

  /// The two ranges that Unicode calls by this name (category Cc).
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// The text with every placeholder replaced by its value; one that has none is empty.
  func filled(_ values: [Placeholder: String]) -> String {
    pieces.map { piece in
      switch piece {
      case .words(let words): words
      case .placeholder(let name): values[name] ?? ""
      }
    }.joined()
  }

  private static func pieces(
    of line: Substring, _ place: Place, _ allowed: [Placeholder], _ problems: inout ProblemList
  ) -> [Piece] {
    var pieces: [Piece] = []
    var rest = line
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      pieces.append(.words(String(rest[..<open])))
      guard let close = rest[open...].utf8.firstIndex(of: UInt8(ascii: "}")) else {
        problems.add(place, "\"\(shortened(rest[open...]))\" does not end; write for example {sagsnr}")
        return pieces
      }
      let name = trimmed(rest[rest.index(after: open)..<close])
      if let placeholder = allowed.first(where: { $0.rawValue == name }) {
        pieces.append(.placeholder(placeholder))
      } else {
        let names = allowed.map(\.rawValue)
        problems.add(
          place,
          "unknown placeholder {\(shortened(name))}" + suggestion(for: name, among: names))
      }
      rest = rest[rest.utf8.index(after: close)...]
    }
    return pieces + [.words(String(rest))]
  }
}
