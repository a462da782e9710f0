import Rules

/// The register's own page of a case.
struct CaseLink: Hashable, Sendable {
  private let parts: [String]

  /// - Parameter template: an address with `{sagsnr}` where the number goes; without one there is no link.
  init?(template: String?) {
    guard let template else { return nil }
    parts = template.components(separatedBy: "{sagsnr}")
  }

  /// The address with the case number in place, every byte that is no letter or digit percent-encoded.
  func address(of caseID: String) -> String {
    var number: [UInt8] = []
    for byte in shown(caseID).utf8 {
      let isPlain = isASCIILetterOrDigit(byte) || "-._".utf8.contains(byte)
      number += isPlain ? [byte] : [UInt8(ascii: "%")] + hexDigits(byte)
    }
    return parts.joined(separator: String(decoding: number, as: UTF8.self))
  }
}
