package import Rules

/// The wording of everything that is sent: the kommune's own where it has one, the built-in one otherwise.
package struct Texts: Hashable, Sendable {
  private let templates: [TextName: Template]

  /// - Parameters:
  ///   - own: the kommune's files, by what they word.
  ///   - problems: gets what is wrong in them.
  package init(own: [TextName: SourceFile] = [:], problems: inout ProblemList) {
    var templates: [TextName: Template] = [:]
    for name in TextName.allCases {
      let file = own[name] ?? SourceFile(name: "tekster/\(name.rawValue).txt", bytes: name.builtIn)
      templates[name] = Template(file, allowed: name.placeholders, problems: &problems)
    }
    self.templates = templates
  }

  /// The text `name`, filled.
  package func text(_ name: TextName, _ values: [Placeholder: String] = [:]) -> String {
    templates[name]?.filled(values) ?? ""
  }

  /// The text as its paragraphs; none where it is empty.
  func paragraphs(_ name: TextName, _ values: [Placeholder: String] = [:]) -> [String] {
    text(name, values).components(separatedBy: "\n\n").map { trimmed($0) }.filter { !$0.isEmpty }
  }
}
