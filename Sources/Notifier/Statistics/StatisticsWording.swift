import Rules

/// What the figures of a period say in sentences.
enum StatisticsWording {
  /// The figures in a few sentences, as the adviser may quote them; nil where nothing is settled.
  static func sentences(_ tally: Tally) -> String? {
    guard tally.settled > 0 else { return nil }
    let share = percent(tally.kept, of: tally.settled)
    let kept = "\(danish(tally.kept)) af \(danish(tally.settled)) blev overholdt (\(share) %)."
    let moved =
      tally.moved == 0
      ? nil : "\(danish(tally.moved)) blev udsat i tide, og den nye dato blev overholdt."
    return [kept, moved, exceeded(tally)].compactMap(\.self).joined(separator: " ")
  }

  /// Nil where none is.
  private static func exceeded(_ tally: Tally) -> String? {
    guard tally.exceeded > 0 else { return nil }
    let exceeded = "\(danish(tally.exceeded)) blev overskredet"
    guard let unheard = tally.unheard, unheard > 0 else { return "\(exceeded)." }
    if tally.owed < tally.exceeded {
      let cases = tally.owed == 1 ? "den ene sag" : "\(danish(unheard)) af de \(danish(tally.owed)) sager"
      return "\(exceeded). I \(cases), hvor borgeren skulle have besked, kom den aldrig."
    }
    return unheard == tally.exceeded
      ? "\(exceeded), helt uden besked til borgeren."
      : "\(exceeded), \(danish(unheard)) af dem helt uden besked til borgeren."
  }

  /// Rounded, but all is only all, and none only none.
  private static func percent(_ part: Int, of whole: Int) -> Int {
    let rounded = (part * 200 + whole) / (whole * 2)
    return part == 0 || part == whole ? rounded : min(99, max(1, rounded))
  }

  /// What the words of the tables mean.
  static let definitions = [
    "Medregnet er de frister, der efter deres oprindelige længde udløb i perioden; en udsættelse flytter dem ikke til en anden periode.",
    "Procenten er regnet af dem, hvor udfaldet kendes; åbne og bortfaldne er ikke med.",
    "Udsat i tide: Borgeren fik en ny dato, før fristen udløb, og den nye dato blev overholdt.",
    "Overskredet: Sagen var ikke afsluttet, da fristen udløb, eller da den nye dato, som borgeren havde fået i tide, var passeret; "
      + "den kan være afsluttet eller lukket siden.",
    "Helt uden besked: Borgeren har ikke hørt noget, hverken i tide eller for sent. Feltet er tomt, hvor reglen ikke kræver besked.",
    "Åben: Fristen løber mod en ny dato eller udløber i dag. Bortfaldet: Sagen blev lukket i tide uden svar eller afgørelse.",
    "Dagene er kalenderdage fra fristens start, til den blev afsluttet: Halvdelen var færdige inden for det første antal, "
      + "ni af ti inden for det andet.",
  ]

  /// What is in none of the tables.
  static func beside(_ beside: Statistics.Beside) -> [String] {
    [
      (beside.paused, ", som er i bero nu; dagen kendes ikke endnu"),
      (beside.unlimited, " uden et antal dage (hurtigst muligt)"),
      (beside.citizens, ", som borgeren selv skal overholde"),
      (beside.unclear, ", som ikke kan beregnes (uanset periode); fristrapporten viser, hvorfor"),
    ].filter { $0.0 > 0 }.map { "Ikke medregnet er \(counted($0.0, "frist", "frister"))\($0.1)." }
  }
}
