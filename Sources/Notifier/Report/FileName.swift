import Rules

/// Names of files made from names of the register.
package enum FileName {
  /// The department's name with spaces as `_`; what could leave the folder or trouble a file system is `_` too.
  package static func department(_ name: String) -> String {
    guard !name.isEmpty else { return "uden_afdeling" }
    var file = ""
    for scalar in SafeText.masked(name).unicodeScalars {
      let isPlain = scalar != "/" && scalar != "\\" && scalar.properties.generalCategory != .control
      file.unicodeScalars.append(isPlain && !scalar.properties.isWhitespace ? scalar : "_")
    }
    if file.first == "." { file = "_" + file.dropFirst() }
    while file.utf8.count > longest { file.removeLast() }
    return file
  }

  /// Bytes; leaves room for an ending within the 255 that file systems take.
  private static let longest = 240
}
