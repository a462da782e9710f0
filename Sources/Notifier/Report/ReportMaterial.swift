package import Rules

/// What every report of one pass is made of.
package struct ReportMaterial: Sendable {
  package let survey: Survey
  package let letterhead: Letterhead
  package let texts: Texts

  package init(survey: Survey, letterhead: Letterhead, texts: Texts) {
    self.survey = survey
    self.letterhead = letterhead
    self.texts = texts
  }

  var today: CivilDate { survey.now.today }
  var organisation: Organisation { survey.organisation }
  var numbers: CaseNumbers { survey.numbers }
  var subtitle: String { "\(letterhead.kommune) Kommune · \(today.danish)" }
  var reservation: [String] { texts.paragraphs(.reservation, [.kommune: letterhead.kommune]) }

  var tables: DeadlineTables {
    DeadlineTables(organisation: organisation, today: today, numbers: numbers, watch: survey.watch())
  }
}

/// Why a report comes when it does, to whom it does.
package struct ReportOccasion: Hashable, Sendable {
  /// The day on which it should have been sent, where that was missed.
  package let owedSince: CivilDate?
  /// Why somebody else reads it.
  package let detours: [Detour]

  /// An ordinary day.
  package static let ordinary = ReportOccasion(detours: [])

  package init(owedSince: CivilDate? = nil, detours: [Detour]) {
    self.owedSince = owedSince
    self.detours = detours
  }

  /// What to say of it, a sentence or more each.
  func lead(asSeenFrom today: CivilDate) -> [String] {
    let owed = owedSince.map {
      "Den skulle have været sendt \($0.danish(asSeenFrom: today)); siden da er der ikke sendt nogen. Her står, hvordan det ser ud nu."
    }
    return [owed].compactMap(\.self) + detours.map(\.danishOfReport)
  }
}

/// Whether there is any deadline of which a report could say that it is not exceeded.
enum WatchedDeadlines: Hashable, Sendable {
  case some
  /// Rules fit, and none of their deadlines runs yet.
  case noneYet
  /// Of one department, which has no case that a rule counts from.
  case noneHere
  /// No rule fits.
  case none

  /// The same in a subject.
  var wordsWhereNoneIsExceeded: String {
    switch self {
    case .some: "intet er overskredet"
    case .noneYet: "ingen frister løber endnu"
    case .noneHere: "ingen frister at følge"
    case .none: "ingen frister bliver fulgt"
    }
  }

  var sentenceWhereNoneIsExceeded: String {
    switch self {
    case .some: "Ingen frister er overskredet."
    case .noneYet: "Ingen frister løber endnu, så ingen kan være overskredet."
    case .noneHere: "Fristvagten følger ingen frister i afdelingen nu."
    case .none:
      "Ingen frister bliver fulgt, for ingen regel passer på nogen sag. Om noget er overskredet, vides ikke."
    }
  }
}
