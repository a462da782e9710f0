/// One `key = value` line.
package struct Entry: Hashable, Sendable {
  package let key: String
  /// Trimmed, never empty.
  package let value: String
  package let place: Place
}

/// One `[kind name]` section with its lines.
package struct Section: Hashable, Sendable {
  /// The first word of the header: `frist`.
  package let kind: String
  /// The rest of the header, empty where there is none.
  package let name: String
  package let place: Place
  package let entries: [Entry]
  /// Keys of lines whose value was reported as empty, so that nobody reports the key as missing too.
  package let emptyKeys: Set<String>

  /// As it was written: `[frist svar]`.
  package var header: String { "[\(kind)\(name.isEmpty ? "" : " " + name)]" }
}

/// The line-based form that rules and configuration share: `[section]`, `key = value`, `#` or `;` comments on
/// lines of their own, UTF-8.
package enum SectionText {
  /// The sections of `bytes` in order. Lines that are none of the forms are added to `problems`; of a file
  /// that is not UTF-8 there are no sections, because nobody knows what its lines were to say.
  package static func parse(_ bytes: [UInt8], file: String, problems: inout ProblemList) -> [Section] {
    var parser = Parser(file: file)
    let lines = withoutByteOrderMark(bytes).split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      parser.read(line, number: index + 1)
    }
    parser.closeSection()
    problems.add(contentsOf: parser.problems)
    return parser.isUTF8 ? parser.sections : []
  }

  private struct Parser {
    let file: String
    var sections: [Section] = []
    var problems = ProblemList()
    private var current = Current.none
    private(set) var isUTF8 = true
    private var entries: [Entry] = []
    private var emptyKeys: Set<String> = []

    private enum Current {
      case none
      case open(kind: String, name: String, Place)
      /// Its header was reported, so its lines are passed over in silence.
      case refused
    }

    init(file: String) {
      self.file = file
    }

    mutating func read(_ bytes: ArraySlice<UInt8>, number: Int) {
      let place = Place(file, number)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        problems.add(place, "the line is not UTF-8; save the file as UTF-8")
        isUTF8 = false
        return
      }
      var line = trimmed(text)
      guard let first = line.first, first != "#", first != ";" else { return }
      if let fault = SafeText.fault(in: line) {
        problems.add(place, "the line \(fault)")
        line = trimmed(SafeText.masked(line))
      }
      if first == "[" {
        open(line, place)
      } else if let equals = line.firstIndex(of: "=") {
        let value = line[line.index(after: equals)...]
        add(key: trimmed(line[..<equals]), value: trimmed(value), place)
      } else {
        problems.add(
          place, "\"\(shortened(line))\" is no line of the form; write key = value, or # before a comment")
      }
    }

    private mutating func open(_ line: String, _ place: Place) {
      closeSection()
      current = .refused
      guard line.last == "]" else {
        problems.add(place, "\"\(shortened(line))\" does not end; write for example [frist svar]")
        return
      }
      let words = trimmed(line.dropFirst().dropLast()).split(separator: " ", maxSplits: 1)
      guard let kind = words.first else {
        problems.add(place, "\"[]\" names no section; write for example [frist svar]")
        return
      }
      current = .open(kind: String(kind), name: words.count > 1 ? trimmed(words[1]) : "", place)
    }

    private mutating func add(key: String, value: String, _ place: Place) {
      if key.isEmpty {
        problems.add(place, "no key before \"=\"; write key = value")
      } else if value.isEmpty {
        problems.add(place, "\(key): the value is empty; write one or remove the line")
        emptyKeys.insert(key)
      } else if case .none = current {
        problems.add(
          place, "\(key): stands before the first section; write a header such as [frist svar] above it")
      } else {
        entries.append(Entry(key: key, value: value, place: place))
      }
    }

    mutating func closeSection() {
      if case .open(let kind, let name, let place) = current {
        sections.append(
          Section(kind: kind, name: name, place: place, entries: entries, emptyKeys: emptyKeys))
      }
      current = .none
      entries = []
      emptyKeys = []
    }
  }
}
