extension LengthTerm: CustomStringConvertible {
  /// In Danish without its sign: `1 arbejdsdag`, `4 måneder`.
  package var description: String {
    "\(abs(count)) \(abs(count) == 1 ? unit.singular : unit.rawValue)"
  }
}

extension Length: CustomStringConvertible {
  /// In Danish, as rules write it: `18 år - 4 måneder`.
  package var description: String {
    var text = ""
    for term in terms {
      if text.isEmpty {
        text = term.count < 0 ? "- \(term)" : "\(term)"
      } else {
        text += term.count < 0 ? " - \(term)" : " + \(term)"
      }
    }
    return text
  }
}

/// Why a text is no length.
package enum LengthFault: Error, Hashable, Sendable {
  /// Not of the form; `suggestion` is a length close to what was written.
  case form(suggestion: String)
  /// The count is larger than any deadline.
  case tooLong
  case hoursBesideOtherUnits

  /// In English; it follows the quoted text.
  package var explanation: String {
    switch self {
    case .form(let suggestion): "is not a length; write for example \"\(suggestion)\""
    case .tooLong: "is longer than \(Length.largestCount) of a unit; write the length in a larger unit"
    case .hoursBesideOtherUnits: "adds hours to days; write the whole length in timer, or in days"
    }
  }
}

extension Length {
  /// The largest count of one term; 36,500 days are a century.
  package static let largestCount = 36_500

  /// The length that `text` writes: terms of a number and a unit, joined by `+` or `-`.
  ///
  /// The singular stands only with 1; the plural always.
  /// - Throws: ``LengthFault``.
  package init(text: some StringProtocol) throws(LengthFault) {
    let spaced = text.reduce(into: "") { $0 += "+-−".contains($1) ? ($1 == "+" ? " + " : " - ") : String($1) }
    var words = spaced.split(separator: " ").map(String.init)[...]
    var terms: [LengthTerm] = []
    while let first = words.first {
      let isSign = first == "+" || first == "-"
      guard isSign || terms.isEmpty else { throw Self.formFault(text) }
      if isSign { words.removeFirst() }
      guard let count = words.popFirst().flatMap({ digits($0) }), count > 0, let word = words.popFirst(),
        let unit = Self.unit(word, count: count)
      else { throw Self.formFault(text) }
      guard count <= Self.largestCount else { throw .tooLong }
      terms.append(LengthTerm(first == "-" ? -count : count, unit))
    }
    guard !terms.isEmpty else { throw Self.formFault(text) }
    guard let length = Length(terms: terms) else { throw .hoursBesideOtherUnits }
    self = length
  }

  private static func unit(_ word: String, count: Int) -> LengthUnit? {
    LengthUnit.allCases.first { $0.rawValue == word || (count == 1 && $0.singular == word) }
  }

  /// Keeps the number and takes the nearest unit, so that the remedy can be copied.
  private static func formFault(_ text: some StringProtocol) -> LengthFault {
    let number: Int? = text.split { !$0.isNumber }.first.flatMap { digits($0) }
    let count = number.flatMap { $0 > 0 ? $0 : nil } ?? 4
    let word = text.split { !$0.isLetter }.first.map { $0.lowercased() } ?? ""
    let spellings = LengthUnit.allCases.flatMap { [$0.rawValue, $0.singular] }
    let spelling = nearest(to: word, among: spellings) ?? LengthUnit.weeks.rawValue
    let unit = LengthUnit.allCases.first { $0.rawValue == spelling || $0.singular == spelling } ?? .weeks
    return .form(suggestion: "\(LengthTerm(count, unit))")
  }
}
