package import Rules

extension CivilDate {
  /// `torsdag 1. juni 2023`.
  package var danish: String { "\(danishWithoutYear) \(year)" }

  /// `1. juni 2023`.
  package var danishWithoutWeekday: String {
    let (year, month, day) = components
    return "\(day). \(Self.monthNames[month - 1]) \(year)"
  }

  /// `torsdag 1. juni`.
  package var danishWithoutYear: String {
    let (_, month, day) = components
    return "\(weekday.danish) \(day). \(Self.monthNames[month - 1])"
  }

  /// `torsdag 1. juni`, with the year where it is another than that of `today`.
  package func danish(asSeenFrom today: CivilDate) -> String {
    year == today.year ? danishWithoutYear : danish
  }

  private static let monthNames = [
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
    "november", "december",
  ]

  /// `januar` for 1.
  package static func danishMonth(_ month: Int) -> String { monthNames[month - 1] }
}

extension Weekday {
  package var danish: String {
    switch self {
    case .monday: "mandag"
    case .tuesday: "tirsdag"
    case .wednesday: "onsdag"
    case .thursday: "torsdag"
    case .friday: "fredag"
    case .saturday: "lørdag"
    case .sunday: "søndag"
    }
  }
}

extension CivilMoment {
  /// The day as a letter writes it, `1. juni 2023`, with the time of day where one is known.
  package var danishWithoutWeekday: String {
    time.map { "\(date.danishWithoutWeekday) kl. \($0)" } ?? date.danishWithoutWeekday
  }

  /// The day in words, with the time of day where one is known.
  func danish(asSeenFrom today: CivilDate) -> String {
    let day = date.danish(asSeenFrom: today)
    return time.map { "\(day) kl. \($0)" } ?? day
  }

  /// `torsdag 1. juni 2023`, followed by `kl. 09:30` where a time is known.
  package var danish: String {
    guard let time else { return date.danish }
    return "\(date.danish) kl. \(time)"
  }
}

extension Due {
  /// The due day in words with its year; of an instant also the time of day.
  package var danish: String { local.danish }

  /// The due day in words; of an instant also the time of day.
  package func danish(asSeenFrom today: CivilDate) -> String { local.danish(asSeenFrom: today) }
}

/// `text` with a capital at its beginning.
package func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

/// `1 frist`, `3 frister`: a number and the noun that fits it.
package func counted(_ number: Int, _ one: String, _ many: String) -> String {
  "\(danish(number)) \(number == 1 ? one : many)"
}

/// `1.204`: thousands with the Danish separator.
package func danish(_ number: Int) -> String {
  if (0..<1_000).contains(number) { return String(number) }
  let digits = Array(String(abs(number)))
  var text = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += "." }
    text.append(digit)
  }
  return text
}

/// `a, b og c`, or another word before the last.
package func enumerated(_ parts: [String], _ word: String = "og") -> String {
  guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
  return parts.dropLast().joined(separator: ", ") + " \(word) " + last
}
