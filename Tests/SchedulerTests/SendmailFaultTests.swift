import Foundation
import Notifier
import Rules
import Scheduler
import TestSupport
import Testing

/// What a mail program may do, and what then stands in the journal after the tick and after the next one: the
/// table is the test. On a real disk, with a real process.
@Suite struct SendmailFaultTests {
  struct Behaviour: Sendable, CustomTestStringConvertible {
    let name: String
    /// A shell script; `$IN` is a folder that takes what was accepted.
    let script: String
    let after: String
    /// After a tick an hour later, in which the program behaves well.
    let later: String
    /// How often the recipient has it in the end.
    let copies: Int

    init(_ name: String, _ script: String, _ after: String, _ later: String, copies: Int) {
      (self.name, self.script, self.after, self.later, self.copies) = (name, script, after, later, copies)
    }

    var testDescription: String { name }
  }

  private static let accept = "cat >\"$IN/$(date +%N).$$\""

  /// Exit codes: those that blame message or address are told to the adviser and tried again after four
  /// hours, all others after a quarter of an hour.
  private static let exits: [Behaviour] = ([1] + Array(64...78)).map { code in
    [64, 65, 67].contains(code)
      ? Behaviour("exits with \(code)", "exit \(code)", "refused", "refused", copies: 1)
      : Behaviour("exits with \(code)", "exit \(code)", "waiting", "late", copies: 1)
  }

  private static let behaviours =
    exits + [
      Behaviour("accepts", accept, "sent", "sent", copies: 1),
      Behaviour("hangs", "sleep 300", "uncertain", "uncertain", copies: 0),
      Behaviour(
        "hangs and ignores SIGTERM", "trap '' TERM; while :; do sleep 1; done", "uncertain", "uncertain",
        copies: 0),
      Behaviour("leaves a child behind", "\(accept); sleep 60 & exit 0", "sent", "sent", copies: 1),
      Behaviour(
        "prints a megabyte", "head -c 1000000 /dev/zero | tr '\\0' x; \(accept)", "sent", "sent", copies: 1),
      Behaviour(
        "prints a megabyte of errors", "head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 75", "waiting",
        "late", copies: 1),
      Behaviour("reads nothing", "exit 0", "sent", "sent", copies: 0),
      Behaviour(
        "closes its input and its outputs", "exec <&- >&- 2>&-; exit 75", "waiting", "late",
        copies: 1),
      // The mail system has it and says no: the same bytes go out again, under the same Message-ID.
      Behaviour("accepts, then fails", "\(accept); exit 75", "waiting", "late", copies: 2),
      Behaviour("accepts, then is killed", "\(accept); kill -9 $$", "uncertain", "uncertain", copies: 1),
      Behaviour("accepts, then crashes", "\(accept); kill -SEGV $$", "uncertain", "uncertain", copies: 1),
      Behaviour("accepts, then hangs", "\(accept); sleep 300", "uncertain", "uncertain", copies: 1),
      Behaviour("is killed before it reads", "kill -9 $$", "uncertain", "uncertain", copies: 0),
    ]

  @Test(arguments: behaviours)
  func whatItDoesIsWrittenDown(behaviour: Behaviour) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/sendmail", withDestinationPath: Repository.root + "Tests/Fixtures/sendmail")
    try folder.write("", to: "in/.tom")
    let register = SmallWorld.header + "S-1;Jobcenter;sb1@k.example;2024-03-04;\n"
    try folder.write(register, to: "register.csv")
    try folder.write(Make.ruleFile("varsel = på dagen: sagsbehandler"), to: "svar.frist")
    try folder.write(
      SmallWorld.sections.replacing("maildir = udbakke", with: "sendmail = sendmail"), to: "f.conf")

    // Commissioned on a day on which nothing had fallen.
    try tick(folder, "2024-03-05T09:00", "exit 1")
    try tick(folder, "2024-03-13T09:00", behaviour.script)
    #expect(try standing(folder) == behaviour.after)
    try tick(folder, "2024-03-13T10:30", Self.accept)
    let later = try standing(folder)
    #expect(later == behaviour.later)
    // Of a mail that reached nobody the adviser hears, on the next day again where the alarm did not get
    // through either.
    try tick(folder, "2024-03-14T09:00", Self.accept)
    let accepted = folder.tree("in").filter { !$0.key.hasSuffix("tom") }.values
    let got = accepted.filter { String(decoding: $0, as: UTF8.self).contains("To: sb1@") }
    #expect(got.count == behaviour.copies && Set(got).count <= 1)
    let told = accepted.contains { String(decoding: $0, as: UTF8.self).contains("To: raad@") }
    #expect(told == ["refused", "uncertain"].contains(later))
  }

  private func tick(_ folder: TemporaryFolder, _ now: String, _ script: String) throws {
    try folder.write("IN=$(dirname \"$0\")/in\n\(script)\n", to: "behaviour")
    var problems = ProblemList()
    let files = DiskFileSystem()
    let setup = try #require(
      Setup.load(
        folder.path + "/f.conf", files: files, clock: SystemClock(), override: Make.now(now),
        problems: &problems))
    let lock = try StateLock(setup.configuration, files: files, command: "tick", now: setup.now)
    defer { lock.release() }
    let transport = SendmailTransport(program: folder.path + "/sendmail", timeout: 1)
    _ = try Tick(setup, files: files, transport: transport).run(holding: lock)
  }

  private func standing(_ folder: TemporaryFolder) throws -> String {
    let bytes = Array(try folder.read("state/journal").utf8)
    let mails = try JournalReplay(bytes, file: "journal").state.mails
    let mail = try #require(mails.first { $0.intent.recipient.localPart == "sb1" })
    if case .rejected = mail.answer?.result { return "refused" }
    return switch mail.standing(.standard) {
    case .sent: "sent"
    case .late: "late"
    case .repeated: "repeated"
    case .waiting: "waiting"
    case .failed: "failed"
    case .uncertain: "uncertain"
    case .unanswered: "unanswered"
    }
  }
}
