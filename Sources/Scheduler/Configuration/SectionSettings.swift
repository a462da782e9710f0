import Notifier
import Rules

/// The `[fristvagt]` section.
struct GeneralSettings {
  let kommune: String?
  let zoneName: String
  let zonePlace: Place
  let fixedNow: CivilMoment?
  let rules: [PlacedPath]
  let stateDirectory: String?
  let reportDirectory: String?
  let calendarDirectory: String?
  let texts: PlacedPath?

  init(_ section: Section, _ directory: String, _ problems: inout ProblemList) {
    let form = SectionForm([
      "kommune": .required, "tidszone": .optional, "nu": .optional, "regler": .list,
      "tilstandsmappe": .required, "rapporter": .required, "kalendere": .optional, "tekster": .optional,
    ])
    let reader = SectionReader(section, form, problems: &problems)
    kommune = reader.one("kommune")?.value
    zoneName = reader.one("tidszone")?.value ?? "Europe/Copenhagen"
    zonePlace = reader.one("tidszone")?.place ?? Place(section.place.file)
    fixedNow = reader.value("nu", problems: &problems, read: RuleValue.moment)
    rules = reader.all("regler").map { PlacedPath(path: Path.join(directory, $0.value), place: $0.place) }
    if rules.isEmpty {
      problems.add(
        section.place, "[fristvagt] lacks the required key \"regler\"; add a line regler = FILE or FOLDER")
    }
    stateDirectory = reader.one("tilstandsmappe").map { Path.join(directory, $0.value) }
    reportDirectory = reader.one("rapporter").map { Path.join(directory, $0.value) }
    calendarDirectory = reader.one("kalendere").map { Path.join(directory, $0.value) }
    texts = reader.one("tekster").map { PlacedPath(path: Path.join(directory, $0.value), place: $0.place) }
  }
}

extension RegisterSettings {
  init?(_ section: Section, _ directory: String, _ problems: inout ProblemList) {
    let form = SectionForm([
      "kilde": .optional, "kommando": .optional, "hændelser": .optional, "kolonne": .list,
      "datoformat": .list, "skrump": .optional, "sagsnumre": .optional,
    ])
    let reader = SectionReader(section, form, problems: &problems)
    var columns: [ColumnName] = []
    for entry in reader.all("kolonne") {
      guard let (name, header) = RuleValue.splitAtColon(entry.value) else {
        problems.add(
          entry.place,
          "kolonne: \"\(shortened(entry.value))\" is not NAME: HEADER; write for example område: Sagsområde")
        continue
      }
      if columns.contains(where: { $0.name == name }) {
        problems.add(entry.place, "kolonne: \"\(shortened(name))\" already has a header; keep one line")
      }
      columns.append(ColumnName(name: name, header: header, place: entry.place))
    }
    lookalikes = reader.value("sagsnumre", problems: &problems, read: Self.lookalikes) ?? .masked
    shrinkLimit = reader.value("skrump", problems: &problems, read: Self.percent)
    self.columns = columns
    dateOrders = DateOrders(reader.all("datoformat"), &problems)
    events = reader.one("hændelser").map { PlacedPath(path: Path.join(directory, $0.value), place: $0.place) }
    switch (reader.one("kilde"), reader.one("kommando")) {
    case (let file?, nil): (source, place) = (.file(Path.join(directory, file.value)), file.place)
    case (nil, let command?): (source, place) = (.command(command.value), command.place)
    case (_?, let command?):
      problems.add(
        command.place, "kommando: stands beside kilde, and there is one register; remove one of the two")
      return nil
    case (nil, nil):
      problems.add(section.place, "[register] lacks the register; add kilde = FILE, or kommando = COMMAND")
      return nil
    }
  }

  private static func lookalikes(_ text: String) throws(Remedy) -> CaseNumbers.Lookalikes {
    guard text == "ligner CPR" else {
      throw Remedy("\"\(shortened(text))\" is not known; write ligner CPR, or remove the line")
    }
    return .caseNumbers
  }

  private static func percent(_ text: String) throws(Remedy) -> Int {
    let number = text.last == "%" ? trimmed(text.dropLast()) : ""
    guard let percent = digits(number), (1...99).contains(percent) else {
      throw Remedy(
        "\"\(shortened(text))\" is no share; write a whole percentage from 1 to 99, for example 20 %")
    }
    return percent
  }
}

/// The `[borgerrådgiver]` section.
struct AdviserSettings {
  let address: EmailAddress?
  let schedule: Schedule?

  init(_ section: Section, _ problems: inout ProblemList) {
    let reader = SectionReader(
      section, SectionForm(["adresse": .required, "rapport": .optional]), problems: &problems)
    address = reader.value("adresse", problems: &problems, read: EmailAddress.init)
    schedule = reader.value("rapport", problems: &problems, read: Schedule.init(text:))
  }
}

/// An `[afdeling NAVN]` section.
struct DepartmentSettings {
  let department: Department
  let digest: DigestSettings?

  init?(_ section: Section, _ problems: inout ProblemList) {
    let form = SectionForm([
      "forvaltning": .optional, "leder": .optional, "postkasse": .optional, "stedfortræder": .optional,
      "digest": .optional, "tom-digest": .optional,
    ])
    let reader = SectionReader(section, form, problems: &problems)
    guard !section.name.isEmpty else { return nil }
    department = Department(
      name: section.name, directorate: reader.one("forvaltning")?.value ?? "",
      leader: reader.value("leder", problems: &problems, read: EmailAddress.init),
      mailbox: reader.value("postkasse", problems: &problems, read: EmailAddress.init),
      deputy: reader.value("stedfortræder", problems: &problems, read: EmailAddress.init))
    let schedule = reader.value("digest", problems: &problems, read: Schedule.init(text:))
    let silence = reader.value("tom-digest", problems: &problems) {
      text throws(Remedy) -> DigestSettings.Silence in
      try RuleValue.word(text)
    }
    digest = schedule.map { DigestSettings(schedule: $0, silence: silence ?? .leftOut) }
    if reader.isMissing("digest"), let entry = reader.one("tom-digest") {
      problems.add(
        entry.place, "tom-digest: the department has no digest; add digest = mandag 07:00, or remove the line"
      )
    }
    if digest != nil, department.mailbox == nil, department.leader == nil, let entry = reader.one("digest") {
      problems.add(entry.place, "digest: the department has nobody to send it to; add postkasse or leder")
    }
  }
}

/// A `[medarbejder NAVN]` section.
struct StaffEntry {
  let name: String
  let address: EmailAddress

  init?(_ section: Section, _ problems: inout ProblemList) {
    let reader = SectionReader(section, SectionForm(["adresse": .required]), problems: &problems)
    guard let address = reader.value("adresse", problems: &problems, read: EmailAddress.init) else {
      return nil
    }
    name = section.name
    self.address = address
  }
}

extension Absence {
  /// On no day two people can stand in for one.
  static func checkOverlap(_ absences: [Absence], _ sections: [Section], _ problems: inout ProblemList) {
    // Where a section was refused, which absence is whose nobody can say; the next run tells.
    guard absences.count == sections.count else { return }
    for (index, absence) in absences.enumerated() {
      for earlier in absences[..<index]
      where earlier.person == absence.person && earlier.period.overlaps(absence.period)
        && earlier.deputy != absence.deputy
      {
        problems.add(
          sections[index].place,
          "[fravær \(absence.person)] overlaps an earlier period with another deputy; let one end before the other begins"
        )
      }
    }
  }

  /// A `[fravær ADRESSE]` section.
  init?(_ section: Section, _ problems: inout ProblemList) {
    let form = SectionForm(["periode": .required, "stedfortræder": .required])
    let reader = SectionReader(section, form, problems: &problems)
    let period = reader.value("periode", problems: &problems, read: Self.period)
    let deputy = reader.value("stedfortræder", problems: &problems, read: EmailAddress.init)
    do throws(Remedy) {
      let person = try EmailAddress(section.name)
      guard let period, let deputy else { return nil }
      self.init(person: person, period: period, deputy: deputy)
    } catch {
      problems.add(section.place, "fravær: \(error.message)")
      return nil
    }
  }

  private static func period(_ text: String) throws(Remedy) -> ClosedRange<CivilDate> {
    let ends = text.components(separatedBy: "..")
    guard ends.count == 2 else {
      throw Remedy("\"\(shortened(text))\" is no period; write for example 2026-11-01 .. 2026-12-15")
    }
    let (from, through) = (try RuleValue.date(ends[0]), try RuleValue.date(ends[1]))
    guard from <= through else { throw Remedy("\"\(text)\" ends before it begins; exchange the two dates") }
    return from...through
  }
}

/// The `[mail]` section.
struct MailSettings {
  let sender: Mailbox?
  let bounce: EmailAddress?
  /// The domains of addresses that the register may name, beside those of the configuration's own addresses.
  let domains: Set<String>
  let link: String?
  let outlet: MailOutlet?

  init(_ section: Section, _ directory: String, _ problems: inout ProblemList) {
    let form = SectionForm([
      "sendmail": .optional, "maildir": .optional, "afsender": .required, "returadresse": .required,
      "link": .optional, "domæner": .optional,
    ])
    let reader = SectionReader(section, form, problems: &problems)
    domains = reader.value("domæner", problems: &problems, read: Self.domains) ?? []
    sender = reader.value("afsender", problems: &problems, read: Mailbox.init)
    bounce = reader.value("returadresse", problems: &problems, read: EmailAddress.init)
    link = reader.value("link", problems: &problems, read: Self.link)
    switch (reader.one("sendmail"), reader.one("maildir")) {
    case (let program?, nil): outlet = .sendmail(program: Path.join(directory, program.value))
    case (nil, let folder?): outlet = .maildir(Path.join(directory, folder.value))
    case (_?, let folder?):
      problems.add(
        folder.place, "maildir: stands beside sendmail, and mail can only go one way; remove one of the two")
      outlet = nil
    case (nil, nil):
      problems.add(
        section.place,
        "[mail] says nowhere to send to; add sendmail = /usr/sbin/sendmail, or maildir = FOLDER")
      outlet = nil
    }
  }

  private static func domains(_ text: String) throws(Remedy) -> Set<String> {
    var domains: Set<String> = []
    for part in commaList(text) {
      let domain = try EmailAddress.domain(part)
      guard domains.insert(domain).inserted else {
        throw Remedy("\"\(domain)\" stands twice; keep one")
      }
    }
    return domains
  }

  private static func link(_ text: String) throws(Remedy) -> String {
    guard text.hasPrefix("https://") || text.hasPrefix("http://"), text.contains("{sagsnr}"),
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else {
      throw Remedy(
        "\"\(shortened(text))\" is no link to a case; write for example https://register.example/sag/{sagsnr}"
      )
    }
    return text
  }
}
