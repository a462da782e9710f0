/// The texts that a kommune can word itself; the raw value is the name of the file in `tekster/`, without
/// `.txt`.
package enum TextName: String, Hashable, Sendable, CaseIterable {
  case reminderOpening = "varsel-indledning"
  case reminderClosing = "varsel-afslutning"
  case action = "handling"
  case actionWithLetter = "handling-besked"
  case actionAfterDue = "handling-overskredet"
  case actionAfterDueWithLetter = "handling-overskredet-besked"
  case letter = "underretning"
  case letterAgain = "underretning-igen"
  case digestOpening = "digest-indledning"
  case digestOfNothing = "digest-intet"
  case openingDigest = "aabning-indledning"
  case reservation = "forbehold"

  /// What may stand in braces in this text.
  package var placeholders: [Placeholder] {
    switch self {
    case .reminderOpening: [.kommune, .date, .count]
    case .reminderClosing, .openingDigest: [.kommune, .date]
    case .action, .actionWithLetter, .actionAfterDue, .actionAfterDueWithLetter: [.missing, .due, .deadline]
    case .letter: [.caseID, .deadline, .length, .due, .outcome, .start, .kommune, .basis]
    case .letterAgain: Self.letter.placeholders + [.told]
    case .digestOpening, .digestOfNothing: [.department, .kommune, .date]
    case .reservation: [.kommune]
    }
  }

  /// What stands there where the kommune has no text of its own.
  var builtIn: [UInt8] {
    switch self {
    case .reminderOpening: PackageResources.varsel_indledning_txt
    case .reminderClosing: PackageResources.varsel_afslutning_txt
    case .action: PackageResources.handling_txt
    case .actionWithLetter: PackageResources.handling_besked_txt
    case .actionAfterDue: PackageResources.handling_overskredet_txt
    case .actionAfterDueWithLetter: PackageResources.handling_overskredet_besked_txt
    case .letter: PackageResources.underretning_txt
    case .letterAgain: PackageResources.underretning_igen_txt
    case .digestOpening: PackageResources.digest_indledning_txt
    case .digestOfNothing: PackageResources.digest_intet_txt
    case .openingDigest: PackageResources.aabning_indledning_txt
    case .reservation: PackageResources.forbehold_txt
    }
  }
}

/// A name in braces that a text is filled with; the raw value is what stands between the braces.
package enum Placeholder: String, Hashable, Sendable, CaseIterable {
  case caseID = "sagsnr"
  /// The name of the deadline.
  case deadline = "frist"
  case basis = "hjemmel"
  /// As the rule writes it: `60 arbejdsdage`.
  case length = "længde"
  /// The due day with its weekday.
  case due = "forfald"
  /// The day from which the deadline is counted; empty where that is a birthday.
  case start
  /// What the citizen waits for: `en afgørelse`.
  case outcome = "udfald"
  /// What the case lacks: `afgørelse, eller underretning med ny dato`.
  case missing = "mangler"
  /// The day of the latest notice to the citizen.
  case told = "underrettet"
  case department = "afdeling"
  case kommune
  /// Today.
  case date = "dato"
  /// How many deadlines the message is about.
  case count = "antal"
}
