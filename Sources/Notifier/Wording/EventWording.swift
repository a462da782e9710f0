import Rules

/// Events of the register as words of a sentence.
package enum EventWording {
  /// What has to happen for an event to stand in the register, as a noun: `afgjort` is an `afgørelse`.
  ///
  /// An event that is not known here is its own name, with spaces.
  package static func noun(_ event: String) -> String {
    nouns[event] ?? words(event)
  }

  /// The event's own name with spaces: `borger orienteret`.
  package static func words(_ event: String) -> String {
    event.split(separator: "_").joined(separator: " ")
  }

  /// What a clock is counted from, in words that a date can follow: `modtaget`, `kommunen blev opmærksom`.
  static func beginning(_ event: String) -> String { beginnings[event] ?? words(event) }

  /// Of those whose own names say too little.
  private static let beginnings = [
    "forhold": "forholdet", "klage": "klage modtaget", "opmærksom": "kommunen blev opmærksom",
  ]

  /// What would have stopped a clock under `rule`: `kvittering eller svar`.
  static func stops(_ rule: Rule) -> String {
    enumerated(rule.stops.map(noun), "eller")
  }

  /// What an open clock still lacks: `afgørelse, eller underretning med ny dato`. After a notice that came
  /// late another one would help nobody.
  static func missing(_ clock: Clock) -> String {
    if clock.rule.extending == nil { return stops(clock.rule) }
    if case .late = clock.reckoning?.notice { return stops(clock.rule) }
    return "\(stops(clock.rule)), eller underretning med ny dato"
  }

  /// What the citizen waits for, as it stands in a letter: `en afgørelse`, `svar`.
  static func outcome(_ rule: Rule) -> String {
    let stop = rule.stops[0]
    // A letter promises no treatment.
    let noun = stop == "behandlet" ? noun("besvaret") : noun(stop)
    return nouns[stop] == nil || noun == "svar" ? noun : "en \(noun)"
  }

  private static let nouns = [
    "afgjort": "afgørelse", "afsluttet": "afslutning", "anmeldt": "anmeldelse", "behandlet": "behandling",
    "bekræftet": "bekræftelse", "besvaret": "svar", "dialog_aftalt": "aftale om dialog",
    "forelagt": "forelæggelse", "forventninger_afstemt": "afstemning af forventninger",
    "forvaltning_kontaktet": "kontakt til forvaltningen", "forberedelse_begyndt": "start på forberedelsen",
    "fulgt_op": "opfølgning",
    "genafgjort": "ny afgørelse", "genvurderet": "genvurdering", "kvitteret": "kvittering",
    "lukket": "lukning",
    "næste_status": "ny status", "overdraget": "overdragelse", "underrettet": "underretning",
    "videresendt": "videresendelse", "vurderet": "vurdering",
  ]
}

/// Of rules that fit a case and wait for it.
package enum WaitingWording {
  package static func sentence(_ count: Int) -> String {
    "\(counted(count, "frist", "frister")) løber ikke endnu, fordi det, \(count == 1 ? "den" : "de") regnes fra, ikke er sket."
  }
}
