/// Why a message goes to somebody else than it is meant for; said in the message.
package enum Detour: Hashable, Sendable {
  case standsInFor(EmailAddress)
  /// That person is away, and whoever stands in is away too, in a circle.
  case nobodyStandsInFor(EmailAddress)
  /// The adviser alone may hear of the case.
  case adviserAlone(Audience.Reason)
  case unknownDepartment
  case unknownCaseworker
  /// The register names an address outside of the kommune's domains.
  case foreignCaseworker
  /// The configuration gives the department no such address.
  case noAddress(Role)
}

/// An address, and why it is that one where it is not the role's own.
package struct Recipient: Hashable, Sendable {
  package let address: EmailAddress
  /// In which role they hear, or in whose place.
  package let role: Role
  /// In the order in which they were met.
  package let detours: [Detour]

  /// The same person, for whom `detour` was met before.
  fileprivate func after(_ detour: Detour) -> Recipient {
    Recipient(address: address, role: role, detours: [detour] + detours)
  }
}

extension Recipient {
  /// True where the adviser hears in place of the department's own people.
  package var isInPlaceOfDepartment: Bool {
    detours.contains { detour in
      switch detour {
      case .adviserAlone, .unknownDepartment, .noAddress: true
      case .standsInFor, .nobodyStandsInFor, .unknownCaseworker, .foreignCaseworker: false
      }
    }
  }
}

extension Organisation {
  /// Who hears when `role` is to hear of `clock`. There is always somebody: in the end the adviser.
  package func recipient(for role: Role, of clock: Clock, on today: CivilDate) -> Recipient {
    let adviser = presentAdviser(as: role, on: today)
    guard role != .adviser else { return adviser }
    if case .adviser(let reason) = clock.audience { return adviser.after(.adviserAlone(reason)) }
    let name = clock.fields[.department]
    guard !isUnknown(department: name) else { return adviser.after(.unknownDepartment) }
    let department = departments[name]
    switch role {
    case .adviser: return adviser
    case .caseworker: return caseworker(clock.fields[.caseworker], in: department, on: today)
    case .leader:
      return department?.leader.map { present($0, as: role, in: department, on: today) }
        ?? adviser.after(.noAddress(role))
    case .mailbox:
      return department?.mailbox.map { Recipient(address: $0, role: role, detours: []) }
        ?? adviser.after(.noAddress(role))
    }
  }

  /// Who reads what is written for a department as a whole: its mailbox, or its leader or who stands in; nil
  /// where it has neither.
  package func reader(of department: Department, on today: CivilDate) -> Recipient? {
    if let mailbox = department.mailbox { return Recipient(address: mailbox, role: .mailbox, detours: []) }
    return department.leader.map { present($0, as: .leader, in: department, on: today) }
  }

  /// The adviser, or who stands in.
  package func presentAdviser(as role: Role = .adviser, on today: CivilDate) -> Recipient {
    present(adviser, as: role, in: nil, on: today)
  }

  private func caseworker(_ name: String, in department: Department?, on today: CivilDate) -> Recipient {
    let detour: Detour
    switch caseworker(named: name) {
    case .known(let address): return present(address, as: .caseworker, in: department, on: today)
    case .foreign: detour = .foreignCaseworker
    case .unknown: detour = .unknownCaseworker
    }
    let fallback = department?.deputy ?? department?.leader ?? adviser
    return present(fallback, as: .caseworker, in: department, on: today).after(detour)
  }

  /// `person`, or who stands in today: the deputy, of an absent deputy his deputy, and so on. A chain that
  /// goes in a circle leads to the department's leader or who stands in for him, and where he is part of one
  /// to the adviser.
  private func present(
    _ person: EmailAddress, as role: Role, in department: Department?, on today: CivilDate
  ) -> Recipient {
    if let end = endOfChain(from: person, on: today) {
      return Recipient(address: end, role: role, detours: end == person ? [] : [.standsInFor(person)])
    }
    let leader = department?.leader.flatMap { endOfChain(from: $0, on: today) }
    let last = leader ?? endOfChain(from: adviser, on: today) ?? adviser
    return Recipient(address: last, role: role, detours: [.nobodyStandsInFor(person)])
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
