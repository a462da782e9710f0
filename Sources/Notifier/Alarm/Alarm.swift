package import Rules

/// A message to the adviser about fristvagt itself: it stands still, or a mail did not arrive. Nothing of a
/// case beyond its number, nothing of what the register holds.
package struct Alarm: Hashable, Sendable {
  package let subject: String
  /// A sentence or more each.
  package let paragraphs: [String]
  /// One line each, below the first paragraph.
  package let items: [String]

  /// The whole message as text.
  package var text: String {
    let list = items.isEmpty ? [] : [items.map { "  \($0)\n" }.joined()]
    let parts = paragraphs.prefix(1).map { $0 + "\n" } + list + paragraphs.dropFirst().map { $0 + "\n" }
    return parts.joined(separator: "\n")
  }

  /// The whole message as a page for mail programs.
  package var html: String {
    let list =
      items.isEmpty ? [] : ["<ul>\n" + items.map { "<li>\(escaped($0))</li>\n" }.joined() + "</ul>"]
    let all = paragraphs.map { "<p>\(escaped($0))</p>" }
    return MailPage.html(
      title: subject, body: (all.prefix(1) + list + all.dropFirst()).joined(separator: "\n"))
  }
}

extension Alarm {
  /// What stopped a pass, with the figures that a person needs to see whether it is true.
  package enum Standstill: Hashable, Sendable {
    case unreadable, unusable, changing
    case shrunken(before: Int, now: Int)
    case clockBehind(newest: CivilMoment)

    /// The same as the journal keeps it.
    package var reason: StopReason {
      switch self {
      case .unreadable: .unreadable
      case .unusable: .unusable
      case .changing: .changing
      case .shrunken: .shrunken
      case .clockBehind: .clockBehind
      }
    }
  }

  /// Nothing is sent until somebody has mended what is wrong.
  ///
  /// - Parameter lastPass: the latest pass that was finished, where there was one.
  package init(_ standstill: Standstill, now: Now, lastPass: CivilMoment?) {
    subject = "Fristvagten sender ikke: \(standstill.reason.danish)"
    items = []
    let last =
      lastPass.map { "Den seneste hele gennemgang var \($0.danish)." }
      ?? "Fristvagten har endnu ikke gennemført en hel gennemgang."
    paragraphs = [
      Self.cause(standstill, now),
      "Der er ikke sendt varsler eller rapporter, og der sendes ingen, før det er rettet. Fristerne løber videre imens. \(last)",
      "Bed driften om at se i fristvagtens log: der står, hvad der er galt, og hvad der skal gøres. Når det er rettet, fortsætter fristvagten af sig selv, og ingen varsler er gået tabt.",
      "Denne besked kommer højst én gang om dagen, så længe fejlen varer.",
    ]
  }

  private static func cause(_ standstill: Standstill, _ now: Now) -> String {
    switch standstill {
    case .unreadable:
      "Sagsregisteret kunne ikke læses: filen mangler, fristvagten må ikke læse den, eller kommandoen, der henter registeret, fejlede."
    case .unusable:
      "Sagsregisteret er ufuldstændigt: det er tomt, skåret af midt i, eller det mangler en kolonne, som reglerne bruger."
    case .changing: "Sagsregisteret blev skrevet om, mens det blev læst, så det kunne ikke læses helt."
    case .shrunken(let before, let cases):
      "Sagsregisteret er skrumpet: ved seneste gennemgang var der \(counted(before, "sag", "sager")), nu er der \(counted(cases, "sag", "sager")). Det ligner et halvt udtræk."
    case .clockBehind(let newest):
      "Serverens ur går forkert: det viser \(now.moment.danish), men den seneste gennemgang var \(newest.danish)."
    }
  }
}

extension StopReason {
  /// What is wrong, in a few words that can follow a colon.
  package var danish: String {
    switch self {
    case .unreadable: "registeret kan ikke læses"
    case .unusable: "registeret er ufuldstændigt"
    case .changing: "registeret er ved at blive skrevet"
    case .shrunken: "registeret er skrumpet"
    case .clockBehind: "uret går forkert"
    }
  }
}
