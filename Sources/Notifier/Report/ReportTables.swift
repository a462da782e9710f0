import Rules

/// The machine-readable side of a report: `counts.csv` and `overdue/AFDELING.csv`, both sorted, without header.
package enum ReportTables {
  /// `afdeling;frist;tilstand;antal`, in byte order of the first three.
  package static func counts(_ survey: Survey) -> String {
    let rows = survey.counts.map {
      ([SafeText.masked($0.key.department), $0.key.rule, $0.key.state.rawValue], $0.value)
    }
    return rows.sorted { $0.0.lexicographicallyPrecedes($1.0, by: precedesInBytes) }
      .map { csvLine($0.0 + [String($0.1)]) }.joined()
  }

  /// For each department that has a clock the exceeded ones, `forfald;sagsnr;frist`, sorted by all three; empty where
  /// none is exceeded. The name is that of the file in `overdue/`, without `.csv`.
  package static func overdue(_ survey: Survey) -> [OverdueList] {
    var names: [String: [String]] = [:]
    for department in survey.departments {
      names[FileName.department(department), default: []].append(department)
    }
    return names.sorted { precedesInBytes($0.key, $1.key) }.map { name, departments in
      OverdueList(name: name, clocks: departments.map(survey.exceeded.of))
    }
  }
}

/// The exceeded clocks of one file in `overdue/`.
package struct OverdueList: Sendable {
  /// Of the file, without `.csv`.
  package let name: String
  /// Of each department whose name makes this file name.
  let clocks: [ClockList]

  /// The lines of the file.
  package var csv: [UInt8] {
    guard clocks.count > 1 else { return clocks.first.map(Self.lines) ?? [] }
    let rows = clocks.flatMap { $0.clocks.compactMap { DatedClock($0.clock) } }.map { dated in
      [dated.reckoning.due.description, SafeText.masked(dated.clock.caseID), dated.clock.rule.id]
    }
    return rows.sorted { $0.lexicographicallyPrecedes($1, by: precedesInBytes) }.flatMap { csvLine($0).utf8 }
  }

  /// The list is in their order already, and the clocks of one day stand together.
  private static func lines(_ list: ClockList) -> [UInt8] {
    // Held by the list; counting references for every line would make two processors wait for each other.
    let shelves = list.reported.shelves.map { Unmanaged.passUnretained($0) }
    var csv: [UInt8] = []
    csv.reserveCapacity(list.count * usualLength)
    var (day, date) = (ClockShelf.noDay, [UInt8]())
    for reference in list.references {
      shelves[Int(reference.shelf)]._withUnsafeGuaranteedRef { shelf in
        let entry = shelf.entries[Int(reference.index)]
        guard entry.plan != ClockShelf.whole else {
          csv += line(shelf, entry).utf8
          return
        }
        if entry.due != day {
          day = entry.due
          date = Array("\(CivilDate(day: day));".utf8)
        }
        csv += date
        shelf.ids.withUnsafeBytes { ids in
          csv += UnsafeRawBufferPointer(rebasing: ids[Int(entry.id)..<Int(entry.id) + Int(entry.idCount)])
        }
        csv += shelf.vocabulary.endings[Int(entry.plan)]
      }
    }
    return csv
  }

  private static func line(_ shelf: ClockShelf, _ entry: ClockShelf.Entry) -> String {
    let clock = shelf.clocks[Int(entry.extra)]
    let id = String(decoding: shelf.id(entry), as: UTF8.self)
    return csvLine([clock.reckoning?.due.description ?? "", id, clock.rule.id])
  }

  /// Bytes of a line with a case number of a common length.
  private static let usualLength = 40
}
