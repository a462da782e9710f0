package import Rules

extension DateFault {
  /// In Danish; it follows `"…" er ingen dato: `.
  var danish: String {
    switch self {
    case .form: "skriv for eksempel 2024-12-31 eller 31-12-2024"
    case .month(let month): "der er ingen måned \(month)"
    case .dayOfMonth(let year, let month, let days):
      "\(CivilDate.danishMonth(month)) \(year) har \(days) dage"
    case .year(let year): "året \(year) kan ikke passe"
    case .time: "et klokkeslæt skrives 00:00 til 23:59"
    case .offset: "en tidszone skrives Z, +01 eller +01:00"
    case .order: "ingen ved, om dagen eller måneden står først"
    }
  }
}

extension Doubt {
  /// Why a clock cannot be computed, for the adviser. It names the event and quotes neither text nor the
  /// start, which may be a birthday: the report travels by mail.
  package var danish: String {
    switch self {
    case .unreadable(EventSchema.birthday, _, _): BirthdayWording.unreadable
    case .unreadable(let event, _, let fault): "datoen i »\(event)« kan ikke læses: \(fault.danish)"
    case .stopBeforeStart(let event, let stop, _):
      "»\(event)« (\(stop.date.danish)) ligger før fristens start"
    case .noticeBeforeStart(let event, let notice, _):
      "»\(event)« (\(notice.date.danish)) ligger før fristens start"
    case .pauseWithoutStart(let event, let end):
      "»\(event)« (\(end.date.danish)) afslutter en pause, der ikke er begyndt"
    case .noDates: "sagen har ingen dato"
    case .beyondCalendar: "forfaldsdagen ligger uden for kalenderen"
    }
  }
}

/// Of a birthday not even what is wrong with it is told: the month and the year would be in that.
private enum BirthdayWording {
  static let unreadable = "datoen i »\(EventSchema.birthday)« kan ikke læses"
}

extension RegisterProblem {
  private static let foreignRemedy =
    "adressen bruges ikke, og varslerne går som for en ukendt sagsbehandler"

  /// For the adviser's report; like ``Doubt/danish`` it quotes nothing of a case.
  var danish: String {
    let line = place.line.map { "linje \($0): " } ?? ""
    switch kind {
    case .malformed(.textAfterQuote(let field)):
      return line + "felt \(field + 1) fortsætter efter sit afsluttende citationstegn; rækken er udeladt"
    case .malformed(.unclosedQuote(let first)):
      return line + "citationstegnet på linje \(first) bliver aldrig afsluttet"
    case .fieldCount(let found, let wanted):
      return line + "rækken har \(found) felter, overskriften \(wanted); rækken er udeladt"
    case .missingCaseID: return line + "sagen har intet sagsnummer; rækken er udeladt"
    case .differingRows(let caseID, let lines):
      return line
        + "sag \(quoted(caseID)) står på linje \(enumerated(lines.map(String.init))) med forskellige oplysninger; "
        + "sagen tælles én gang, og hver frist efter den linje, hvor det står værst til"
    case .noDate(EventSchema.birthday, _, _): return line + BirthdayWording.unreadable
    case .noDate(let event, _, let fault):
      return line + "datoen i »\(event)« kan ikke læses: \(fault.danish)"
    case .distrusted(let column):
      return line
        + "»\(column.name)« har datoer, der kun kan have måneden først, og ingen, der kun kan have dagen; "
        + "\(counted(column.unread, "dato", "datoer")) er ikke læst. Skriv datoformat = \(DateOrder.monthFirst.rawValue) "
        + "i [register]"
    case .future(let event, let moment):
      return line + "»\(event)« (\(moment.date.danish)) ligger i fremtiden og tæller først med fra den dag"
    case .earlyStop(let stop):
      return line + "»\(stop.name)« (\(stop.at.date.danish)) ligger før fristens start; en senere dato tæller"
    case .unknownEvent(_, _, let rows):
      return line
        + "ingen regel læser hændelsen (\(counted(rows, "række", "rækker"))), så den er sprunget over"
    case .unknownCase: return line + "registeret har ingen sag med det nummer; rækken er udeladt"
    case .unknownDepartment(_, let cases):
      return line + "afdelingen kendes ikke (\(counted(cases, "sag", "sager"))); "
        + "varslerne går til borgerrådgiveren"
    case .unreadableConsent(_, let cases):
      return line
        + "feltet samtykke siger hverken ja eller nej (\(counted(cases, "sag", "sager"))); det tæller som nej"
    case .foreignCaseworkers(let domain, let cases):
      return line
        + "sagsbehandleren har en adresse under »\(shown(domain))«, som ikke er et af kommunens domæner "
        + "(\(counted(cases, "sag", "sager"))); \(Self.foreignRemedy)"
    case .furtherForeignDomains(let domains, let cases):
      return line
        + "sagsbehandleren har en adresse under \(counted(domains, "domæne", "domæner")) mere, som ikke er "
        + "kommunens (\(counted(cases, "sag", "sager"))); \(Self.foreignRemedy)"
    }
  }

}

extension StateName {
  /// As a heading of a column: `for sent`.
  package var danish: String {
    switch self {
    case .late: "for sent"
    case .paused: "i bero"
    default: rawValue
    }
  }
}

extension Reckoning {
  /// What was told to whom, for a clock that is exceeded: `nej`, `ja`, `for sent`, `borger ja, rådgiver nej`.
  package func told(_ rule: Rule, asSeenFrom today: CivilDate) -> String {
    if !rule.disclosures.isEmpty {
      return zip(rule.disclosures, disclosed).map { "\($0.party) \($1 == nil ? "nej" : "ja")" }.joined(
        separator: ", ")
    }
    guard rule.extending != nil else { return "" }
    return switch notice {
    case nil: "nej"
    case .timely: "ja"
    case .withoutDate: "uden ny dato"
    case .late(_, let promise): promise?.standing(asSeenFrom: today) ?? "for sent"
    }
  }
}

extension Promise {
  /// As long as the case waits: `for sent, lovet fredag 10. april`, or that this was not kept either.
  package func standing(asSeenFrom today: CivilDate) -> String {
    isBroken(on: today) ? "lovet igen og ikke holdt" : "for sent, lovet \(date.danish(asSeenFrom: today))"
  }
}

extension Detour {
  /// Why somebody else than the ladder names hears; a sentence of the message.
  var danish: String { sentence(about: "varslet") }

  /// The same of a report or a digest; only who is away can be the reason there.
  var danishOfReport: String { sentence(about: "oversigten") }

  private func sentence(about message: String) -> String {
    switch self {
    case .standsInFor(let person): "Du får \(message) som stedfortræder for \(person)."
    case .nobodyStandsInFor(let person):
      "\(person) er fraværende, og det er stedfortræderen også, så \(message) går til dig."
    case .adviserAlone(.confidential):
      "Sagen er fortrolig, så ingen afdeling får besked om den. Kun du får varslet."
    case .adviserAlone(.noConsent):
      "Registeret siger ikke, at borgeren har givet samtykke, så afdelingen får ikke besked om sagen. Kun du får varslet."
    case .unknownDepartment: "Sagens afdeling kendes ikke, så varslet går til dig."
    case .unknownCaseworker: "Sagens sagsbehandler kendes ikke, så varslet går til dig."
    case .foreignCaseworker:
      "Sagsbehandlerens adresse ligger uden for kommunens domæner og bruges ikke, så varslet går til dig."
    case .noAddress(.leader): "Afdelingen har ingen leder i konfigurationen, så varslet går til dig."
    case .noAddress(.mailbox): "Afdelingen har ingen postkasse i konfigurationen, så varslet går til dig."
    case .noAddress: "Afdelingen har ingen adresse i konfigurationen, så varslet går til dig."
    }
  }
}

extension NoticeStep {
  /// What a notice to the citizen did: `givet mandag 2. marts 2026, i tide: ny frist fredag 6. marts 2026`.
  var danish: String {
    switch standing {
    case .timely(let given, let newDate):
      let rolled = newDate == due.date ? "" : " (meddelt \(newDate.danish))"
      return "givet \(given.danish), i tide: fristen er \(due.danish)\(rolled)"
    case .withoutDate(let given):
      return "givet \(given.danish), i tide, men uden ny dato: fristen er ikke flyttet"
    case .late(let given, nil): return "givet \(given.danish), efter fristen: den er ikke flyttet"
    case .late(let given, let promise?):
      let rolled = promise.told == promise.date ? "" : " (meddelt \(promise.told.danish))"
      return "givet \(given.danish), efter fristen: den er ikke flyttet, men borgeren er lovet "
        + "\(promise.date.danish)\(rolled)"
    }
  }
}

extension SentNotice {
  /// `torsdag 1. juni 2023 til leder@k.example (1 arbejdsdag efter), afleveret 07:15`.
  func danish(asSeenFrom today: CivilDate) -> String {
    let words = "\(proof.written.date.danish) til \(proof.recipient) (\(step))"
    if case .sent(let at) = proof.standing { return words + ", afleveret" + (at.time.map { " \($0)" } ?? "") }
    return "\(words), \(SafeText.masked(proof.words(asSeenFrom: today)))"
  }
}
