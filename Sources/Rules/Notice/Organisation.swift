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

  package init(
    adviser: EmailAddress, departments: [Department], staff: [String: EmailAddress], absences: [Absence]
  ) {
    self.adviser = adviser
    self.departments = Dictionary(departments.map { ($0.name, $0) }) { first, _ in first }
    self.staff = staff
    self.absences = absences
  }

  /// The address of the caseworker whom the register names, by address or by name; nil for anybody unknown.
  package func address(of caseworker: String) -> EmailAddress? {
    staff[caseworker] ?? (try? EmailAddress(caseworker))
  }

  /// True when departments are configured and this is none of them.
  package func isUnknown(department name: String) -> Bool {
    !departments.isEmpty && departments[name] == nil
  }
}

/// Why a notice goes to somebody else than the ladder names; said in the message.
package enum Detour: Hashable, Sendable {
  case standsInFor(EmailAddress)
  /// The citizen has not agreed that the department hears of the case.
  case noConsent
  case unknownDepartment
  case unknownCaseworker
  /// The configuration gives the department no such address.
  case noAddress(Role)
}

/// An address, and why it is that one where it is not the role's own.
package struct Recipient: Hashable, Sendable {
  package let address: EmailAddress
  package let detour: Detour?
}

extension Organisation {
  /// Who hears when `role` is to hear of `clock`. There is always somebody: in the end the adviser.
  package func recipient(for role: Role, of clock: Clock, on today: CivilDate) -> Recipient {
    let name = clock.fields[.department]
    if !clock.mayReachDepartment {
      return presentAdviser(on: today, detour: role == .adviser ? nil : .noConsent)
    }
    if role != .adviser && isUnknown(department: name) {
      return presentAdviser(on: today, detour: .unknownDepartment)
    }
    let department = departments[name]
    switch role {
    case .adviser: return presentAdviser(on: today, detour: nil)
    case .caseworker: return caseworker(clock.fields[.caseworker], in: department, on: today)
    case .leader:
      guard let leader = department?.leader else {
        return presentAdviser(on: today, detour: .noAddress(role))
      }
      return present(leader, in: department, on: today)
    case .mailbox:
      guard let mailbox = department?.mailbox else {
        return presentAdviser(on: today, detour: .noAddress(role))
      }
      return Recipient(address: mailbox, detour: nil)
    }
  }

  private func caseworker(_ name: String, in department: Department?, on today: CivilDate) -> Recipient {
    if let address = address(of: name) {
      return present(address, in: department, on: today)
    }
    let fallback = department?.deputy ?? department?.leader ?? adviser
    return Recipient(
      address: present(fallback, in: department, on: today).address, detour: .unknownCaseworker)
  }

  /// The adviser, or who stands in; `detour` says why it is not the role's own, and goes before the absence.
  private func presentAdviser(on today: CivilDate, detour: Detour?) -> Recipient {
    let present = present(adviser, in: nil, on: today)
    return Recipient(address: present.address, detour: detour ?? present.detour)
  }

  /// `person`, or who stands in today: the deputy, of an absent deputy his deputy, and so on. A chain that goes in a
  /// circle leads to the department's leader or who stands in for him, and where he is part of one to the adviser.
  private func present(_ person: EmailAddress, in department: Department?, on today: CivilDate) -> Recipient {
    let found =
      endOfChain(from: person, on: today) ?? department?.leader.flatMap { endOfChain(from: $0, on: today) }
      ?? adviser
    return Recipient(address: found, detour: found == person ? nil : .standsInFor(person))
  }

  /// The first in the chain of deputies who is not away; nil when it goes in a circle.
  private func endOfChain(from person: EmailAddress, on today: CivilDate) -> EmailAddress? {
    var asked: Set<EmailAddress> = []
    var current = person
    while let deputy = deputy(of: current, on: today) {
      guard asked.insert(current).inserted else { return nil }
      current = deputy
    }
    return current
  }

  /// Who stands in for `person`; nil when he is not away.
  private func deputy(of person: EmailAddress, on today: CivilDate) -> EmailAddress? {
    absences.first { $0.person == person && $0.period.contains(today) }?.deputy
  }
}
