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

/// Who works where; what turns a role into an address.
package struct Organisation: Sendable {
  package let adviser: EmailAddress
  package let departments: [String: Department]
  /// Names that stand in the register, and the addresses behind them.
  package let staff: [String: EmailAddress]
  package let absences: [Absence]
  /// By the keys of ``FieldText``.
  private let departmentNames: [String: String]

  package init(
    adviser: EmailAddress, departments: [Department], staff: [String: EmailAddress], absences: [Absence]
  ) {
    self.adviser = adviser
    self.departments = Dictionary(departments.map { ($0.name, $0) }) { first, _ in first }
    departmentNames = Dictionary(departments.map { (FieldText($0.name).key, $0.name) }) { first, _ in first }
    self.staff = staff
    self.absences = absences
  }

  /// The address of the caseworker whom the register names, by address or by name; nil for anybody unknown.
  package func address(of caseworker: String) -> EmailAddress? {
    staff[caseworker] ?? (try? EmailAddress(caseworker))
  }

  /// The name under which the configuration knows the department that a register writes so; the same text for one that it does not
  /// know.
  package func nameOfDepartment(_ text: String) -> String {
    departments[text] != nil ? text : departmentNames[FieldText(text).key] ?? text
  }

  /// True when departments are configured and this is none of them.
  package func isUnknown(department name: String) -> Bool {
    !departments.isEmpty && departments[name] == nil
  }
}
