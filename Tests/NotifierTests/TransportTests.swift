import Foundation
import Notifier
import Rules
import TestSupport
import Testing

@Suite struct MaildirTests {
  private func envelope(_ identity: String, _ text: String) -> Envelope {
    Envelope(
      spoolFile: "spool", bytes: Array(text.utf8), identity: identity, recipient: Make.address("a@b.example"),
      bounce: Make.address("r@b.example"))
  }

  @Test func writesIntoNewAndRepeatsInPlace() {
    let files = InMemoryFileSystem()
    let maildir = MaildirTransport(directory: "udbakke", files: files)
    #expect(maildir.deliver(envelope("abc", "en")) == .accepted)
    #expect(maildir.deliver(envelope("abc", "en")) == .accepted)
    #expect(maildir.deliver(envelope("def", "to")) == .accepted)
    #expect(files.paths(below: "udbakke") == ["udbakke/new/abc.fristvagt", "udbakke/new/def.fristvagt"])
    #expect(files.text("udbakke/new/def.fristvagt") == "to")
  }

  @Test func aFullDiskIsARefusal() {
    let files = InMemoryFileSystem()
    files.arrange(.fails(ENOSPC), at: 7)
    let result = MaildirTransport(directory: "udbakke", files: files).deliver(envelope("abc", "en"))
    #expect(
      result
        == .deferred(TransientFailure("udbakke/tmp/abc.fristvagt: cannot write: no space left on the disk")))
  }
}

/// A sendmail that writes down what it got, and then does as the test says.
@Suite struct SendmailTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func deliver(
    _ script: String, text: String = "Subject: x\n\nhej\n", recipient: String = "a@b.example",
    timeout: Int = 20
  ) throws -> DeliveryResult {
    try folder.write(script + "\n", to: "behaviour")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/sendmail", withDestinationPath: Repository.root + "Tests/Fixtures/sendmail")
    try folder.write(text, to: "spool.eml")
    let envelope = Envelope(
      spoolFile: folder.path + "/spool.eml", bytes: Array(text.utf8), identity: "abc",
      recipient: Make.address(recipient), bounce: Make.address("retur@b.example"))
    return SendmailTransport(program: folder.path + "/sendmail", timeout: timeout).deliver(envelope)
  }

  @Test func getsItsArgumentsTheBytesAndAPlainEnvironment() throws {
    let result = try deliver(
      "printf '%s\\n' \"$@\" >$(dirname $0)/argv; cat >$(dirname $0)/stdin; env >$(dirname $0)/env")
    #expect(result == .accepted)
    #expect(try folder.read("argv") == "-i\n-f\nretur@b.example\n--\na@b.example\n")
    #expect(try folder.read("stdin") == "Subject: x\n\nhej\n")
    let names = try folder.read("env").split(separator: "\n").map { $0.prefix { $0 != "=" } }
    #expect(Set(names).subtracting(["PATH", "LANG", "PWD", "SHLVL", "_", "OLDPWD"]).isEmpty)
  }

  @Test func anAddressThatLooksLikeAnOptionStaysBehindTheHyphens() throws {
    #expect(
      try deliver("printf '%s\\n' \"$@\" >$(dirname $0)/argv", recipient: "-oq/tmp@b.example") == .accepted)
    #expect(try folder.read("argv").hasSuffix("--\n-oq/tmp@b.example\n"))
  }

  @Test(arguments: [1, 2, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 127, 255])
  func anyOtherExitCodeIsNotAccepted(code: Int) throws {
    let result = try deliver("echo 'ingen plads' >&2; exit \(code)")
    let reason = "\(folder.path)/sendmail exited with \(code): ingen plads"
    #expect(
      result
        == ([64, 65, 67].contains(code)
          ? .rejected(PermanentFailure(reason)) : .deferred(TransientFailure(reason))))
  }

  @Test func wordsOnStandardErrorAreNoFailure() throws {
    #expect(try deliver("echo 'warning: the mail system is down' >&2; cat >/dev/null") == .accepted)
  }

  @Test func aMegabyteOfWordsIsCut() throws {
    guard case .deferred(let failure) = try deliver("head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 1")
    else {
      Issue.record("accepted")
      return
    }
    #expect(failure.reason.count < 400)
  }

  @Test func oneThatReadsNothingMayAccept() throws {
    #expect(try deliver("exit 0", text: String(repeating: "x", count: 1_000_000)) == .accepted)
  }

  @Test func oneThatIsKilledIsUncertain() throws {
    #expect(try deliver("kill -9 $$") == .uncertain("\(folder.path)/sendmail was killed by signal 9"))
  }

  @Test func oneThatHangsIsStoppedWithItsChildren() throws {
    let result = try deliver(
      "echo 'ingen adgang' >&2; sleep 300 & echo $! >$(dirname $0)/child; wait", timeout: 1)
    // What it said is often why it hangs.
    #expect(
      result
        == .uncertain("\(folder.path)/sendmail did not finish within 1 seconds and was stopped: ingen adgang")
    )
    let child = try #require(Int32(trimmed(try folder.read("child"))))
    // The signal may take a moment to work, and a killed orphan may still wait for init to bury it.
    var state: Substring?
    for _ in 0..<100 {
      state = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8))?.split(separator: " ")[2]
      if state == nil || state == "Z" { break }
      usleep(20_000)
    }
    #expect(state == nil || state == "Z")
  }

  @Test func oneThatLeavesAChildBehindIsNotWaitedFor() throws {
    let start = ContinuousClock.now
    #expect(try deliver("sleep 5 & exit 0") == .accepted)
    #expect(ContinuousClock.now - start < .seconds(4))
  }

  @Test func oneThatIsNotThereIsARefusal() {
    let envelope = Envelope(
      spoolFile: "/dev/null", bytes: [], identity: "abc", recipient: Make.address("a@b"),
      bounce: Make.address("r@b"))
    #expect(
      SendmailTransport(program: "/nowhere/sendmail").deliver(envelope)
        == .deferred(TransientFailure("/nowhere/sendmail: cannot run: no such file or directory")))
  }
}

/// The output of a command, as a register that a database's client prints.
@Suite struct CommandOutputTests {
  private func output(_ command: String, atMost: Int = .max) -> (text: String, ending: ChildProcess.Ending) {
    var bytes: [UInt8] = []
    let ending = DiskFileSystem().readOutput(of: command) { chunk in
      bytes += chunk
      return bytes.count < atMost
    }
    return (String(decoding: bytes, as: UTF8.self), ending)
  }

  @Test func everyByteArrives() {
    let (text, ending) = output(
      "i=0; while [ $i -lt 20000 ]; do echo \"linje $i\"; i=$((i+1)); done; echo advarsel >&2")
    #expect(ending == .exited(0, words: "advarsel"))
    #expect(text.split(separator: "\n").count == 20_000 && text.hasSuffix("linje 19999\n"))
  }

  @Test func itSeesTheEnvironmentOfTheService() {
    setenv("FRISTVAGT_PROBE", "ja", 1)
    #expect(output("echo $FRISTVAGT_PROBE").text == "ja\n")
  }

  @Test func aFailureIsTold() {
    #expect(
      output("echo noget; echo 'ingen forbindelse' >&2; exit 2").ending
        == .exited(2, words: "ingen forbindelse"))
    #expect(output("kill -9 $$").ending == .killed(signal: 9))
  }

  /// It writes faster than it is read, so there is always more.
  @Test func oneThatNeverPausesIsStoppedAtTheEndOfItsTime() {
    let ending = ChildProcess(program: "/bin/sh", arguments: ["-c", "yes"]).readOutput(timeout: 1) { _ in
      usleep(5_000)
      return true
    }
    #expect(ending == .timedOut(words: ""))
  }

  @Test func oneThatNeverPausesOnStandardErrorIsStoppedToo() {
    let ending = ChildProcess(program: "/bin/sh", arguments: ["-c", "yes nej >&2"]).readOutput(timeout: 1) {
      _ in true
    }
    guard case .timedOut(let words) = ending else {
      Issue.record("\(ending)")
      return
    }
    #expect(words.hasPrefix("nej nej"))
  }

  @Test func oneThatIsNotWantedAnyMoreIsStopped() {
    let start = ContinuousClock.now
    let (text, ending) = output("yes", atMost: 100_000)
    #expect(ending == .exited(0, words: "") && text.utf8.count >= 100_000)
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}

/// What every file system must do, asked of the real one and of its twin in memory.
@Suite struct FileSystemTests {
  private static func both() throws -> [(any FileSystem, String, TemporaryFolder)] {
    let folder = try TemporaryFolder()
    return [(DiskFileSystem(), folder.path, folder), (InMemoryFileSystem(), "mappe", folder)]
  }

  @Test func writesAppendsCutsRenamesAndRemoves() throws {
    for (files, root, _) in try Self.both() {
      try files.createDirectory("\(root)/a/b")
      try files.createDirectory("\(root)/a/b")
      #expect(files.kind(of: "\(root)/a") == .directory)
      try files.write(Array("en".utf8), to: "\(root)/a/x")
      try files.append(Array("to".utf8), to: "\(root)/a/x")
      #expect(try files.read("\(root)/a/x") == Array("ento".utf8))
      try files.truncate("\(root)/a/x", to: 3)
      try files.rename("\(root)/a/x", to: "\(root)/a/y")
      try files.syncDirectory("\(root)/a")
      #expect(try files.read("\(root)/a/y") == Array("ent".utf8))
      #expect(files.kind(of: "\(root)/a/x") == nil)
      #expect(try files.names(in: "\(root)/a") == ["b", "y"])
      try files.replace("\(root)/a/y", with: Array("ny".utf8))
      #expect(try files.read("\(root)/a/y") == Array("ny".utf8))
      #expect(try files.names(in: "\(root)/a") == ["b", "y"])
      try files.remove("\(root)/a/y")
      #expect(try files.names(in: "\(root)/a") == ["b"])
    }
  }

  @Test func saysWhatWentWrongWithWhat() throws {
    for (files, root, _) in try Self.both() {
      try files.createDirectory(root + "/mappe")
      #expect(throws: FileFault("read", root + "/x", code: ENOENT)) { try files.read(root + "/x") }
      #expect(throws: FileFault("read", root + "/mappe", code: EISDIR)) { try files.read(root + "/mappe") }
      #expect(throws: FileFault("list", root + "/y", code: ENOENT)) { try files.names(in: root + "/y") }
    }
    #expect(FileFault("read", "x.csv", code: EACCES).description == "x.csv: cannot read: permission denied")
  }

  @Test func aLockIsHeldByOne() throws {
    for (files, root, _) in try Self.both() {
      try files.createDirectory(root)
      let first = try #require(try files.lock(root + "/lock"))
      #expect(try files.lock(root + "/lock") == nil)
      first.release()
      #expect(try files.lock(root + "/lock") != nil)
    }
  }

  @Test(arguments: [
    ("examples/hedensted", "../../rules/x.frist", "rules/x.frist"), (".", "a/../b", "b"),
    ("/etc/f", "state", "/etc/f/state"),
    ("a", "/usr/sbin/sendmail", "/usr/sbin/sendmail"), ("..", "../x", "../../x"), ("a", "..", "."),
    (".", "./x", "x"),
  ])
  func paths(directory: String, path: String, joined: String) {
    #expect(Path.join(directory, path) == joined)
  }
}
