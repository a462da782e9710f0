/// Gathers the cases whose caseworker has an address outside of the kommune's domains.
package struct ForeignCaseworkers: Sendable {
  private let organisation: Organisation
  /// The numbers of the cases by domain.
  private var cases: [String: Set<String>] = [:]
  /// The domain of each text that was met, nil for one that is no foreign address.
  private var domains: [String: String?] = [:]

  /// Domains beyond these are counted together: anybody can put many into a register.
  private static let domainsNamed = 20

  package init(_ organisation: Organisation) { self.organisation = organisation }

  /// True where `caseworker`, as the register writes it, is a foreign address.
  package mutating func isForeign(_ caseworker: String) -> Bool { domain(of: caseworker) != nil }

  /// Takes a case whose caseworker may be foreign.
  package mutating func take(_ caseworker: String, caseID: String) {
    guard let domain = domain(of: caseworker) else { return }
    cases[domain, default: []].insert(caseID)
  }

  private mutating func domain(of caseworker: String) -> String? {
    if let known = domains[caseworker] { return known }
    var domain: String?
    if case .foreign(let address) = organisation.caseworker(named: caseworker) {
      domain = String(address.domain)
    }
    domains.updateValue(domain, forKey: caseworker)
    return domain
  }

  /// What somebody should mend, the domain with most cases first.
  ///
  /// - Parameter file: the register.
  package func problems(of file: String) -> [RegisterProblem] {
    let sorted = cases.map { (domain: $0.key, cases: $0.value) }.sorted {
      ($1.cases.count, $0.domain) < ($0.cases.count, $1.domain)
    }
    var problems = sorted.prefix(Self.domainsNamed).map {
      RegisterProblem(Place(file), .foreignCaseworkers(domain: $0.domain, cases: $0.cases.count))
    }
    let rest = sorted.dropFirst(Self.domainsNamed)
    if !rest.isEmpty {
      let others = rest.reduce(into: Set<String>()) { $0.formUnion($1.cases) }
      problems.append(
        RegisterProblem(Place(file), .furtherForeignDomains(domains: rest.count, cases: others.count)))
    }
    return problems
  }
}
