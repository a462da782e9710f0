package import Notifier
package import Rules

/// Reads rule files, and the tables that they name, through a file system.
package struct RuleBookLoader: Sendable {
  private let files: any FileSystem
  private let zone: ZoneTable

  package init(files: any FileSystem, zone: ZoneTable) {
    self.files = files
    self.zone = zone
  }

  /// A rule book and what it was read from: files, their tables, and the folders that were looked through.
  package struct Loaded: Sendable {
    package let book: RuleBook
    package let sources: SourceStamps
  }

  /// The rules of `paths`: files as they are, of folders every `.frist` file in the order of the names.
  package func load(_ paths: [PlacedPath], problems: inout ProblemList) -> Loaded {
    var stamps = SourceStamps(paths.map(\.path), in: files)
    var sources: [SourceFile] = []
    for path in paths {
      for name in expanded(path, &problems) where !sources.contains(where: { $0.name == name }) {
        stamps.note(name, in: files)
        do throws(FileFault) {
          sources.append(SourceFile(name: name, bytes: try files.read(name)))
        } catch {
          problems.add(path.place, "regler: \(error); correct the path, or the right to read it")
        }
      }
    }
    let files = self.files
    let book = RuleBook(
      sources, zone: zone,
      table: { path, ruleFile in
        let name = Path.join(Path.directory(of: ruleFile), path)
        stamps.note(name, in: files)
        do throws(FileFault) {
          return .success(SourceFile(name: name, bytes: try files.read(name)))
        } catch {
          return .failure(Remedy("\(error); the path is seen from the rule file's folder"))
        }
      }, problems: &problems)
    return Loaded(book: book, sources: stamps)
  }

  private func expanded(_ path: PlacedPath, _ problems: inout ProblemList) -> [String] {
    guard files.kind(of: path.path) == .directory else { return [path.path] }
    do throws(FileFault) {
      let names = try files.names(in: path.path).filter { $0.hasSuffix(".frist") && !$0.hasPrefix(".") }
      if names.isEmpty {
        problems.add(
          path.place, "regler: the folder \(path.path) holds no .frist file; name another, or write one")
      }
      return names.map { Path.join(path.path, $0) }
    } catch {
      problems.add(path.place, "regler: \(error); correct the path, or the right to read it")
      return []
    }
  }
}
