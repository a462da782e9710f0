import Notifier
import Rules
import TestSupport
import Testing

#if DEBUG
  @testable import Scheduler

  /// What a service sees of files that others replace.
  @Suite struct InputWatchTests {
    private let files = DiskFileSystem()
    private let folder: TemporaryFolder
    private var path: String { Path.join(folder.path, "svar.frist") }

    init() throws {
      folder = try TemporaryFolder()
      try files.write(Array("gammel".utf8), to: path)
    }

    private func seconds(_ behind: Int64) throws -> Instant {
      Instant(seconds: try #require(files.stamp(of: path)).modifiedAt.seconds + behind)
    }

    private func watch(_ known: SourceStamps) -> InputWatch {
      var watch = InputWatch(files: files)
      watch.remember(sources: known)
      return watch
    }

    /// What was read is the old content, and the new one must not pass for it.
    @Test func aSourceThatIsReplacedWhileItIsReadHasChanged() throws {
      let known = SourceStamps([path], in: files)
      try files.write(Array("ny regel".utf8), to: path)
      var watch = watch(known)
      // Written a moment ago it may not be whole yet.
      #expect(try watch.lookAtSources(seconds(0)) == .unsettled)
      #expect(try watch.lookAtSources(seconds(1)) == .unsettled)
      #expect(try watch.lookAtSources(seconds(2)) == .changed)
      watch.remember(sources: watch.presentSources)
      #expect(try watch.lookAtSources(seconds(2)) == .unchanged)
      // A clock that is behind the file's is no reason to wait.
      try files.write(Array("nyeste regel".utf8), to: path)
      #expect(try watch.lookAtSources(seconds(-60)) == .changed)
    }

    /// Each gap is waited out once; one that closes again is forgotten.
    @Test func aFileThatIsAwayForOneLookIsNotMissed() throws {
      var watch = watch(SourceStamps([path], in: files))
      let later = try seconds(10)
      for _ in 0..<3 {
        try files.rename(path, to: path + ".væk")
        #expect(watch.lookAtSources(later) == .unsettled)
        try files.rename(path + ".væk", to: path)
        #expect(watch.lookAtSources(later) == .unchanged)
      }
      try files.rename(path, to: path + ".væk")
      #expect(watch.lookAtSources(later) == .unsettled)
      #expect(watch.lookAtSources(later) == .changed)
    }

    @Test func whatWasMissingFromTheBeginningIsNoChange() throws {
      let table = Path.join(folder.path, "tabel.csv")
      var watch = watch(SourceStamps([path, table], in: files))
      let later = try seconds(10)
      #expect(watch.lookAtSources(later) == .unchanged)
      try files.write(Array("område;længde\n".utf8), to: table)
      #expect(watch.lookAtSources(Instant(seconds: later.seconds + 60)) == .changed)
    }

    /// Stamps are taken before a file is read, and the first one stays.
    @Test func theFirstNoteStays() throws {
      var known = SourceStamps([path], in: files)
      try files.write(Array("ny regel".utf8), to: path)
      let present = SourceStamps([path], in: files)
      known.note(path, in: files)
      #expect(known != present && known.renewed(in: files) == present)
      known.formUnion(present)
      #expect(known != present)
    }

    /// All that a configuration is read from is watched: itself, rules, tables, texts, and the folders of
    /// these.
    @Test func everySourceIsKnown() throws {
      let rule = Make.ruleFile("gælder = område: a\ntabel = længder.csv")
      let world = SmallWorld(rule: rule).configured(
        "regler = svar.frist", "regler = svar.frist\nregler = regler\ntekster = tekster")
      for (name, text) in [
        ("længder.csv", "område;længde\na;7 arbejdsdage\n"), ("regler/anden.frist", "# tom\n"),
        ("tekster/forbehold.txt", "Forbehold.\n"),
      ] {
        world.files.put(text, at: "k/\(name)")
      }
      var problems = ProblemList()
      let setup = try #require(
        Setup.load(
          world.configuration, files: world.files, clock: FixedClock(0),
          override: Make.now("2024-03-13T09:00"),
          problems: &problems))
      for name in [
        "fristvagt.conf", "svar.frist", "længder.csv", "regler/anden.frist", "tekster/forbehold.txt",
      ] {
        let before = setup.sources.renewed(in: world.files)
        world.files.put("# ny \(name)\n", at: "k/\(name)")
        #expect(setup.sources.renewed(in: world.files) != before, "\(name)")
      }
    }
  }
#endif
