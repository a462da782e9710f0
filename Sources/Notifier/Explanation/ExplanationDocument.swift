import Rules

/// One notice of a clock, as the journal remembers it.
package struct SentNotice: Hashable, Sendable {
  /// The mail that carried it.
  package let proof: DeliveryProof
  /// As the rule writes it: `1 arbejdsdag efter`.
  package let step: String

  package init(proof: DeliveryProof, step: String) {
    self.proof = proof
    self.step = step
  }
}

/// The explanation of one case as what it says; text, HTML and JSON are rendered from it.
package struct ExplanationDocument: Hashable, Sendable {
  /// A fact and the lines that tell it: `Forfald`, `torsdag 1. juni 2023`.
  package struct Fact: Hashable, Sendable {
    package let label: String
    package let lines: [String]
  }

  /// One clock of the case.
  package struct Part: Hashable, Sendable {
    package let title: String
    /// `overskredet, 8 arbejdsdage`.
    package let standing: String
    package let facts: [Fact]
    /// The same for machines: the rule's id, start, due day and state.
    package let keys: [Key]
  }

  /// A name and a value as they stand in JSON.
  package struct Key: Hashable, Sendable {
    package let name: String
    package let value: String
  }

  /// `Sag G-2023-0412 · Social og Handicap · sagsbehandler sb117@gentofte.example`.
  package let heading: String
  package let parts: [Part]
  /// Events dated after now, and rules that wait for their start.
  package let remarks: [String]

  package init(heading: String, parts: [Part], remarks: [String]) {
    self.heading = heading
    self.parts = parts
    self.remarks = remarks
  }
}
