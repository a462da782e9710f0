/// One department as the configuration knows it.
package struct Department: Hashable, Sendable {
  package let name: String
  /// The forvaltning above it; empty where none is given.
  package let directorate: String
  package let leader: EmailAddress?
  package let mailbox: EmailAddress?
  /// Hears in place of a caseworker whom nobody knows.
  package let deputy: EmailAddress?

  package init(
    name: String, directorate: String = "", leader: EmailAddress? = nil, mailbox: EmailAddress? = nil,
    deputy: EmailAddress? = nil
  ) {
    self.name = name
    self.directorate = directorate
    self.leader = leader
    self.mailbox = mailbox
    self.deputy = deputy
  }
}

/// Days on which somebody's notices go to a deputy; both ends inclusive.
package struct Absence: Hashable, Sendable {
  package let person: EmailAddress
  package let period: ClosedRange<CivilDate>
  package let deputy: EmailAddress

  package init(person: EmailAddress, period: ClosedRange<CivilDate>, deputy: EmailAddress) {
    self.person = person
    self.period = period
    self.deputy = deputy
  }
}

/// What the configuration makes of the caseworker whom the register names.
package enum Caseworker: Hashable, Sendable {
  case known(EmailAddress)
  /// An address outside of the kommune's domains, which is not used.
  case foreign(EmailAddress)
  case unknown
}

/// Who works where; what turns a role into an address.
package struct Organisation: Sendable {
  package let adviser: EmailAddress
  package let departments: [String: Department]
  /// Names that stand in the register, and the addresses behind them.
  package let staff: [String: EmailAddress]
  package let absences: [Absence]
  /// By the keys of ``FieldText``.
  private let departmentNames: [String: String]
  private let staffByKey: [String: EmailAddress]
  /// Those of its own addresses and those named beside them; an address of the register is used only under
  /// one.
  private let domains: Set<String>

  /// - Parameter domains: of addresses that the register may name, beside those of the addresses given here.
  package init(
    adviser: EmailAddress, departments: [Department], staff: [String: EmailAddress], absences: [Absence],
    domains: Set<String> = []
  ) {
    let own =
      [adviser] + departments.flatMap { [$0.leader, $0.mailbox, $0.deputy].compactMap(\.self) }
      + staff.values + absences.flatMap { [$0.person, $0.deputy] }
    self.domains = domains.union(own.map { String($0.domain) })
    self.adviser = adviser
    self.departments = Dictionary(departments.map { ($0.name, $0) }) { first, _ in first }
    departmentNames = Dictionary(departments.map { (FieldText($0.name).key, $0.name) }) { first, _ in first }
    self.staff = staff
    staffByKey = Dictionary(staff.map { (FieldText($0).key, $1) }) { first, _ in first }
    self.absences = absences
  }

  /// Whom the register names as caseworker, by address or by name.
  package func caseworker(named text: String) -> Caseworker {
    if let address = staff[text] ?? staffByKey[FieldText(text).key] { return .known(address) }
    guard let address = try? EmailAddress(text) else { return .unknown }
    return domains.contains(String(address.domain)) ? .known(address) : .foreign(address)
  }

  /// The address of the caseworker whom the register names, by address or by name; nil for anybody who is not
  /// known.
  package func address(of caseworker: String) -> EmailAddress? {
    guard case .known(let address) = self.caseworker(named: caseworker) else { return nil }
    return address
  }

  /// What a cell of the register says of a field: a department under the name by which the configuration
  /// knows it, everything else as it stands.
  package func value(of field: Field, in cell: ArraySlice<UInt8>) -> String {
    let text = RegisterText.decoded(cell)
    guard field == .department, departments[text] == nil else { return text }
    return departmentNames[FieldText(text).key] ?? text
  }

  /// True when departments are configured and this is none of them.
  package func isUnknown(department name: String) -> Bool {
    !departments.isEmpty && departments[name] == nil
  }
}
