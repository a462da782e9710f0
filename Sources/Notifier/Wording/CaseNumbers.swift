import Rules

/// How the numbers of cases are shown, and where each leads: made once from the configuration, asked by every
/// product.
package struct CaseNumbers: Hashable, Sendable {
  /// What a case number is that looks like a CPR number.
  package enum Lookalikes: Hashable, Sendable {
    /// Nobody knows: its digits are masked, the register's line tells it from others, and it leads nowhere.
    case masked
    /// The kommune says that its case numbers look so.
    case caseNumbers
  }

  private let lookalikes: Lookalikes
  /// The register's own address of a case, around its number; nil where there is none.
  private let linkParts: [String]?
  /// Where each masked case begins in the register. A line tells nothing of the number, as its hash would:
  /// there are so few CPR numbers that all can be tried.
  private var lines: [String: Int] = [:]

  /// - Parameter link: an address with `{sagsnr}` where the number goes; without one no number leads
  ///   anywhere.
  package init(_ lookalikes: Lookalikes = .masked, link: String? = nil) {
    self.lookalikes = lookalikes
    linkParts = link?.components(separatedBy: "{sagsnr}")
  }

  // MARK: What the register holds

  /// Takes the line on which a case stands; of several the first counts.
  package mutating func note(_ caseID: String, line: Int) {
    guard hides(caseID) else { return }
    lines[caseID] = min(lines[caseID] ?? line, line)
  }

  /// Takes what was noted in a later part of the register, `offset` lines further down.
  mutating func merge(_ later: CaseNumbers, movedDown offset: Int) {
    for (caseID, line) in later.lines { lines[caseID] = min(lines[caseID] ?? .max, line + offset) }
  }

  /// The line on which a masked case begins; 0 for every other.
  func line(of caseID: String) -> Int { lines[caseID] ?? 0 }

  /// True where some case of the register is masked.
  var haveTags: Bool { !lines.isEmpty }

  // MARK: How a number is shown

  /// The number for a program: whole, without what cannot be seen.
  package func whole(_ caseID: String) -> String { text(caseID) { $0 } }

  /// The number for a person, at most ``longestShown`` letters and the tag of a masked one.
  package func shown(_ caseID: String) -> String { text(caseID) { shortened($0, to: longestShown) } }

  private func text(_ caseID: String, _ cut: (String) -> String) -> String {
    guard hides(caseID) else { return cut(SafeText.visible(caseID)) }
    let tag = lines[caseID].map { "linje \($0)" } ?? "ikke i registeret"
    return "\(cut(SafeText.masked(caseID))) (\(tag))"
  }

  /// The number without its tag, by which lists are sorted.
  func sorted(_ caseID: String) -> String {
    hides(caseID) ? SafeText.masked(caseID) : SafeText.visible(caseID)
  }

  /// True for a number of which digits are masked.
  package func hides(_ caseID: String) -> Bool {
    switch lookalikes {
    case .masked: SafeText.masked(caseID) != SafeText.visible(caseID)
    case .caseNumbers: false
    }
  }

  /// In bytes; no register numbers its cases longer, and no mail holds an address without end.
  private static let longestLinked = 255

  /// The register's page of a case, every byte of its number that is no letter or digit percent-encoded; nil
  /// where there is none, where the address would hold another number than the register's, and for one longer
  /// than ``longestLinked``.
  package func link(to caseID: String) -> String? {
    guard let linkParts, !hides(caseID), SafeText.visible(caseID) == caseID,
      caseID.utf8.count <= Self.longestLinked
    else { return nil }
    var number: [UInt8] = []
    for byte in caseID.utf8 {
      let isPlain = isASCIILetterOrDigit(byte) || "-._".utf8.contains(byte)
      number += isPlain ? [byte] : [UInt8(ascii: "%")] + hexDigits(byte)
    }
    return linkParts.joined(separator: String(decoding: number, as: UTF8.self))
  }
}
