package import Notifier
package import Rules

/// Everything one kommune decides; paths are already seen from where the program runs.
package struct Configuration: Sendable {
  /// The file that it was read from.
  package let file: String
  package let kommune: String
  package let zoneName: String
  /// The line that names the zone, or the whole file where it is left to its default.
  package let zonePlace: Place
  /// A clock that stands still, for examples.
  package let fixedNow: CivilMoment?
  /// Rule files and folders of them.
  package let rules: [PlacedPath]
  package private(set) var stateDirectory: String
  package let reportDirectory: String
  /// Where calendars to subscribe to are written; nil for none.
  package let calendarDirectory: String?
  /// The kommune's own wording; nil for the built-in one.
  package let texts: PlacedPath?
  package let register: RegisterSettings
  package let organisation: Organisation
  package let reportSchedule: Schedule?
  package let digests: [String: DigestSettings]
  package let window: SendWindow?
  package let letterhead: Letterhead
  package let outlet: MailOutlet

  /// The same configuration with its memory in another folder.
  func with(stateDirectory: String) -> Configuration {
    var copy = self
    copy.stateDirectory = stateDirectory
    return copy
  }
}

/// A path and the line of the configuration that names it.
package struct PlacedPath: Hashable, Sendable {
  package let path: String
  package let place: Place
}

/// The `[register]` section.
package struct RegisterSettings: Hashable, Sendable {
  package let source: RegisterSource
  package let place: Place
  /// The events file, where there is one.
  package let events: PlacedPath?
  /// The register's own header for a field or event, where it is another than the name.
  package let columns: [ColumnName]
  package let dateOrders: DateOrders
  /// The share of rows, in percent, by which the register may shrink between two ticks; nil asks nothing.
  package let shrinkLimit: Int?
  /// What case numbers are that look like CPR numbers.
  package let lookalikes: CaseNumbers.Lookalikes
}

/// One `kolonne` line.
package struct ColumnName: Hashable, Sendable {
  /// A field or an event.
  package let name: String
  package let header: String
  package let place: Place
}

/// When a department's digest is sent, and whether also when it says nothing.
package struct DigestSettings: Hashable, Sendable {
  /// What becomes of a digest that has nothing to tell.
  package enum Silence: String, Hashable, Sendable, CaseIterable {
    /// `sendes`: it says that nothing is exceeded.
    case sent = "sendes"
    /// `udelades`
    case leftOut = "udelades"
  }

  package let schedule: Schedule
  package let silence: Silence
}

/// Where the register's bytes come from.
package enum RegisterSource: Hashable, Sendable {
  case file(String)
  /// A shell command that prints it, for example a database's own client.
  case command(String)

  /// The name by which messages call the register.
  package var name: String {
    switch self {
    case .file(let path): path
    case .command: "kommando"
    }
  }
}

/// Where mails go.
package enum MailOutlet: Hashable, Sendable {
  case sendmail(program: String)
  case maildir(String)
}
