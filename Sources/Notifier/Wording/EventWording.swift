/// Events of the register as words of a sentence.
package enum EventWording {
  /// What has to happen for an event to stand in the register, as a noun: `afgjort` is an `afgørelse`.
  ///
  /// An event that is not known here is its own name, with spaces.
  package static func noun(_ event: String) -> String {
    nouns[event] ?? event.split(separator: "_").joined(separator: " ")
  }

  private static let nouns = [
    "afgjort": "afgørelse", "afsluttet": "afslutning", "anmeldt": "anmeldelse", "behandlet": "behandling",
    "bekræftet": "bekræftelse", "besvaret": "svar", "forelagt": "forelæggelse", "fulgt_op": "opfølgning",
    "genafgjort": "ny afgørelse", "genvurderet": "genvurdering", "kvitteret": "kvittering",
    "lukket": "lukning",
    "næste_status": "ny status", "overdraget": "overdragelse", "underrettet": "underretning",
    "videresendt": "videresendelse", "vurderet": "vurdering",
  ]
}
