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
  package static func overdue(_ survey: Survey) -> [(name: String, csv: String)] {
    var rows: [String: [[String]]] = [:]
    for department in survey.departments { rows[FileName.department(department), default: []] += [] }
    for clock in survey.reported {
      guard clock.state == .exceeded, let due = clock.reckoning?.due else { continue }
      rows[FileName.department(survey.department(of: clock)), default: []]
        .append([due.description, SafeText.masked(clock.caseID), clock.rule.id])
    }
    return rows.sorted { precedesInBytes($0.key, $1.key) }.map { name, rows in
      (name, rows.sorted { $0.lexicographicallyPrecedes($1, by: precedesInBytes) }.map(csvLine).joined())
    }
  }
}

/// True when `a` comes before `b` in the order of their UTF-8 bytes, as `LC_ALL=C sort` has it.
package func precedesInBytes(_ a: String, _ b: String) -> Bool {
  a.utf8.lexicographicallyPrecedes(b.utf8)
}

/// One line of CSV with `;`, quoted where RFC 4180 asks for it.
///
/// By bytes: a quote with a combining accent behind it is no quote to a `Character`.
package func csvLine(_ fields: [String]) -> String {
  var line: [UInt8] = []
  for (index, field) in fields.enumerated() {
    if index > 0 { line.append(0x3B) }
    if field.utf8.contains(where: { $0 == 0x3B || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) {
      line.append(0x22)
      for byte in field.utf8 { line += byte == 0x22 ? [0x22, 0x22] : [byte] }
      line.append(0x22)
    } else {
      line += field.utf8
    }
  }
  return String(decoding: line + [0x0A], as: UTF8.self)
}

/// Names of files made from names of the register.
package enum FileName {
  /// The department's name with spaces as `_`; what could leave the folder or trouble a file system is `_` too.
  package static func department(_ name: String) -> String {
    guard !name.isEmpty else { return "uden_afdeling" }
    var file = ""
    for scalar in SafeText.masked(name).unicodeScalars {
      let isPlain = scalar != "/" && scalar != "\\" && scalar.properties.generalCategory != .control
      file.unicodeScalars.append(isPlain && !scalar.properties.isWhitespace ? scalar : "_")
    }
    if file.first == "." { file = "_" + file.dropFirst() }
    while file.utf8.count > longest { file.removeLast() }
    return file
  }

  /// Bytes; leaves room for an ending within the 255 that file systems take.
  private static let longest = 240
}
