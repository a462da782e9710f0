import Rules

/// Finds where rules and configuration do not fit each other.
enum ConfigurationAudit {
  /// A role that some ladder tells and that a department has no address for: its notices would go to the
  /// adviser.
  static func missingAddresses(_ setup: Setup) -> ProblemList {
    var problems = ProblemList()
    let configuration = setup.configuration
    for role in [Role.leader, .mailbox] {
      let rules = setup.book.rules.filter { rule in rule.ladder.contains { $0.roles.contains(role) } }
      for department in configuration.organisation.departments.values.sorted(by: { $0.name < $1.name }) {
        let address = role == .leader ? department.leader : department.mailbox
        guard address == nil, let rule = rules.first(where: { $0.mayApply(in: department) }) else { continue }
        problems.add(
          Place(configuration.file),
          "[afdeling \(department.name)] has no \(role.rawValue), and [frist \(rule.id)] tells the \(role.rawValue); "
            + "add \(role.rawValue) = ADDRESS")
      }
    }
    return problems
  }
}

extension Rule {
  /// False where the rule's own lines keep every case of the department out.
  fileprivate func mayApply(in department: Department) -> Bool {
    let fields = FieldValues([.department: department.name, .directorate: department.directorate])
    let lines = conditions.filter {
      $0.field == .department || ($0.field == .directorate && !department.directorate.isEmpty)
    }
    return lines.areMet(by: fields)
  }
}
