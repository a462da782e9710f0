import Notifier
import Rules
import TestSupport
import Testing

/// The wording that a kommune can change.
@Suite struct TextTests {
  private func texts(_ name: TextName, _ text: String) -> (texts: Texts, problems: [String]) {
    var problems = ProblemList()
    let file = SourceFile(name: "tekster/\(name.rawValue).txt", bytes: Array(text.utf8))
    let texts = Texts(own: [name: file], problems: &problems)
    return (texts, problems.inSourceOrder.map(\.description))
  }

  @Test(arguments: TextName.allCases)
  func theBuiltInTextNamesItsPlaceholders(name: TextName) throws {
    let file = try Repository.text("tekster/\(name.rawValue).txt")
    let line = try #require(file.split(separator: "\n").first { $0.hasPrefix("# Må bruge:") })
    #expect(
      Set(line.matches(of: /\{([^}]+)\}/).map { String($0.1) }) == Set(name.placeholders.map(\.rawValue)))
    #expect(texts(name, file).problems.isEmpty)
  }

  @Test func everyFileIsAText() throws {
    #expect(
      try Repository.names(in: "tekster") == TextName.allCases.map { "\($0.rawValue).txt" }.sorted())
  }

  @Test(arguments: [
    ("Sag {sagsnr}.", "Sag S-1."), ("# Til brevet\n\nSag {sagsnr}.\n\n", "Sag S-1."), ("{ sagsnr }", "S-1"),
    ("# kun en bemærkning\n", ""), ("En\nto\n\n# tre {sagsnr}", "En\nto\n\n# tre S-1"), ("a } b", "a } b"),
    ("\u{FEFF}En\r\nto\r\n", "En\nto"), ("{sagsnr}{sagsnr}", "S-1S-1"), ("[{sagsnr}]", "[S-1]"),
  ])
  func placeholdersAreFilled(text: String, filled: String) {
    let (texts, problems) = texts(.letter, text)
    #expect(problems.isEmpty)
    #expect(texts.text(.letter, [.caseID: "S-1"]) == filled)
  }

  @Test(arguments: [
    (
      "Sag\n\n{sagnr}",
      ["tekster/underretning.txt:3: unknown placeholder {sagnr}; did you mean \"sagsnr\"?"]
    ),
    (
      "{cpr} og {sagsnr",
      [
        "tekster/underretning.txt:1: unknown placeholder {cpr}; write one of: sagsnr, frist, længde, forfald, udfald, start, kommune, hjemmel",
        "tekster/underretning.txt:1: \"{sagsnr\" does not end; write for example {sagsnr}",
      ]
    ),
    (
      "a\tb",
      ["tekster/underretning.txt: the text holds a control character, for example a tab; write spaces"]
    ),
  ])
  func mistakesAreTold(text: String, expected: [String]) {
    #expect(texts(.letter, text).problems == expected)
  }

  @Test func aTextThatIsNotUTF8IsTold() {
    var problems = ProblemList()
    _ = Texts(
      own: [.reservation: SourceFile(name: "forbehold.txt", bytes: [0x66, 0xE6, 0x72])], problems: &problems)
    #expect(
      problems.inSourceOrder.map(\.description) == [
        "forbehold.txt: the text is not UTF-8; save the file as UTF-8"
      ])
  }

  @Test func whatToDoIsOneLineWhateverLinesItWasWrittenIn() throws {
    let own = texts(.actionAfterDueWithLetter, "Mangler: {mangler}.\n\nRing til os.\n").texts
    let reminder = Reminder(
      Sample.notices([("S-1", ["modtaget": "2023-03-01"])]), letterhead: try Sample.letterhead(), texts: own,
      today: Sample.now.today)
    #expect(
      reminder.groups.first?.items.first?.action
        == "Mangler: afgørelse, eller underretning med ny dato. Ring til os.")
  }

  /// A changed wording is all that changes.
  @Test func aChangedWordingReachesTheMessageAndNothingElse() throws {
    let own = texts(.reminderClosing, "Venlig hilsen fristvagten {dato}").texts
    let notices = Sample.notices(Sample.threeCases)
    let before = ReminderText.render(
      Reminder(notices, letterhead: try Sample.letterhead(), texts: Make.texts, today: Sample.now.today))
    let after = ReminderText.render(
      Reminder(notices, letterhead: try Sample.letterhead(), texts: own, today: Sample.now.today))
    #expect(
      after
        == before.replacing(
          "Sendt automatisk af fristvagten i Gentofte Kommune.",
          with: "Venlig hilsen fristvagten onsdag 14. juni 2023"))
    #expect(after != before)
  }
}
