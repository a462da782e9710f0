import Notifier
package import Rules

extension Configuration {
  /// Reads a configuration; everything that is wrong in it is added to `problems`, and then there is none.
  package static func parse(_ file: SourceFile, problems: inout ProblemList) -> Configuration? {
    var found = ProblemList()
    defer { problems.add(contentsOf: found) }
    let sections = SectionText.parse(file.bytes, file: file.name, problems: &found)
    let sorted = SortedSections(sections, file: file.name, problems: &found)
    let directory = Path.directory(of: file.name)

    let general = sorted.general.map { GeneralSettings($0, directory, &found) }
    let register = sorted.register.flatMap { RegisterSettings($0, directory, &found) }
    let adviser = sorted.adviser.map { AdviserSettings($0, &found) }
    let departments = sorted.departments.compactMap { DepartmentSettings($0, &found) }
    let mail = sorted.mail.map { MailSettings($0, directory, &found) }
    let staff = sorted.staff.compactMap { StaffEntry($0, &found) }
    let absences = sorted.absences.compactMap { Absence($0, &found) }
    Absence.checkOverlap(absences, sorted.absences, &found)
    let window = sorted.window.flatMap { section in
      SectionReader(section, SectionForm(["vindue": .required]), problems: &found)
        .value("vindue", problems: &found, read: SendWindow.init(text:))
    }
    guard found.isEmpty, let general, let register, let adviser, let mail, let kommune = general.kommune,
      let address = adviser.address, let sender = mail.sender, let bounce = mail.bounce,
      let outlet = mail.outlet,
      let state = general.stateDirectory, let reports = general.reportDirectory
    else { return nil }
    return Configuration(
      file: file.name, kommune: kommune, zoneName: general.zoneName, zonePlace: general.zonePlace,
      fixedNow: general.fixedNow,
      rules: general.rules, stateDirectory: state, reportDirectory: reports,
      calendarDirectory: general.calendarDirectory, texts: general.texts, register: register,
      organisation: Organisation(
        adviser: address, departments: departments.map(\.department),
        staff: Dictionary(staff.map { ($0.name, $0.address) }) { first, _ in first }, absences: absences,
        domains: mail.domains.union([sender.address, bounce].map { String($0.domain) })),
      reportSchedule: adviser.schedule,
      digests: Dictionary(
        departments.compactMap { entry in entry.digest.map { (entry.department.name, $0) } }
      ) { first, _ in first },
      window: window,
      letterhead: Letterhead(
        kommune: kommune, sender: sender, bounce: bounce,
        numbers: CaseNumbers(register.lookalikes, link: mail.link)),
      outlet: outlet)
  }
}

/// The sections of a configuration by kind; what is unknown, missing or stands twice is reported.
private struct SortedSections {
  private(set) var general: Section?
  private(set) var register: Section?
  private(set) var adviser: Section?
  private(set) var mail: Section?
  private(set) var window: Section?
  private(set) var departments: [Section] = []
  private(set) var staff: [Section] = []
  private(set) var absences: [Section] = []

  private static let kinds = [
    "fristvagt", "register", "borgerrådgiver", "afdeling", "fravær", "medarbejder", "varsler", "mail",
  ]

  init(_ sections: [Section], file: String, problems: inout ProblemList) {
    var first: [String: Place] = [:]
    for section in sections {
      let header = section.header
      let takesName = ["afdeling", "fravær", "medarbejder"].contains(section.kind)
      if takesName && section.name.isEmpty {
        problems.add(section.place, "[\(section.kind)] has no name; write for example [\(section.kind) …]")
      } else if !takesName && !section.name.isEmpty && Self.kinds.contains(section.kind) {
        problems.add(section.place, "\(shortened(header)) takes no name; write [\(section.kind)]")
      }
      // The same person may be away several times.
      if section.kind != "fravær", let earlier = first[header] {
        problems.add(section.place, "\(shortened(header)) stands twice, first at \(earlier); join the two")
      }
      first[header] = section.place
      switch section.kind {
      case "fristvagt": general = section
      case "register": register = section
      case "borgerrådgiver": adviser = section
      case "mail": mail = section
      case "varsler": window = section
      case "afdeling": departments.append(section)
      case "medarbejder": staff.append(section)
      case "fravær": absences.append(section)
      default:
        problems.add(
          section.place,
          "unknown section [\(shortened(section.kind))]" + suggestion(for: section.kind, among: Self.kinds))
      }
    }
    for kind in ["fristvagt", "register", "borgerrådgiver", "mail"]
    where !sections.contains(where: { $0.kind == kind }) {
      problems.add(Place(file), "the section [\(kind)] is missing; add it")
    }
  }
}
