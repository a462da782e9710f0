import Rules

/// A kommune of departments, people and cases that a seed decides, and what each of its cases may be told to
/// whom.
package struct RandomKommune: Sendable {
  /// Who may hear of a case, and the department that its row names.
  package struct Truth: Sendable {
    package let caseID: String
    package let department: String
    /// Whether the case has the consent that one of its rules asks for.
    package let hasConsent: Bool
    package let isConfidential: Bool
    package let isDepartmentKnown: Bool
  }

  package let world: SmallWorld
  package let cases: [Truth]
  /// The addresses that belong to a department's own people, by its name.
  package let people: [String: Set<String>]

  package static let adviser = "raad@k.example"

  private static let rules =
    Make.ruleFile(
      """
      gælder = type: svar
      længde = 7 arbejdsdage
      varsel = 3 arbejdsdage før: sagsbehandler
      varsel = på dagen: sagsbehandler, leder, postkasse
      varsel = 1 arbejdsdag efter: leder, borgerrådgiver; gentag 5 arbejdsdage
      """)
    + other(
      "kvittering",
      """
      gælder = type: svar
      til = kvitteret
      længde = 5 arbejdsdage
      varsel = 1 arbejdsdag efter: postkasse
      eksempel = modtaget 2024-03-04 → frist 2024-03-11
      """)
    + other(
      "afgørelse",
      """
      gælder = type: ansøgning
      slags = kommunal
      til = afgjort
      udsættelse = underrettet → ny_frist
      varsel = 1 arbejdsdag efter: sagsbehandler, leder
      """)
    + other("dialog", "gælder = type: dialog\nsamtykke = kræves\nvarsel = på dagen: sagsbehandler, leder")
    + other(
      "indberetning", "gælder = område: whistleblower\nfortrolig = ja\nvarsel = på dagen: borgerrådgiver")

  private static func other(_ id: String, _ lines: String) -> String { Make.furtherRule(lines, id: id) }

  package init(seed: UInt64, past: SmallWorld.Past = .commissioned) {
    var random = SeededGenerator(seed: seed)
    let names = (0..<Int.random(in: 2...6, using: &random)).map { index in
      ["Børn og Familie", "Job", "Ældre & Sundhed", "By, Land", "Job ", "PPR"][index].trimmedName
        + " \(index)"
    }
    var people: [String: Set<String>] = [:]
    var sections = SmallWorld.sections.replacing(
      "[afdeling Jobcenter]\nleder = leder@k.example\npostkasse = job@k.example\n\n", with: "")
    sections = sections.replacing("rapporter = out", with: "rapporter = out\nkalendere = kalendere")
    sections = sections.replacing(
      "adresse = raad@k.example", with: "adresse = raad@k.example\nrapport = dagligt 07:00")
    for (index, name) in names.enumerated() {
      var lines = ["[afdeling \(name)]", "digest = dagligt 07:00"]
      var own: Set<String> = ["stedfortræder\(index)@k.example", "vikar\(index)@k.example"]
      // One of the two at least, or there is nobody to read a digest.
      let kind = Int.random(in: 0..<3, using: &random)
      if kind != 0 { lines.append("leder = leder\(index)@k.example") }
      if kind != 1 { lines.append("postkasse = post\(index)@k.example") }
      if Bool.random(using: &random) { lines.append("stedfortræder = vice\(index)@k.example") }
      if Bool.random(using: &random) { lines.append("tom-digest = sendes") }
      own.formUnion(["leder\(index)@k.example", "post\(index)@k.example", "vice\(index)@k.example"])
      for worker in 0..<3 { own.insert("sb\(index)\(worker)@k.example") }
      sections += lines.joined(separator: "\n") + "\n\n"
      if Bool.random(using: &random) {
        sections +=
          "[fravær sb\(index)0@k.example]\nperiode = 2024-01-01 .. 2024-12-31\nstedfortræder = vikar\(index)@k.example\n\n"
      }
      if Bool.random(using: &random) {
        // A circle.
        sections +=
          "[fravær leder\(index)@k.example]\nperiode = 2024-01-01 .. 2024-12-31\nstedfortræder = leder\(index)@k.example\n\n"
      }
      people[name] = own
    }
    self.people = people
    var cases: [Truth] = []
    var rows =
      "sagsnr;type;område;afdeling;sagsbehandler;samtykke;modtaget;besvaret;kvitteret;afgjort;underrettet;ny_frist\n"
    for number in 0..<40 {
      let index = Int.random(in: 0..<names.count, using: &random)
      let isKnown = Int.random(in: 0..<12, using: &random) > 0
      let department = isKnown ? names[index] : "Anders And"
      let type = ["svar", "svar", "ansøgning", "dialog"].randomElement(using: &random) ?? "svar"
      let consent = ["ja", "nej", ""].randomElement(using: &random) ?? ""
      let isSecret = Int.random(in: 0..<8, using: &random) == 0
      let worker =
        ["sb\(index)\(Int.random(in: 0..<3, using: &random))@k.example", "Ukendt Navn"]
        .randomElement(using: &random) ?? ""
      let received = Make.date("2024-03-14") - Int.random(in: 0...40, using: &random)
      let answered = Int.random(in: 0..<4, using: &random) == 0 ? (received + 3).description : ""
      let id = "SAG-\(seed % 1_000)-\(number)-X"
      rows +=
        "\(id);\(type);\(isSecret ? "whistleblower" : "andet");\(department);\(worker);\(consent);\(received);"
      rows += "\(answered);\(answered);\(answered);;\n"
      cases.append(
        Truth(
          caseID: id, department: department, hasConsent: type != "dialog" || consent == "ja",
          isConfidential: isSecret, isDepartmentKnown: isKnown))
    }
    self.cases = cases
    world = SmallWorld(register: rows, configuration: sections, rule: Self.rules, past: past)
  }
}

extension String {
  fileprivate var trimmedName: String { trimmed(self) }
}
