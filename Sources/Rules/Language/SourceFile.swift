/// Hands over the file that a rule names, or says why it cannot; how the parser asks the edge for tables.
package typealias TableLookup = (_ path: String, _ ruleFile: String) -> Result<SourceFile, Remedy>

/// The bytes of one file and the name by which messages call it.
package struct SourceFile: Sendable {
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
