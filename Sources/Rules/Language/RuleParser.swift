/// Reads `[frist ID]` sections.
package struct RuleParser {
  let lookup: TableLookup

  /// The keys of a rule, as the language knows them.
  package static let form = SectionForm([
    "navn": .required, "hjemmel": .required, "slags": .required, "påhviler": .optional, "kilde": .optional,
    "offentliggjort": .optional, "gælder": .list, "undtagen": .list, "fra": .required, "til": .required,
    "længde": .optional, "ruller": .optional, "kalender": .optional, "hverdage": .optional,
    "pause": .optional, "gentages": .optional, "udsættelse": .optional,
    "gyldig": .optional, "varsel": .list, "samtykke": .optional, "fortrolig": .optional,
    "ved-overskridelse": .list,
    "tabel": .optional, "eksempel": .list,
  ])

  /// The rule of one section; nil when something in it was reported.
  func parse(_ section: Section, problems: inout ProblemList) -> RuleDraft? {
    var found = ProblemList()
    defer { problems.add(contentsOf: found) }
    let reader = SectionReader(section, Self.form, problems: &found)
    checkIdentity(section, &found)

    let kind: RuleKind? = reader.value("slags", problems: &found, read: RuleValue.word)
    let start = reader.value("fra", problems: &found, read: RuleValue.event)
    let stops = reader.value("til", problems: &found, read: RuleValue.events)
    if let start, let stops, stops.contains(start), let entry = reader.one("til") {
      found.add(
        entry.place,
        "til: \"\(start)\" is also the start, so the clock would stop at once; name another event")
    }
    let ladder = reader.values("varsel", problems: &found, read: LadderStep.init(text:))
    let draft = (
      conditions: conditions(reader, &found),
      variants: variants(reader, &found),
      bearer: reader.value("påhviler", problems: &found, read: RuleValue.bearer) ?? .administration,
      weekdays: reader.value("hverdage", problems: &found) { text throws(Remedy) -> WeekdaySet in
        try RuleValue.word(text)
      } ?? .mondayToFriday,
      pausing: reader.value("pause", problems: &found, read: RuleValue.pausing),
      repetition: reader.value("gentages", problems: &found, read: RuleValue.repetition) ?? .never,
      extending: reader.value("udsættelse", problems: &found, read: RuleValue.extending),
      validity: reader.value("gyldig", problems: &found, read: RuleValue.validity) ?? .always,
      consent: reader.value("samtykke", problems: &found, read: RuleValue.consent) ?? .notRequired,
      confidentiality: reader.value("fortrolig", problems: &found, read: RuleValue.confidentiality)
        ?? .ordinary,
      disclosures: reader.values("ved-overskridelse", problems: &found, read: RuleValue.disclosure),
      examples: examples(reader, &found)
    )
    RuleChecks(reader: reader, variants: draft.variants, ladder: ladder).run(problems: &found)
    guard found.isEmpty, !draft.variants.isEmpty, let kind, let start, let stops else { return nil }
    return RuleDraft(
      id: section.name, kind: kind, bearer: draft.bearer, place: section.place, conditions: draft.conditions,
      start: start,
      stops: stops, variants: draft.variants, calendar: reader.one("kalender"),
      weekdays: draft.weekdays, pausing: draft.pausing, repetition: draft.repetition,
      extending: draft.extending,
      validity: draft.validity, consent: draft.consent, confidentiality: draft.confidentiality,
      disclosures: draft.disclosures, ladder: ladder,
      examples: draft.examples)
  }

  private func checkIdentity(_ section: Section, _ problems: inout ProblemList) {
    if section.name.isEmpty {
      problems.add(section.place, "[frist] has no id; write for example [frist svar-3-uger]")
    } else if !section.name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) {
      problems.add(
        section.place,
        "\"\(shortened(section.name))\" is no id; write letters, digits, -, _ and ., without spaces")
    }
  }

  private func conditions(_ reader: SectionReader, _ problems: inout ProblemList) -> [Condition] {
    reader.values("gælder", problems: &problems) { text throws(Remedy) in
      try RuleValue.condition(text, .applies)
    }
      + reader.values("undtagen", problems: &problems) { text throws(Remedy) in
        try RuleValue.condition(text, .excludes)
      }
  }

  private func examples(_ reader: SectionReader, _ problems: inout ProblemList) -> [Example] {
    let entries = reader.all("eksempel")
    if reader.isMissing("eksempel") {
      problems.add(
        reader.section.place,
        "\(reader.header) has no eksempel; add at least one, for example eksempel = modtaget 2024-03-01 → frist 2024-03-08"
      )
    }
    return entries.compactMap { entry in
      do throws(Remedy) {
        return try Example(text: entry.value, place: entry.place)
      } catch {
        problems.add(entry.place, "eksempel: \(error.message)")
        return nil
      }
    }
  }

  /// The rule's own terms, or one variant for each row of its table.
  private func variants(_ reader: SectionReader, _ problems: inout ProblemList) -> [RuleVariant] {
    var terms = TermsDraft()
    for key in TermsDraft.keys {
      let set: Void? = reader.value(key, problems: &problems) { text throws(Remedy) in
        try terms.set(key, to: text)
      }
      if set == nil && reader.one(key) != nil { terms.isFaulty = true }
    }
    guard let table = reader.one("tabel") else {
      let place = (reader.one("længde") ?? reader.one("navn"))?.place ?? reader.section.place
      if reader.isMissing("længde") {
        problems.add(
          reader.section.place,
          "\(reader.header) lacks the required key \"længde\"; add a line længde = …, or a tabel")
      }
      let finished = terms.finished(at: place, problems: &problems)
      return finished.map { [RuleVariant(conditions: [], terms: $0, place: place)] } ?? []
    }
    switch lookup(table.value, reader.section.place.file) {
    case .success(let file):
      return RuleTable.parse(file, base: terms, problems: &problems)
    case .failure(let remedy):
      problems.add(table.place, "tabel: \(remedy.message)")
      return []
    }
  }
}
