/// Something in the register that somebody should mend; the tick goes on without it.
package struct RegisterProblem: Hashable, Sendable {
  /// What is wrong.
  package enum Kind: Hashable, Sendable {
    case malformed(CSVFault)
    case fieldCount(found: Int, wanted: Int)
    case missingCaseID
    /// A case number in several rows that say different things, by their lines; the place is the last of
    /// them.
    case differingRows(caseID: String, lines: [Int])
    /// The clocks that need the date are ``StateName/unclear``.
    case noDate(event: String, text: String, DateFault)
    /// The dates of a whole column that may be day first or month first; told once, at the first that is
    /// month first.
    case distrusted(DistrustedColumn)
    /// The event is ignored until then.
    case future(event: String, at: CivilMoment)
    /// It lies before every start that it could stop, and a later one counts.
    case earlyStop(StopEvent)
    /// Rows of the events file that name an event no rule reads, as a register has columns that no rule
    /// reads; the place is the first.
    case unknownEvent(name: String, known: [String], rows: Int)
    /// A row of the events file that names a case which the register does not have.
    case unknownCase
    /// Its notices go to the adviser. `cases` is how many rows name it; the place is the first.
    case unknownDepartment(name: String, cases: Int)
    /// A word in `samtykke` that is neither yes nor no, and counts as no. `cases` is how many rows hold it;
    /// the place is the first.
    case unreadableConsent(text: String, cases: Int)
    /// Addresses of caseworkers at a domain that the configuration does not name; they are not used.
    case foreignCaseworkers(domain: String, cases: Int)
    /// The same of domains that are not named one by one.
    case furtherForeignDomains(domains: Int, cases: Int)
  }

  package let place: Place
  package let kind: Kind

  package init(_ place: Place, _ kind: Kind) {
    self.place = place
    self.kind = kind
  }

  /// The same, `lines` further down the file.
  package func movedDown(by lines: Int) -> RegisterProblem {
    RegisterProblem(Place(place.file, place.line.map { $0 + lines }), kind.movedDown(by: lines))
  }

  /// True when a person has to change the register; an event still to come only has to be waited for, and one
  /// that no rule reads is nobody's fault.
  package var isDefect: Bool {
    switch kind {
    case .future, .unknownEvent: false
    default: true
    }
  }

  /// True for an address of a caseworker outside of the kommune's domains.
  package var isForeignCaseworker: Bool {
    switch kind {
    case .foreignCaseworkers, .furtherForeignDomains: true
    default: false
    }
  }

  private static let foreignAddress =
    "The address is not used: its notices go as those of an unknown caseworker"

  /// In English, for diagnostics. Values are quoted in part only: a register holds secrets.
  package var problem: Problem {
    let message =
      switch kind {
      case .malformed(.textAfterQuote(let field)):
        "field \(field + 1) goes on after its closing quote; double the quotes inside it. The row is left out"
      case .malformed(.unclosedQuote(let line)):
        "a quote opens on line \(line) and never closes; close it"
      case .fieldCount(let found, let wanted):
        "the row has \(found) fields, the header \(wanted); write one for each column. The row is left out"
      case .missingCaseID:
        "sagsnr: the case has no number; give it one. The row is left out"
      case .differingRows(let caseID, let lines):
        "sagsnr: the rows of \"\(quoted(caseID))\" on lines \(Self.listed(lines)) differ; keep one of them, "
          + "or correct the number. The case is counted once, each deadline by the row in which it stands worst"
      case .noDate(EventSchema.birthday, _, _):
        "\(EventSchema.birthday): the value is no date; write for example 1980-12-31. It is not quoted, being a birthday"
      case .noDate(let event, let text, let fault):
        "\(event): \"\(quoted(text))\" is no date: \(fault.explanation)"
      case .distrusted(let column): Self.distrusted(column)
      case .future(let event, let moment):
        "\(event): \(moment) is still to come and is ignored until then"
      case .earlyStop(let stop):
        "\(stop.name): \(stop.at) lies before the start of every deadline that it could stop, and a later one counts; "
          + "correct or remove it"
      case .unknownEvent(let name, let known, let rows):
        "hændelse: no rule reads \"\(quoted(name))\" (\(plural(rows, "row"))), so it is passed over"
          + (nearest(to: name, among: known).map { "; did you mean \"\($0)\"?" } ?? "")
      case .unknownCase:
        "sagsnr: the register has no such case; correct the number. The row is left out"
      case .unknownDepartment("", let cases):
        "afdeling: the field is empty (\(plural(cases, "case"))); write the department. Its notices go to the adviser"
      case .unknownDepartment(let name, let cases):
        "afdeling: \"\(quoted(name))\" is not in the configuration (\(plural(cases, "case"))); "
          + "add [afdeling \(quoted(name))], or correct the register. Its notices go to the adviser"
      case .unreadableConsent(let text, let cases):
        "samtykke: \"\(quoted(text))\" says neither yes nor no (\(plural(cases, "case"))); write ja or nej. It counts as no"
      case .foreignCaseworkers(let domain, let cases):
        "sagsbehandler: the configuration does not name the domain \"\(quoted(domain))\" of an address "
          + "(\(plural(cases, "case"))); correct the register, or add domæner = \(quoted(domain)) to [mail]. \(Self.foreignAddress)"
      case .furtherForeignDomains(let domains, let cases):
        "sagsbehandler: the configuration does not name the domains of further addresses "
          + "(\(plural(domains, "domain")), \(plural(cases, "case"))); correct the register, "
          + "or add the domains to domæner in [mail]. " + Self.foreignAddress
      }
    return Problem(place, message)
  }

  /// `3 and 7`, `3, 7 and 9`.
  private static func listed(_ lines: [Int]) -> String {
    let words = lines.map(String.init)
    return words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
  }

  private static func distrusted(_ column: DistrustedColumn) -> String {
    let order = DateOrder.monthFirst.rawValue
    let value = column.name == EventSchema.birthday ? "a value" : "\"\(quoted(column.example))\""
    return
      "\(column.name): \(value) can only be month first, and no other value of the column can only be day first, "
      + "so none of its \(plural(column.unread, "date")) of such a form is read; write in [register] "
      + "datoformat = \(order), or for this column alone datoformat = \(column.name): \(order)"
  }
}

extension RegisterProblem.Kind {
  /// The same, `lines` further down the file.
  fileprivate func movedDown(by lines: Int) -> Self {
    guard case .differingRows(let caseID, let numbers) = self else { return self }
    return .differingRows(caseID: caseID, lines: numbers.map { $0 + lines })
  }
}
