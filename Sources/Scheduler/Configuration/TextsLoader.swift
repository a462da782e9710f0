import Notifier
import Rules

/// Reads a kommune's own wording.
struct TextsLoader {
  let files: any FileSystem

  /// The texts of a folder and what was read for them; a file there that words nothing is a problem, because
  /// somebody thinks it does.
  func load(_ folder: PlacedPath?, problems: inout ProblemList) -> (texts: Texts, sources: SourceStamps) {
    guard let folder else { return (Texts(problems: &problems), SourceStamps()) }
    var own: [TextName: SourceFile] = [:]
    var sources = SourceStamps([folder.path], in: files)
    do throws(FileFault) {
      for file in try files.names(in: folder.path) where file.hasSuffix(".txt") && !file.hasPrefix(".") {
        let path = Path.join(folder.path, file)
        sources.note(path, in: files)
        let name = String(file.dropLast(".txt".count))
        guard let text = TextName(rawValue: name) else {
          problems.add(
            Place(path),
            "no text has this name" + suggestion(for: name, among: TextName.allCases.map(\.rawValue)))
          continue
        }
        guard files.kind(of: path) == .file else {
          problems.add(Place(path), "is no file; write the text into a file of that name")
          continue
        }
        own[text] = SourceFile(name: path, bytes: try files.read(path))
      }
    } catch {
      problems.add(folder.place, "tekster: \(error); correct the path, or the right to read it")
    }
    return (Texts(own: own, problems: &problems), sources)
  }
}
