import Rules

/// Names of files made from names of the register.
package enum FileName {
  /// Of a department's file in a folder of all departments. Names that read alike when they are masked have
  /// one file; of all others each has its own, whichever else there are.
  package static func department(_ name: String) -> String {
    let name = SafeText.masked(name)
    guard !name.isEmpty else { return nameless }
    return own(name) { $0 == nameless ? "" : spaced($0) }
  }

  private static let nameless = "uden_afdeling"

  /// The name of a department whose file is called like it.
  package static func spaced(_ file: String) -> String { file.replacing("_", with: " ") }

  /// The name with white space as `_`; what could leave the folder or trouble a file system is `_` too.
  private static func plain(_ name: String) -> String {
    var file = ""
    for scalar in SafeText.masked(name).unicodeScalars {
      let isPlain = scalar != "/" && scalar != "\\" && scalar.properties.generalCategory != .control
      file.unicodeScalars.append(isPlain && !scalar.properties.isWhitespace ? scalar : "_")
    }
    if file.first == "." { file = "_" + file.dropFirst() }
    return cut(file, to: longest)
  }

  /// A file that only those may read whose name it is, so that no other name ever gets it: where the name
  /// cannot be regained from it, eight letters that follow from the name stand behind.
  ///
  /// - Parameter regained: the name that a file stands for whose name is like it.
  package static func own(_ name: String, regained: (_ file: String) -> String) -> String {
    let file = plain(name)
    guard regained(file) != name else { return file }
    let letters = "-" + SHA256.letters(SHA256.digest(Array(name.utf8))).prefix(8)
    return cut(file, to: longest - letters.utf8.count) + letters
  }

  private static func cut(_ file: String, to size: Int) -> String {
    var file = file
    while file.utf8.count > size { file.removeLast() }
    return file
  }

  /// Bytes; leaves room for an ending, and for that of a process's own file, within the 255 that file systems
  /// take.
  private static let longest = 240
}
